"""What is known about one list is never applied to another one."""

from pathlib import Path

from pipeline.outputs import catalog
from tests.commandline import LIST, CommandLine, write_list

KNOWN = "@article{mine2020, author={A, B}, title={Rosel pretraining of cardiac encoders}, doi={10.5555/case.118}}\n"
CORRECTION = '[[correction]]\nentry = "Jumping scans of the Kaluman liver"\nis = "10.5555/other"\nwhy = "seen"\n'


def keys(folder: str) -> list[str]:
    return [paper.key for paper in catalog.read(Path(folder, "catalog.json").read_text("utf-8"), folder).papers]


def test_knowledge_stays_with_its_list(enrich: CommandLine) -> None:
    own, foreign = write_list(), write_list("papers.md", LIST.replace("Nowhere", "Elsewhere"))
    Path("data/raw/known.bib").write_text(KNOWN, "utf-8")
    Path("data/raw/corrections.toml").write_text(CORRECTION, "utf-8")
    assert enrich("run", own, "--offline").status == 0
    assert enrich("run", foreign, "--offline", "--out", "out").status == 0
    assert keys("data/enriched")[0] == "mine2020"
    assert keys("out")[0].startswith("entry-")
    assert "corrected" in enrich("why", "data/raw/list.md:8").out
    assert "corrected" not in enrich("why", "papers.md:8", "--out", "out").out


def test_2_the_folder_of_another_list_is_not_overwritten(enrich: CommandLine) -> None:
    write_list()
    enrich("run", "--offline")
    before = Path("data/enriched/catalog.json").read_bytes()
    write_list("papers.md", "- [Salt Tides of an Invented Coast](https://doi.org/10.5555/salt)\n")
    status, _, err = enrich("run", "papers.md", "--offline")
    assert (status, err) == (
        2,
        "enrich: data/enriched holds the papers of another list, data/raw/list.md: name another folder with --out.\n",
    )
    assert Path("data/enriched/catalog.json").read_bytes() == before


def test_a_list_that_was_renamed_keeps_its_catalog(enrich: CommandLine) -> None:
    write_list()
    enrich("run", "--offline")
    Path("data/raw/list.md").rename("data/raw/papers.md")
    assert enrich("run", "--offline").status == 0


def test_the_settings_name_lists_and_folder_for_every_command(enrich: CommandLine) -> None:
    write_list("README.md")
    Path("enrich.toml").write_text('lists = ["README.md"]\nout = "site"\n', "utf-8")
    assert enrich("run", "--offline").status == 0
    assert len(keys("site")) == 3
    assert enrich("check") == (0, "", "")
    assert enrich("plan").status == 0
    assert "Rosel" in enrich("why", "README.md:7").out
    assert enrich("review").status == 0
