"""A small text index: which records hold these words, and a BM25-like score for them.

in -> out: texts -> `Ranking`; words -> positions and scores. Words are folded and lightly stemmed, which is near
enough to the services' analysers for titles.
"""

import heapq
import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

COMMON_SHARE = 0.05
"""Words in more than this share of the records only rescore what rarer words found; keeps a search near linear."""
COMMON_LEAST = 200
"""... but never below this number of records."""
RESCORED = 200
"""How many of the best are rescored with the common words."""

_ENGLISH = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to
    was will with
"""
STOP_WORDS = frozenset(_ENGLISH.split())
"""Dropped by Lucene's English analyser."""


def words(text: str) -> list[str]:
    """Return folded words, markup gone.

    >>> words("Rubik’s <i>Cube</i>+: Café-2D")
    ['rubik', 'cube', 'cafe', '2d']
    """
    text = re.sub(r"<[^<>]*>", " ", text)
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", text))


def stem(word: str) -> str:
    """Return a crude English stem, the same for the forms of a word that titles use.

    >>> [stem(w) for w in ("images", "imaging", "image", "learned", "class")]
    ['imag', 'imag', 'imag', 'learn', 'class']
    """
    for suffix, shortest in (("ing", 4), ("ed", 4), ("es", 4), ("e", 4), ("s", 3)):
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= shortest:
            return word[: -len(suffix)]
    return word


def stems(text: str) -> list[str]:
    """Return the stems of the words, stop words gone."""
    return [stem(w) for w in words(text) if w not in STOP_WORDS]


class Ranking:
    """Postings over one text a record."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        lengths = array("I")
        for position, text in enumerate(texts):
            found = stems(text)
            lengths.append(len(found))
            for word in dict.fromkeys(found):
                self.postings[word].append(position)
        self.postings = dict(self.postings)
        self.size = len(lengths)
        mean = (sum(lengths) / self.size) if self.size else 1.0
        self.norms = array("d", (2.2 / (1.2 * (0.25 + 0.75 * length / (mean or 1.0)) + 1.0) for length in lengths))

    def positions(self, word: str) -> Sequence[int]:
        """Return where a stem occurs, ascending."""
        return self.postings.get(word, ())

    def has(self, word: str, position: int) -> bool:
        """Say whether one record holds a stem."""
        found = self.positions(word)
        at = bisect_left(found, position)
        return at < len(found) and found[at] == position

    def with_all(self, wanted: Iterable[str]) -> set[int]:
        """Return the records that hold every one of the stems; every record if there are none."""
        ordered = sorted(set(wanted), key=lambda w: len(self.positions(w)))
        if not ordered:
            return set(range(self.size))
        return {p for p in self.positions(ordered[0]) if all(self.has(w, p) for w in ordered[1:])}

    def weight(self, word: str) -> float:
        """Return the inverse document frequency of a stem."""
        count = len(self.positions(word))
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))

    def score(self, wanted: Iterable[str], position: int) -> float:
        """Return the score of one record."""
        return self.norms[position] * sum(self.weight(w) for w in wanted if self.has(w, position))

    def best(self, text: str, limit: int) -> tuple[list[tuple[int, float]], int]:
        """Return the `limit` best (position, score) of the records with any of the rarer words, and their number."""
        wanted = {w for w in stems(text) if w in self.postings}
        most = max(COMMON_LEAST, int(self.size * COMMON_SHARE))
        rare = {w for w in wanted if len(self.positions(w)) <= most} or wanted
        scores: dict[int, float] = defaultdict(float)
        for word in sorted(rare):
            weight = self.weight(word)
            for position in self.positions(word):
                scores[position] += weight * self.norms[position]
        top = heapq.nsmallest(max(RESCORED, limit), scores, key=lambda p: (-scores[p], p))
        scored = [(p, scores[p] + self.score(wanted - rare, p)) for p in top]
        return sorted(scored, key=lambda item: (-item[1], item[0]))[:limit], len(scores)
