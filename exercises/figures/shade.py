"""Shade: where a surface turns away from the light, in one calm shape."""

from typing import Final

import numpy as np

from exercises.figures import regions
from exercises.figures.camera import LIGHT
from exercises.figures.geometry import Array
from exercises.figures.raster import Field, Grid

DUSK: Final = 0.16
"""Surfaces lit less than this are in the shade."""
CALM: Final = {"shirt": 2.0}
"""How far light is evened out over a material, in cm; 1.2 unless said."""
SMALLEST: Final = 9.0
"""Smaller shades are left out, in square cm."""


def shaded(field: Field, seen: Grid, material: str, scale: float) -> list[Array]:
    """Return the outlines of the shade on what is ``seen`` of a surface; ``scale`` is px per cm."""
    dusk = (DUSK - _light(field, CALM.get(material, 1.2) * scale)) * np.float32(6 * scale)
    return regions.outlines(np.minimum(seen, dusk), field.left, field.top, SMALLEST * scale**2)


def _light(field: Field, reach: float) -> Grid:
    """Return how much light each pixel gets, evened out over about ``reach`` px."""
    down, right = np.gradient(field.depth)
    light = (LIGHT[2] - LIGHT[0] * right - LIGHT[1] * down) / np.sqrt(1 + right**2 + down**2)
    weight = (field.inside > 1).astype(np.float32)
    radius = max(2, round(reach))
    found: Grid = _blurred(light * weight, radius) / (_blurred(weight, radius) + np.float32(1e-3))
    return found


def _blurred(grid: Grid, radius: int) -> Grid:
    """Return the grid averaged twice over squares of 2 ``radius`` + 1 pixels."""
    size = 2 * radius + 1
    for _ in range(2):
        for axis in (0, 1):
            wide = [(radius + 1, radius) if axis == other else (0, 0) for other in (0, 1)]
            sums = np.cumsum(np.pad(grid, wide), axis=axis, dtype=np.float64)
            ahead = sums[size:] if axis == 0 else sums[:, size:]
            behind = sums[:-size] if axis == 0 else sums[:, :-size]
            grid = ((ahead - behind) / size).astype(np.float32)
    return grid
