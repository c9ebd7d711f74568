"""Reading inputs and writing outputs: every error is one sentence, every set of outputs is old or new, never a mixture.

in -> out: path -> text; name -> text or bytes -> files. A set is written beside the old files first, then promised in a
journal, then renamed into place; whoever comes after a kill finishes what was promised and clears away what was not
(design.md, "Never worse").
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.errors import UsageError

Contents = Iterable[tuple[str, str | bytes]]
IsOurs = Callable[[str], bool]

_TEMPORARY = ".enrich-new-"
_JOURNAL = ".enrich-journal.json"
_CHUNK_BYTES = 1024 * 1024
MOST_BYTES = 10_000_000
"""Of a text that people write. The largest public lists have 2 MB; reading takes some eighty times as much memory."""
MOST_OWN_BYTES = 1_000_000_000
"""Of a text that we wrote: the catalog of 100,000 papers."""


def shown(path: Path) -> str:
    """Return a path as it may stand in outputs: relative to the working directory, or the name alone."""
    if str(path) == "-":
        return "-"
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links out of the folder
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.name


def load_text(path: Path, *, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a UTF-8 file, a byte order mark removed.

    Raises:
        UsageError: the file is missing, a folder, a pipe or device, too large, not readable, or not UTF-8 (with the
            line).
    """
    try:
        if str(path) == "-":
            content = _standard_input(most_bytes + 1)
        else:
            _check_file(path)
            with path.open("rb") as file:
                content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file.") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({_words(error)}).") from None
    if len(content) > most_bytes:
        raise UsageError(f"{path}: has more than {most_bytes // 1_000_000:,} MB, which no list of papers needs.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: is not UTF-8 text.") from None


def _check_file(path: Path) -> None:
    """Raise `UsageError` for what is there and no file: opening a pipe waits for ever, and a device has no end."""
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a pipe or a device"
        raise UsageError(f"{path}: is {kind}, a file is needed.")


def load_own(path: Path) -> str:
    """Return the text of a file that we wrote, which may be large. Raises `UsageError`."""
    return load_text(path, most_bytes=MOST_OWN_BYTES)


@cache
def _standard_input(most_bytes: int) -> bytes:
    """Return what came in; it can be read only once."""
    return sys.stdin.buffer.read(most_bytes)


def digest(path: Path) -> str | None:
    """Return a digest of a file's bytes; None where there is no file, or none that can be read."""
    try:
        if not path.is_file():  # opening a pipe waits for ever
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def has_promise(folder: Path) -> bool:
    """Return whether an interrupted run has promised files that are not in place yet."""
    return (folder / _JOURNAL).exists()


def save_text(path: Path, text: str) -> None:
    """Write one file whole or not at all; a link, a pipe or a device stays what it is, and gets the text.

    Raises `UsageError` where that is not possible.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            _write_into(target, text.encode())
            return
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise UsageError(f"{path}: cannot be written ({_words(error)}).") from None
    temporary = target.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
    try:
        _write(temporary, text.encode())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({_words(error)}).") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_into(path: Path, data: bytes) -> None:
    """Write into what is no file; a pipe that nobody reads is an error, not a wait."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)


def insert_line(path: Path, after: int, text: str) -> None:
    """Put lines behind line `after` of a file; every other byte stays, and the new ones end as those around them.

    Raises:
        UsageError: the file cannot be read or written.
    """
    try:
        lines = path.read_bytes().split(b"\n")
        end = b"\r\n" if lines[0].endswith(b"\r") else b"\n"
        added = text.replace("\n", end.decode()).encode()
        if after < len(lines):
            grown = b"\n".join(lines[:after]) + b"\n" + added + end + b"\n".join(lines[after:])
        else:  # the last line has no end
            grown = b"\n".join(lines) + end + added
        temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
        _write(temporary, grown)
        temporary.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({_words(error)}).") from None


def put_between(path: Path, begin: str, end: str, text: str) -> bool:
    """Replace what stands between two markers of a file, in the file's own line ends; every other byte stays.

    Returns whether the markers are there, once each and in this order. Raises `UsageError` where that is not possible.
    """
    try:
        content = path.read_bytes()
        before, opening, rest = content.partition(begin.encode())
        old, closing, after = rest.partition(end.encode())
        if not closing or any(mark.encode() in part for mark in (begin, end) for part in (before, old, after)):
            return False
        line_end = b"\r\n" if b"\r\n" in before else b"\n"
        new = b"\n".join((b"", text.encode(), b"")).replace(b"\n", line_end)
        if new != old:
            temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
            try:
                _write(temporary, before + opening + new + closing + after)
                shutil.copymode(path, temporary)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({_words(error)}).") from None
    return True


def save_all(
    folder: Path, contents: Mapping[str, str | bytes] | Contents, *, is_ours: IsOurs = lambda _: True
) -> tuple[str, ...]:
    """Write a set of files so that all are new or all are old, and return the names of those that changed.

    `contents` are paths below the folder (`catalog.json`, `references/2021.bib`) with what they will hold; pairs are
    taken one by one, so that not all of it need be in memory. Files that would not change are not touched. The caller
    holds the folder's lock. `is_ours` says which names the set may have; what a journal that is found there names
    besides is not touched.

    Raises:
        UsageError: the folder cannot be written; every file is as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        recover(folder, is_ours=is_ours)
        _clear(folder)
        try:
            changed = _stage(folder, contents.items() if isinstance(contents, Mapping) else contents)
            if changed:
                _promise(folder, changed)
        finally:
            recover(folder, is_ours=is_ours)  # also after Ctrl-C: what stands in the journal is promised
            _clear(folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({_words(error)}).") from None
    return tuple(changed)


def recover(folder: Path, *, is_ours: IsOurs = lambda _: True) -> None:
    """Finish the set of files that an interrupted run had promised.

    Raises:
        UsageError: the journal cannot be read or carried out, or names what no run of ours writes there: it came from
            elsewhere, and nothing that it says is done.
    """
    try:
        _recover(folder, is_ours)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({_words(error)}).") from None


def _recover(folder: Path, is_ours: IsOurs) -> None:
    journal = folder / _JOURNAL
    try:
        names = msgspec.json.decode(load_text(journal), type=list[str]) if journal.exists() else None
    except NotADirectoryError:
        return
    except (msgspec.DecodeError, RecursionError):  # not ours: it is renamed into place whole
        names = []
    if names is None:
        return
    for name in names:
        if not (_is_below(name) and is_ours(name) and _stays_below(folder, name)) or (folder / name).is_dir():
            raise UsageError(f"{journal}: names {name!r}, which no run writes; remove the journal.")
    for number, name in enumerate(names):
        with suppress(FileNotFoundError):  # it was renamed already
            _staged(folder, number).replace(folder / name)
    for parent in {(folder / name).parent for name in names}:
        _sync(parent)
    journal.unlink(missing_ok=True)
    _sync(folder)


def _stage(folder: Path, contents: Contents) -> list[str]:
    """Write what changed beside the old files, and return the names in the order of the numbers."""
    changed: list[str] = []
    for name, data in _encoded(contents):
        target = folder / name
        if not _stays_below(folder, name):
            raise UsageError(f"{target.parent}: leads out of {folder}, where no run writes; remove the link.")
        _check_file(target)
        if _differs(target, data):
            temporary = _staged(folder, len(changed))
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(temporary, data)
            if target.exists():
                shutil.copymode(target, temporary)
            changed.append(name)
    return changed


def _promise(folder: Path, changed: Sequence[str]) -> None:
    """Put the journal into place: from this moment on the new set counts."""
    unpromised = folder / (_TEMPORARY + _JOURNAL)
    _write(unpromised, msgspec.json.encode(changed))
    _sync(folder)
    unpromised.replace(folder / _JOURNAL)
    _sync(folder)


def _staged(folder: Path, number: int) -> Path:
    return folder / f"{_TEMPORARY}{number}"


def _clear(folder: Path) -> None:
    """Remove what was written and never promised."""
    if not (folder / _JOURNAL).exists():
        for leftover in folder.glob(_TEMPORARY + "*"):
            leftover.unlink(missing_ok=True)


def _is_below(name: str) -> bool:
    """Whether a name is that of a file below a folder."""
    is_path = bool(name) and "\0" not in name and "\\" not in name and not PurePosixPath(name).is_absolute()
    return is_path and not {".", "..", ""} & set(name.split("/"))


def _stays_below(folder: Path, name: str) -> bool:
    """Whether no link on the way leads out of the folder."""
    return (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _encoded(contents: Contents) -> Iterator[tuple[str, bytes]]:
    for name, content in contents:
        if not _is_below(name):
            raise ValueError(f"not a path below the folder: {name}")
        yield name, content.encode() if isinstance(content, str) else content


def _differs(path: Path, data: bytes) -> bool:
    new = memoryview(data)
    try:
        with path.open("rb") as old:
            has_same_size = os.fstat(old.fileno()).st_size == len(data)
            parts = (new[at : at + _CHUNK_BYTES] for at in range(0, len(data), _CHUNK_BYTES))
            return not has_same_size or any(old.read(_CHUNK_BYTES) != part for part in parts)
    except FileNotFoundError:
        return True


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make renames in a folder last; only POSIX systems can open one."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _words(error: OSError | ValueError | RuntimeError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
