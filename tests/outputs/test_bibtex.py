"""The text of `references.bib`, field by field; test_bibtex_programs.py lets the programs read it."""

import logging
import unicodedata

import pytest
from bibtexparser.entrypoint import parse_string
from msgspec.structs import replace

from pipeline.model import Author, Ids, Listed, Notice, Paper, Version, WorkType
from pipeline.outputs import bibtex
from pipeline.outputs.display import clean_line
from pipeline.text import latex
from tests.latex import decode
from tests.outputs.data.nasty import LATIN, NASTY, by, paper

LNCS = "Lecture Notes in Computer Science"


def fields(paper: Paper, *, ascii_only: bool = False) -> dict[str, str]:
    library = parse_string(bibtex.render([paper], ascii_only=ascii_only))
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {"@": entry.entry_type, **{field.key: field.value for field in entry.fields}}


def plain(said: str) -> str:
    """What LaTeX prints, when typography is not looked at."""
    # ASCII has Latin letters for the Greek capitals that look like them.
    same = str.maketrans("‘’`ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "'''ABEZHIKMNOPTXo", "^")
    return unicodedata.normalize("NFKC", decode(said)).translate(same).casefold()


@pytest.mark.parametrize(
    ("kind", "entry_type", "container"),
    [
        ("article", "article", "journal"),
        ("inproceedings", "inproceedings", "booktitle"),
        ("incollection", "incollection", "booktitle"),
        ("book", "book", None),
        ("preprint", "misc", "howpublished"),
        ("thesis", "phdthesis", "school"),
        ("report", "techreport", "institution"),
        ("dataset", "misc", "howpublished"),
        ("misc", "misc", "howpublished"),
    ],
)
def test_every_type_has_its_entry_type_and_names_its_container(
    kind: WorkType, entry_type: str, container: str | None
) -> None:
    said = fields(paper("a", type=kind, venue="The Venue"))
    assert said["@"] == entry_type
    assert [name for name, value in said.items() if value == "The Venue"] == ([container] if container else [])


def test_a_conference_paper_names_its_conference_its_series_and_the_volume_of_the_series() -> None:
    said = fields(
        paper("a", type="inproceedings", venue="MICCAI 2019", volume="11767", series=LNCS, isbn=("978-3-030-32251-9",),
              pages="420-428", publisher="Springer", month=10)
    )  # fmt: skip
    expected = {
        "booktitle": "MICCAI 2019",
        "series": "{Lecture Notes in Computer Science}",
        "volume": "11767",
        "pages": "420--428",
        "publisher": "Springer",
        "month": "oct",
        "isbn": "978-3-030-32251-9",
    }
    assert expected.items() <= said.items()


def test_an_article_has_no_series_and_a_number() -> None:
    said = fields(paper("a", issn=("0278-0062", "1558-254X"), volume="40", issue="10", publisher="IEEE"))
    assert said["number"] == "10"
    assert said["issn"] == "0278-0062"
    assert not {"series", "publisher"} & said.keys()


@pytest.mark.parametrize(
    ("pages", "number", "expected"),
    [
        pytest.param("661-673", None, ("661--673", None), id="a range"),
        pytest.param("661–673", None, ("661--673", None), id="a range with a dash"),
        pytest.param("e12", None, ("e12", None), id="one page"),
        pytest.param(None, "101746", ("101746", None), id="a number stands for missing pages"),
        pytest.param("101746", "101746", ("101746", None), id="the same once"),
        pytest.param("1-35", "112", ("1--35", "112"), id="both"),
        pytest.param("S-1-S-9", None, ("S-1--S-9", None), id="numbers with hyphens"),
        pytest.param("295-308.e4", None, ("295--308.e4", None), id="a supplement's last page"),
        pytest.param("49.e9-49.e14", None, ("49.e9--49.e14", None), id="pages of a supplement"),
        pytest.param("1:1-1:24", None, ("1:1--1:24", None), id="Dagstuhl"),
        pytest.param("8-1-8-41", None, ("8-1--8-41", None), id="a handbook's chapters"),
        pytest.param("12-14, 20-25", None, ("12--14, 20--25", None), id="two ranges"),
        pytest.param("a-b-c", None, ("a-b-c", None), id="what is not clearly a range stays"),
        pytest.param(None, None, (None, None), id="neither"),
    ],
)
def test_pages_and_article_numbers(pages: str | None, number: str | None, expected: tuple[str | None, ...]) -> None:
    said = fields(paper("a", pages=pages, article_number=number))
    assert (said.get("pages"), said.get("eid")) == expected


def test_month_is_a_macro_and_the_whole_text_is_what_we_promise() -> None:
    example = paper(
        "doe2021plain", "A Plain Title for MRI", month=6, volume="1", ids=Ids(doi="10.1/a_b", arxiv="2101.1")
    )
    assert bibtex.render([example]) == (
        "@article{doe2021plain,\n"
        "  author = {Doe2021plain, Ann},\n"
        "  title = {A Plain Title for {MRI}},\n"
        "  journal = {Journal of Invented Results},\n"
        "  volume = {1},\n"
        "  month = jun,\n"
        "  year = {2021},\n"
        "  doi = {10.1/a_b},\n"
        "  eprint = {2101.1},\n"
        "  archiveprefix = {arXiv},\n"
        "  keywords = {Predictive}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("arxiv", "keywords", "primary"),
    [
        ("2101.04909", ("FOS: Sciences", "Computer Vision (cs.CV)", "Machine Learning (cs.LG)"), "cs.CV"),
        ("2101.04909", ("Medical Physics (physics.med-ph)",), "physics.med-ph"),
        ("2101.04909", ("High Energy Physics - Theory (hep-th)",), "hep-th"),
        ("2101.04909", ("Magnetic resonance imaging (mri)", "segmentation"), None),
        ("hep-th/9901001", (), "hep-th"),
        (None, ("Computer Vision (cs.CV)",), None),
    ],
)
def test_primary_class_is_arxivs_own(arxiv: str | None, keywords: tuple[str, ...], primary: str | None) -> None:
    said = fields(paper("a", ids=Ids(doi="10.1/x", arxiv=arxiv), keywords=keywords))
    assert said.get("primaryclass") == primary
    assert said["doi"] == "10.1/x"
    assert said.get("archiveprefix") == ("arXiv" if arxiv else None)


def test_a_preprint_is_in_arxivs_form() -> None:
    ids = Ids(doi="10.48550/arxiv.2101.04909", arxiv="2101.04909")
    said = fields(paper("a", type="preprint", venue="arXiv", publisher="arXiv", ids=ids, keywords=("Vision (cs.CV)",)))
    del said["keywords"]
    assert said == {
        "@": "misc",
        "author": "A, Ann",
        "title": "A plain title",
        "howpublished": "arXiv:2101.04909",
        "year": "2021",
        "doi": "10.48550/arxiv.2101.04909",
        "eprint": "2101.04909",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.CV",
    }


LINK = "https://proceedings.example/v1.html"


@pytest.mark.parametrize(
    ("ids", "link", "versions", "expected"),
    [
        pytest.param(Ids(doi="10.1/x"), LINK, (), None, id="the DOI is address enough"),
        pytest.param(Ids(), LINK, (), LINK, id="neither DOI nor eprint"),
        pytest.param(Ids(arxiv="2101.1"), "https://arxiv.org/abs/2101.1", (), None, id="the eprint says the same"),
        pytest.param(Ids(arxiv="2101.1"), "https://arxiv.org/abs/2101.1", (LINK,), LINK, id="published without a DOI"),
        pytest.param(Ids(), "https://dx.doi.org/10.1/x", (), None, id="an address of the resolver"),
        pytest.param(Ids(acl="P19-1001"), LINK, (), "https://aclanthology.org/P19-1001/", id="the venue's own page"),
        pytest.param(Ids(), "ftp://example.org/x", (), None, id="no web address"),
        pytest.param(
            Ids(), "https://e.org/{a}\\b c", (), "https://e.org/%7Ba%7D%5Cb%20c", id="signs that break a file"
        ),
    ],
)
def test_url_is_there_only_where_it_adds_something(
    ids: Ids, link: str, versions: tuple[str, ...], expected: str | None
) -> None:
    published = tuple(Version(kind="published", url=url) for url in versions)
    said = fields(paper("a", ids=ids, versions=published, listed=Listed(line=1, title="x", url=link)))
    assert said.get("url") == expected


def test_a_doi_that_would_break_the_file_becomes_an_address() -> None:
    said = fields(paper("a", ids=Ids(doi="10.1000/a{b}c")))
    assert "doi" not in said
    assert said["url"] == "https://doi.org/10.1000/a%7Bb%7Dc"


def test_identifiers_that_would_break_the_file_are_left_out() -> None:
    said = fields(paper("a", ids=Ids(arxiv="2101.1}"), issn=("12\\34",), month=13))
    assert not {"eprint", "issn", "month"} & said.keys()


def test_two_works_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="twin"):
        bibtex.render([paper("twin"), paper("twin")])


def test_a_retracted_paper_says_so() -> None:
    notices = (Notice(kind="correction", doi="10.1/c"), Notice(kind="retraction", doi="10.1/r_1"))
    assert fields(paper("a", retracted=True, notices=notices))["note"] == r"Retracted, see doi:10.1/r\_1"
    assert fields(paper("a", retracted=True))["note"] == "Retracted"


def test_a_paper_without_authors_has_something_to_sort_by() -> None:
    assert fields(paper("a", "The Title & more of it", authors=()))["key"] == r"The Title \&"


def test_a_thesis_is_not_called_doctoral() -> None:
    assert fields(paper("a", type="thesis"))["type"] == "Thesis"


def test_order_is_by_key_and_later_rows_of_a_work_are_left_out() -> None:
    rows = [paper("b"), paper("a"), replace(paper("a"), duplicate_of=1), paper("c")]
    text = bibtex.render(rows)
    assert [entry.key for entry in parse_string(text).entries] == ["a", "b", "c"]
    assert bibtex.render(rows[::-1]) == text


def test_nothing_but_entries() -> None:
    assert {line[0] for line in bibtex.render(NASTY).splitlines() if line} == {"@", " ", "}"}
    assert bibtex.render([]) == ""


@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "ASCII"])
@pytest.mark.parametrize("nasty", NASTY, ids=lambda nasty: nasty.key)
def test_nasty_texts_come_back_as_they_went_in(nasty: Paper, *, ascii_only: bool) -> None:
    said = fields(nasty, ascii_only=ascii_only)
    assert plain(said["title"]) == plain(latex.escape(clean_line(nasty.title)))
    assert said["title"].count("{") == said["title"].count("}")
    for author in nasty.authors[:3]:
        family = author.literal or author.family or author.given or ""
        assert plain(latex.escape(family)) in plain(said["author"])


def test_the_ascii_form_is_ascii() -> None:
    assert bibtex.render(NASTY, ascii_only=True).isascii()


def test_sections_are_files_with_safe_names_and_a_work_is_in_each_of_its_sections() -> None:
    def row(key: str, *section: str, duplicate_of: int | None = None) -> Paper:
        return paper(key, listed=Listed(line=1, title="x", section=section), duplicate_of=duplicate_of)

    files = bibtex.render_files(
        [row("a", "2021", "Segmentation"), row("b", "../../etc/Passwd"), row("a", "2020", duplicate_of=1), row("c"),
         row("d", "学習"), row("e", "CON"), row("f", "2021!")]
    )  # fmt: skip
    keys = {name: [entry.key for entry in parse_string(text).entries] for name, text in files.items()}
    assert keys == {
        "references.bib": ["a", "b", "c", "d", "e", "f"],
        "references/2020.bib": ["a"],
        "references/2021.bib": ["a", "f"],
        "references/etc-passwd.bib": ["b"],
        "references/no-section.bib": ["c"],
        "references/section-con.bib": ["e"],
        "references/section-c60db056.bib": ["d"],
    }


def test_retired_entries_keep_every_byte() -> None:
    old = "% kept by hand\n\n@Article{m,\n   title={By   Hand},\n}\n\n@misc{z,\n  title = {Z}\n}\n"
    text = bibtex.merge_retired(old, [paper("q"), replace(paper("m"), title="Newer")])
    assert "@Article{m,\n   title={By   Hand},\n}" in text
    assert [entry.key for entry in parse_string(text).entries] == ["m", "q", "z"]
    assert bibtex.merge_retired(text, [paper("q")]) == text
    assert text.startswith("% kept by hand\n")


def test_a_paper_that_returns_leaves_the_retired_ones() -> None:
    text = bibtex.merge_retired("", [paper("q"), paper("r")])
    assert bibtex.merge_retired(text, [], returned={"q"}) == bibtex.render([paper("r")])
    assert bibtex.merge_retired("", []) == ""


def test_ten_thousand_entries_are_written_without_copies(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        text = bibtex.render([paper(f"k{n}") for n in range(10_001)])
    assert text.count("@article{") == 10_001
    assert caplog.records == []  # bibtexparser warns where its middlewares copy


@pytest.mark.parametrize(
    ("author", "name"),
    [
        pytest.param(by("Álvaro S.", "Hervella"), r"Hervella, {\'A}lvaro S.", id="an initial is never half a letter"),
        pytest.param(by("José", "Rouco"), "Rouco, José", id="other letters stay"),
        pytest.param(by("Otto", "Brückner"), r"Br{\"u}ckner, Otto", id="a label is never half a letter"),
        pytest.param(by("Niklas", "Köhler"), "Köhler, Niklas", id="a label of whole letters"),
        pytest.param(by("Jean-Éric", "García Ñeco"), r"García {\~N}eco, Jean-{\'E}ric", id="each word has an initial"),
        pytest.param(by("明", "王"), "王, 明", id="letters without a command"),
        pytest.param(by("Ludwig", "van Beethoven"), "van Beethoven, Ludwig", id="particles"),
        pytest.param(by("Sammy", "Davis", "Jr."), "Davis, Jr., Sammy", id="suffixes"),
        pytest.param(Author(literal="NASA and ESA"), "{NASA and ESA}", id="corporations"),
        pytest.param(by(None, "Bono"), "Bono", id="one name"),
        pytest.param(by(None, "Two Names"), "{Two Names}", id="one name of two words"),
        pytest.param(by("Plato", None), "{Plato}", id="only a given name"),
        pytest.param(by("Tom", "and"), "{and}, Tom", id="and"),
        pytest.param(by("Ann", "Others"), "{Others}, Ann", id="others"),
        pytest.param(by("B, C", "Doe"), "Doe, {B, C}", id="commas"),
        pytest.param(by("B, C", "D, E"), "{B, C D, E}", id="more commas than biber bears"),
        pytest.param(by("Ann", "Doe]"), "{Doe]}, Ann", id="a bracket, which would end natbib's label"),
        pytest.param(by("-", "--"), "{--}, {-}", id="hyphens, which part words"),
        pytest.param(by("Ann", "family=Doe"), "family{=}Doe, Ann", id="biber's own form of names"),
        pytest.param(by("∇ B.", "Doe"), "Doe, {$\\nabla$ B.}", id="a sign without a command"),
        pytest.param(by("№ B.", "Doe"), "Doe, {{\\textnumero} B.}", id="a sign"),
        pytest.param(by("Ann", "x" * 240), "x" * 180 + "..., Ann", id="longer than any label"),
        pytest.param(by("Ann", "D}oe"), r"D{\textbraceright}oe, Ann", id="braces"),
    ],
)
def test_names_are_in_the_form_that_bibtex_takes_apart_rightly(author: Author, name: str) -> None:
    assert fields(paper("a", "x", author))["author"] == name


def test_three_thousand_authors_are_all_there() -> None:
    (crowd,) = (nasty for nasty in LATIN if nasty.key == "crowd")
    assert len(fields(crowd)["author"].split(" and ")) == 3000


def test_a_name_that_begins_with_a_hyphen_of_any_kind_needs_no_package() -> None:
    assert "nobreakdash" not in bibtex.render([paper("hyphen", "Hyphens", by("\u2011Ann", "\u2011Doe"))])


@pytest.mark.parametrize(
    ("family", "written"),
    [("张三，李四，王五，赵六", "{张三,李四,王五,赵六}"), ("Ann ａｎｄ Bo", "{Ann and Bo}"), ("🄁🄁🄁🄁", "{0,0,0,0,}")],
    ids=["full-width commas", "a full-width and", "digits with commas"],
)
def test_syntax_in_other_forms_of_its_letters_is_data(family: str, written: str) -> None:
    text = bibtex.render([paper("other", "Other forms", by(None, family))])
    assert f"author = {{{written}}}" in text
