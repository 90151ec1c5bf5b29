"""What a painting is made of: fills and lines that name a material, as values without colours.

Palettes give a material its colour, and widths are multiples of the drawing's line weight. So one painting can be
written in any colours and at any weight. Path data is in whole units, ``curves.UNITS`` to the pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exercises.figures.lines import curves
from exercises.figures.lines.curves import UNITS, Care
from exercises.figures.skeleton.geometry import Array, unit

BELLY: Final = 0.33
"""How full a tip is: half its width around the middle, as a share of the line's width."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled path. ``part`` names the limb it belongs to by one of its parts."""

    material: str
    part: str
    path: str


@dataclass(frozen=True, slots=True)
class InkLine:
    """A drawn path with round ends: ``weight`` times the drawing's line weight and ``width`` cm more wide."""

    material: str
    part: str
    path: str
    weight: float
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a line that fades out: from its ``base``, bent towards ``middle``, to its ``point``; places in px."""

    material: str
    part: str
    weight: float
    base: tuple[float, float]
    middle: tuple[float, float]
    point: tuple[float, float]

    def path(self, width: float) -> str:
        """Return the outline of the tip of a line ``width`` path units wide."""
        base, middle, point = (np.array(place) * UNITS for place in (self.base, self.middle, self.point))
        start, bend = _aside(middle - base) * width / 2, _aside(point - base) * width * BELLY
        places = np.rint([base + start, middle + bend, point, middle - bend, base - start]).astype(int)
        out, back = (places[1:3] - places[0]).ravel().tolist(), (places[3:] - places[2]).ravel().tolist()
        return f"M{curves.numbers(places[0].tolist())}q{curves.numbers(out)}q{curves.numbers(back)}z"


def _aside(direction: Array) -> Array:
    along = unit(direction)
    return np.array([-along[1], along[0]])


@dataclass(frozen=True, slots=True)
class Painting:
    """A figure's marks in the order they are painted: ``fills``, ``tops`` (shade, face), ``lines``, their ``tips``."""

    fills: tuple[Fill, ...] = ()
    tops: tuple[Fill, ...] = ()
    lines: tuple[InkLine, ...] = ()
    tips: tuple[Tip, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A mark whose curves are still to be laid: its lines (n, 2) px, and how closely they are to be followed."""

    mark: Fill | InkLine
    lines: Sequence[Array]
    care: Care
    closed: bool = True


def trace(sketches: Sequence[Sketch]) -> list[Fill | InkLine]:
    lines = [line for sketch in sketches for line in sketch.lines]
    closed = [sketch.closed for sketch in sketches for _ in sketch.lines]
    cares = [sketch.care for sketch in sketches for _ in sketch.lines]
    texts = iter(curves.paths(lines, closed, cares))
    return [replace(sketch.mark, path="".join(next(texts) for _ in sketch.lines)) for sketch in sketches]


def tip(mark: InkLine, points: Array) -> Tip:
    base, end = points[0], points[-1]
    middle = 2 * points[len(points) // 2] - (base + end) / 2
    x, y = ((round(float(place[0]), 2), round(float(place[1]), 2)) for place in (base, middle))
    return Tip(mark.material, mark.part, mark.weight, x, y, (round(float(end[0]), 2), round(float(end[1]), 2)))
