"""What a reader sees of a paper in every output for people: its names in one line, its address, its heading.

in -> out: `Paper` (or text from anywhere) -> plain text and addresses that are safe to link; each format escapes for
itself. Text is data: addresses other than http and https are refused, control and direction characters dropped.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pipeline.model import KNOWN_NOTE, Author, Paper, Suggestion
from pipeline.text.invisible import INVISIBLE

AUTHORS_SHOWN = 3
"""Names before "et al."; the habit of most reference lists."""
MAX_URL = 2_000
"""Characters; longer addresses are cut by browsers and mail programs, and no paper has one."""

_IN_URL = "/:?#@!$&'*+,;=%~"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_SOURCE = re.compile(r"\b(openalex|crossref|datacite)\b")

NOT_ASKED = "not asked yet: no network in this run"
"""What stands in place of everything that only a service could have told."""

STATUS_WORDS = {
    "exact": "confirmed by the row's own link",
    "matched": "found by search, with proof",
    "known": "stated by the list's maintainers, confirmed by no service yet",
    "corrected": "decided by a person",
    "linked": "read from the link, not confirmed yet",
    "open": "not asked or not answered yet",
    "ambiguous": "undecided between candidates",
    "unmatched": "not found",
}
SOURCE_WORDS = {"openalex": "OpenAlex", "crossref": "Crossref", "datacite": "DataCite"}
TYPE_WORDS = {
    "article": "journal article",
    "inproceedings": "conference paper",
    "incollection": "book chapter",
    "book": "book",
    "preprint": "preprint",
    "thesis": "thesis",
    "report": "report",
    "standard": "standard",
    "dataset": "data set",
    "software": "software",
    "misc": "other",
}


def clean_line(text: str) -> str:
    r"""Return the text on one line, without characters that are invisible or reorder their neighbours.

    >>> clean_line(" Deep\n learning\u202e ")
    'Deep learning'
    >>> clean_line("a\x00b")
    'a b'
    """
    if not text.isprintable():  # what is invisible, and all white space but the blank
        text = INVISIBLE.sub(" ", text)
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return the text on one line, cut at `limit` characters with an ellipsis.

    >>> shorten("Self-supervised learning", 16)
    'Self-supervised…'
    """
    line = clean_line(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


@lru_cache(maxsize=16_384)
def safe_url(url: str | None) -> str | None:
    """Return the address percent-encoded for any output, None unless it is plain http or https.

    >>> safe_url("https://doi.org/10.1016/S0140(20)30183-5")
    'https://doi.org/10.1016/S0140%2820%2930183-5'
    >>> safe_url("javascript:alert(1)"), safe_url("https://arxiv.org@evil.example/")
    (None, None)
    """
    if url is None or len(url) > MAX_URL or INVISIBLE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return None
    return quote(parts.geturl(), safe=_IN_URL)


@lru_cache(maxsize=16_384)
def doi_url(doi: str) -> str | None:
    """Return the resolver's address of a bare DOI."""
    return safe_url("https://doi.org/" + quote(doi, safe="/:;._-"))


def find_url(paper: Paper) -> str | None:
    """Return where a reader should go: the DOI, else arXiv, else the list's own link."""
    if paper.ids.doi is not None:
        return doi_url(paper.ids.doi)
    if paper.ids.arxiv is not None:
        return safe_url("https://arxiv.org/abs/" + paper.ids.arxiv)
    return safe_url(paper.listed.url)


def is_pdf(url: str) -> bool:
    """Tell whether an address is that of a PDF and not of a page about the paper.

    >>> is_pdf("https://arxiv.org/pdf/2101.05224"), is_pdf("https://journal.example/lanterns")
    (True, False)
    """
    path = urlsplit(url).path.lower()
    return path.endswith(".pdf") or "/pdf/" in path


def suggestion_url(one: Suggestion) -> str | None:
    """Return where a reader finds a candidate: by its DOI, else where OpenAlex shows it."""
    return doi_url(one.doi) if one.doi else safe_url(f"https://openalex.org/{one.openalex}")


def render_author(author: Author) -> str:
    """Return a name in reading order."""
    parts = (author.given, author.family, author.suffix)
    return clean_line(author.literal or " ".join(part for part in parts if part))


def render_authors(paper: Paper, limit: int = AUTHORS_SHOWN) -> str:
    """Return the first `limit` names, with "et al." for the rest; the listed ones where no source names any."""
    names = [render_author(author) for author in paper.authors[:limit]] or list(paper.listed.authors[:limit])
    more = " et al." if len(paper.authors or paper.listed.authors) > limit else ""
    return ", ".join(map(clean_line, names)) + more


def first_rows(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return each work once: the papers without the later rows of the same work."""
    return tuple(paper for paper in papers if paper.duplicate_of is None)


def group_by_section(papers: Iterable[Paper]) -> dict[tuple[str, ...], list[Paper]]:
    """Return the papers under their headings, both in list order."""
    groups: dict[tuple[str, ...], list[Paper]] = {}
    for paper in papers:
        groups.setdefault(paper.listed.section, []).append(paper)
    return groups


def language_tag(paper: Paper) -> str | None:
    """Return the language of the paper's text as HTML writes it, None where it is no such tag."""
    return paper.language if paper.language and _LANGUAGE.fullmatch(paper.language) else None


def was_answered(papers: Iterable[Paper]) -> bool:
    """Tell whether any service has ever told anything about these papers."""
    return any(SOURCE_WORDS.keys() & paper.sources.values() or paper.citations.openalex for paper in papers)


def find_note(paper: Paper) -> str | None:
    """Return how sure the facts of known.bib are, in the words that stand there, where they are all there is."""
    notes = (said.removeprefix(KNOWN_NOTE) for said in paper.resolution.evidence if said.startswith(KNOWN_NOTE))
    return next((capitalise(clean_line(note)) for note in notes), None)


def render_evidence(paper: Paper) -> tuple[str, ...]:
    """Return why the paper is taken for the one of the row, in words of readers who know none of our files."""
    said = [clean_line(text) for text in paper.resolution.evidence if text != "known.bib"]
    said = [text.removeprefix(KNOWN_NOTE).replace("known.bib", "the maintainers' own facts") for text in said]
    return capitalise(STATUS_WORDS[paper.status]), *(
        capitalise(_SOURCE.sub(lambda name: SOURCE_WORDS[name[0]], text)) for text in said
    )


def capitalise(text: str) -> str:
    """Return the text with a capital first letter; DOIs and names inside stay as they are.

    >>> capitalise("doi derived from the document number, not seen")
    'DOI derived from the document number, not seen'
    """
    first = text.partition(" ")[0]
    return "DOI" + text[3:] if first == "doi" else first[:1].upper() + text[1:] if first.islower() else text
