r"""corrections.toml: what a human decided.

in -> out: the text of a TOML file -> `Correction`s; a `Correction` -> the text to append for it. Read strictly, because
a decision that is silently not obeyed is worse than none: an unknown name, a missing reason, a DOI that is none, and
anything else that is not said below is a `UsageError` with the line.

    [[correction]]
    entry = "taleb2021multimodal"          # key, or the listed title, or the paper link
    is = "10.1007/978-3-030-78191-0_51"    # or "arxiv:1912.05396", "W2996345678", or "none": it is in no source
    why = "the publisher's page has the same authors"
    by = "somebody"                        # who decided, may be absent
    on = 2026-11-22                        # when, may be absent

Instead of `is`, exactly one of: `is_not` with one identifier or a list of them; or `field` and `value`, where an empty
`value` means that the field has none.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from pipeline import toml
from pipeline.errors import UsageError
from pipeline.model import Degree, FieldValue, WorkType
from pipeline.text import arxiv
from pipeline.text import doi as doi_text

FIELDS: dict[str, type] = {
    "title": str, "type": str, "year": int, "month": int, "date": str, "venue": str, "short_venue": str, "series":
    str, "publisher": str, "institution": str, "degree": str, "volume": str, "issue": str, "pages": str,
    "article_number": str, "abstract": str, "language": str, "retracted": bool,
}  # fmt: skip
"""Fields of the catalog that can be corrected, and their types."""
_WORDS: dict[type, str] = {str: "text in quotes", int: "a number", bool: "true or false"}
NEVER_EMPTY = frozenset({"title", "type", "retracted"})
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*\"?correction\"?[ \t]*\]\]")
_OPENALEX_ID = re.compile(r"W\d+")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Correction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One decision about one entry; exactly one of `is_`, `is_not` and `field` is there."""

    entry: str
    """Key, listed title, or paper link."""
    is_: str | None = msgspec.field(default=None, name="is")
    """The work that the entry is: bare DOI, `arxiv:...`, `W...`, or `none`."""
    is_not: tuple[str, ...] = ()
    """Works that the entry is not, in the same forms."""
    field: str | None = None
    value: FieldValue = None
    why: str
    by: str | None = None
    on: str | None = None
    """ISO date."""
    line: int = 0
    """1-based line of its table in the file; 0 for one that is not written yet."""


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    """A `[[correction]]` as written."""

    entry: str
    why: str
    is_: str | None = msgspec.field(default=None, name="is")
    is_not: str | tuple[str, ...] | None = None
    field: str | None = None
    value: FieldValue = None
    by: str | None = None
    on: Any = None


def read(text: str, name: str = "corrections.toml") -> tuple[Correction, ...]:
    """Read every correction, in the order of the file.

    Args:
        text: TOML.
        name: the file as messages call it.

    Raises:
        UsageError: the file holds anything that is not a correction, with the line.
    """
    document = toml.loads(text, name)
    tables = document.pop("correction", [])
    if document:
        line = _find_line(text.splitlines(), 0, next(iter(document)))
        raise UsageError(f"{name}:{line}: `{next(iter(document))}` is unknown; only [[correction]] tables are read.")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{name}: `correction` must be written as [[correction]] tables.")
    lines = text.splitlines()
    headers = [number for number, content in enumerate(lines, start=1) if _HEADER.match(content)]
    starts = headers if len(headers) == len(tables) else [1] * len(tables)
    return tuple(_Reader(table, lines, start, name).read() for table, start in zip(tables, starts, strict=True))


def render(correction: Correction) -> str:
    r"""Return the TOML table to append, with a blank line before it.

    >>> print(render(Correction(entry='A "B"', is_="none", why="asked the authors", on="2026-11-22")))
    <BLANKLINE>
    [[correction]]
    entry = "A \"B\""
    is = "none"
    why = "asked the authors"
    on = 2026-11-22
    <BLANKLINE>
    """
    rows = [("entry", _quote(correction.entry))]
    if correction.is_ is not None:
        rows.append(("is", _quote(correction.is_)))
    if correction.is_not:
        rows.append(("is_not", f"[{', '.join(map(_quote, correction.is_not))}]"))
    if correction.field is not None:
        rows += [
            ("field", _quote(correction.field)),
            ("value", _quote("" if correction.value is None else correction.value)),
        ]
    rows.append(("why", _quote(correction.why)))
    if correction.by:
        rows.append(("by", _quote(correction.by)))
    if correction.on:
        rows.append(("on", correction.on if re.fullmatch(r"\d{4}-\d\d-\d\d", correction.on) else _quote(correction.on)))
    return "\n[[correction]]\n" + "".join(f"{name} = {value}\n" for name, value in rows)


def _quote(value: str | int | bool) -> str:
    """Return a TOML value; its basic strings are JSON's, but for U+007F, which must be escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _find_line(lines: list[str], start: int, name: str) -> int:
    """Return the 1-based line, at or after `start`, on which a name is given its value."""
    pattern = re.compile(rf"[ \t]*\[*[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*[].=]")
    numbered = enumerate(lines[max(start - 1, 0) :], start=max(start, 1))
    return next((number for number, content in numbered if pattern.match(content)), max(start, 1))


class _Reader:
    """Reads one table; every complaint names its line."""

    def __init__(self, table: Mapping[str, Any], lines: list[str], start: int, name: str) -> None:
        self._table, self._lines, self._start, self._name = table, lines, start, name

    def read(self) -> Correction:
        """Return the correction. Raises `UsageError`."""
        for key in self._table:
            if key not in {field.encode_name for field in msgspec.structs.fields(_Table)}:
                raise self._fail(key, f"`{key}` is unknown here.")
        try:
            table = msgspec.convert(self._table, _Table)
        except msgspec.ValidationError as error:
            named = re.search(r"\$\.(\w+)", str(error))
            message = str(error).partition(" - at ")[0].replace("Object missing", "a correction needs the")
            raise self._fail(named[1] if named else None, message + (f" in `{named[1]}`." if named else ".")) from None
        for key in ("entry", "why"):
            if not getattr(table, key).strip():
                raise self._fail(key, f"`{key}` is empty.")
        self._check_choice(table)
        return Correction(
            entry=table.entry.strip(),
            is_=self._identifier("is", table.is_) if table.is_ is not None else None,
            is_not=self._denied(table),
            field=table.field,
            value=self._value(table.field, table.value) if table.field is not None else None,
            why=table.why.strip(),
            by=table.by,
            on=self._day(table.on),
            line=self._start,
        )

    def _fail(self, key: str | None, message: str) -> UsageError:
        line = _find_line(self._lines, self._start, key) if key else self._start
        return UsageError(f"{self._name}:{line}: {message}")

    def _check_choice(self, table: _Table) -> None:
        chosen = [key for key in ("is", "is_not", "field") if self._table.get(key) is not None]
        if len(chosen) != 1:
            said = f"has {' and '.join(chosen)}" if chosen else "decides nothing"
            raise self._fail(
                chosen[1] if chosen else None, f"a correction has one of is, is_not, field; this one {said}."
            )
        if (table.field is None) != ("value" not in self._table):
            raise self._fail("field" if table.field else "value", "`field` and `value` go together.")

    def _denied(self, table: _Table) -> tuple[str, ...]:
        stated = (table.is_not,) if isinstance(table.is_not, str) else table.is_not
        if stated is not None and (not stated or "none" in stated):
            raise self._fail("is_not", "`is_not` needs at least one identifier, and `none` is none.")
        return tuple(self._identifier("is_not", value) for value in stated or ())

    def _identifier(self, key: str, stated: str) -> str:
        value = stated.strip()
        if value == "none" or _OPENALEX_ID.fullmatch(value):
            return value
        if value.lower().startswith("arxiv:") and (arxiv_id := arxiv.clean(value)):
            return f"arxiv:{arxiv_id}"
        doi = doi_text.clean(value)
        if doi is None or (key == "is" and doi_text.is_denied(doi)):
            raise self._fail(key, f"“{stated}” is no DOI, no `arxiv:` id, no OpenAlex id (W...) and not `none`.")
        return doi

    def _value(self, field: str, value: FieldValue) -> FieldValue:
        wanted = FIELDS.get(field)
        if wanted is None:
            raise self._fail("field", f"`{field}` is no field that can be corrected: {', '.join(FIELDS)}.")
        if isinstance(value, str) and not value.strip():
            if field in NEVER_EMPTY:
                raise self._fail("value", f"`{field}` cannot be empty.")
            return None
        if type(value) is not wanted:
            raise self._fail("value", f"`{field}` takes {_WORDS[wanted]}, not {value!r}.")
        words = {"type": get_args(WorkType), "degree": get_args(Degree)}.get(field)
        if words and value not in words:
            raise self._fail("value", f"“{value}” is not a {field}: {', '.join(words)}.")
        if field == "date" and not _DATE.fullmatch(str(value)):
            raise self._fail("value", f"“{value}” is not a date like 2021, 2021-06 or 2021-06-14.")
        if (field == "month" and value not in range(1, 13)) or (field == "year" and value not in range(1000, 2101)):
            raise self._fail("value", f"{value} is not a {field}.")
        return value

    def _day(self, stated: object) -> str | None:
        """TOML has dates of its own; a string that is one will do."""
        if stated is None:
            return None
        day = stated.isoformat() if type(stated) is date else stated
        if not isinstance(day, str) or not _DATE.fullmatch(day):
            raise self._fail("on", f"“{day}” is not a date like 2026-11-22.")
        return day
