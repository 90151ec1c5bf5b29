"""Marks written as an SVG document: paths and groups, nothing a handout's form or a strict page would refuse.

A drawing stands inside ``<img>`` or in the page itself, several on one page: it has no ids, and the class names of a
moving one carry the drawing's own stamp. It has no title either: the page that shows it says what it shows, in the
reader's language.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping

from exercises.figures.marks.appearance import Appearance, PathMark

NAMESPACE = "http://www.w3.org/2000/svg"
ROUND = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'


def to_svg(marks: Iterable[PathMark]) -> str:
    """Return marks as SVG; neighbours that look alike are one path, those with lines of one kind share a group."""
    drawn = []
    for (look, _), group in itertools.groupby(enumerate(marks), _sameness):
        path = "".join(mark.path for _, mark in group)
        if path:
            drawn.append((look, path))
    return "".join(_group(list(group)) for _, group in itertools.groupby(drawn, lambda one: one[0].width))


def _sameness(numbered: tuple[int, PathMark]) -> tuple[Appearance, int]:
    """Return what is equal for marks that one path can hold: never filled ones with a rim, which may overlap."""
    number, mark = numbered
    rimmed = mark.look.fill and mark.look.stroke and mark.look.fill != mark.look.stroke
    return mark.look, number if rimmed else -1


def _group(alike: list[tuple[Appearance, str]]) -> str:
    """Return paths whose lines are of one width, what they share written once."""
    all_said = [_attributes(look) for look, _ in alike]
    shared = {name: value for name, value in all_said[0].items() if all(said.get(name) == value for said in all_said)}
    if len(alike) == 1 or not shared:
        return "".join(_path(path, said) for (_, path), said in zip(alike, all_said, strict=True))
    own = [{name: value for name, value in said.items() if name not in shared} for said in all_said]
    return f"<g{_written(shared)}>{''.join(_path(path, said) for (_, path), said in zip(alike, own, strict=True))}</g>"


def _path(path: str, said: Mapping[str, str]) -> str:
    return f'<path d="{path}"{_written(said)}/>'


def _written(said: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in said.items())


def _attributes(look: Appearance) -> dict[str, str]:
    """Return a look's attributes; ends and corners are round in the whole document, and nothing is filled unsaid."""
    said: dict[str, str] = {}
    if look.fill:
        said["fill"] = look.fill
    if look.opacity < 1:
        said["fill-opacity"] = f"{look.opacity:g}".removeprefix("0")
    if look.stroke:
        said |= {"stroke": look.stroke, "stroke-width": str(look.width)}
    if look.dash:
        said["stroke-dasharray"] = " ".join(map(str, look.dash))
    return said


def shift(drawn: str, x: int, y: int) -> str:
    """Return drawn marks moved right and down, in the document's units."""
    return f'<g transform="translate({x} {y})">{drawn}</g>' if x or y else drawn


def document(width: int, height: int, drawn: str) -> str:
    return f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {width} {height}" {ROUND}>{drawn}</svg>'


def stamp(*said: str) -> str:
    """Return a short name that differs from drawing to drawing, for what a page must not share between two of them."""
    return "f" + hashlib.sha256("\0".join(said).encode()).hexdigest()[:7]
