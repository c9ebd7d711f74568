"""BibTeX in a list: its entries are entries of the list.

in -> out: the text of a block of code -> `Row`s, each on the line of its title. Parsed by bibtexparser; what it cannot
read, and what has no title, is left out.
"""

import logging
import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

from pipeline.lists.imprint import find_year
from pipeline.lists.row import Row
from pipeline.lists.span import Span

# What it cannot read is none of the user's business here; it would be told on stderr.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_ENTRY = re.compile(r"^\s*@[a-z]+\s*\{", re.IGNORECASE | re.MULTILINE)
_AND = re.compile(r"\s+and\s+")
_ARXIV = re.compile(r"(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?", re.IGNORECASE)
# A list is no library; longer blocks are data.
_MAX_LENGTH = 300_000


def read_bibtex(text: str, line: int) -> list[Row]:
    """Read a block of code that begins on `line`; [] when it is no BibTeX."""
    if not _ENTRY.search(text) or len(text) > _MAX_LENGTH:
        return []
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    return [row for entry in library.entries if (row := _read_entry(entry, line))]


def _read_entry(entry: Entry, line: int) -> Row | None:
    fields = {field.key.lower(): field for field in entry.fields if isinstance(field.value, str)}
    title = _read(fields.get("title"))
    if not title:
        return None
    at = line + (fields["title"].start_line or entry.start_line or 0)
    names = tuple(name for name in _AND.split(_read(fields.get("author"))) if name and name.lower() != "others")
    venue = next((said for key in ("journal", "journaltitle", "booktitle") if (said := _read(fields.get(key)))), None)
    return Row(
        title=title,
        line=at,
        style="plain",
        links=tuple(Span(kind="link", line=at, url=url) for url in _find_addresses(fields)),
        authors=names,
        venue=venue,
        year=find_year(_read(fields.get("year")) or _read(fields.get("date"))),
        cited=True,
    )


def _find_addresses(fields: dict[str, Field]) -> list[str]:
    found: list[str] = []
    if doi := _read(fields.get("doi")):
        found.append(doi if "//" in doi else f"doi:{doi}")
    if number := _ARXIV.fullmatch(_read(fields.get("eprint"))):
        found.append(f"arxiv:{number['id']}")
    if (url := _read(fields.get("url"))).startswith(("http://", "https://")):
        found.append(url)
    return found


def _read(field: Field | None) -> str:
    return " ".join(str(field.value).replace("{", "").replace("}", "").split()) if field else ""
