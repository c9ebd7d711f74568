import pytest

from pipeline.model import Author
from pipeline.text.person import parse
from pipeline.text.same_person import family_key, is_same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("Jürgen Müller", "Jurgen Muller", id="accents"),
        pytest.param("Jürgen Müller", "Mueller, J.", id="umlaut as two letters"),
        pytest.param("Søren Ørsted", "Soeren Oersted", id="Danish as two letters, the given name too"),
        pytest.param("Yoshua Bengio", "Y. Bengio", id="initial"),
        pytest.param("Geoffrey E. Hinton", "Geoffrey Hinton", id="missing middle name"),
        pytest.param("Jean-Pierre Martin", "J.-P. Martin", id="hyphenated initials"),
        pytest.param("Jean-Pierre Martin", "Jean Pierre Martin", id="hyphen or blank"),
        pytest.param("Xiao-Ming Li", "Xiaoming Li", id="joined syllables"),
        pytest.param("Min Jun Kim", "Kim MJ", id="packed initials"),
        pytest.param("Smith-Jones, Ann", "Ann Smith Jones", id="hyphen in the family"),
        pytest.param("García López, Gabriel", "Gabriel García", id="second family name dropped"),
        pytest.param("Ana García López", "Ana García", id="second family name dropped, taken apart in two ways"),
        pytest.param("Ana García López", "A. García", id="the same with an initial"),
        pytest.param("Luc Van Gool", "Gool, Luc", id="particle dropped"),
        pytest.param("Lu Wang", "Lu, Wang", id="swapped order"),
        pytest.param("Alexander Smola", "Alex Smola", id="short form that begins alike"),
        pytest.param("Bengio", "Yoshua Bengio", id="family only"),
        pytest.param("O'Neil, Sean", "Sean O’Neil", id="apostrophes"),
    ],
)
def test_one_person_written_in_two_ways_is_the_same(a: str, b: str) -> None:
    first, second = parse(a), parse(b)
    assert is_same(first, second)
    assert is_same(second, first)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("John A. Smith", "John B. Smith", id="middle initials"),
        pytest.param("John Smith", "Jane Smith", id="given names"),
        pytest.param("John Smith", "John Smyth", id="families"),
        pytest.param("Wei Li", "Wei Liu", id="a family that begins alike"),
        pytest.param("Wei Li", "Ann Li-Smith", id="part of a family, other given name"),
        pytest.param("Wei Li", "Wei Li-Smith", id="a short part of a family proves nothing"),
        pytest.param("Ana García López", "Eva García", id="part of a family taken for a given name, another person"),
        pytest.param("Wei Li Zhang", "Wei Li", id="a short word before the family proves nothing"),
        pytest.param("L. Wang", "W. Lu", id="swapped initials"),
        pytest.param("张三", "李四", id="ideographs"),
    ],
)
def test_two_people_are_not_the_same(a: str, b: str) -> None:
    first, second = parse(a), parse(b)
    assert not is_same(first, second)
    assert not is_same(second, first)


def test_organisations_are_the_same_by_their_whole_name() -> None:
    atlas = Author(literal="ATLAS Collaboration")
    assert is_same(atlas, Author(literal="Atlas collaboration"))
    assert not is_same(atlas, Author(literal="CMS Collaboration"))


def test_nobody_is_not_the_same_as_nobody() -> None:
    assert not is_same(Author(), Author())
    assert not is_same(Author(literal="—"), Author(literal="…"))


@pytest.mark.parametrize(
    ("author", "key"),
    [
        pytest.param(Author(given="Luc", family="Van Gool"), "vangool", id="family with particle"),
        pytest.param(Author(literal="ATLAS Collaboration"), "atlascollaboration", id="organisation"),
        pytest.param(Author(given="Suharto"), "suharto", id="given name only"),
        pytest.param(Author(), "", id="nobody"),
    ],
)
def test_lists_are_aligned_by_the_folded_family(author: Author, key: str) -> None:
    assert family_key(author) == key
