"""The records of one service: raw bytes, and indexes that are built when first asked for.

in -> out: JSON documents (bytes) -> positions by value, columns, rankings. A record is sent back exactly as it was
loaded. Ten thousand records cost one pass of about 0.1 s for each index that is used.
"""

import gzip
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tests.services.ranking import Ranking

Record = dict[str, Any]
Values = Callable[[Record], Iterable[object]]


class Corpus:
    """Records in the order in which they were loaded; a position is a record's index in that order."""

    def __init__(self, raws: Iterable[bytes]) -> None:
        self.raws = tuple(raws)
        self._indexes: dict[str, dict[object, array[int]]] = {}
        self._columns: dict[str, list[Any]] = {}
        self._rankings: dict[str, Ranking] = {}

    def __len__(self) -> int:
        return len(self.raws)

    def record(self, position: int) -> Record:
        """Return one record, decoded."""
        return msgspec.json.decode(self.raws[position], type=Record)

    def records(self) -> Iterator[Record]:
        """Yield every record, decoded, without keeping it."""
        return map(msgspec.json.Decoder(Record).decode, self.raws)

    def index(self, name: str, values: Values) -> Mapping[object, Sequence[int]]:
        """Return value -> positions, ascending; `values` is only called when the index is not there yet."""
        if name not in self._indexes:
            index: dict[object, array[int]] = {}
            for position, record in enumerate(self.records()):
                for value in dict.fromkeys(values(record)):
                    index.setdefault(value, array("I")).append(position)
            self._indexes[name] = index
        return self._indexes[name]

    def column(self, name: str, value: Callable[[Record], Any]) -> list[Any]:
        """Return one value a record, by position."""
        if name not in self._columns:
            self._columns[name] = [value(record) for record in self.records()]
        return self._columns[name]

    def ranking(self, name: str, text: Callable[[Record], str]) -> Ranking:
        """Return the search index over one text a record."""
        if name not in self._rankings:
            self._rankings[name] = Ranking(text(record) for record in self.records())
        return self._rankings[name]


def load_lines(path: Path) -> tuple[bytes, ...]:
    """Return the lines of `path` or of `path` + `.gz`, none if neither is there."""
    packed = path.with_name(path.name + ".gz")
    if path.exists():
        data = path.read_bytes()
    elif packed.exists():
        data = gzip.decompress(packed.read_bytes())
    else:
        return ()
    return tuple(line for line in data.split(b"\n") if line.strip())
