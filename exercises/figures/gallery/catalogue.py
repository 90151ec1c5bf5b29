"""The one call by which anything gets a picture, and what the library holds ready.

``build_figures`` draws the library and writes ``built.json``: for each picture the name of its file, how large it is
and the hash of what it was drawn from. No page draws: a picture that is not built has an address at which it is.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from exercises.figures.gallery.subjects import HERE, POSES, Subject, digest, portrait, source_of
from exercises.figures.moving.film import Pace
from exercises.figures.scene.styles import KINDS, MIDDLE, SIDES, Style, one_of

STATIC: Final = HERE.parents[1] / "static"
FOLDER: Final = "exercises/figures"
MANIFEST: Final = HERE / "built.json"
PLAIN: Final = Style()
FILM: Final = "moving/film.py"
REEL: Final = "animation"
"""The kind of picture that films are made of."""
ON_PAGES: Final = ("start", MIDDLE, "end")
"""The kinds of picture that pages show as they are; the middle where there is one."""


@dataclass(frozen=True, slots=True)
class BuiltPicture:
    """A picture of the library: its file's name, its size, and the hash of what it was drawn from."""

    name: str
    width: int
    height: int
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A picture to show. Its ``file`` is below the static files or, where it is yet to be drawn, below ``FIGURES_DIR``.

    ``width`` and ``height`` are those of the default person's; whoever else is drawn takes nearly the same room.
    """

    width: int
    height: int
    file: str
    subject: Subject | None = None
    """What is still to be drawn; None for a picture of the library."""

    @property
    def is_built(self) -> bool:
        return self.subject is None

    @property
    def is_upright(self) -> bool:
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class Film:
    """A moving picture at the pace of a dose: made, when it is asked for, of a ``reel`` that is drawn once."""

    reel: FigureFile
    subject: Subject
    pace: Pace

    @property
    def width(self) -> int:
        return self.reel.width

    @property
    def height(self) -> int:
        return self.reel.height

    @property
    def token(self) -> str:
        """The hash of what it is made of and by."""
        built = library().get(self.subject.key) if self.reel.is_built else None
        return digest((built.inputs if built else self.subject.token).encode() + source_of(FILM))


NO_FIGURE: Final = FigureFile(400, 300, f"{FOLDER}/none.svg")
"""Says that there is no picture. Drawn by hand, and never built."""


def figure(slug: str, side: str, kind: str, style: Style = PLAIN) -> FigureFile:
    """Return the picture of an exercise; whatever does not exist raises ``ValueError``.

    ``side`` is "left", "right" or "both" (``sides.picture_side``), ``kind`` one of ``KINDS``. An exercise that is
    drawn one leg at a time shows the right one for "both", as ``sides.leading_leg`` names it in words; one that is
    drawn with both legs shows both, whichever is asked for.
    """
    one_of(SIDES, side, "sides")
    one_of((*KINDS, MIDDLE), kind, "kinds of picture")
    subject = Subject(slug, drawn_side(slug, side), kind, style)
    if kind == MIDDLE and not has_middle(slug):
        raise ValueError(f"{slug!r} is drawn without a middle.")
    found = library().get(subject.key)
    if found is None or style.person != PLAIN.person:
        return _to_draw(subject)
    return FigureFile(found.width, found.height, f"{FOLDER}/{found.name}")


def film_of(slug: str, side: str, pace: Pace, style: Style = PLAIN) -> Film:
    """Return the moving picture of an exercise; whatever does not exist raises ``ValueError``."""
    reel = figure(slug, side, REEL, style)
    return Film(reel, Subject(slug, drawn_side(slug, side), REEL, style), pace)


def portrait_of(person: str) -> FigureFile:
    """Return the small picture by which a person is chosen; nobody there is raises ``ValueError``."""
    found = library()[portrait(person).key]
    return FigureFile(found.width, found.height, f"{FOLDER}/{found.name}")


def is_drawn(slug: str) -> bool:
    return any(f"{slug}-{side}-start" in library() for side in SIDES)


def has_middle(slug: str) -> bool:
    """Say whether an exercise has a third picture, between its start and its end."""
    return any(f"{slug}-{side}-{MIDDLE}" in library() for side in SIDES)


def slugs() -> list[str]:
    """Return the exercises that are drawn, in alphabetical order."""
    return [path.stem for path in sorted(POSES.glob("*.json")) if is_drawn(path.stem)]


def drawn_side(slug: str, side: str) -> str:
    there = [one for one in SIDES if f"{slug}-{one}-start" in library()]
    if not there:
        raise ValueError(f"Nobody has drawn {slug!r} yet.")
    if side in there:
        return side
    return "both" if "both" in there else "right"


def _to_draw(subject: Subject) -> FigureFile:
    """Return a picture that is not in the library; it takes the room of the plain one, or of the start, if any."""
    alike = (Subject(subject.slug, subject.side, kind, PLAIN).key for kind in (subject.kind, "start"))
    size = next(found for key in alike if (found := library().get(key)))
    return FigureFile(size.width, size.height, name_to_draw(subject), subject)


def name_to_draw(subject: Subject) -> str:
    return f"{subject.style.person}/{subject.key}-{subject.token}.svg"


@functools.cache
def library() -> Mapping[str, BuiltPicture]:
    return read_manifest(MANIFEST)


def read_manifest(path: Path) -> dict[str, BuiltPicture]:
    pictures: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["pictures"]
    return {key: BuiltPicture(**fields) for key, fields in pictures.items()}
