"""The table of address forms, held against the table of cases in `test_identifiers.py`."""

import re

import pytest

from pipeline.addresses import link
from pipeline.addresses.forms import FORMS
from pipeline.addresses.identifiers import from_url
from pipeline.addresses.kind import find_kind
from tests.addresses.test_identifiers import CASES

ADDRESSES = [line.rsplit("|", 2)[1].strip() for line in CASES.strip().splitlines()]
PROVING = [address for address in ADDRESSES if from_url(address)]


def is_at(host: str, hosts: str) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts.split())


@pytest.mark.parametrize(("hosts", "form"), [(hosts, form) for hosts, form, _ in FORMS])
def test_every_form_has_a_case(hosts: str, form: str) -> None:
    parsed = [found for address in ADDRESSES if (found := link.parse(address))]
    assert any(is_at(one.host, hosts) and re.match(form, one.target, re.IGNORECASE) for one in parsed)


@pytest.mark.parametrize("host", sorted({host for hosts, _, _ in FORMS for host in hosts.split()}))
def test_every_host_from_which_identifiers_are_read_is_a_place_of_papers(host: str) -> None:
    own = [address for address in ADDRESSES if (found := link.parse(address)) and is_at(found.host, host)]
    proving = [address for address in own if from_url(address)]
    assert proving
    assert {find_kind(address) for address in proving} <= {"data" if host == "zenodo.org" else "paper"}


@pytest.mark.parametrize("address", PROVING)
def test_an_address_that_proves_an_identifier_leads_to_a_paper_or_to_data(address: str) -> None:
    assert find_kind(address) == ("data" if "zenodo" in address else "paper")
