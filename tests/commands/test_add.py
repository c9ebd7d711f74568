"""`enrich add`: the row of a paper, from what the sources say about it."""

from pathlib import Path

import pytest

from pipeline.commands.identifier import read
from pipeline.lists import markdown
from pipeline.stages.identify import identify
from tests.commandline import LIST, CommandLine, write_list

CACHE = ("--cache", "cache.db")


DOI = "https://doi.org/10.5555/case"
SICI = "10.5555/(SICI)1099-0000(19990101)1:1<1::AID-CASE123>3.0.CO;2-A"
MADE = [
    ("DOI", "10.5555/case.101", f"{DOI}.101", "Quolan maps of T2-weighted hearts with SO2 contrast"),
    ("address", f"{DOI}.117?x=1", f"{DOI}.117?x=1", "Rotating the Noroselian eye"),
    ("pipes", "doi:10.5555/case.126", f"{DOI}.126", 'Is AND better than OR? A* search | the "Primer" question!'),
    ("comma", "10.5555/case,122", f"{DOI}%2C122", "Commas of the Dijoan hand"),
    ("SICI", SICI, None, "Brackets of the Galumian foot"),
    ("work of OpenAlex", "W9900000108", f"{DOI}.108", "Early access to the Jobanian lens"),
    ("retracted", "10.5555/case.103", f"{DOI}.103", "Denoising the Hellonian spine without labels"),
]


@pytest.mark.parametrize(("typed", "url", "title"), [case[1:] for case in MADE], ids=[case[0] for case in MADE])
def test_the_row_is_accepted_as_exactly_that_paper(
    served: CommandLine, typed: str, url: str | None, title: str
) -> None:
    status, out, _ = served("add", typed, *CACHE)
    assert (status, out.count("\n")) == (0, 1)
    entries = markdown.parse(LIST + out).entries
    assert len(entries) == 4
    assert entries[3].title == title
    assert url in (None, entries[3].url)
    assert [one.scheme for one in identify(entries[3])] == ["doi"]
    assert out.split("|")[3].strip() == ""
    assert out.endswith(" N/A |\n")


def test_a_preprint_gets_its_link_and_the_list_s_word_for_arxiv(served: CommandLine) -> None:
    assert served("add", "arXiv:2105.90143v2", *CACHE).out == (
        "| Twin records of the Banoan wrist | ArXiv |  | [Link](https://arxiv.org/abs/2105.90143) | N/A |\n"
    )


def test_what_was_asked_is_known_offline(served: CommandLine) -> None:
    online = served("add", "10.5555/case.101", *CACHE)
    assert served("add", "10.5555/case.101", *CACHE, "--offline") == online


def test_a_paper_that_is_listed_is_refused_and_a_retracted_one_told(served: CommandLine) -> None:
    assert served("add", "10.5555/case.118", *CACHE) == (
        1,
        "",
        "enrich: data/raw/list.md:7 lists this paper already.\n",
    )
    assert served("add", "10.5555/case.103", *CACHE).err == "enrich: the paper is retracted.\n"


@pytest.mark.parametrize(
    "typed", ["10.5555/nobody", "2101.99999", "10.5555/case.105"], ids=["DOI", "arXiv", "no title"]
)
def test_1_no_source_knows_the_paper(served: CommandLine, typed: str) -> None:
    assert served("add", typed, *CACHE) == (
        1,
        "",
        f"enrich: {typed}: no source knows this paper.\n",
    )


def test_1_nobody_could_be_asked(enrich: CommandLine) -> None:
    write_list()
    status, out, err = enrich("add", "10.5555/a", "--offline", *CACHE)
    assert (status, out) == (1, "")
    assert err == "enrich: 10.5555/a: no usable answer from openalex (offline), crossref (offline).\n"


@pytest.mark.parametrize(
    ("typed", "lists", "sentence"),
    [
        ("Deep Sets", (), "Deep Sets: no DOI, no arXiv id and no address that names a paper."),
        (
            "https://example.org/",
            (),
            "https://example.org/: no DOI, no arXiv id and no address that names",
        ),
        ("10.65215/copy", (), "10.65215/copy: no DOI"),
        ("10.5555/a", ("no.md",), "no.md: no such file."),
    ],
    ids=["a title", "another address", "denied prefix", "no such list"],
)
def test_2_what_names_no_paper_or_no_list(
    enrich: CommandLine, typed: str, lists: tuple[str, ...], sentence: str
) -> None:
    write_list()
    status, out, err = enrich("add", typed, *lists, "--offline")
    assert (status, out) == (2, "")
    assert err.startswith(f"enrich: {sentence}")


def test_2_there_is_no_list(enrich: CommandLine) -> None:
    sentence = "enrich: no list: there is no data/raw/*.md here, and none was named; `enrich init` sets one up.\n"
    assert enrich("add", "10.5555/a", "--offline") == (2, "", sentence)


def test_the_list_is_not_changed(served: CommandLine) -> None:
    served("add", "10.5555/case.101", *CACHE)
    assert Path("data/raw/list.md").read_text("utf-8") == LIST


TYPED = [
    ("10.5555/ABC", "doi 10.5555/abc"),
    (" https://dx.doi.org/10.5555/a ", "doi 10.5555/a"),
    ("2101.05224v3", "arxiv 2101.05224"),
    ("math.GT/0309136", "arxiv math/0309136"),
    ("https://doi.org/10.48550/arXiv.2101.05224", "arxiv 2101.05224"),
    ("https://openalex.org/W123", "openalex W123"),
    ("https://api.openalex.org/works/w123", "openalex W123"),
    ("https://www.sciencedirect.com/science/article/pii/S0957417421009982", "pii S0957417421009982"),
]


@pytest.mark.parametrize(("typed", "found"), TYPED)
def test_an_identifier_is_read_however_it_is_typed(typed: str, found: str) -> None:
    assert [f"{one.scheme} {one.value}" for one in read(typed)] == [found]


ROOT = Path(__file__).parents[2]
SHARED = (ROOT / "data/raw/ssl-medical-imaging.md").read_text("utf-8")
KINDS = [
    ("arXiv", "https://arxiv.org/abs/2101.05224", ()),
    ("a DOI in a publisher's address", "https://link.springer.com/chapter/10.1007/978-3-030-78191-0_51", ()),
    ("a publisher's item", "https://www.sciencedirect.com/science/article/pii/S0957417421009982", ()),
    ("Nature", "https://www.nature.com/articles/s42256-020-00247-1", ()),
    ("PMLR", "https://proceedings.mlr.press/v126/hu20a.html", ()),
    ("NeurIPS", "https://proceedings.neurips.cc/paper/2020/file/d2dc6368837861b42020ee72b0896182-Paper.pdf",
     ("--title", "3D Self-Supervised Methods for Medical Imaging")),
    ("IEEE", "https://ieeexplore.ieee.org/abstract/document/9098559",
     ("--title", "Leveraging Self-supervised Denoising for Image Segmentation")),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lines of Unix", "lines of Windows"])
@pytest.mark.parametrize(("url", "more"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_a_row_is_written_into_its_section_and_nothing_else_changes(
    served: CommandLine, url: str, more: tuple[str, ...], end: str
) -> None:
    row = next(line for line in SHARED.split("\n") if url in line)
    before = SHARED.replace(row + "\n", "").replace("\n", end).encode()
    Path("papers.md").write_bytes(before)
    listed = markdown.parse(SHARED).entries
    wanted = next(entry for entry in listed if entry.url == url)
    status, out, err = served("add", url, "papers.md", "--write", "--category", wanted.category, *more, *CACHE)
    assert (status, out) == (0, "")
    after = Path("papers.md").read_bytes()
    number = int(err.split(":")[2])
    lines = after.split(end.encode())
    assert end.encode().join([*lines[: number - 1], *lines[number:]]) == before
    (entry,) = [entry for entry in markdown.parse(after.decode()).entries if entry.line == number]
    # The row that was there may name the year of the volume, and its title a note.
    assert (entry.url, entry.venue, entry.category) == (url, wanted.venue, wanted.category)
    assert entry.section == wanted.section
    assert served("add", url, "papers.md", *CACHE).err == f"enrich: papers.md:{number} lists this paper already.\n"
    assert f"papers.md:{number}:" not in served("check", "papers.md").out


@pytest.mark.parametrize(
    "url",
    [
        "https://openaccess.thecvf.com/content/CVPR2021/html/Quol_Maps_CVPR_2021_paper.html",
        "https://openreview.net/forum?id=Q1uOlAn2021",
    ],
    ids=["CVF", "OpenReview"],
)
def test_an_address_of_proceedings_is_written_with_the_title_that_is_given(served: CommandLine, url: str) -> None:
    title = MADE[0][3]
    assert served("add", url, "--title", title, "--write", *CACHE).status == 0
    after = Path("data/raw/list.md").read_text("utf-8")
    (row,) = [line for line in after.split("\n") if line not in LIST.split("\n")]
    assert after.replace(f"{row}\n", "") == LIST
    entry = next(entry for entry in markdown.parse(after).entries if entry.title == title)
    assert entry.section == markdown.parse(LIST).entries[0].section
    assert served("add", url, *CACHE) == (1, "", f"enrich: data/raw/list.md:{entry.line} lists this paper already.\n")


def test_several_papers_are_added_at_once_and_what_fails_stops_no_other(served: CommandLine) -> None:
    status, out, err = served("add", "10.5555/case.118", "10.5555/case.101", "2105.90143", *CACHE)
    assert (status, out.count("\n")) == (1, 2)
    assert err == "enrich: data/raw/list.md:7 lists this paper already.\n"


def test_1_a_list_by_years_without_the_papers_year_is_not_written(served: CommandLine) -> None:
    text = LIST + LIST.replace("2021", "1999").replace("case.", "old.").replace("2301.90142", "2301.90199")
    write_list(text=text.replace("## 2021", "## 1998"))
    status, _, err = served("add", "10.5555/case.101", "--write", *CACHE)
    assert (status, err) == (
        1,
        "enrich: not written: no section of data/raw/list.md is for it; add the heading first.\n",
    )


def test_1_an_address_that_no_source_can_be_asked_by_wants_a_title(served: CommandLine) -> None:
    url = "https://ieeexplore.ieee.org/document/9999999"
    assert served("add", url, *CACHE) == (
        1,
        "",
        f"enrich: {url}: no source can be asked by it; give its --title.\n",
    )
