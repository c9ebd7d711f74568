"""Laws that hold for every text: what reads and cleans is total and idempotent, and has no side.

`make fuzz` looks at many examples, `make test` at a few, the nightly workflow at some more. All laws of a text look at
the same examples, because making one up takes longer than most laws do.
"""

import contextlib
import json
from collections.abc import Callable
from types import ModuleType
from urllib.parse import quote

from hypothesis import given

from pipeline.addresses import link
from pipeline.addresses.identifiers import from_url
from pipeline.lists import bibliography
from pipeline.lists.markdown import parse as parse_list
from pipeline.outputs import display
from pipeline.sources import UnreadableBody, crossref, datacite, doira, openalex
from pipeline.text import arxiv, doi, folding, invisible, markup, title, venue
from tests.laws.law import LAW, bodies, texts, told
from tests.readers import READERS

IDEMPOTENT: dict[str, Callable[[str], object]] = {
    "a DOI": doi.clean,
    "an arXiv id": arxiv.clean,
    "markup": lambda text: text if "$$" in text else markup.clean(text),  # what doubled signs enclose nobody can tell
    "a line": display.clean_line,
    "an address": display.safe_url,
    "a link": lambda text: text if "://" in text[9:] else link.normalise(text),  # an address in an address is another
    "folded": folding.fold,
    "a folded title": title.fold,
    "what a terminal shows": invisible.inert,
}
TOTAL: dict[str, Callable[[str], object]] = {
    **READERS,
    "a list": parse_list,
    "a row of a table": lambda text: parse_list(f"| Title | Link |\n|---|---|\n| {text} | {text} |\n"),
    "an item": lambda text: parse_list(f"# {text}\n\n- [{text}]({text}), {text}. 2021\n"),
    "a table of rows": lambda text: bibliography.read(f"title,doi\n{text},{text}\n", "csv"),
}


@LAW
@given(texts)
def test_every_text_has_an_answer_and_cleaning_twice_changes_nothing(text: str) -> None:
    for name, read in TOTAL.items():
        told(name, lambda read=read: (read(text), None)[1])  # type: ignore[misc]
    for name, clean in IDEMPOTENT.items():

        def law(clean: Callable[[str], object] = clean) -> None:
            once = clean(text)
            assert once is None or clean(str(once)) == once

        told(name, law)


@LAW
@given(texts)
def test_an_identifier_is_found_in_its_own_address(text: str) -> None:
    if found := doi.clean(text):
        assert doi.clean(f"https://doi.org/{quote(found)}") == found
        if "arxiv" not in found and not doi.is_denied(found):
            assert ("doi", found) in {(one.scheme, one.value) for one in from_url(f"https://doi.org/{quote(found)}")}
    if number := arxiv.clean(text):
        assert ("arxiv", number) in {(one.scheme, one.value) for one in from_url(arxiv.url(number))}
        assert doi.arxiv_id(arxiv.doi(number)) == number


@LAW
@given(bodies)
def test_every_body_is_a_record_or_unreadable(value: object) -> None:
    sent = json.dumps(value).encode()
    sources: tuple[ModuleType, ...] = (openalex, crossref, datacite)
    for source in sources:
        for read in (source.read, source.aliases, lambda body, of=source: of.find_gaps("doi", body)):
            with contextlib.suppress(UnreadableBody):
                read(sent)
    with contextlib.suppress(UnreadableBody):
        doira.read(sent)


@LAW
@given(texts, texts)
def test_agreement_of_titles_has_no_side(one: str, other: str) -> None:
    assert title.agree(one, other).is_strong == title.agree(other, one).is_strong
    assert venue.is_same(one, [other]) in (True, False)
    if title.fold(one):
        assert title.agree(one, one).level == "same"
