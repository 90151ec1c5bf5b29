"""What is seen of a surface, exactly: a field that is zero on every border, and its outlines.

The field of what is seen of g, hidden by any h: min(inside_g, min over h of max(-inside_h, depth_g - depth_h)). It is
smooth across a silhouette of its own, across another's and where two surfaces run into each other, so its zero line is
exact far below a pixel, and nothing needs to be sorted.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from contourpy import FillType, LineType, SerialContourGenerator, ZInterp
from numpy.typing import NDArray

from exercises.figures.seen.raster import Field, Grid
from exercises.figures.skeleton.geometry import Array

BORDER: Final = -5.0
"""How far inside the pixels around a patch are."""


def visible(field: Field, others: Iterable[Field], bias: float = 0.0) -> Grid:
    """Return what is seen of a surface behind ``others``; a surface up to ``bias`` px behind another is still seen."""
    seen = field.inside.copy()
    for other in others:
        shared = field.overlap(other)
        if shared is None:
            continue
        mine, yours = shared
        nearer = field.depth[mine] - other.depth[yours]
        if bias:
            nearer += np.float32(bias)
        np.maximum(nearer, -other.inside[yours], out=nearer)
        np.minimum(seen[mine], nearer, out=seen[mine])
    return seen


def outlines(seen: Grid, left: int, top: int, smallest: float = 6.0) -> list[Array]:
    """Return the closed outlines of where ``seen`` is positive, (n, 2) px each, first point not repeated.

    What is inside lies on the right of an outline as it runs on the screen. Outlines round fewer than ``smallest``
    square pixels are left out.
    """
    rows, columns = (np.flatnonzero((seen > 0).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return []
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    framed = np.full((y1 - y0 + 2, x1 - x0 + 2), BORDER, np.float64)
    grown = seen[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1]
    row, column = int(y0 == 0), int(x0 == 0)
    framed[row : row + grown.shape[0], column : column + grown.shape[1]] = grown
    lines = _zero_lines(framed)
    shift = np.array([left + x0 - 1, top + y0 - 1])
    closed = [line[:-1] + shift for line in lines if len(line) > 3]
    return [line for line in closed if abs(area(line)) >= smallest]


def _zero_lines(grid: Array) -> list[Array]:
    """Return the lines on which a grid is zero, in its own columns and rows, first point repeated at the end.

    The generator is made directly: its usual maker spends more time on looking for what is never there.
    """
    rows, columns = grid.shape
    x, y = np.meshgrid(np.arange(columns, dtype=float), np.arange(rows, dtype=float))
    generator = SerialContourGenerator(
        x,
        y,
        grid,
        np.zeros(grid.shape, bool),
        corner_mask=False,
        line_type=LineType.Separate,
        fill_type=FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    return [np.asarray(line) for line in generator.lines(0.0)]


def area(outline: NDArray[np.float64]) -> float:
    """Return the area within an outline, in square pixels; the sign says which way it runs."""
    x, y = outline[:, 0], outline[:, 1]
    return float(0.5 * (np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) + x[-1] * y[0] - x[0] * y[-1]))
