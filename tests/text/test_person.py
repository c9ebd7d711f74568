import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Affiliation, Author
from pipeline.text import person

# name | given | family | suffix
NAMES = """
Yoshua Bengio | Yoshua | Bengio |
Bengio, Yoshua | Yoshua | Bengio |
Geoffrey E. Hinton | Geoffrey E. | Hinton |
J.R.R. Tolkien | J. R. R. | Tolkien |
C.-C. Jay Kuo | C.-C. Jay | Kuo |
Luc Van Gool | Luc | Van Gool |
van Gool, Luc | Luc | van Gool |
Ludwig van Beethoven | Ludwig | van Beethoven |
Karl von Frisch | Karl | von Frisch |
Nando de Freitas | Nando | de Freitas |
Fernando de la Torre | Fernando | de la Torre |
António dos Santos | António | dos Santos |
Laurent El Ghaoui | Laurent | El Ghaoui |
Hervé Le Borgne | Hervé | Le Borgne |
Quoc V. Le | Quoc V. | Le |
Thi Van Nguyen | Thi Van | Nguyen |
Santiago Ramón y Cajal | Santiago | Ramón y Cajal |
Martin Luther King Jr. | Martin Luther | King | Jr.
Smith, John, Jr. | John | Smith | Jr.
Smith, Jr., John | John | Smith | Jr.
John Smith III | John | Smith | III
Dr. Jane Doe, PhD | Jane | Doe |
Prof Jane Example | Jane | Example |
Dr Jane B. Example-Sample | Jane B. | Example-Sample |
Jane B. Example | Jane B. | Example |
KIM Min-Jun | Min-Jun | Kim |
Min-Jun KIM | Min-Jun | Kim |
LI Wei | Wei | Li |
Wei LI | Wei | Li |
Jean DE LA CRUZ | Jean | de la Cruz |
JUAN DE LA CRUZ | Juan | de la Cruz |
O'NEIL, SEAN | Sean | O'Neil |
MCDONALD, R. | R. | McDonald |
Smith JA | J. A. | Smith |
Smith J. A. | J. A. | Smith |
van der Berg J.-P. | J.-P. | van der Berg |
GE Hinton | GE | Hinton |
JT Kim | J. T. | Kim |
Xu X | X. | Xu |
张三 | 三 | 张 |
欧阳修 | 修 | 欧阳 |
김철수 | 철수 | 김 |
山田 太郎 | 太郎 | 山田 |
Wei Zhang (张伟) | Wei | Zhang |
Xiao‐Ming Li | Xiao-Ming | Li |
Müller&#45;Lüdenscheidt, K. | K. | Müller-Lüdenscheidt |
Jane Doe1,* | Jane | Doe |
Plato | | Plato |
"""


def read_names() -> list[object]:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in NAMES.strip().splitlines()]
    return [pytest.param(*row, id=row[0]) for row in rows]


@pytest.mark.parametrize(("name", "given", "family", "suffix"), read_names())
def test_a_name_is_taken_apart(name: str, given: str | None, family: str, suffix: str | None) -> None:
    assert person.parse(name) == Author(given=given, family=family, suffix=suffix)


@pytest.mark.parametrize("name", ["やまだたろう", "毛利小五郎"])
def test_a_native_name_that_nobody_can_split_stays_whole(name: str) -> None:
    assert person.parse(name) == Author(literal=name)


@pytest.mark.parametrize("name", ["", " ", "<i></i>", ",", "1*", "Unknown Anonymous", "Na Unknown"])
def test_no_name_is_nobody(name: str) -> None:
    assert person.parse(name) == Author()


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param(Author(given="W.R.", family="PENDLETON Jr."),
                     Author(given="W. R.", family="Pendleton", suffix="Jr."), id="capitals, suffix, initials"),
        pytest.param(Author(given="John, Jr", family="Smith"), Author(given="John", family="Smith", suffix="Jr."),
                     id="suffix behind the given name"),
        pytest.param(Author(given="JEAN-PIERRE", family="D'ANGELO"), Author(given="Jean-Pierre", family="D'Angelo"),
                     id="everything in capitals"),
        pytest.param(Author(given="JS", family="BACH"), Author(given="J. S.", family="Bach"), id="initials"),
        pytest.param(Author(given="Wei", family="LI"), Author(given="Wei", family="Li"), id="short family in capitals"),
        pytest.param(Author(given="Wei (伟)", family="Zhang 张"), Author(given="Wei", family="Zhang"), id="native"),
        pytest.param(Author(family="Wang, Lu"), Author(given="Lu", family="Wang"), id="both in the family"),
        pytest.param(Author(given="Suharto"), Author(family="Suharto"), id="one name is the family"),
        pytest.param(Author(family="UNESCO"), Author(family="UNESCO"), id="one name in capitals may be an acronym"),
        pytest.param(Author(literal="The <i>ATLAS</i>  Collaboration"), Author(literal="The ATLAS Collaboration"),
                     id="organisation"),
        pytest.param(Author(given=" ", family="&nbsp;"), Author(), id="blanks"),
    ],
)  # fmt: skip
def test_deposited_names_are_cleaned(author: Author, expected: Author) -> None:
    assert person.clean(author) == expected


def test_cleaning_keeps_orcid_and_affiliations() -> None:
    kept = Author(family="LEE", given="Ada", orcid="0000-0002-1825-0097", affiliations=(Affiliation(name="Somewhere"),))
    cleaned = person.clean(kept)
    assert (cleaned.orcid, cleaned.affiliations) == (kept.orcid, kept.affiliations)


@given(st.text(alphabet="aÉ张 .,-'JRKIM(1*", max_size=16))
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = person.parse(name)
    assert person.clean(once) == once
