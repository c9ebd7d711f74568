"""OpenAlex's text search: which texts it refuses, and which works it finds.

in -> out: a decoded search text -> checked tree of words; tree -> positions of works. Every word must occur, stemmed;
AND, OR and NOT in capitals are operators; a quoted phrase must occur as it stands.
"""

import re
from typing import Any

from tests.services.corpus import Corpus, Record
from tests.services.openalex.errors import BadQuery
from tests.services.ranking import Ranking, stems, words

MOST_LONG_PHRASES = 3
LONG_PHRASE = 80
OPERATORS = ("AND", "OR", "NOT")


def search_text(text: str) -> str:
    """Return the text if the server accepts it. Raises `BadQuery`."""
    phrases = re.findall(r'"([^"]*)"', text)
    rest = re.sub(r'"[^"]*"', " ", text)
    if not text.strip():
        raise BadQuery("The search must not be empty.")
    if re.search(r"[*?]", rest):
        raise BadQuery("Wildcards (* and ?) are not supported in stemmed searches; use the .exact variant.")
    if re.search(r"!\w", rest) or "|" in rest:
        raise BadQuery("The search uses ! or |, which are not supported here; use NOT and OR.")
    if sum(len(p) > LONG_PHRASE for p in phrases) > MOST_LONG_PHRASES:
        raise BadQuery("Too many long phrases in the search.")
    return text


def operator_count(text: str) -> int:
    """Return how many upper-case AND, OR and NOT a text holds."""
    return len(re.findall(r"\b(?:AND|OR|NOT)\b", text))


def title_of(work: Record) -> str:
    return str(work.get("display_name") or "")


def abstract_of(work: Record) -> str:
    """Return the abstract's words in no particular order: enough for searching."""
    return " ".join(work.get("abstract_inverted_index") or ())


def _authors_of(work: Record) -> str:
    return " ".join(str(a.get("raw_author_name") or "") for a in work.get("authorships") or ())


def _all_of(work: Record) -> str:
    return f"{title_of(work)} {abstract_of(work)}"


TEXTS: dict[str, Any] = {
    "title": title_of,
    "display_name": title_of,
    "raw_author_name": _authors_of,
    "title_and_abstract": _all_of,
    "default": _all_of,
}


def ranking_of(corpus: Corpus, field: str) -> Ranking:
    """Return the search index of one field: `title`, `title_and_abstract`, `default`, `raw_author_name`."""
    return corpus.ranking(field, TEXTS[field])


def search_positions(corpus: Corpus, field: str, text: str) -> set[int]:
    """Return the works that an accepted search text finds."""
    search = _Search(corpus, field, re.findall(r'"[^"]*"|[()]|[^\s()"]+', text))
    found = search.alternatives()
    if search.tokens:
        raise BadQuery("The brackets of the search do not match.")
    return found


class _Search:
    """A recursive descent over the tokens: alternatives of sequences of terms."""

    def __init__(self, corpus: Corpus, field: str, tokens: list[str]) -> None:
        self.corpus, self.field, self.tokens = corpus, field, tokens
        self.ranking = ranking_of(corpus, field)

    def alternatives(self) -> set[int]:
        found = self.sequence()
        while self.tokens and self.tokens[0] == "OR":
            self.tokens.pop(0)
            found = found | self.sequence()
        return found

    def sequence(self) -> set[int]:
        found = set(range(len(self.corpus)))
        while self.tokens and self.tokens[0] not in {"OR", ")"}:
            token = self.tokens.pop(0)
            if token == "NOT" and self.tokens:
                found -= self.term(self.tokens.pop(0))
            elif token != "AND":
                found &= self.term(token)
        return found

    def term(self, token: str) -> set[int]:
        if token == "(":
            inside = self.alternatives()
            if not self.tokens:
                raise BadQuery("The brackets of the search do not match.")
            self.tokens.pop(0)
            return inside
        found = self.ranking.with_all(stems(token))
        if token.startswith('"'):
            phrase = " ".join(words(token))
            found = {p for p in found if phrase in " ".join(words(TEXTS[self.field](self.corpus.record(p))))}
        return found
