"""One picture as it is asked for, and the hash of everything that goes into its drawing."""

import ast
import functools
import hashlib
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exercises.figures.body.people import PEOPLE
from exercises.figures.marks.palettes import PALETTES, colours
from exercises.figures.scene.styles import PORTRAIT_POSE, Style

HERE: Final = Path(__file__).resolve().parent
ENGINE: Final = HERE.parent
POSES: Final = ENGINE / "poses"
PACKAGE: Final = "exercises.figures."
ENTRY: Final = "gallery/engine.py"
"""What every picture is drawn through; it says by which module, so those that it imports do not count for all."""
TABLES: Final = frozenset({"body/people.py", "marks/palettes.py", "scene/styles.py"})
"""Modules of values, of which a picture needs one: another person's nose is no reason to draw this one again."""
PORTRAIT: Final = "portrait"
LENGTH: Final = 12  # hexadecimal digits: chance finds no second picture of one name


@dataclass(frozen=True, slots=True)
class Subject:
    """An exercise (its slug), a side of it that is drawn, a kind of picture and a style."""

    slug: str
    side: str
    kind: str
    style: Style

    @property
    def key(self) -> str:
        """The words of its file's name, save the person: "bridge-both-end", "bridge-both-end-60mm-grey"."""
        if self.kind == PORTRAIT:
            return f"{PORTRAIT}-{self.style.person}"
        plain = Style()
        style = [
            *([self.style.line] if self.style.line != plain.line else []),
            *([self.style.palette] if self.style.palette != plain.palette else []),
        ]
        return "-".join([self.slug, self.side, self.kind, *style])

    @property
    def pose(self) -> str:
        return PORTRAIT_POSE if self.kind == PORTRAIT else self.slug

    @property
    def words(self) -> str:
        style = self.style
        return f"{self.slug} {self.side} {self.kind} {style.palette} {style.line} {style.person}"

    @property
    def token(self) -> str:
        """The hash of what it is drawn from: the code that draws it, its pose, who is in it and this request."""
        return _token(self)


def portrait(person: str) -> Subject:
    return Subject(PORTRAIT, "both", PORTRAIT, Style(line="60mm", person=person))


@functools.lru_cache(maxsize=4096)
def _token(subject: Subject) -> str:
    known = (
        source_of(ENTRY, drawn_by(subject.kind)),
        _pose(subject.pose),
        _look(subject.style),
        subject.words.encode(),
    )
    return digest(b"\0".join(known))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:LENGTH]


def drawn_by(kind: str) -> str:
    return {PORTRAIT: "scene/portraits.py", "animation": "moving/animation.py"}.get(kind, "scene/stills.py")


def _look(style: Style) -> bytes:
    """Return the values that a style stands for: of whoever else is in the tables a picture knows nothing."""
    person, palette = PEOPLE[style.person], PALETTES[style.palette]
    worn = [sorted(colours(palette, person.colours(), legs).items()) for legs in ("one", "both")]
    return repr((person, worn, style.line_cm)).encode()


@functools.cache
def source_of(*modules: str) -> bytes:
    """Return the hash of the code that modules ("moving/film.py") run: theirs and all that they ask the engine for."""
    found = hashlib.sha256()
    for name in sorted(modules_of(*modules)):
        code = code_of((ENGINE / name).read_text(encoding="utf-8"))
        found.update(f"{name}\0".encode() + hashlib.sha256(code.encode()).digest())
    return found.digest()


def modules_of(*modules: str) -> set[str]:
    """Return the modules and those below them, save the tables, whose values count and not their text."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name in found or name in TABLES:
            continue
        found.add(name)
        if name != ENTRY:
            waiting += _asked_for((ENGINE / name).read_text(encoding="utf-8"))
    return found


def _asked_for(source: str) -> Iterator[str]:
    """Yield the modules of the engine that a module imports, all of them by ``from exercises.figures.… import``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
            place = node.module.removeprefix(PACKAGE).replace(".", "/")
            names = [f"{place}.py", *(f"{place}/{alias.name}.py" for alias in node.names)]
            yield from (name for name in names if (ENGINE / name).is_file())


def code_of(source: str) -> str:
    """Return Python source without what draws nothing: comments, docstrings, blank lines, space at the ends of lines.

    The text itself is cut, not a syntax tree printed anew: that would differ between versions of Python.
    """
    lines = source.splitlines()
    for (first, start), (last, end) in sorted([*_comments(source), *_docstrings(source)], reverse=True):
        lines[first - 1 : last] = [lines[first - 1][:start] + lines[last - 1][end:]]
    return "\n".join(line.rstrip() for line in lines if line.strip())


Span = tuple[tuple[int, int], tuple[int, int]]
"""Where something begins and ends: line, from 1, and column, from 0, in characters."""


def _comments(source: str) -> list[Span]:
    found = tokenize.generate_tokens(io.StringIO(source).readline)
    return [(token.start, token.end) for token in found if token.type == tokenize.COMMENT]


def _docstrings(source: str) -> list[Span]:
    """Return every string that stands by itself, those after a constant too."""
    lines = source.splitlines()

    def column(line: int, offset: int) -> int:  # the tree counts bytes
        return len(lines[line - 1].encode()[:offset].decode())

    return [
        ((node.lineno, column(node.lineno, node.col_offset)), (end, column(end, node.end_col_offset or 0)))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if (end := node.end_lineno or node.lineno)
    ]


@functools.cache
def _pose(slug: str) -> bytes:
    path = POSES / f"{slug}.json"
    return hashlib.sha256(path.read_bytes()).digest() if path.exists() else b""
