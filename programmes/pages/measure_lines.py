"""Small line drawings of what was measured over time, as coordinates; a template draws them. Pure.

Lengths are in the units of the drawing's own view box. A drawing shows and does not judge: no zones, each point has its
number, and the same stands beside it as a table. A line joins only what was asked in the same way.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 260, 108
LEFT, RIGHT = 34, 242
TOP, FOOT = 26, 82
BESIDE = 10  # between the ends of the axis and the first and last point, for their numbers


@dataclass(frozen=True, slots=True)
class PointSaid:
    """One number on one day, and how it is written."""

    on: dt.date
    value: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a reading stands in the drawing."""

    x: float
    y: float
    shown: str

    @property
    def value_y(self) -> float:
        return round(self.y - 9, 1)


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """One measure over time; ``lines`` are the paths between points that can be compared."""

    name: str
    words: str
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    lowest: str
    highest: str
    first: dt.date
    last: dt.date

    width, height, left, right, top, foot = WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT


def drawing_of(
    name: str, words: str, runs: Iterable[Sequence[PointSaid]], *, scale: tuple[PointSaid, PointSaid]
) -> LineDrawing | None:
    """Return the drawing of ``runs`` in the order of days; ``scale`` is its lowest and its highest; None of nothing."""
    found = [list(run) for run in runs if run]
    days = [one.on for run in found for one in run]
    if not days:
        return None
    first, last = min(days), max(days)
    placed = [[_placed(one, first, last, scale) for one in run] for run in found]
    return LineDrawing(
        name=name,
        words=words,
        points=tuple(point for run in placed for point in run),
        lines=tuple(f"M{' L'.join(f'{p.x:g} {p.y:g}' for p in run)}" for run in placed if len(run) > 1),
        lowest=scale[0].shown,
        highest=scale[1].shown,
        first=first,
        last=last,
    )


def _placed(one: PointSaid, first: dt.date, last: dt.date, scale: tuple[PointSaid, PointSaid]) -> Point:
    across = (one.on - first) / (last - first) if last > first else 0.5
    up = float(one.value - scale[0].value) / float(scale[1].value - scale[0].value)
    return Point(
        round(LEFT + BESIDE + across * (RIGHT - LEFT - 2 * BESIDE), 1), round(FOOT - up * (FOOT - TOP), 1), one.shown
    )
