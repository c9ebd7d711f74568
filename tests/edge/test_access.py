"""Who we are: identification goes where it belongs and shows nowhere else."""

import traceback

import pytest
from rich.pretty import pretty_repr

from pipeline.edge.access import Access, parse_access
from pipeline.errors import UsageError

KEY, MAIL = "key-0123456789", "somebody@example.org"
ACCESS = Access(version="1.2", mailto=MAIL, openalex_key=KEY, home="https://example.org/project")


def test_every_request_names_program_version_project_and_contact() -> None:
    for source in ("openalex", "crossref", "datacite", "doira"):
        agent = ACCESS.headers(source)["User-Agent"]
        assert agent == f"awesome-enrich/1.2 (+https://example.org/project; mailto:{MAIL})"


@pytest.mark.parametrize(
    ("access", "agent"),
    [
        (Access(version="1.2"), "awesome-enrich/1.2"),
        (Access(version="1.2", mailto=MAIL), f"awesome-enrich/1.2 (mailto:{MAIL})"),
        (Access(version="1.2", home="https://e.org"), "awesome-enrich/1.2 (+https://e.org)"),
    ],
    ids=["nothing known", "contact only", "project only"],
)
def test_what_is_not_known_is_left_out(access: Access, agent: str) -> None:
    assert access.headers("crossref")["User-Agent"] == agent


@pytest.mark.parametrize(
    ("environment", "agent"),
    [
        ({}, "awesome-enrich/1"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "doe/awesome-x"},
         "awesome-enrich/1 (+https://github.com/doe/awesome-x)"),
        ({"GITHUB_REPOSITORY": "doe/awesome-x"}, "awesome-enrich/1"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "doe/x\r\nX-Key: y"}, "awesome-enrich/1"),
    ],
    ids=["at home", "a job of GitHub", "half of it", "what no header may hold"],
)  # fmt: skip
def test_a_job_names_the_repository_that_runs_it(environment: dict[str, str], agent: str) -> None:
    assert parse_access(environment, "1").headers("datacite")["User-Agent"] == agent


def test_the_key_goes_to_openalex_alone_and_in_a_header() -> None:
    assert ACCESS.headers("openalex")["Authorization"] == f"Bearer {KEY}"
    for source in ("crossref", "datacite", "doira"):
        assert KEY not in str(ACCESS.headers(source))
    assert KEY not in ACCESS.address("openalex", "https://api.test", "/works")


@pytest.mark.parametrize(
    ("source", "path", "address"),
    [
        ("crossref", "/works?filter=doi:10.1/a%7Cb", "https://x.test/works?filter=doi:10.1/a%7Cb&mailto=somebody%40example.org"),
        ("crossref", "/works/10.1%2Fa", "https://x.test/works/10.1%2Fa?mailto=somebody%40example.org"),
        ("openalex", "/works?filter=x", "https://x.test/works?filter=x"),
        ("datacite", "/dois/10.1%2Fa", "https://x.test/dois/10.1%2Fa"),
    ],
    ids=["crossref list", "crossref single", "openalex", "datacite"],
)  # fmt: skip
def test_only_crossref_gets_the_contact_in_the_address(source: str, path: str, address: str) -> None:
    assert ACCESS.address(source, "https://x.test", path) == address


def test_a_stored_address_holds_no_credentials() -> None:
    access = parse_access({"CROSSREF_URL": "https://user:secret@mirror.test:81/cr/", "ENRICH_MAILTO": MAIL}, "1")
    assert access.address("crossref", "https://x.test", "/works/a").startswith(
        "https://user:secret@mirror.test:81/cr/works/a"
    )
    assert (
        access.stored_address("crossref", "https://x.test", "/works/a?b=c") == "https://mirror.test:81/cr/works/a?b=c"
    )


def test_no_repr_shows_a_secret() -> None:
    for shown in (repr(ACCESS), str(ACCESS), pretty_repr(ACCESS), f"{[ACCESS]}"):
        assert KEY not in shown
        assert MAIL not in shown


def test_blank_is_unset() -> None:
    access = parse_access({"OPENALEX_API_KEY": "  ", "ENRICH_MAILTO": "", "DOI_URL": " "}, "1")
    assert access == Access(version="1")
    assert not access.is_identified("openalex")
    assert not access.is_identified("crossref")


def test_openalex_looks_at_the_key_and_the_others_at_the_contact() -> None:
    keyed, named = Access(version="1", openalex_key=KEY), Access(version="1", mailto=MAIL)
    assert [keyed.is_identified(source) for source in ("openalex", "crossref", "datacite")] == [True, False, False]
    assert [named.is_identified(source) for source in ("openalex", "crossref", "datacite")] == [False, True, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENRICH_MAILTO", "nobody"),
        ("ENRICH_MAILTO", "a@b.org\r\nX-Evil: 1"),
        ("ENRICH_MAILTO", "jürgen@example.org"),
        ("OPENALEX_API_KEY", "secret key"),
        ("OPENALEX_API_KEY", "secret\x00"),
        ("OPENALEX_URL", "api.openalex.org"),
        ("OPENALEX_URL", "ftp://api.openalex.org"),
        ("CROSSREF_URL", "http://host:99999"),
        ("CROSSREF_URL", "http://[::1"),
        ("DATACITE_URL", "https://host/?key=secret"),
        ("DOI_URL", "https:///works"),
    ],
)
def test_a_value_that_no_request_could_carry_is_wrong_usage_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name) as caught:
        parse_access({name: value}, "1")
    assert value not in "".join(traceback.format_exception(caught.value))
