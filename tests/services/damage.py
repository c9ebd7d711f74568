"""Answers that look right and are not: what a fault does to the records of an answer with status 200.

in -> out: the JSON of an answer, in whichever service's envelope, and the name of a damage -> the JSON that is sent. A
damage that picks at random takes its chance from the caller, so that a run can be told again by its seed.
"""

import random
from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Change = Callable[[list[Any], random.Random], list[Any]]

KEPT = frozenset({"id", "doi", "DOI", "type"})
"""Names under which a record is found: without them an answer is of another kind, which `json` plays."""
FOREIGN_DOI = "10.9999/of.somebody.else"
COUNTS = frozenset({"cited_by_count", "is-referenced-by-count", "citationCount"})
DATES = frozenset({"issued", "published", "published-print", "published-online", "posted"})


def damaged(value: Any, name: str, chance: random.Random) -> Any:
    """Return an answer with its records damaged; what is no answer with records is left as it is."""
    return _in_records(value, lambda records: CHANGES[name](records, chance))


def _in_records(value: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """Apply a change to the records of whichever service's envelope this is."""
    match value:
        case {"results": list(records)}:
            return {**value, "results": change(records)}
        case {"message": {"items": list(records)}}:
            return {**value, "message": {**value["message"], "items": change(records)}}
        case {"message": dict(record)}:
            return {**value, "message": next(iter(change([record])), None)}
        case {"data": list(records)}:
            return {**value, "data": change(records)}
        case {"data": dict(record)}:
            return {**value, "data": next(iter(change([record])), None)}
        case list(records):
            return change(records)
        case dict():
            return next(iter(change([value])), None)
    return value


def _each(change: Callable[[Record, random.Random], Record]) -> Change:
    """A change of one record, of every record; a record of DataCite keeps its fields one level deeper."""

    def within(record: Any, chance: random.Random) -> Any:
        if not isinstance(record, dict):
            return record
        if isinstance(record.get("attributes"), dict):
            return {**record, "attributes": change(record["attributes"], chance)}
        return change(record, chance)

    return lambda records, chance: [within(record, chance) for record in records]


def _every_second(records: list[Any], _chance: random.Random) -> list[Any]:
    return records[::2]


def _none(_records: list[Any], _chance: random.Random) -> list[Any]:
    return []


def _twice(records: list[Any], _chance: random.Random) -> list[Any]:
    return [*records, *records]


def _backwards(records: list[Any], _chance: random.Random) -> list[Any]:
    return records[::-1]


def _with_wrong_types(record: Record, _chance: random.Random) -> Record:
    """Turn every value into one of another type, identifiers apart."""
    return {k: v if k in KEPT else _other_type(v) for k, v in record.items()}


def _other_type(value: Any) -> Any:
    match value:
        case bool() | int() | float() | None:
            return {"was": str(value)}
        case str():
            return [value]
        case list():
            return {"0": value}
    return str(value)


def _nulls(record: Record, _chance: random.Random) -> Record:
    return {name: value if name in KEPT else None for name, value in record.items()}


def _some_null(record: Record, chance: random.Random) -> Record:
    return {name: value if name in KEPT or chance.random() < 0.7 else None for name, value in record.items()}


def _some_missing(record: Record, chance: random.Random) -> Record:
    return {name: value for name, value in record.items() if name in KEPT or chance.random() < 0.7}


def _only_ids(record: Record, _chance: random.Random) -> Record:
    return {name: value for name, value in record.items() if name in KEPT}


def _emptied(record: Record, _chance: random.Random) -> Record:
    """Empty what can be empty: lists, objects, texts."""
    return {
        name: type(value)() if name not in KEPT and isinstance(value, list | dict | str) else value
        for name, value in record.items()
    }


def _nameless(record: Record, _chance: random.Random) -> Record:
    """As many authors as before, and not one of them has a name."""
    lists = {name: record[name] for name in ("authorships", "author", "creators") if isinstance(record.get(name), list)}
    return record | {name: [{} for _ in people] for name, people in lists.items()}


def _counts(number: int) -> Change:
    def change(record: Record, _chance: random.Random) -> Record:
        by_year = {"counts_by_year": [{"year": 2025, "cited_by_count": number}]} if "counts_by_year" in record else {}
        return record | dict.fromkeys(COUNTS & set(record), number) | by_year

    return _each(change)


def _far_years(record: Record, _chance: random.Random) -> Record:
    far: Record = {name: {"date-parts": [[9999, 1, 1]]} for name in DATES & set(record)}
    far |= {name: 9999 for name in ("publication_year", "publicationYear") if name in record}
    return record | far | ({"publication_date": "9999-01-01"} if "publication_date" in record else {})


def _odd_years(record: Record, _chance: random.Random) -> Record:
    odd = [{"year": -1, "cited_by_count": 3}, {"year": 99999, "cited_by_count": 1}]
    return record | ({"counts_by_year": odd} if "counts_by_year" in record else {})


def _odd_access(record: Record, _chance: random.Random) -> Record:
    odd = {"is_oa": True, "oa_status": "<b>perhaps</b>", "oa_url": "javascript:alert(1)"}
    return record | ({"open_access": odd} if "open_access" in record else {})


def _foreign(records: list[Any], _chance: random.Random) -> list[Any]:
    """Works that nobody asked for, one for each that somebody did."""
    return [_of_somebody_else(record) for record in records]


def _half_foreign(records: list[Any], _chance: random.Random) -> list[Any]:
    return [_of_somebody_else(record) if place % 2 else record for place, record in enumerate(records)]


def _of_somebody_else(record: Any) -> Any:
    if not isinstance(record, dict):
        return record
    other = dict(record)
    if "attributes" in record:
        other |= {"id": FOREIGN_DOI, "attributes": {**record["attributes"], "doi": FOREIGN_DOI, "url": None}}
    elif "DOI" in record:
        other |= {"DOI": FOREIGN_DOI, "alternative-id": [], "resource": None}
    else:
        other |= {"id": "https://openalex.org/W404", "doi": f"https://doi.org/{FOREIGN_DOI}", "ids": {}}
        other |= {name: [] for name in ("locations",) if name in record}
        other |= {name: None for name in ("primary_location",) if name in record}
    return other


def _foreign_inside(record: Record, _chance: random.Random) -> Record:
    """A record under the asked name that speaks of another work: DataCite has its DOI twice."""
    return record | ({"doi": FOREIGN_DOI} if "titles" in record or "creators" in record else {})


CHANGES: dict[str, Change] = {
    "partial": _every_second,
    "wrong-types": _each(_with_wrong_types),
    "nulls": _each(_nulls),
    "some-null": _each(_some_null),
    "some-missing": _each(_some_missing),
    "only-ids": _each(_only_ids),
    "emptied": _each(_emptied),
    "nameless": _each(_nameless),
    "negative-counts": _counts(-5),
    "enormous-counts": _counts(10**25),
    "far-years": _each(_far_years),
    "odd-years": _each(_odd_years),
    "odd-access": _each(_odd_access),
    "foreign": _foreign,
    "half-foreign": _half_foreign,
    "foreign-inside": _each(_foreign_inside),
    "no-records": _none,
    "twice": _twice,
    "backwards": _backwards,
}
