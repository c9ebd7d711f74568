import pytest

from pipeline.addresses import landing


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://ieeexplore.ieee.org/document/9343323/", "9343323"),
        ("http://ieeexplore.ieee.org/document/09343323", "9343323"),
        ("http://xplorestaging.ieee.org/ielx7/42/9566/09343323.pdf?arnumber=9343323", "9343323"),
        ("https://example.org/document/9343323", None),
        ("https://ieeexplore.ieee.org/xpl/conhome/9343323", None),
    ],
)
def test_document_numbers_come_from_addresses_of_ieee_only(url: str, number: str | None) -> None:
    assert landing.find_ieee([url]) == number


@pytest.mark.parametrize(
    ("value", "pii"),
    [
        ("S0006899322002621", "S0006899322002621"),
        ("s0960-9822(01)00123-4", "S0960982201001234"),
        ("S000689932200262X", "S000689932200262X"),
        ("B9780123943989000075", "B9780123943989000075"),
        ("675234", None),
        ("10.1021/ja01468a032", None),
        ("S00068993220026210", None),
    ],
)
def test_only_item_identifiers_of_publishers_are_piis(value: str, pii: str | None) -> None:
    assert landing.clean_pii(value) == pii


@pytest.mark.parametrize(
    ("url", "pii"),
    [
        ("https://linkinghub.elsevier.com/retrieve/pii/S0006899322002621", "S0006899322002621"),
        ("https://api.elsevier.com/content/article/PII:S0006899322002621?httpAccept=text/xml", "S0006899322002621"),
        ("https://www.sciencedirect.com/science/article/abs/pii/S0006899322002621", "S0006899322002621"),
        ("https://example.org/pii/S0006899322002621", None),
    ],
)
def test_piis_come_from_addresses_of_elsevier_only(url: str, pii: str | None) -> None:
    assert landing.find_pii([url]) == pii


def test_ids_of_openreview_and_the_acl_anthology_are_found() -> None:
    assert landing.find_openreview(["https://openreview.net/pdf?id=YicbFdNTTy"]) == "YicbFdNTTy"
    assert landing.find_acl(["https://aclanthology.org/2020.acl-main.747.pdf"]) == "2020.acl-main.747"
    assert landing.find_acl(["https://aclanthology.org/venues/acl/"]) is None


def test_hostile_addresses_cost_linear_time() -> None:
    hostile = "https://ieeexplore.ieee.org/" + "document/" * 20_000
    assert landing.find_ieee([hostile]) is None
    assert landing.find_pii(["https://www.sciencedirect.com/science/" + "pii/" * 20_000]) is None
