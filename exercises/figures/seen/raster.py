"""Surfaces on a small raster: how far inside a silhouette each pixel is, and how near its surface.

A field is a patch of the picture. ``inside`` is positive within the silhouette, zero exactly on it and falls off about
as fast as pixels are counted; ``depth`` is the front surface's z in px, outside the silhouette a smooth continuation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures.body.parts import Part, Plane
from exercises.figures.room.boxes import Box
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.geometry import Array, unit

Grid = NDArray[np.float32]
Window = tuple[slice, slice]

FAR: Final = -1e5
"""The depth of nothing."""
OUTSIDE: Final = -50.0
"""How far inside a pixel is that no surface is near."""
MARGIN: Final = 3.0
"""Pixels around an ellipsoid that are looked at too."""
FALL: Final = 1e3
"""How steeply depth falls off beyond an ellipsoid's edge while the nearest one is sought."""
LOAD: Final = 60_000
"""How many pixels are worked on at a time: about what a processor's cache holds."""
FACING: Final = 1e-3
"""Faces turned away further than this cosine are not seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A surface on a patch of the picture whose upper left pixel is (left, top)."""

    left: int
    top: int
    inside: Grid
    depth: Grid

    @property
    def right(self) -> int:
        """The first column beyond the patch."""
        return self.left + int(self.inside.shape[1])

    @property
    def bottom(self) -> int:
        """The first row beyond the patch."""
        return self.top + int(self.inside.shape[0])

    def overlap(self, other: "Field") -> tuple[Window, Window] | None:
        """Return where both patches are, as a window on this one's arrays and one on the other's."""
        (rows, columns), (others_rows, others_columns) = self.inside.shape, other.inside.shape
        left, right = max(self.left, other.left), min(self.left + columns, other.left + others_columns)
        top, bottom = max(self.top, other.top), min(self.top + rows, other.top + others_rows)
        if left >= right or top >= bottom:
            return None
        return self.window(left, top, right, bottom), other.window(left, top, right, bottom)

    def window(self, left: int, top: int, right: int, bottom: int) -> Window:
        return slice(top - self.top, bottom - self.top), slice(left - self.left, right - self.left)


@dataclass(frozen=True, slots=True, eq=False)
class _Ellipses:
    """Projected ellipsoids: ``inside`` = edge - ax² - bxy - cy², its middle plane's z = z + px + qy."""

    middle: Array
    reach: Array
    edge: Array
    form: Array
    plane: Array
    bulge: Array

    def box(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return each one's first column and row and the ones beyond its last, both (n, 2)."""
        low = np.floor(self.middle[:, :2] - self.reach - MARGIN).astype(np.int64)
        high = np.ceil(self.middle[:, :2] + self.reach + MARGIN).astype(np.int64) + 1
        return low, high


def part_field(part: Part, camera: Camera) -> Field:
    return ellipsoid_field(camera.place(part.centres), camera.shapes(part.shapes))


def ellipsoid_field(centres: Array, shapes: Array) -> Field:
    """Return the field of ellipsoids given in picture axes, ``centres`` (n, 3) and ``shapes`` (n, 3, 3)."""
    ellipses = _projected(centres, shapes)
    low, high = ellipses.box()
    left, top = low.min(axis=0)
    right, bottom = high.max(axis=0)
    inside = np.full((bottom - top, right - left), OUTSIDE, np.float32)
    depth = np.full_like(inside, FAR * 10)
    low, high = low - (left, top), high - (left, top)
    for chunk in _chunks(high - low):
        found, near = _drawn(ellipses, chunk, low[chunk] + (left, top), (high - low)[chunk].max(axis=0))
        for at, (x0, y0), (x1, y1) in zip(range(len(chunk)), low[chunk], high[chunk], strict=True):
            window = (slice(y0, y1), slice(x0, x1))
            np.maximum(inside[window], found[at, : y1 - y0, : x1 - x0], out=inside[window])
            np.maximum(depth[window], near[at, : y1 - y0, : x1 - x0], out=depth[window])
    depth -= np.minimum(inside, 0) * np.float32(FALL)
    np.maximum(depth, FAR, out=depth)
    return _kept(Field(int(left), int(top), inside, depth))


def _projected(centres: Array, shapes: Array) -> _Ellipses:
    flat = shapes[:, :2, :2]
    determinant = np.maximum(flat[:, 0, 0] * flat[:, 1, 1] - flat[:, 0, 1] ** 2, 1e-9)
    inverse = np.empty_like(flat)
    inverse[:, 0, 0], inverse[:, 1, 1] = flat[:, 1, 1], flat[:, 0, 0]
    inverse[:, 0, 1] = inverse[:, 1, 0] = -flat[:, 0, 1]
    inverse /= determinant[:, None, None]
    slope = np.einsum("nij,nj->ni", inverse, shapes[:, :2, 2])
    thick = np.maximum(shapes[:, 2, 2] - np.einsum("ni,ni->n", slope, shapes[:, :2, 2]), 1e-6)
    edge = np.sqrt(np.sqrt(determinant)) / 2  # half the mean radius makes the field's slope about 1 on the outline
    return _Ellipses(
        middle=centres,
        reach=np.sqrt(np.stack([flat[:, 0, 0], flat[:, 1, 1]], axis=1)),
        edge=edge,
        form=edge[:, None] * np.stack([inverse[:, 0, 0], 2 * inverse[:, 0, 1], inverse[:, 1, 1]], axis=1),
        plane=slope,
        bulge=np.sqrt(thick / edge),
    )


def _chunks(sizes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    pixels = sizes.prod(axis=1)
    order = np.argsort(pixels, kind="stable")
    start = 0
    while start < len(order):
        end = start + 1
        while (
            end < len(order)
            and pixels[order[end]] * (end + 1 - start) <= LOAD
            and pixels[order[end]] <= 2 * pixels[order[start]]
        ):
            end += 1
        yield order[start:end]
        start = end


def _drawn(
    ellipses: _Ellipses, chunk: NDArray[np.int64], low: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[Grid, Grid]:
    """Return ``inside`` and ``depth`` of some ellipsoids, each on its own box, (n, rows, columns)."""
    x = (np.arange(size[0]) + (low - ellipses.middle[chunk, :2])[:, :1]).astype(np.float32)[:, None, :]
    y = (np.arange(size[1]) + (low - ellipses.middle[chunk, :2])[:, 1:]).astype(np.float32)[:, :, None]
    a, b, c = (ellipses.form[chunk, i].astype(np.float32)[:, None, None] for i in range(3))
    p, q = (ellipses.plane[chunk, i].astype(np.float32)[:, None, None] for i in range(2))
    edge, z, bulge = (
        found[chunk].astype(np.float32)[:, None, None]
        for found in (ellipses.edge, ellipses.middle[:, 2], ellipses.bulge)
    )
    inside = a * x + b * y
    inside *= x
    np.subtract(edge - c * y * y, inside, out=inside)
    depth = _bulged(inside, bulge)
    depth += z + p * x
    depth += q * y
    depth += _fall(inside)
    return inside, depth


def _bulged(inside: Grid, bulge: Grid) -> Grid:
    depth = np.maximum(inside, 0)
    np.sqrt(depth, out=depth)
    depth *= bulge
    return depth


def _fall(inside: Grid) -> Grid:
    """Return how depth falls off beyond an edge."""
    beyond = np.minimum(inside, 0)
    beyond *= np.float32(FALL)
    return beyond


def box_field(box: Box, camera: Camera) -> Field:
    """Return the field of a cuboid: the distance to its outline, the depth of its nearest face."""
    matrix = camera.matrix / camera.scale
    faces = [(matrix @ normal, camera.place(corners)) for normal, corners in box.faces()]
    outline = hull(np.concatenate([corners[:, :2] for _, corners in faces]))
    left, top = np.floor(outline.min(axis=0) - MARGIN).astype(int)
    right, bottom = np.ceil(outline.max(axis=0) + MARGIN).astype(int) + 1
    x, y = np.arange(left, right, dtype=float)[None, :], np.arange(top, bottom, dtype=float)[:, None]
    depth = np.full((bottom - top, right - left), -FAR)
    for normal, corners in faces:
        if normal[2] > FACING:
            a, b, c = -normal[0] / normal[2], -normal[1] / normal[2], corners[0]
            np.minimum(depth, c[2] + a * (x - c[0]) + b * (y - c[1]), out=depth)
    return _kept(Field(int(left), int(top), polygon_inside(outline, x, y).astype(np.float32), depth.astype(np.float32)))


def floor_field(camera: Camera, width: int, height: int) -> Field | None:
    """Return the field of the floor, y = 0, over a whole picture; none where it is seen edge on."""
    normal = camera.matrix[:, 1] / camera.scale
    if normal[2] <= FACING:
        return None
    at = camera.place((0.0, 0.0, 0.0))
    x, y = np.arange(-4, width + 5, dtype=float)[None, :], np.arange(-4, height + 5, dtype=float)[:, None]
    depth = at[2] - (normal[0] * (x - at[0]) + normal[1] * (y - at[1])) / normal[2]
    return _kept(Field(-4, -4, np.full(depth.shape, -OUTSIDE, np.float32), depth.astype(np.float32)))


def polygon_inside(corners: Array, x: Array, y: Array) -> Array:
    """Return how far inside a convex polygon (its corners clockwise on the screen) each pixel is."""
    inside = np.full(np.broadcast_shapes(x.shape, y.shape), -FAR)
    for corner, following in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = unit(following - corner)
        np.minimum(inside, (y - corner[1]) * along[0] - (x - corner[0]) * along[1], out=inside)
    return inside


def hull(points: Array) -> Array:
    """Return the corners of the convex hull of points (n, 2), clockwise on the screen."""
    ordered = sorted((float(x), float(y)) for x, y in points)

    def half(row: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for point in row:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return np.array(half(ordered) + half(ordered[::-1]))


def _turn(start: tuple[float, float], middle: tuple[float, float], end: tuple[float, float]) -> float:
    return (middle[0] - start[0]) * (end[1] - middle[1]) - (middle[1] - start[1]) * (end[0] - middle[0])


def halves(field: Field, plane: Plane, camera: Camera) -> tuple[Field, Field]:
    normal = camera.matrix @ plane.normal / camera.scale
    at = camera.place(plane.point)
    x = np.arange(field.left, field.right)[None, :] - at[0]
    y = np.arange(field.top, field.bottom)[:, None] - at[1]
    across = (normal[0] * x + normal[1] * y + normal[2] * (field.depth - at[2])).astype(np.float32)
    left, right = (np.minimum(field.inside, sign * across) for sign in (1, -1))
    return _kept(Field(field.left, field.top, left, field.depth)), _kept(
        Field(field.left, field.top, right, field.depth)
    )


def lower(field: Field, by: float) -> Field:
    return _kept(Field(field.left, field.top, field.inside, field.depth - np.float32(by)))


def union(fields: Sequence[Field]) -> Field:
    left, top = min(field.left for field in fields), min(field.top for field in fields)
    right, bottom = max(field.right for field in fields), max(field.bottom for field in fields)
    inside = np.full((bottom - top, right - left), OUTSIDE, np.float32)
    depth = np.full_like(inside, FAR)
    whole = Field(left, top, inside, depth)
    for field in fields:
        window = whole.window(field.left, field.top, field.right, field.bottom)
        mine, yours = inside[window], field.inside
        nearer = np.where((mine > 0) & (yours > 0), field.depth > depth[window], yours > mine)
        np.copyto(depth[window], field.depth, where=nearer)
        np.maximum(mine, yours, out=mine)
    return _kept(whole)


def _kept(field: Field) -> Field:
    """Return the field, its arrays no longer to be written to."""
    field.inside.flags.writeable = False
    field.depth.flags.writeable = False
    return field
