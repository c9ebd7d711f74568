"""What reads and cleans any text: each of them is held to laws (`tests/laws/`) and to growth (`test_growth.py`)."""

from collections.abc import Callable

from pipeline.addresses.identifiers import from_url
from pipeline.lists import bibliography
from pipeline.text import arxiv, date, doi, formula, latex, markup, person, pii

READERS: dict[str, Callable[[str], object]] = {
    "a PII": pii.clean,
    "a date": date.clean,
    "a formula": formula.read,
    "an abstract": markup.abstract,
    "a person": person.parse,
    "LaTeX": latex.decode,
    "DOIs of a text": doi.find,
    "arXiv ids of a text": arxiv.find,
    "an address": lambda text: tuple(from_url(text)),
    "an address below a host": lambda text: tuple(from_url(f"https://arxiv.org/{text}")),
    "a list of identifiers": lambda text: bibliography.read(text, "txt"),
}
