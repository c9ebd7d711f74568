"""The wheel: what a stranger installs works outside the repository, with nothing of it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.commandline import write_list

ROOT = Path(__file__).parents[1]
SCRIPT = "import sys\nfrom pipeline.cli import main\nsys.exit(main())\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(here), "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", SCRIPT, *arguments]
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False)


def test_it_holds_the_package_and_nothing_beside_it(installed: Path) -> None:
    assert sorted(path.name.partition("-")[0] for path in installed.iterdir()) == ["awesome_enrich", "pipeline"]
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert points.read_text() == "[console_scripts]\nenrich = pipeline.__main__:main\n"


def test_a_strangers_list_is_set_up_and_enriched(installed: Path, tmp_path: Path) -> None:
    write_list(str(tmp_path / "README.md"))
    assert run(installed, tmp_path, "--version").stdout.startswith("enrich, version ")
    assert run(installed, tmp_path, "init").stdout.startswith("README.md: 3 papers\n")
    done = run(installed, tmp_path, "run", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    # The page's style and script come from the package.
    assert "<style>" in (tmp_path / "data/enriched/index.html").read_text()
    assert run(installed, tmp_path, "check").returncode == 0
