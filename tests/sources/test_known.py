from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.model import Author, Record, Version
from pipeline.sources import known

LISTED = Path(__file__).parents[2] / "data" / "raw" / "known.bib"


def one(fields: str, kind: str = "article", key: str = "doe2021nothing") -> Record:
    (record,) = known.read(f"@{kind}{{{key},\n{fields}\n}}\n")
    return record


def test_every_field_of_an_entry_is_read() -> None:
    record = one(
        "title = {Learning Nothing}, author = {Doe, Jane and John Roe}, journal = {Journal of Tests}, series = {S},\n"
        "publisher = {Press}, year = {2021}, month = jun, volume = {7}, number = {2}, pages = {637--641},\n"
        "issn = {1234-5679, 9876-5434}, isbn = {978-3-030-78191-0}, doi = {10.5555/IJT.7}, eprint = {2101.00001},\n"
        "archiveprefix = {arXiv}, url = {https://example.org/a_b?x=1%202}, language = {en}"
    )
    assert (record.source, record.bibtex_key, record.type) == ("known", "doe2021nothing", "article")
    assert (record.title, record.venue, record.other_venues) == ("Learning Nothing", "Journal of Tests", ("S",))
    assert record.authors == (Author(given="Jane", family="Doe"), Author(given="John", family="Roe"))
    assert (record.year, record.month, record.date) == (2021, 6, "2021-06")
    assert (record.volume, record.issue, record.pages, record.publisher) == ("7", "2", "637-641", "Press")
    assert (record.issn, record.isbn) == (("1234-5679", "9876-5434"), ("9783030781910",))
    assert (record.ids.doi, record.ids.arxiv) == ("10.5555/ijt.7", "2101.00001")
    assert record.landing_urls == ("https://example.org/a_b?x=1%202",)
    assert record.versions == (Version(kind="preprint", url="https://arxiv.org/abs/2101.00001"),)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("van der Berg, Jan", Author(given="Jan", family="van der Berg")),
        ("Roe, Jr., John", Author(given="John", family="Roe", suffix="Jr.")),
        ("{The Test Consortium}", Author(literal="The Test Consortium")),
        (r"{\"O}zt{\"u}rk, {\'A}lvaro", Author(given="Álvaro", family="Öztürk")),
        ("Özil, Łucja", Author(given="Łucja", family="Özil")),
    ],
)
def test_names_are_bibtexs(author: str, expected: Author) -> None:
    assert one(f"author = {{{author}}}").authors == (expected,)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("{Rubik's} Cube", "Rubik's Cube"),
        (r"50\% of {3D} \& more", "50% of 3D & more"),
        ("50% of {3D} & more", "50% of 3D & more"),
        ("Plain 50% & more", "Plain 50% & more"),
        (r"An {\'E}cole", "An École"),
    ],
)
def test_titles_lose_their_latex_and_nothing_else(title: str, expected: str) -> None:
    assert one(f"title = {{{title}}}").title == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("misc", "eprint = {2101.00001}", "preprint"),
        ("misc", "title = {x}", "misc"),
        ("InProceedings", "booktitle = {x}", "inproceedings"),
        ("phdthesis", "school = {x}", "thesis"),
    ],
)
def test_types_are_translated(kind: str, fields: str, expected: str) -> None:
    assert one(fields, kind).type == expected


def test_a_single_number_of_six_digits_is_an_article_number() -> None:
    assert (one("pages = {107826}").pages, one("pages = {107826}").article_number) == (None, "107826")
    assert one("eid = {e12}").article_number == "e12"


def test_a_list_that_ends_in_others_is_not_complete() -> None:
    record = one("author = {Doe, Jane and others}")
    assert (len(record.authors), record.authors_complete) == (1, False)


def test_a_key_without_authors_proposes_nothing() -> None:
    assert one("title = {x}").bibtex_key is None


def test_comments_strings_and_an_empty_file_are_fine() -> None:
    assert known.read("") == ()
    text = '% facts\n@comment{x}\n@string{jt = "Journal of Tests"}\n@article{a, journal = jt}\n'
    assert [record.venue for record in known.read(text)] == ["Journal of Tests"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("% x\narticle{a, title={x}}\n", 2),
        ("@article{a, title={x}\n", 1),
        ("@article{a title={x}}", 1),
        ("\n@articel{a, title={x}}", 2),
        ("@article{a,\n title={x} year={2020}}", 2),
        ("@article{a,\n year={20}}", 2),
        ("@article{a,\n year={0001}}", 2),
        ("@article{a,\n year={２０２１}}", 2),
        ("@article{a,\n pmid={1 2}}", 2),
        ("@article{a,\n pmid={\\textbackslash}}", 2),
        (f"@article{{{'a' * 201}, title={{x}}}}", 1),
        ("@article{a,\n title=foo}", 2),
        ("@article{a,\n title={x} # {y}}", 2),
        ("@article{a,\n month={Juni}}", 2),
        ("@article{a,\n\n doi={see below}}", 3),
        ("@article{a, doi={10.65215/fake}}", 1),
        ("@article{a,\n eprint={12345}}", 2),
        ("@article{a,\n eprint={2101.00001}, archiveprefix={SSRN}}", 2),
        ("@article{a,\n issn={1234}}", 2),
        ("@article{a, title={x}}\n@article{A, title={y}}", 2),
        ("@article{a, title={x}, title={y}}", 1),
        ("@article{a, doi={10.5555/x}}\n@article{b, doi={10.5555/X}}", 2),
        ("@article{a b, title={x}}", 1),
        ("@article{a, author={A, B, C, D, E}}", 1),
        ("\x00\x01\x02", 1),
    ],
    ids=[
        "lost @", "never closed", "no comma after the key", "misspelt type", "no comma between fields", "bad year",
        "year of one digit", "year in other digits", "bad pmid", "pmid of commands", "long key",
        "undefined string", "concatenation", "bad month", "bad doi", "fake doi", "bad eprint", "foreign archive",
        "bad issn", "key twice", "field twice", "doi twice", "space in the key", "too many commas in a name", "no text",
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UsageError, match=rf"^facts\.bib:{line}: .*\.$") as caught:
        known.read(text, "facts.bib")
    assert "\n" not in str(caught.value)


def test_the_library_says_nothing_on_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError):
        known.read("@article{a, title={x}")
    assert capsys.readouterr() == ("", "")


def test_the_facts_of_the_listed_papers_are_read() -> None:
    records = known.read(LISTED.read_text(encoding="utf-8"))
    dois = [record.ids.doi for record in records if record.ids.doi]
    assert len(records) == 43
    assert sum(bool(record.authors) for record in records) == 41
    assert len(dois) == len(set(dois)) == 36
    assert all(record.ids.doi or record.ids.arxiv or record.landing_urls for record in records)
    assert all(record.title and record.year for record in records)
