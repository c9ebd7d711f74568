"""`suggestions.json`: what many papers of the list cite and the list lacks.

in -> out: `Suggestions` -> text, and back: the next run keeps them where fewer papers tell what they cite.
"""

import msgspec

from pipeline.errors import UsageError
from pipeline.model import Suggestions


def render(suggestions: Suggestions) -> str:
    """Render the file: two-space indent, one trailing newline."""
    return msgspec.json.format(msgspec.json.encode(suggestions), indent=2).decode() + "\n"


def read(text: str, name: str = "suggestions.json") -> Suggestions:
    """Read what `render` wrote; no text is none.

    Raises:
        UsageError: the text is something else; `name` is the file's name for the message.
    """
    try:
        return msgspec.json.decode(text, type=Suggestions) if text.strip() else Suggestions()
    except msgspec.DecodeError as error:
        raise UsageError(f"{name} cannot be read: {error}. Delete it to start without candidates.") from error
