"""`python -m tests.services --port N`: the stand-in for people.

in -> out: options -> a server, and on stdout the variables that send the pipeline to it.
"""

import threading
from contextlib import suppress
from pathlib import Path

import click
import msgspec

from tests.services import invent
from tests.services.library import Records, from_cases, load_folder, own_records
from tests.services.port import environment, on_port
from tests.services.stand_in import StandIn
from tests.services.switches import Switches
from tests.services.weight import weighed_down


@click.command()
@click.option("--port", default=8765, show_default=True, help="Port on 127.0.0.1; 0 for any free one.")
@click.option(
    "--records",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with openalex.jsonl[.gz], crossref.jsonl[.gz], datacite.jsonl[.gz]; instead of the own records.",
)
@click.option("--generate", "count", type=int, help="So many invented works; instead of the own records.")
@click.option(
    "--write-list", type=click.Path(path_type=Path), help="With --generate: write a list of these works here."
)
@click.option("--heavy", is_flag=True, help="With --generate: records as large as real ones.")
@click.option("--look-alikes", is_flag=True, help="Own records with papers that are easily taken for others.")
@click.option("--no-limits", is_flag=True, help="Count what is over a limit, but refuse nothing.")
@click.option("--latency-ms", default=0, show_default=True, help="Pause before each answer.")
@click.option("--key", "keys", multiple=True, help="An OpenAlex key that is valid.")
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="Another truth; see switches.py.")
def main(
    port: int, folder: Path | None, count: int | None, write_list: Path | None, heavy: bool, look_alikes: bool,
    no_limits: bool, latency_ms: int, keys: tuple[str, ...], switches: tuple[str, ...],
) -> None:  # fmt: skip
    """Play OpenAlex, Crossref, DataCite and doi.org on a port, until interrupted."""
    if write_list is not None:
        write_list.write_text(invent.render_list(invent.papers(count or 0)), encoding="utf-8")
    records = _records(folder, count, heavy=heavy, look_alikes=look_alikes)
    chosen = msgspec.convert(dict(s.split("=", 1) for s in switches), Switches, strict=False)
    stand_in = StandIn(records, keys=keys, limits=not no_limits, latency_s=latency_ms / 1000, switches=chosen)
    with on_port(stand_in, port) as bases, suppress(KeyboardInterrupt):
        for name, base in environment(bases).items():
            click.echo(f"{name}={base}")
        variables = " ".join(f"{name}={base}" for name, base in environment(bases).items())
        click.echo(f"In the terminal where enrich runs: export {variables}", err=True)
        threading.Event().wait()


def _records(folder: Path | None, count: int | None, *, heavy: bool, look_alikes: bool) -> Records:
    if folder is None and count is None:
        return own_records(look_alikes=look_alikes)
    loaded = load_folder(folder) if folder else Records()
    if not count:
        return loaded
    return loaded + (
        from_cases([weighed_down(facts) for facts in invent.papers(count)]) if heavy else invent.records(count)
    )


if __name__ == "__main__":
    main()
