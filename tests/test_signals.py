"""A run that is broken off says one sentence and ends with the status that the shell expects."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import signals
from pipeline.outputs import catalog as catalog_file
from tests.stages.invented_papers import catalog, paper

ROOT = Path(__file__).parents[1]


def be_terminated() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(1)  # the handler runs between two steps of the interpreter


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> object:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(signals._State, "status", signals.INTERRUPTED)
    yield
    signal.signal(signal.SIGTERM, before[0])
    signal.signal(signal.SIGINT, before[1])


def test_a_request_to_terminate_tidies_up_as_ctrl_c_does_and_ends_with_143(capsys: pytest.CaptureFixture[str]) -> None:
    signals.catch()
    with pytest.raises(KeyboardInterrupt):
        be_terminated()
    assert signals.stopped() == 143
    assert capsys.readouterr().err == "enrich: terminated; what was answered so far is kept\n"


def test_ctrl_c_ends_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert signals.stopped() == 130
    assert capsys.readouterr().err == "enrich: interrupted; what was answered so far is kept\n"


def test_in_a_shells_background_job_too(capsys: pytest.CaptureFixture[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signals.catch()
    with pytest.raises(KeyboardInterrupt):
        be_terminated()
    assert signals.stopped() == 143
    capsys.readouterr()


def test_what_is_left_of_the_end_hears_no_more() -> None:
    signals.ignore()
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("number", "status", "word"), [(signal.SIGTERM, 143, "terminated"), (signal.SIGINT, 130, "interrupted")]
)
def test_a_process_that_waits_for_its_list_ends_so(
    number: signal.Signals, status: int, word: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "pipeline", "run", "-", "--offline", "--out", str(tmp_path / "out")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as process:
        time.sleep(3)  # it reads standard input, which says nothing
        process.send_signal(number)
        _, said = process.communicate()
    assert (process.returncode, said) == (status, f"enrich: {word}; what was answered so far is kept\n")


IMPORTED = {
    "a module": "{stop}",
    "code made from a text": "exec({stop!r})",  # as every dataclass is; Python keeps a status of its own there
    "a class": "class Named:\n  def __set_name__(self, *_): {stop}\nclass Holds:\n  name = Named()",
}


@pytest.mark.parametrize("module", IMPORTED)
@pytest.mark.parametrize(("number", "status"), [("SIGTERM", 143), ("SIGINT", 130)])
@pytest.mark.parametrize("name", ["click", "msgspec"], ids=["before the command line", "in a command"])
def test_while_modules_are_being_imported_too(name: str, number: str, status: int, module: str, tmp_path: Path) -> None:
    stop = f"import os, signal, time; os.kill(os.getpid(), signal.{number}); time.sleep(5)"
    (tmp_path / f"{name}.py").write_text(IMPORTED[module].format(stop=stop))
    (tmp_path / "list.md").write_text("- [Deep Sets](https://arxiv.org/abs/1703.06114)\n")
    command = [sys.executable, "-m", "pipeline", "run", "list.md", "--out", "out"]
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    ran = subprocess.run(command, capture_output=True, check=False, text=True, cwd=tmp_path, env=environment)
    assert (ran.returncode, ran.stderr.count("\n"), "Traceback" in ran.stderr) == (status, 1, False)


@pytest.mark.parametrize("arguments", [("run", "-"), ("check", "-"), ("review",)], ids=["run", "check", "review"])
def test_ctrl_c_at_a_terminal_is_answered_on_a_line_of_its_own(arguments: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "data/enriched"
    out.mkdir(parents=True)
    (out / "catalog.json").write_text(
        catalog_file.render(catalog(paper(3, "Salt", status="unmatched", key="entry-salt"))), "utf-8"
    )
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "pipeline", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    # In a session of its own the program's terminal is the one whose keys it hears.
    start = "import os, fcntl, termios, sys; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    program = subprocess.Popen(
        [sys.executable, "-c", start, *command], stdin=terminal, stdout=terminal, stderr=terminal, cwd=tmp_path,
        env=environment, start_new_session=True,
    )  # fmt: skip
    time.sleep(3)  # it waits for its list, or for an answer
    os.write(keyboard, b"\x03")
    status = program.wait(timeout=30)
    said = os.read(keyboard, 100_000).decode().split("\r\n")
    os.close(keyboard)
    os.close(terminal)
    assert (status, said[-2:]) == (130, ["enrich: interrupted; what was answered so far is kept", ""])
    assert said[-3].endswith("^C")
