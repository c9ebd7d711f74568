"""What a row alone leaves open, its neighbours decide. All rows are invented."""

import pytest

from pipeline.lists.markdown import parse
from pipeline.model import Entry


def read(rows: tuple[str, ...]) -> list[Entry]:
    """Read rows, in which `@` stands for the address of a paper."""
    text = "\n".join(f"- {row.replace('@', f'https://arxiv.org/abs/1703.{at:05}')}" for at, row in enumerate(rows, 1))
    return list(parse(f"## Papers\n{text}").entries)


VENUES = ("Deep sets for cows. [Nature 2018](@)", "Deep sets for hens. [CVPR 2019](@)")
UNDATED = ("[Deep sets for cows](@) (TMI)", "[Deep sets for hens](@) (MICCAI)")
AUTHORS = ("[Deep sets for cows](@), Ann Lee, Bob Ray (2011)", "[Deep sets for hens](@), Cid Poe, Eve Fox (2012)")
BOTH = ("Ann Lee", "Bob Ray")
PLAIN = ("Ann Lee, Bob Ray, Deep sets for cows, 2011. [pdf](@)", "Cid Poe, Eve Fox, Deep sets for hens, 2012. [pdf](@)")
ABBREVIATED = ("[Deep sets for cows](@), Lee et al. (2011)", "[Deep sets for hens](@), Ray et al. (2012)")
FAMILIES = ("[Deep sets for cows](@), Lee, Ray (2011)", "[Deep sets for hens](@), Hofmann, Whiteson, de Rijke (2012)")


@pytest.mark.parametrize(
    ("neighbours", "row", "title", "authors", "venue", "year"),
    [
        (VENUES, "Deep sets for goats. [Oikos 2019](@)", "Deep sets for goats.", (), "Oikos", 2019),
        (VENUES, "Deep sets for goats. [[Oikos 2019](@)]", "Deep sets for goats.", (), "Oikos", 2019),
        (VENUES, "[Deep sets for goats](@) Oikos 2019", "Deep sets for goats", (), "Oikos", 2019),
        (VENUES, "[Deep sets for goats](@) (Oikos 2019)", "Deep sets for goats", (), "Oikos", 2019),
        (VENUES, "Deep sets for goats. [Doe et al. 2019](@)", "Deep sets for goats.", ("Doe",), None, 2019),
        (VENUES, "Deep sets for goats. [Doe (2019)](@)", "Deep sets for goats.", ("Doe",), None, 2019),
        (VENUES, "Deep sets for goats (JImaging) [[pdf](@)]", "Deep sets for goats (JImaging)", (), None, None),
        (UNDATED, "[Deep sets for goats](@) (JImaging)", "Deep sets for goats", (), "JImaging", None),
        (UNDATED, "Deep sets for goats (JImaging) [[pdf](@)]", "Deep sets for goats", (), "JImaging", None),
        (UNDATED, "[Deep sets for goats](@) (code)", "Deep sets for goats", (), None, None),
        (UNDATED, "[Deep sets for goats](@) (Survey)", "Deep sets for goats", (), None, None),
        (AUTHORS, "[Deep sets for goats](@) (JImaging)", "Deep sets for goats", (), None, None),
        (AUTHORS, "[Deep sets for goats](@), Jane Doe (2011)", "Deep sets for goats", ("Jane Doe",), None, 2011),
        (AUTHORS, "[Deep sets for goats](@) - Jane Doe", "Deep sets for goats", ("Jane Doe",), None, None),
        (AUTHORS, "[Deep sets for goats](@) - Great Tools", "Deep sets for goats", (), None, None),
        (AUTHORS, "Deep sets for goats. [Doe 2018](@)", "Deep sets for goats.", ("Doe",), None, 2018),
        (FAMILIES, "[Deep sets for goats](@) Doe 2018", "Deep sets for goats", ("Doe",), None, 2018),
        (FAMILIES, "[Deep sets for goats](@) Doe, Roe", "Deep sets for goats", ("Doe", "Roe"), None, None),
        (FAMILIES, "Doe, Roe. [Deep sets for goats](@)", "Deep sets for goats", ("Doe", "Roe"), None, None),
        (
            FAMILIES,
            "Doe, Roe (2011). Deep sets for goats. [pdf](@)",
            "Deep sets for goats.",
            ("Doe", "Roe"),
            None,
            2011,
        ),
        (
            AUTHORS,
            "Doe, Jane (2011). Deep sets for goats. [pdf](@)",
            "Deep sets for goats.",
            ("Doe, Jane",),
            None,
            2011,
        ),
        (
            ABBREVIATED,
            "Doe, Jane (2011). Deep sets for goats. [pdf](@)",
            "Deep sets for goats.",
            ("Doe, Jane",),
            None,
            2011,
        ),
        (PLAIN, "Jane Doe, Deep Sets for Goats, 2011 [[pdf](@)]", "Deep Sets for Goats", ("Jane Doe",), None, 2011),
        (PLAIN, "Jane Doe. Deep Sets for Goats, 2011 [[pdf](@)]", "Deep Sets for Goats", ("Jane Doe",), None, 2011),
        (PLAIN, "Ann Lee, Bob Ray. Deep Sets for Goats, 2011 [pdf](@)", "Deep Sets for Goats", BOTH, None, 2011),
        (PLAIN, "Jane Doe (2011). Deep sets for goats. [[pdf](@)]", "Deep sets for goats.", ("Jane Doe",), None, 2011),
        (PLAIN, "Jane Doe, 2011. Deep sets for goats. [[pdf](@)]", "Deep sets for goats.", ("Jane Doe",), None, 2011),
        (PLAIN, "Deep Sets for Goats, Jane Doe, 2011 [[pdf](@)]", "Deep Sets for Goats", ("Jane Doe",), None, 2011),
        (PLAIN, "Deep Sets, Wide Nets, 2011 [[pdf](@)]", "Deep Sets, Wide Nets", (), None, 2011),
        ((), "Deep Sets for Goats, Ann Lee, Bob Ray, 2011 [pdf](@)", "Deep Sets for Goats", BOTH, None, 2011),
        (
            (),
            "Nets for Seeing, Hearing and Smelling, 2011 [pdf](@)",
            "Nets for Seeing, Hearing and Smelling",
            (),
            None,
            2011,
        ),
        ((), "Deep Sets for Goats, Jane Doe, 2011 [[pdf](@)]", "Deep Sets for Goats, Jane Doe", (), None, 2011),
        ((), "[Deep sets for goats](@) Doe 2018", "Deep sets for goats", (), None, 2018),
        ((), "[Deep sets for goats](@) (JImaging)", "Deep sets for goats", (), None, None),
    ],
)
def test_neighbours_decide_what_a_row_leaves_open(
    neighbours: tuple[str, ...], row: str, title: str, authors: tuple[str, ...], venue: str | None, year: int | None
) -> None:
    entry = read((*neighbours, row))[-1]
    assert (entry.title, entry.authors, entry.venue, entry.year) == (title, authors, venue, year)


def test_one_row_is_no_habit() -> None:
    first, second = read((VENUES[0], "Deep sets for goats. [Oikos 2019](@)"))
    assert (first.venue, second.venue, second.authors) == ("Nature", None, ("Oikos",))


def test_other_lists_have_no_say() -> None:
    text = "\n".join(row.replace("@", "https://arxiv.org/abs/1703.00001") for row in (*VENUES, "", "# Goats", ""))
    row = "- Deep sets for goats. [Oikos 2019](https://arxiv.org/abs/1703.00002)"
    assert parse(f"{text}\n{row}").entries[-1].venue is None
