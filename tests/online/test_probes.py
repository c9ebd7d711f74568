"""The probes themselves, offline: few enough, and run against the stand-in in place of the live services."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.online.probes import ACL_DOI, MERGED_ID, MOST_REQUESTS, PROBES
from tests.services import Records, StandIn, Switches, own_records
from tests.services.port import environment, on_port

ROOT = Path(__file__).parents[2]
OTHER_TRUTH = Switches(
    openalex_quoted_lists=False, openalex_encoded_colon_billed=False, openalex_404_html=False,
    openalex_merged="missing", openalex_display_name="refused", openalex_credits_keyless=100,
    crossref_user_agent_suffices=True, crossref_dois_max=20,
)  # fmt: skip


def check_services(switches: Switches) -> tuple[int, str, StandIn]:
    """Run `make check-services` against the stand-in; give its status, what it said, and the stand-in."""
    records = own_records() + Records(merged={MERGED_ID: "W9900000001"}, foreign={ACL_DOI: "crossref"})
    stand_in = StandIn(records, switches=switches)
    command = [sys.executable, "-m", "pytest", "-m", "online", "tests/online", "-p", "no:cacheprovider"]
    with on_port(stand_in) as bases:
        ours = os.environ | environment(bases) | {"ENRICH_MAILTO": "check@example.org"}
        done = subprocess.run(command, cwd=ROOT, env=ours, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, stand_in


def test_there_are_twelve_requests_at_most() -> None:
    assert len(PROBES) <= MOST_REQUESTS


def test_all_is_as_assumed_where_the_stand_in_plays_what_we_assume() -> None:
    status, said, stand_in = check_services(Switches())
    assert status == 0, said
    assert len(stand_in.seen) <= MOST_REQUESTS
    assert not stand_in.report["throttled"]


def test_every_other_truth_is_said_in_words() -> None:
    status, said, _ = check_services(OTHER_TRUTH)
    failed = re.findall(r"^FAILED \S+::(\w+)", said, re.MULTILINE)
    assert (status, len(failed)) == (1, 8), said
    switches = "quoted_lists colon_billed 404_html openalex_merged openalex_display_name user_agent_suffices"
    for switch in switches.split():
        assert f"{switch} in switches.py" in said
    assert "lower VALUES_PER_CALL" in said


def test_without_a_network_a_sentence_says_so() -> None:
    command = [sys.executable, "-m", "pytest", "-m", "online", "tests/online", "-k", "corpus", "-p", "no:cacheprovider"]
    nowhere = dict.fromkeys(("OPENALEX_URL", "CROSSREF_URL", "DATACITE_URL", "DOI_URL"), "http://127.0.0.1:9")
    done = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "openalex cannot be reached (ConnectError): there is no network, or it is down." in done.stdout


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_says_nothing_that_is_secret(name: str) -> None:
    assert "mailto" not in PROBES[name].request.path
