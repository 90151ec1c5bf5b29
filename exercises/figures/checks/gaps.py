"""How far apart two bodies are: pieces of a figure, and the straight-edged things around it.

Lengths in cm. Each body is a heap of convex pieces. Two convex pieces are apart by their widest gap along any
direction; where they press into each other, that is how far one must go back, below 0.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures.body.parts import Part
from exercises.figures.room.props import Support
from exercises.figures.skeleton.geometry import Array


def _spread(count: int) -> Array:
    """Return directions spread evenly over a ball (a sunflower's spiral), and the six along the axes."""
    place = np.arange(count) + 0.5
    height, turn = 1 - 2 * place / count, np.pi * (1 + np.sqrt(5)) * place
    flat = np.sqrt(1 - height**2)
    return np.concatenate([np.eye(3), -np.eye(3), np.column_stack([flat * np.cos(turn), height, flat * np.sin(turn)])])


Places = NDArray[np.int_]

DIRECTIONS: Final = _spread(400)
"""Where gaps are looked for."""
PAIRS: Final = np.einsum("di,dj->dij", DIRECTIONS, DIRECTIONS).reshape(-1, 9)
"""Each direction's products with itself: how far a shape reaches along it, squared, is one sum."""


def lowest(part: Part) -> float:
    """Return the height of a part's lowest point."""
    return float(np.min(part.centres[:, 1] - np.sqrt(part.shapes[:, 1, 1])))


def box_gap(part: Part, box: Support) -> float:
    middle = DIRECTIONS @ box.centre
    half = np.abs(DIRECTIONS @ box.axes) @ box.half
    begin, end = _extents(part)
    return _nearest(np.maximum(begin - (middle + half), (middle - half) - end))


def part_gap(first: Part, second: Part) -> float:
    own, other = _near_pairs(first, second)
    begin, _ = _extents(first)
    _, end = _extents(second)
    return _nearest(begin[own] - end[other])


def _nearest(gaps: Array) -> float:
    return float(np.min(np.max(gaps, axis=1)))


def _extents(part: Part) -> tuple[Array, Array]:
    """Return where each ellipsoid begins and ends along every direction, both (ellipsoids, directions)."""
    middles = part.centres @ DIRECTIONS.T
    radii = np.sqrt(part.shapes.reshape(-1, 9) @ PAIRS.T)
    return middles - radii, middles + radii


def _near_pairs(first: Part, second: Part) -> tuple[Places, Places]:
    """Return the pairs of ellipsoids that may be the nearest, as two lists of places.

    A ball inside an ellipsoid and one round it bound the pair's gap from both sides.
    """
    apart = np.linalg.norm(first.centres[:, None] - second.centres[None], axis=2)
    (thin, thick), (other_thin, other_thick) = _balls(first), _balls(second)
    least = apart - thick[:, None] - other_thick[None]
    most = np.min(apart - thin[:, None] - other_thin[None])
    own, other = np.nonzero(least <= most)
    return own, other


def _balls(part: Part) -> tuple[Array, Array]:
    squares = np.linalg.eigvalsh(part.shapes)
    return np.sqrt(squares[:, 0]), np.sqrt(squares[:, -1])
