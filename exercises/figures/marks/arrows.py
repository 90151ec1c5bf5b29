"""The arrow that shows the movement: a tapered blade with a head, on an arc, along a limb's way, or round a circle.

Points are canvas pixels (y down). An arrow is authored for the right leg; a mirrored camera turns it with the rest.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.body.polylines import evenly
from exercises.figures.lines.curves import UNITS, Care, Flags, paths
from exercises.figures.marks.appearance import Appearance, PathMark
from exercises.figures.marks.palettes import Colours
from exercises.figures.pose.files import ArcArrow, Arrow, PathArrow, RingArrow
from exercises.figures.pose.movements import Movement
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.regions import area
from exercises.figures.skeleton.geometry import Array, unit, vector
from exercises.figures.skeleton.solving import Skeleton, solve

TAIL: Final = 1.1
"""Widths and lengths in centimetres for the thinnest line; ``scale`` grows them with the line's weight."""
NECK: Final = 2.7
HEAD_WIDTH: Final = 7.2
HEAD_LENGTH: Final = 6.6
NOTCH: Final = 1.0
"""How far the head's back is cut in towards its point."""
HALO: Final = 1.1
REACH: Final = HEAD_WIDTH / 2 + HALO
"""How far beside its line an arrow is painted."""
ROUNDING: Final = 0.7
"""The corners are this round."""
INTO_HEAD: Final = 4
"""Of a ring, which bends, so many points of the body lie within its head."""
OFF_ENDS: Final = 3
SHORT: Final = 20.0
"""A shorter arrow is slighter as well, so that it is not all head."""
SLIGHTEST: Final = 0.62
LOOKS: Final = 33
CARE: Final = Care(error=0.4, smooth=1, corner=40.0)
FINEST_LINE: Final = 0.62
GROWTH: Final = 0.7


def scale_of(line_cm: float) -> float:
    return float((line_cm / FINEST_LINE) ** GROWTH)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Where an arrow runs: ``points`` (n, 2) from tail to tip; ``behind`` (n,) says what the figure hides."""

    points: Array
    behind: Flags


def way(arrow: Arrow, movement: Movement, camera: Camera) -> Way:
    if isinstance(arrow, RingArrow):
        return _ring(arrow, movement, camera)
    points = _arc(arrow, movement, camera) if isinstance(arrow, ArcArrow) else _path(arrow, movement, camera)
    return Way(points, np.zeros(len(points), dtype=bool))


def _at(movement: Movement, t: float | None) -> Skeleton:
    return solve(movement.pose_at(movement.end_t if t is None else t))


def _arc(arrow: ArcArrow, movement: Movement, camera: Camera) -> Array:
    anchor = camera.place(_at(movement, arrow.t).frames[arrow.anchor].at(arrow.local))[:2]
    turned = np.array([-1.0 if camera.mirror else 1.0, -1.0]) * camera.scale
    points = anchor + np.array(arrow.pts) * turned
    return circle_through(points) if len(points) == 3 else evenly(points, LOOKS - 1)


def circle_through(points: Array) -> Array:
    """Return a circular arc through three points (3, 2): a spline would overshoot at its tail."""
    start, middle, end = points
    chords = 2 * np.array([middle - start, end - start])
    if abs(np.linalg.det(chords)) < 1e-6 * float(np.abs(chords).max()) ** 2:
        return evenly(np.array([start, end]), LOOKS - 1)
    centre = np.linalg.solve(chords, [middle @ middle - start @ start, end @ end - start @ start])
    angles = np.unwrap(np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0]))
    turn = np.linspace(angles[0], angles[2], LOOKS)
    radius = np.linalg.norm(start - centre)
    arc: Array = centre + radius * np.column_stack([np.cos(turn), np.sin(turn)])
    return arc


def _path(arrow: PathArrow, movement: Movement, camera: Camera) -> Array:
    times = np.linspace(*arrow.span, LOOKS)
    solved = [_at(movement, float(t)) for t in times]
    places = [camera.place(one.frames[arrow.frame].at(arrow.local))[:2] for one in solved]
    points = evenly(np.array(places), LOOKS - 1)
    stem, _, side = arrow.frame.rpartition("_")
    joint = f"thigh_{side}" if stem in {"thigh", "shank", "foot"} else "pelvis"
    middle = camera.place(solved[LOOKS // 2].frames[joint].origin)[:2]
    across = normals(points)
    outwards = np.sign(np.sum((points - middle) * across)) or 1.0
    moved: Array = points + across * outwards * arrow.offset * camera.scale
    return moved


def _ring(arrow: RingArrow, movement: Movement, camera: Camera) -> Way:
    centre = _at(movement, arrow.t).frames[arrow.frame].at(arrow.local)
    normal = unit(arrow.normal)
    first = unit(np.cross(normal, vector((0.3, 0.2, 1.0))))
    second = np.cross(normal, first)
    angles = np.radians(np.linspace(*arrow.arc, 2 * LOOKS))[:, None]
    places = centre + arrow.r * (np.cos(angles) * first + np.sin(angles) * second)
    seen = camera.place(places)
    return Way(seen[:, :2], seen[:, 2] < camera.place(centre)[2])


def normals(points: Array) -> Array:
    """Return the unit normals of a line, to the left of its run as the canvas shows it."""
    run = np.gradient(points, axis=0)
    run /= np.linalg.norm(run, axis=1, keepdims=True) + 1e-9
    return np.column_stack([run[:, 1], -run[:, 0]])


@dataclass(frozen=True, slots=True)
class ArrowMarks:
    """An arrow's marks: what the figure hides, and what lies over it."""

    behind: tuple[PathMark, ...]
    front: tuple[PathMark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Outlines:
    """An arrow's pieces: behind the figure, in front of it, and those that get a rim."""

    behind: tuple[Array, ...]
    front: tuple[Array, ...]
    rimmed: tuple[Array, ...]


def arrow_marks(found: Way, cm: float, colours: Colours) -> ArrowMarks:
    """Return an arrow with a pale rim round what lies in front; ``cm`` is one of its centimetres in px."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(found.points, axis=0), axis=1))])
    cm *= float(np.clip(lengths[-1] / (SHORT * cm), SLIGHTEST, 1.0))
    neck = max(int(np.searchsorted(lengths, lengths[-1] - (HEAD_LENGTH - NOTCH) * cm)), 2)
    pieces = (_ring_pieces if found.behind.any() else _whole)(found, neck, cm)
    colour, halo = colours["arrow"], colours["arrow_halo"]
    round_off, rim = (round(width * cm * UNITS) for width in (ROUNDING, ROUNDING + 2 * HALO))
    blue, pale = Appearance(colour, colour, round_off), Appearance(halo, halo, rim)
    rims = [PathMark(pale, path) for path in _paths(pieces.rimmed)]
    return ArrowMarks(
        tuple(PathMark(blue, path) for path in _paths(pieces.behind)),
        (*rims, *(PathMark(blue, path) for path in _paths(pieces.front))),
    )


def _whole(found: Way, neck: int, cm: float) -> _Outlines:
    """Return an arrow as one piece; its head begins at the point ``neck``."""
    tip = head(found.points[-1], found.points[-1] - found.points[neck - 1], cm)
    outline = _joined(blade(found.points[: neck + 1], cm), tip)
    return _Outlines((), (outline,), (outline,))


def _ring_pieces(found: Way, neck: int, cm: float) -> _Outlines:
    """Return a ring's pieces; the rim of one in front stays off its ends, where one behind goes on."""
    behind: list[Array] = []
    front: list[Array] = []
    rimmed: list[Array] = []
    for start, end, hidden in _runs(found.behind[: neck + INTO_HEAD]):
        spread = start / neck, min(1.0, (end - 1) / neck)
        (behind if hidden else front).append(blade(found.points[start:end], cm, spread))
        inner = found.points[start + OFF_ENDS : end - OFF_ENDS]
        if not hidden and len(inner) > 2:
            rimmed.append(blade(inner, cm, spread))
    tip = head(found.points[-1], found.points[-1] - found.points[neck - 1], cm)
    return _Outlines(tuple(behind), (*front, tip), (*rimmed, tip))


def _runs(hidden: Flags) -> list[tuple[int, int, bool]]:
    """Return the stretches of equal value as start, end beyond the last, and value; neighbours share a point."""
    changes = [0, *(np.flatnonzero(np.diff(hidden)) + 1).tolist(), len(hidden)]
    runs = [(start, min(end + 1, len(hidden)), bool(hidden[start])) for start, end in itertools.pairwise(changes)]
    return [run for run in runs if run[1] - run[0] > 2]


def _paths(outlines: Sequence[Array]) -> list[str]:
    """Return the paths of outlines, all run the same way round: pieces that overlap in one path add up."""
    ordered = [line if area(line) > 0 else line[::-1] for line in outlines]
    return paths(ordered, [True] * len(ordered), [CARE] * len(ordered))


def _joined(body: Array, tip: Array) -> Array:
    half = len(body) // 2
    return np.concatenate([body[:half], [tip[1], tip[0], tip[3]], body[half:]])


def blade(points: Array, cm: float, spread: tuple[float, float] = (0.0, 1.0)) -> Array:
    """Return the outline (n, 2) of an arrow's tapered body along ``points``; ``cm`` is a centimetre of it in px.

    ``spread`` says which part of the whole body it is (0 tail to 1 neck), so that a piece is as wide as its place.
    """
    growth = np.linspace(*spread, len(points)) ** 0.8
    half = (TAIL + (NECK - TAIL) * growth)[:, None] * cm / 2
    across = normals(points) * half
    return np.concatenate([points + across, (points - across)[::-1]])


def head(tip: Array, run: Array, cm: float) -> Array:
    """Return the outline (4, 2) of an arrow's head: its point, and its back cut in a little."""
    run = unit(run)
    across = np.array([run[1], -run[0]]) * HEAD_WIDTH / 2 * cm
    back = tip - run * HEAD_LENGTH * cm
    barb = back - run * NOTCH * cm
    return np.array([tip, barb + across, back, barb - across])
