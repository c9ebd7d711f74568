"""Do the live services still behave as we assume? Each failure says what differs and where that is assumed.

`switches.py` is `tests/services/switches.py`: set the switch to the truth that was seen, and the whole test suite runs
against it.
"""

import msgspec
import pytest

from pipeline.sources import crossref, datacite, doira, openalex
from tests.online.probes import (
    ACL_DOI,
    ARXIV_DOIS,
    CROSSREF_DOIS,
    DOI,
    NO_ACL_DOI,
    NO_DOI,
    OTHER_DOI,
    PROBES,
    TITLE,
    access_of_the_environment,
    ask,
)  # fmt: skip
from tests.services.switches import Switches

pytestmark = pytest.mark.online
ASSUMED = Switches()


def dois(name: str) -> set[str]:
    """The DOIs of the works that OpenAlex listed."""
    results = ask(name).json().get("results", [])
    return {str(work["doi"]).removeprefix("https://doi.org/") for work in results}


def test_openalex_answers_what_our_adapter_asks() -> None:
    reply = ask("openalex adapter")
    assert reply.status_code == 200, f"OpenAlex refuses our list: {reply.text[:300]}; see pipeline/sources/openalex.py"
    found = openalex.split(PROBES["openalex adapter"].request, reply.content)
    records = {query.value: openalex.read(bodies[0]) for query, bodies in found.items()}
    assert set(records) == {DOI, OTHER_DOI}, "OpenAlex's list by DOI leaves a well-known work out"
    assert all(record.title and record.authors and record.year for record in records.values()), (
        "a work lacks title, authors or year: a field was renamed, see pipeline/sources/openalex_work.py"
    )
    unread = [issue for record in records.values() for issue in record.issues]
    assert not unread, f"what pipeline/sources/openalex_work.py could not read: {unread}"


def test_openalex_states_price_and_budget_as_pipeline_edge_budget_reads_them() -> None:
    headers = ask("openalex adapter").headers
    assert headers.get("x-ratelimit-credits-used") == "1", (
        f"a list costs {headers.get('x-ratelimit-credits-used')} credits, not 1; see PRICE_USD in "
        "pipeline/sources/openalex.py and the header names in pipeline/edge/budget.py"
    )
    has_key = access_of_the_environment().openalex_key is not None
    assumed = ASSUMED.openalex_credits_keyed if has_key else ASSUMED.openalex_credits_keyless
    assert headers.get("x-ratelimit-limit") == str(assumed), (
        f"the daily budget is {headers.get('x-ratelimit-limit')} credits, not {assumed}; see switches.py "
        "(openalex_credits_*) and what pipeline/outputs/terminal.py says in a run's first line"
    )


def test_openalex_protects_commas_by_quotes() -> None:
    reply = ask("openalex quotes")
    works = reply.status_code == 200 and dois("openalex quotes") == {DOI, OTHER_DOI}
    assert works == ASSUMED.openalex_quoted_lists, (
        f'doi:"a,b|c|d" gave {reply.status_code}: set openalex_quoted_lists in switches.py to {works}; landing pages '
        "with a comma (_alone in pipeline/sources/openalex.py) depend on it, DOIs do not"
    )


def test_openalex_bills_an_encoded_colon() -> None:
    reply = ask("openalex encoded colon")
    is_billed = reply.headers.get("x-ratelimit-credits-used") != "0"
    assert is_billed == ASSUMED.openalex_encoded_colon_billed, (
        f"/works/doi%3A... is {'billed' if is_billed else 'free'}: set openalex_encoded_colon_billed in switches.py; "
        "pipeline/sources/openalex.py writes the colon literally and need not change"
    )


def test_openalex_says_404_in_html_and_for_nothing() -> None:
    reply = ask("openalex missing")
    assert reply.status_code == 404, f"an unknown DOI gives {reply.status_code}; see pipeline/edge/status.py"
    assert reply.headers.get("x-ratelimit-credits-used") == "0", "a missing singleton costs money now"
    is_html = "html" in reply.headers.get("content-type", "")
    assert is_html == ASSUMED.openalex_404_html, (
        f"a 404 is {'HTML' if is_html else 'not HTML'}: set openalex_404_html in switches.py; "
        "pipeline/edge/status.py goes by the status and need not change"
    )


def test_openalex_redirects_from_a_merged_work() -> None:
    reply = ask("openalex merged")
    seen = "redirect" if reply.is_redirect else "missing" if reply.status_code == 404 else str(reply.status_code)
    assert seen == ASSUMED.openalex_merged, (
        f"the id of a merged work gives `{seen}`: set openalex_merged in switches.py; "
        "pipeline/stages/resolving/resolve.py (_settled) asks by DOI where it is missing. "
        "A 200 means that the id lives: choose another in probes.py"
    )


def test_openalex_finds_works_by_a_list_of_exact_titles() -> None:
    probe, reply = PROBES["openalex exact titles"], ask("openalex exact titles")
    found = openalex.split(probe.request, reply.content) if reply.status_code == 200 else {}
    assert len(found) == len(probe.request.queries), (
        f"display_name ({reply.status_code}) finds {len(found)} of {len(probe.request.queries)} titles: set "
        "openalex_display_name in switches.py; each run then loses one list, and asks title by title"
    )


def test_openalex_does_not_know_the_parameter_corpus() -> None:
    status = ask("openalex corpus").status_code
    assert status == 400, (
        f"corpus= gives {status}: it is live, and include_xpac=true in pipeline/sources/openalex.py may be going away"
    )


def test_openalex_completes_a_whole_title() -> None:
    reply = ask("openalex autocomplete")
    hits = reply.json().get("results", []) if reply.status_code == 200 else []
    assert [hit for hit in hits if hit["external_id"] == f"https://doi.org/{DOI}"], (
        f"autocomplete ({reply.status_code}) does not find “{TITLE}”; nothing asks it, so nothing need change"
    )


def test_crossref_answers_fifty_dois_in_one_request() -> None:
    reply = ask("crossref adapter")
    assert reply.status_code == 200, f"Crossref refuses 50 DOIs a call: {reply.text[:300]}; lower VALUES_PER_CALL"
    found = crossref.split(PROBES["crossref adapter"].request, reply.content)
    lost = sorted(set(CROSSREF_DOIS) - {query.value for query in found})
    assert not lost, f"a batch of 50 leaves out {lost}: lower VALUES_PER_CALL in pipeline/sources/crossref.py"
    records = [crossref.read(bodies[0]) for bodies in found.values()]
    assert all(record.title and record.year and record.raw_type for record in records), (
        "a work lacks title, year or type: a field was renamed, see pipeline/sources/crossref_work.py"
    )


def test_crossref_states_the_limits_of_its_polite_pool() -> None:
    if access_of_the_environment().mailto is None:
        pytest.skip("ENRICH_MAILTO is not set: only the public pool can be seen")
    names = ("x-api-pool", "x-rate-limit-limit", "x-rate-limit-interval", "x-concurrency-limit")
    seen = tuple(ask("crossref adapter").headers.get(name) for name in names)
    assert seen == ("polite-array", "3", "1s", "3"), (
        f"pool and limits are {seen}; LIMITS in pipeline/sources/crossref.py are the first guess, headers overrule it"
    )


def test_crossref_needs_the_contact_in_the_address() -> None:
    if access_of_the_environment().mailto is None:
        pytest.skip("ENRICH_MAILTO is not set: there is no contact to tell")
    suffices = ask("crossref search").headers.get("x-api-pool", "").startswith("polite")
    assert suffices == ASSUMED.crossref_user_agent_suffices, (
        f"a contact in the User-Agent alone {'suffices' if suffices else 'does not suffice'}: set "
        "crossref_user_agent_suffices in switches.py; pipeline/edge/access.py sends both and need not change"
    )


def test_crossref_finds_a_paper_by_title_venue_and_year() -> None:
    reply = ask("crossref search")
    assert reply.status_code == 200, (
        f"Crossref refuses our search: {reply.text[:300]}; see pipeline/sources/crossref.py"
    )
    (bodies,) = crossref.split(PROBES["crossref search"].request, reply.content).values()
    found = [crossref.read(body).ids.doi for body in bodies]
    assert DOI in found, (
        f"the five best for a well-known title are {found}: raise SEARCH_HITS, or change crossref_words"
    )


def test_datacite_answers_what_our_adapter_asks() -> None:
    reply = ask("datacite adapter")
    assert reply.status_code == 200, f"DataCite refuses our list: {reply.text[:300]}; see pipeline/sources/datacite.py"
    found = datacite.split(PROBES["datacite adapter"].request, reply.content)
    assert {query.value for query in found} == set(ARXIV_DOIS), "DataCite's list is not what was asked for"
    records = [datacite.read(bodies[0]) for bodies in found.values()]
    assert all(record.title and record.authors and record.type == "preprint" for record in records), (
        "a record lacks title, authors or type: see pipeline/sources/datacite_record.py"
    )


def test_datacite_states_no_limit() -> None:
    stated = {name: value for name, value in ask("datacite adapter").headers.items() if "ratelimit" in name.lower()}
    assert not stated, f"DataCite states limits now: {stated}; let pipeline/edge/rate_limit.py read them"


def test_doi_org_names_agencies_in_the_order_asked() -> None:
    reply = ask("doira adapter")
    assert reply.status_code == 200, f"doi.org refuses our list: {reply.text[:300]}; see pipeline/sources/doira.py"
    said = doira.split(PROBES["doira adapter"].request, reply.content)
    agencies = {query.value: doira.read_agency(bodies[0]) for query, bodies in said.items()}
    assert (agencies[DOI], agencies[ARXIV_DOIS[0]], agencies[NO_DOI]) == ("Crossref", "DataCite", doira.NO_SUCH_DOI), (
        f"doi.org says {agencies}; see pipeline/sources/doira.py"
    )
    order = [entry["DOI"].lower() for entry in msgspec.json.decode(reply.content)]
    assert order == [query.value for query in PROBES["doira adapter"].request.queries], f"the order is {order}"


def test_acl_registers_dois_for_its_own_volumes_only() -> None:
    said = doira.split(PROBES["doira adapter"].request, ask("doira adapter").content)
    exists = {query.value: doira.read_agency(bodies[0]) != doira.NO_SUCH_DOI for query, bodies in said.items()}
    assert (exists[ACL_DOI], exists[NO_ACL_DOI]) == (True, False), (
        f"ACL ids as DOIs: {exists}; pipeline/addresses/publishers.py derives 10.18653/v1/ID, a record confirms it"
    )
