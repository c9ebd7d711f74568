"""A strict stand-in of OpenAlex, Crossref, DataCite and doi.org, in process or on a port; see README.md here."""

from tests.services.faults import Fault
from tests.services.library import Records, from_facts, from_values, load_folder, own_records
from tests.services.shapes.facts import Facts
from tests.services.stand_in import StandIn
from tests.services.switches import Switches
from tests.services.wire import Request, Response, Unplayed

__all__ = [
    "Facts",
    "Fault",
    "Records",
    "Request",
    "Response",
    "StandIn",
    "Switches",
    "Unplayed",
    "from_facts",
    "from_values",
    "load_folder",
    "own_records",
]
