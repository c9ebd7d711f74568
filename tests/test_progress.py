"""What a run says while it works."""

import io

import pytest

from pipeline.progress import PAUSE_S, Talk, _estimate


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def talk(stream: io.StringIO, *, quiet: bool = False) -> str:
    told = Talk(quiet=quiet, stream=stream)
    told.say("One sentence.")
    told.advance(1, 2)
    told.advance(2, 2)
    told.close()
    return stream.getvalue()


def test_sentences_are_lines_and_a_file_gets_no_bar() -> None:
    assert talk(io.StringIO()) == "One sentence.\n"


def test_quiet_is_quiet_on_a_terminal_too() -> None:
    assert talk(Terminal(), quiet=True) == ""


def test_a_terminal_gets_a_bar() -> None:
    said = talk(Terminal())
    assert said.startswith("One sentence.\n")
    assert "Asking the sources" in said


def test_a_sentence_stands_above_the_bar_and_the_bar_goes_away() -> None:
    stream = Terminal()
    told = Talk(quiet=False, stream=stream)
    told.advance(1, 9, ("crossref",))
    told.say("One [bold]sentence[/].")
    told.close()
    said = stream.getvalue()
    assert "One [bold]sentence[/]." in said
    assert "Waiting for crossref" in said


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 9, 60.0, ""),
        (3, 9, 4.9, ""),
        (9, 9, 60.0, ""),
        (3, 9, 10.0, "about 20 s for these"),
        (10, 100, 60.0, "about 9 min for these"),
    ],
    ids=["nothing answered", "no pace yet", "nothing left", "seconds", "minutes"],
)
def test_there_is_an_estimate_only_once_there_is_a_pace(done: int, total: int, seconds: float, said: str) -> None:
    stream, clock = io.StringIO(), iter([0.0, max(seconds, PAUSE_S)])
    assert _estimate(done, total, seconds) == said
    Talk(quiet=False, stream=stream, clock=lambda: next(clock)).advance(done, total, ("openalex",))
    assert "Waiting for openalex" in stream.getvalue()


def test_to_close_without_a_bar_does_nothing() -> None:
    stream = io.StringIO()
    Talk(quiet=False, stream=stream).close()
    assert stream.getvalue() == ""


def test_a_log_says_every_few_seconds_how_far_the_run_is() -> None:
    stream, seconds = io.StringIO(), iter([0.0, 1.0, 5.5, 6.0, 11.0])
    told = Talk(quiet=False, stream=stream, clock=lambda: next(seconds))
    for done in range(1, 5):
        told.advance(done, 9)
    assert stream.getvalue() == (
        "2 of 9 questions answered so far; answers can raise more.\n"
        "4 of 9 questions answered so far; answers can raise more.\n"
    )
