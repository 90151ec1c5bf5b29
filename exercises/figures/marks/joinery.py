"""Boxes drawn with a ruler: exact faces in three tones, the farthest box first.

A mat, a chair or a bed stands still behind the figure, whose own regions leave out whatever a prop hides; so props are
painted whole, one over the other.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from exercises.figures.lines.curves import UNITS, numbers
from exercises.figures.marks.appearance import Appearance, PathMark, line
from exercises.figures.marks.palettes import Colours
from exercises.figures.room.boxes import Box
from exercises.figures.seen.camera import LIGHT, Camera
from exercises.figures.seen.raster import hull
from exercises.figures.skeleton.geometry import Array

FLAT: Final = 0.06
"""Centimetres by which the straight pieces of a rounded corner may miss it."""
TOUCH: Final = 0.02
"""Centimetres by which boxes that touch may run into each other."""


def straight(points: Array) -> str:
    """Return the path of a polygon (n, 2) px."""
    steps = np.rint(points * UNITS).astype(int)
    moves = np.diff(steps, axis=0)
    turns = [number for move in moves.tolist() if any(move) for number in move]
    return f"M{numbers(steps[0].tolist())}l{numbers(turns)}z"


def box_marks(boxes: Sequence[Box], camera: Camera, colours: Colours, width: int) -> list[PathMark]:
    """Return the marks of boxes, the farthest first; ``width`` is their lines' (path units)."""
    return [mark for box in in_depth_order(boxes, camera) for mark in _box(box, camera, colours, width)]


def _box(box: Box, camera: Camera, colours: Colours, width: int) -> list[PathMark]:
    plan = _plan(box)
    top, bottom = (camera.place(box.centre + (plan + up) @ box.axes.T)[:, :2] for up in _lifts(box))
    tones = {tone: colours.get(box.material + tone) or colours[f"{box.material}_s"] for tone in ("_s", "_d")}
    ink = colours[f"{box.material}_ink"]
    marks = []
    if box.rounding:
        marks.append(PathMark(Appearance(tones["_s"], ink, width), straight(hull(np.concatenate([top, bottom])))))
    for tone, run in _sides(box, plan, camera):
        strip = straight(np.concatenate([top[run], bottom[run][::-1]]))
        if not box.rounding:
            marks.append(PathMark(Appearance(tones[tone], ink, width), strip))
        elif tone == "_d":
            marks.append(PathMark(Appearance(tones[tone]), strip))
    if len(marks) > 1 and box.rounding:
        marks.append(line(marks[0].path, ink, width))
    if (camera.matrix @ box.axes[:, 1])[2] > 0:
        marks.append(PathMark(Appearance(colours[box.material], ink, width), straight(top)))
    return marks


def _lifts(box: Box) -> tuple[Array, Array]:
    up = np.array([0.0, box.half[1], 0.0])
    return up, -up


def _plan(box: Box) -> Array:
    """Return the outline of a box seen from above, (n, 3) in its own axes, its corners rounded."""
    radius = min(box.rounding, float(box.half[0]), float(box.half[2]))
    turn = np.linspace(0, np.pi / 2, 1 + _pieces(radius))
    corners = []
    for quarter, (x, z) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        middle = np.array([x * (box.half[0] - radius), 0.0, z * (box.half[2] - radius)])
        angles = turn + quarter * np.pi / 2
        corners.append(middle + radius * np.column_stack([np.cos(angles), np.zeros(len(angles)), np.sin(angles)]))
    return np.concatenate(corners)


def _pieces(radius: float) -> int:
    """Return of how many straight pieces a rounded corner is; a sharp one has none."""
    return math.ceil(math.pi / 4 / math.acos(1 - FLAT / radius)) if radius > FLAT else 0


def _sides(box: Box, plan: Array, camera: Camera) -> list[tuple[str, list[int]]]:
    """Return the strips of the upright faces that are seen: their tone, and the run of plan points they stand on."""
    count = len(plan)
    edges = np.roll(plan, -1, axis=0) - plan
    outward = np.column_stack([edges[:, 2], np.zeros(count), -edges[:, 0]])
    seen = outward @ box.axes.T @ camera.matrix.T
    seen /= np.linalg.norm(seen, axis=1, keepdims=True) + 1e-9
    tones = ["" if z <= 1e-3 else "_s" if x * LIGHT[0] + z * LIGHT[2] > 0.3 else "_d" for x, _, z in seen]
    start = next((at for at in range(count) if not tones[at - 1]), 0)
    strips: list[tuple[str, list[int]]] = []
    for step in range(count):
        at = (start + step) % count
        following = (at + 1) % count
        if not tones[at]:
            continue
        if strips and strips[-1][0] == tones[at] and strips[-1][1][-1] == at and box.rounding:
            strips[-1][1].append(following)
        else:
            strips.append((tones[at], [at, following]))
    return strips


def in_depth_order(boxes: Sequence[Box], camera: Camera) -> list[Box]:
    """Return boxes so that none is painted over one in front of it.

    Of two boxes the farther one is found by a plane between them, along an axis of either.
    """
    waiting = list(boxes)
    farther = {
        id(box): {id(other) for other in boxes if other is not box and _hides(box, other, camera)} for box in boxes
    }
    ordered: list[Box] = []
    while waiting:
        left = {id(box) for box in waiting}
        free = next((box for box in waiting if not farther[id(box)] & left), waiting[0])
        waiting.remove(free)
        ordered.append(free)
    return ordered


def _hides(box: Box, other: Box, camera: Camera) -> bool:
    """Return whether ``box`` is in front of ``other`` where both are seen: a plane between them tells."""
    towards = camera.matrix[2] / camera.scale
    axes = (*box.axes.T, *other.axes.T)
    edges = [axis - (axis @ towards) * towards for axis in axes]
    if any(_apart(box, other, np.cross(edge, towards)) for edge in edges if np.abs(edge).max() > 1e-6):
        return False
    for axis in axes:
        facing = float(towards @ axis)
        if abs(facing) > 1e-6 and _apart(box, other, axis):
            return float((box.centre - other.centre) @ axis) * facing > 0
    return False


def _apart(box: Box, other: Box, axis: Array) -> bool:
    """Return whether two boxes lie apart along an axis; ones that touch do."""
    gap = abs(float((box.centre - other.centre) @ axis))
    return gap >= _extent(box, axis) + _extent(other, axis) - TOUCH


def _extent(box: Box, axis: Array) -> float:
    return float(np.abs(box.axes.T @ axis) @ box.half)
