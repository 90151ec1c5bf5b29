"""Ink: where lines are drawn inside a figure, and which.

A line follows the outline of a part's visible region. What lies just beyond decides: a part it grows into gets one
only where the depth jumps, so that the line of a bent knee or an armpit fades out; any other part gets one wherever it
lies behind or touches; another material gets a thin hem. Distances in px, jumps of depth in cm.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures import curves
from exercises.figures.curves import Flags, Indices, Strands
from exercises.figures.geometry import SMALL, Array
from exercises.figures.raster import FAR, Field, Grid

SMOOTHING: Final = 4
"""Rounds of smoothing of an outline before lines are taken from it."""
CORNER: Final = 48.0
"""Degrees: sharper turns of an outline stay."""
BEYOND: Final = 1.8
"""How far outside an outline the neighbour is looked for."""
WITHIN: Final = 1.2
"""How far inside it a part's own depth is."""
SOFT_JUMP: Final = 1.5
"""Joined parts are parted by a line where the depth jumps by more."""
HARD_JUMP: Final = 0.35
"""Other parts touch where it jumps by less."""
SHORTEST: Final = 1.6
"""Shorter lines are left out, in cm."""
GAP: Final = 2.0
"""Shorter gaps in a line are closed, in cm."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A part as it is drawn: its name, its material, the parts it grows into, and its field."""

    name: str
    material: str
    joined: frozenset[str]
    field: Field


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """What is seen at each pixel: the number of the surface there (-1 where there is none) and its depth."""

    left: int
    top: int
    owner: NDArray[np.int64]
    depth: Grid

    def at(self, points: Array) -> tuple[Indices, Array]:
        """Return the surface and the depth nearest to points (n, 2)."""
        row = np.clip(np.rint(points[:, 1]).astype(int) - self.top, 0, self.owner.shape[0] - 1)
        column = np.clip(np.rint(points[:, 0]).astype(int) - self.left, 0, self.owner.shape[1] - 1)
        return self.owner[row, column], self.depth[row, column].astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A piece of an outline that gets a line: the surface's number, the points, whether it goes all the way round."""

    owner: int
    points: Array
    closed: bool


def cover(fields: Sequence[Field]) -> Cover:
    """Return what is seen of fields at each pixel, numbered as they come."""
    left, top = min(field.left for field in fields) - 4, min(field.top for field in fields) - 4
    right, bottom = max(field.right for field in fields) + 4, max(field.bottom for field in fields) + 4
    owner = np.full((bottom - top, right - left), -1, np.int64)
    depth = np.full(owner.shape, FAR, np.float32)
    for number, field in enumerate(fields):
        window = slice(field.top - top, field.bottom - top), slice(field.left - left, field.right - left)
        nearer = (field.inside > 0) & (field.depth > depth[window])
        depth[window][nearer] = field.depth[nearer]
        owner[window][nearer] = number
    return Cover(left, top, owner, depth)


def inner_lines(
    surfaces: Sequence[Surface], outlines: Sequence[tuple[int, Array]], seen: Cover, scale: float
) -> tuple[list[Run], list[Run]]:
    """Return the lines where depth jumps and the hems where material changes.

    ``outlines`` are those of each surface's visible region with the surface's number, ``scale`` is px per cm.
    """
    if not outlines:
        return [], []
    strands = curves.resampled([line for _, line in outlines], [True] * len(outlines))
    many = len(outlines)
    sharp = curves.corners(strands, np.full(many, CORNER))
    strands = curves.smoothed(strands, sharp, np.full(many, SMOOTHING))
    own = np.array([number for number, _ in outlines])[strands.owners]
    jumps, hems = _wanted(surfaces, strands, own, seen, scale)
    owners = [number for number, _ in outlines]
    found = _runs(strands, owners, jumps, (int(GAP * scale), int(SHORTEST * scale)))
    return found, _runs(strands, owners, hems, (int(scale), int(1.2 * scale)))


def _wanted(
    surfaces: Sequence[Surface], strands: Strands, own: Indices, seen: Cover, scale: float
) -> tuple[Flags, Flags]:
    """Return which points of outlines get a line, and which a hem."""
    out = _outward(strands)
    other, depth_beyond = seen.at(strands.points + BEYOND * out)
    _, depth_within = seen.at(strands.points - WITHIN * out)
    jump = (depth_within - depth_beyond) / scale
    inside = (other >= 0) & (other < len(surfaces)) & (other != own)
    safe = np.where(inside, other, 0)
    joined, alike = _relations(surfaces)
    grown = joined[own, safe]
    behind = inside & (jump > np.where(grown, SOFT_JUMP, HARD_JUMP))
    touching = inside & ~grown & (np.abs(jump) <= HARD_JUMP) & (other < own)
    return behind | touching, inside & ~alike[own, safe] & (other < own)


def _outward(strands: Strands) -> Array:
    """Return the direction out of what closed lines enclose, at each point."""
    along = strands.points[strands.beside(1)] - strands.points[strands.beside(-1)]
    along /= (np.hypot(along[:, 0], along[:, 1]) + SMALL)[:, None]
    return np.column_stack([along[:, 1], -along[:, 0]])


def _relations(surfaces: Sequence[Surface]) -> tuple[Flags, Flags]:
    """Return which surfaces have grown together, and which are of one material."""
    joined = np.array([[b.name in a.joined or a.name in b.joined for b in surfaces] for a in surfaces])
    alike = np.array([[a.material == b.material for b in surfaces] for a in surfaces])
    return joined, alike


def _runs(strands: Strands, owners: Sequence[int], wanted: Flags, limits: tuple[int, int]) -> list[Run]:
    """Return the pieces of closed lines that are ``wanted``, gaps and specks below ``limits`` points mended."""
    found = []
    for number, owner in enumerate(owners):
        start, count = strands.starts[number], strands.counts[number]
        mask = _mended(wanted[start : start + count], *limits)
        points = strands.line(number)
        if mask.all():
            found.append(Run(owner, points, closed=True))
        elif mask.any():
            found += [Run(owner, points[np.arange(a, b) % count], closed=False) for a, b in stretches(mask)]
    return found


def _mended(mask: Flags, gap: int, shortest: int) -> Flags:
    """Return a ring of flags with gaps shorter than ``gap`` closed, then pieces shorter than ``shortest`` dropped."""
    for value, limit in ((False, gap), (True, shortest)):
        if mask.all() or not mask.any():
            return mask
        mask = mask.copy()
        for start, end in list(stretches(mask == value)):
            if end - start < limit:
                mask[np.arange(start, end) % len(mask)] = not value
    return mask


def stretches(mask: Flags) -> Iterator[tuple[int, int]]:
    """Yield where a ring of flags, not all alike, is true: first and one beyond the last, maybe past the end."""
    start = int(np.argmin(mask))
    change = np.diff(np.concatenate([[0], np.roll(mask, -start).astype(np.int8), [0]]))
    for first, last in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True):
        yield int(first) + start, int(last) + start
