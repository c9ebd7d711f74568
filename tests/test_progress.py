"""What a run says while it works."""

import io

from pipeline.progress import Talk


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
