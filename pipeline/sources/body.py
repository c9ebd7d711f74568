"""JSON bodies, read strictly.

in -> out: what a source sent -> a struct of the fields that we rely on, and a sentence for each that could not be read.
Unknown fields are passed over; a field of the wrong shape costs that field alone, never the record; a body that is not
JSON, or lacks what makes it an answer at all, raises `UnreadableBody`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec

from pipeline.sources import UnreadableBody
from pipeline.text import markup

Shape = TypeVar("Shape", bound=msgspec.Struct)

Text = str | int | float | None
"""Volumes, issues and page numbers come as strings, from some members as numbers."""
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
"""Citations. The most cited paper has some 300,000 (2025); beyond this range stands a mistake."""
Year = Annotated[int, msgspec.Meta(ge=1000, le=2100)]
"""A year of publication or of citations, in the range of `text/date.py`."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}(?:\.\d{1,9})*/\S+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE)
_NOTHING = frozenset(["", "-", "--", "–", "n/a", "na", "n.a", "null", "none", "undefined", "unknown", "0", "00"])
_MARKS = "☆★✩✰*†‡§¶"
_MARKS_AT_END = re.compile(rf"(?<=[^\W\d_]{{4}}|[^\W\d_]{{3}}[).?!”\"\]])\s?[{_MARKS}]{{1,3}}$")
"""Footnotes of the title: `... Verletzungen*`; `Planning with A*` is none."""
_SHOUTED_PART = re.compile(r"(: )")
_ROR = re.compile(r"https://ror\.org/0[a-z0-9]{8}")


def decode(body: bytes, shape: type[Shape]) -> tuple[Shape, tuple[str, ...]]:
    """Read a JSON object. Raises `UnreadableBody`."""
    try:
        return msgspec.json.decode(body, type=shape), ()
    except msgspec.ValidationError:
        return convert(decode_object(body), shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody(f"not JSON: {error}") from error


def decode_strictly(body: bytes, shape: type[Shape]) -> Shape:
    """Read the envelope of an answer, where every declared field must be right. Raises `UnreadableBody`."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody(f"not the envelope that was promised: {error}") from error


def decode_object(body: bytes) -> dict[str, Any]:
    """Read any JSON object. Raises `UnreadableBody`."""
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody(f"not a JSON object: {error}") from error


def convert(document: Mapping[str, Any], shape: type[Shape]) -> tuple[Shape, tuple[str, ...]]:
    """Read a decoded JSON object. Raises `UnreadableBody` when a required field is absent or wrong."""
    try:
        return msgspec.convert(document, shape), ()
    except msgspec.ValidationError:
        return _convert_each(document, shape)


def _convert_each(document: Mapping[str, Any], shape: type[Shape]) -> tuple[Shape, tuple[str, ...]]:
    values: dict[str, Any] = {}
    issues: list[str] = []
    for field in msgspec.structs.fields(shape):
        if field.encode_name not in document and not field.required:
            continue
        try:
            values[field.name] = msgspec.convert(document.get(field.encode_name), field.type)
        except msgspec.ValidationError as error:
            if field.required:
                raise UnreadableBody(f"no usable `{field.encode_name}`: {error}") from error
            issues.append(f"`{field.encode_name}` could not be read: {error}")
    return shape(**values), tuple(issues)


def check_distinct(works: Iterable[tuple[str | None, bytes]]) -> None:
    """Raise `UnreadableBody` where one name stands for works that differ: a name is wrong, and nobody knows which."""
    seen: dict[str, bytes] = {}
    for name, work in works:
        if name is not None and seen.setdefault(name, work) != work:
            raise UnreadableBody("different works under one name")


def bare_doi(value: str | None) -> str | None:
    """Return an agency's own DOI bare and in lower case; nothing is trimmed, it is the source's word.

    >>> bare_doi("https://doi.org/10.1002/(SICI)1097-0231(20001230)14:24<2357::AID-RCM168>3.0.CO;2-2")
    '10.1002/(sici)1097-0231(20001230)14:24<2357::aid-rcm168>3.0.co;2-2'
    >>> bare_doi("doi:10.1/x") is None
    True
    """
    match = _DOI.fullmatch(value.strip()) if value else None
    return match[1].lower() if match else None


def bare_orcid(*values: str | None) -> str | None:
    """Return the first of the values that is an ORCID, without its address.

    >>> bare_orcid(None, "http://orcid.org/0000-0002-8889-4269")
    '0000-0002-8889-4269'
    """
    matches = (_ORCID.fullmatch(value.strip()) for value in values if value)
    return next((match[1].upper() for match in matches if match), None)


def clean_ror(value: str | None) -> str | None:
    """Return the address of an organisation's ROR entry, None for anything else."""
    return value if value and _ROR.fullmatch(value) else None


def text(value: Text) -> str | None:
    """Return a scalar as text, None when it is empty.

    >>> text(12), text(" 40 "), text("")
    ('12', '40', None)
    """
    return (str(value).strip() or None) if value is not None else None


def stated(value: Text) -> str | None:
    """Return a scalar as text, None for words that mean nothing.

    >>> stated("12"), stated("n/a"), stated("null"), stated(" - ")
    ('12', None, None, None)
    """
    said = text(value)
    return None if said is None or said.lower().strip(".") in _NOTHING else said


def unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values that are there, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=16_384)
def clean_title(value: str | None) -> str | None:
    """Return a title without markup and marks of footnotes; a part in capitals throughout becomes title case.

    >>> clean_title("THE DIELECTRIC CONSTANTS OF <i>ETHANE</i>"), clean_title("Über perforierende Verletzungen*")
    ('The Dielectric Constants of Ethane', 'Über perforierende Verletzungen')
    """
    plain = markup.clean(value)
    if not plain:
        return None
    if plain[-1] in _MARKS:
        plain = _MARKS_AT_END.sub("", plain)
    if markup.is_shouting(plain):
        return markup.calm(plain)
    return "".join(map(markup.calm, _SHOUTED_PART.split(plain)))


@lru_cache(maxsize=16_384)
def clean_name(value: str | None) -> str | None:
    """Return the name of an organisation, a publisher or a topic without markup; they recur, so they are remembered."""
    return markup.clean(value)
