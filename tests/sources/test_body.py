import msgspec
import pytest

from pipeline.sources import UnreadableBody, body


class Shape(msgspec.Struct):
    id: str
    count: int | None = None
    names: tuple[str, ...] | None = None


def test_unknown_fields_are_passed_over() -> None:
    assert body.decode(b'{"id": "a", "count": 1, "new": {}}', Shape) == (Shape(id="a", count=1), ())


def test_a_field_of_the_wrong_shape_costs_that_field_alone_and_is_named() -> None:
    shape, issues = body.decode(b'{"id": "a", "count": "many", "names": ["b"]}', Shape)
    assert shape == Shape(id="a", names=("b",))
    assert len(issues) == 1
    assert "`count`" in issues[0]


@pytest.mark.parametrize(
    "sent",
    [b"", b"<html>", b'{"id": ', b"[]", b"null", b'{"count": 1}', b'{"id": 7}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "HTML", "cut", "a list", "null", "no id", "id of a wrong type", "not UTF-8", "nested without end"],
)
def test_what_is_no_record_is_unreadable(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        body.decode(sent, Shape)


@pytest.mark.parametrize("sent", [b"", b"<html>", b'{"count": 1}', b'{"id": "a", "count": "1"}'])
def test_an_envelope_must_be_right_in_every_field(sent: bytes) -> None:
    with pytest.raises(UnreadableBody):
        body.decode_strictly(sent, Shape)
