import pytest

from pipeline.text import pii


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("S0006899322002621", "S0006899322002621"),
        ("s0960-9822(01)00123-4", "S0960982201001234"),
        ("S000689932200262X", "S000689932200262X"),
        ("B9780123943989000075", "B9780123943989000075"),
        ("0304-3975(94)90010-8", "0304397594900108"),
        ("0304397594900108", "0304397594900108"),
        ("0304397694900108", None),  # its first eight digits are no ISSN
        ("675234", None),
        ("10.1021/ja01468a032", None),
        ("S00068993220026210", None),
        ("", None),
    ],
)
def test_only_item_identifiers_of_publishers_are_piis(value: str, expected: str | None) -> None:
    assert pii.clean(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0304397594900108", "10.1016/0304-3975(94)90010-8"),
        ("0022247X65901547", "10.1016/0022-247x(65)90154-7"),
        ("S0006899322002621", None),
        ("", None),
    ],
)
def test_the_doi_follows_from_a_pii_without_its_letter_only(value: str, expected: str | None) -> None:
    assert pii.doi(value) == expected
