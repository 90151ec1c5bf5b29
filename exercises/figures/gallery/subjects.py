"""One picture as it is asked for, and the hash of everything that goes into its drawing."""

import ast
import functools
import hashlib
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exercises.figures.scene.styles import PORTRAIT_POSE, Style

HERE: Final = Path(__file__).resolve().parent
ENGINE: Final = HERE.parent
POSES: Final = ENGINE / "poses"
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
        """The hash of what it is drawn from: the engine's source, the poses and this request."""
        return _token(self)


def portrait(person: str) -> Subject:
    return Subject(PORTRAIT, "both", PORTRAIT, Style(line="60mm", person=person))


@functools.lru_cache(maxsize=4096)
def _token(subject: Subject) -> str:
    return digest(b"\0".join((engine().encode(), _pose(subject.pose), subject.words.encode())))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:LENGTH]


@functools.cache
def engine() -> str:
    found = hashlib.sha256()
    for path in sorted(ENGINE.glob("*/*.py")):
        name = path.relative_to(ENGINE).as_posix()
        if draws(name):
            code = code_of(path.read_text(encoding="utf-8"))
            found.update(f"{name}\0".encode() + hashlib.sha256(code.encode()).digest())
    return found.hexdigest()


def draws(name: str) -> bool:
    """Say whether a module ("lines/ink.py") is part of the engine: checks and the gallery draw nothing, save one."""
    return name == "gallery/engine.py" or not name.startswith(("checks/", "gallery/"))


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
