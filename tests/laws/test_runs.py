"""A law of whole runs: whatever people write, a run writes outputs that the next run reads, or says a sentence."""

import io
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import EnrichError
from pipeline.options import read
from pipeline.progress import Talk
from pipeline.run import run
from tests.laws.law import EXAMPLES, LAW, bibliographies, tables, texts


def written(name: str, rows: list[str], library: str) -> str:
    """A list in the form that its name says, with these texts in all places."""
    match name:
        case "list.md":
            head = "| Paper title | Venue | Year | Link |\n|---|---|---|---|\n"
            pairs = (
                f"| {x} | {x} | 2021 | {x} |\n| Deep {x} | {x} | x | [x](https://doi.org/10.5555/{x}) |" for x in rows
            )
            return head + "\n".join(pairs)
        case "list.csv":
            return "title,doi,year,authors,key\n" + "\n".join(f"{x},10.5555/{x},{x},{x},{x}" for x in rows)
        case "list.bib":
            return library
    return "\n".join(rows)


@settings(LAW, max_examples=max(15, EXAMPLES // 10))
@given(
    st.sampled_from(["list.md", "list.bib", "list.csv", "list.txt"]),
    st.lists(texts, max_size=4),
    bibliographies,
    bibliographies,
    tables(["entry", "is", "is_not", "field", "value", "why"], "[[correction]]\n"),
)
def test_what_people_write_is_run_twice_or_refused(
    tmp_path_factory: object, name: str, rows: list[str], library: str, known: str, decisions: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("run")  # type: ignore[attr-defined]
    files = {name: written(name, rows, library), "known.bib": known, "corrections.toml": decisions}
    for file, text in files.items():
        (folder / file).write_bytes(text.encode("utf-8", "replace"))
    for day in ("2026-01-01", "2026-01-02"):
        options = read({}, lists=(folder / name,), out=folder / "out", offline=True, today=day)
        try:
            run(options, Talk(quiet=True, stream=io.StringIO()))
        except EnrichError as error:
            said = str(error)
            assert said.endswith((".", "?")), said
