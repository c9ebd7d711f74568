"""Every code point through every field, in one `.bib`, read by the programs that people use.

in -> out: code points -> what a program complained of. `python -m tests.hostile.code_points` (`make code-points`) looks
at all that Unicode assigns, the noncharacters and the private ones' ends; the tests look at a part. That a font lacks a
letter is no fault; that a program stops, or drops an entry, is.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.model import Author, Paper, WorkType
from pipeline.outputs import bibtex
from pipeline.text import latex
from tests.hostile import world

TYPES: tuple[WorkType, ...] = ("article", "inproceedings", "thesis", "report", "book", "preprint")
"""Together they have every field that holds text."""
A_BLOCK, A_NAME = 256, 8
STYLES = ("plain", "plainnat", "IEEEtran")


def assigned() -> list[str]:
    """Return every code point that has a meaning, and those that never will have one."""
    ends = {plane * 0x10000 + end for plane in range(17) for end in (0xFFFE, 0xFFFF)} | {0xE000, 0xF8FF, 0xF0000}
    others = ends | set(range(0xFDD0, 0xFDF0))
    return [chr(x) for x in range(1, 0x110000) if x in others or unicodedata.category(chr(x)) not in ("Cn", "Co", "Cs")]


def papers(signs: Sequence[str], types: Sequence[WorkType] = TYPES) -> list[Paper]:
    """Return a paper of each type for each block of signs."""
    blocks = [signs[at : at + A_BLOCK] for at in range(0, len(signs), A_BLOCK)]
    return [_paper(number, block, kind) for number, block in enumerate(blocks) for kind in types]


def _paper(number: int, signs: Sequence[str], kind: WorkType) -> Paper:
    text = " ".join(f"a{sign}b" for sign in signs)
    parts = ["".join(signs[at : at + A_NAME]) for at in range(0, len(signs), A_NAME)]
    pairs = zip(parts, parts[::-1], strict=True)
    people = tuple(Author(given=f"{given}a", family=f"b{family}") for given, family in pairs)
    one = world.paper(number, text)
    key = f"signs{number}{kind}"
    return msgspec.structs.replace(one, key=key, type=kind, authors=people, editors=people, pages=f"{text}-{text}")


def complaints(folder: Path, some: Sequence[Paper], *, ascii_only: bool) -> Iterator[str]:
    """Let biber, bibtex and a TeX read them all, and yield what they say."""
    (folder / "refs.bib").write_text(bibtex.render(some, ascii_only=ascii_only), encoding="utf-8")
    said = _call(folder, "biber", "--tool", "--output-file", "out.bib", "refs.bib")
    yield from (f"biber: {line}" for line in said.splitlines() if "ERROR" in line)
    read = len(re.findall("^@", (folder / "out.bib").read_text(encoding="utf-8"), re.MULTILINE))
    yield from [f"biber read {read} of {len(some)}"] if read != len(some) else []
    engine = "pdflatex" if ascii_only else "lualatex"
    for style in STYLES:
        (folder / "doc.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
        said = _call(folder, "bibtex", "doc")
        yield from (f"bibtex, {style}: {line}" for line in said.splitlines() if "error" in line.lower())
        items = (folder / "doc.bbl").read_bytes().count(b"\\bibitem")
        yield from [f"{style} has {items} of {len(some)}"] if items != len(some) else []
        if style == "plain":
            packages = "\\usepackage[T1]{fontenc}\\usepackage{textcomp}" if ascii_only else "\\usepackage{fontspec}"
            head = f"\\documentclass{{article}}{packages}\\usepackage{{url}}\\batchmode"
            (folder / "typeset.tex").write_text(f"{head}\n\\begin{{document}}\n\\input{{doc.bbl}}\n\\end{{document}}\n")
            _call(folder, engine, "typeset")
            log = (folder / "typeset.log").read_bytes().decode(errors="replace")
            yield from (f"{engine}: {line}" for line in log.splitlines() if line.startswith("! "))


def _call(folder: Path, *command: str) -> str:
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return (ran.stdout + ran.stderr).decode(errors="replace")


def main(argv: Sequence[str] | None = None) -> int:
    """Look at all of them, some blocks at a time; 1 where a program complained."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.code_points", description=__doc__)
    parser.add_argument("--at-a-time", type=int, default=16, help="blocks of 256")
    parser.add_argument("--first", type=lambda text: int(text, 16), default=0, help="code point, in hexadecimal")
    parser.add_argument("--ascii", action="store_true", help="the ASCII form")
    given = parser.parse_args(argv)
    signs = [sign for sign in assigned() if ord(sign) >= given.first]
    if given.ascii:  # what LaTeX has no command for is named by its number, each in the same way
        named = [sign for sign in signs if latex.encode(sign) == latex.stand_in(sign)]
        signs = sorted({*signs} - {*named} | {*named[::100]})
    size, count, began = given.at_a_time * A_BLOCK, 0, time.monotonic()
    for at in range(0, len(signs), size):
        some = signs[at : at + size]
        with tempfile.TemporaryDirectory() as folder:
            for text in complaints(Path(folder), papers(some), ascii_only=given.ascii):
                count += 1
                print(f"U+{ord(some[0]):04X}–{ord(some[-1]):04X}: {text}", flush=True)  # noqa: T201 - for people
    print(f"{len(signs)} code points, {count} complaints, {time.monotonic() - began:.0f} s")  # noqa: T201
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
