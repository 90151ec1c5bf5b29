"""Shade: where a surface turns away from the light, in one calm shape."""

from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.seen import regions
from exercises.figures.seen.camera import LIGHT
from exercises.figures.seen.raster import Field, Grid
from exercises.figures.skeleton.geometry import Array

DUSK: Final = 0.16
"""Surfaces lit less than this are in the shade."""
CALM: Final = MappingProxyType({"shirt": 2.0})
"""How far light is evened out over a material, in cm; ``CALMED`` unless said."""
CALMED: Final = 1.2
BODY: Final = 2.2
"""Over this many cm a shade has to have some body."""
THIN: Final = 0.15
"""Shade that covers less of what is around it is left out: thin strips end there, and specks never begin."""
CRISP: Final = 6.0
"""How fast shade sets in, per cm."""
COARSE: Final = 2
"""Shade is soft, so that every second pixel of every second row is enough."""


def shade_lines(field: Field, seen: Grid, material: str, scale: float) -> list[Array]:
    """Return the outlines of the shade on what is ``seen`` of a surface; ``scale`` is px per cm."""
    column, row = -field.left % COARSE, -field.top % COARSE  # the same pixels of the picture, wherever the patch begins
    fewer = np.s_[row::COARSE, column::COARSE]
    seen, inside, depth = (grid[fewer] / np.float32(COARSE) for grid in (seen, field.inside, field.depth))
    if min(seen.shape) < 3 or not (seen > 0).any():
        return []
    scale /= COARSE
    dusk = (DUSK - _light(inside, depth, round(CALM.get(material, CALMED) * scale))) * np.float32(CRISP * scale)
    dark = np.minimum(seen, dusk)
    body = _blurred(np.clip(dark, 0, 1), round(BODY * scale)) - np.float32(THIN)
    left, top = (field.left + column) // COARSE, (field.top + row) // COARSE
    lines = regions.outlines(np.minimum(dark, body * np.float32(CRISP)), left, top, 1.0)
    return [line * COARSE for line in lines]


def _light(inside: Grid, depth: Grid, radius: int) -> Grid:
    """Return how much light each pixel gets, evened out over about ``radius`` px."""
    down, right = np.gradient(depth)
    light = (LIGHT[2] - LIGHT[0] * right - LIGHT[1] * down) / np.sqrt(1 + right**2 + down**2)
    weight = np.clip(inside, 0, 1)
    found: Grid = _blurred(light * weight, max(1, radius)) / (_blurred(weight, max(1, radius)) + np.float32(1e-3))
    return found


def _blurred(grid: Grid, radius: int) -> Grid:
    size = 2 * radius + 1
    for _ in range(2):
        for axis in (0, 1):
            wide = [(radius + 1, radius) if axis == other else (0, 0) for other in (0, 1)]
            sums = np.cumsum(np.pad(grid, wide), axis=axis, dtype=np.float64)
            ahead = sums[size:] if axis == 0 else sums[:, size:]
            behind = sums[:-size] if axis == 0 else sums[:, :-size]
            grid = ((ahead - behind) / size).astype(np.float32)
    return grid
