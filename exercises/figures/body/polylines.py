"""Lines as points one after the other, shape (n, d): laid out evenly, and curves through them."""

import math

import numpy as np

from exercises.figures.skeleton.geometry import Array


def evenly(line: Array, fewest: int, step: float = math.inf, *, closed: bool = False) -> Array:
    """Return points at even distances along a line: of ``fewest`` pieces, more where those were longer than ``step``.

    A ``closed`` line ends where it begins, and that point is not said twice.
    """
    ring = np.concatenate([line, line[:1]]) if closed else line
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    pieces = max(fewest, round(float(lengths[-1]) / step))
    places = np.linspace(0.0, lengths[-1], pieces + 1)[: pieces + (not closed)]
    return np.column_stack([np.interp(places, lengths, ring[:, axis]) for axis in range(line.shape[1])])


def extend(points: Array) -> Array:
    """Return points with one more, straight on, at either end: what ``catmull_rom`` needs beside the outer pieces."""
    return np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])


def catmull_rom(before: Array, start: Array, end: Array, after: Array, t: Array) -> Array:
    """Return the curve (Catmull-Rom) from ``start`` to ``end`` at ``t``, 0 to 1, by what comes before and after."""
    curved: Array = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return curved
