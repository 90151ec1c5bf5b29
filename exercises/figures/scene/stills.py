"""Stills as SVG: start, end, both as a pair, a storyboard of steps.

Start and end of one exercise share a view box, so that nothing jumps between the two. Every drawing has the same scale,
20 units to a centimetre.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from exercises.figures.lines.curves import UNITS
from exercises.figures.marks.badges import RADIUS, badge
from exercises.figures.marks.svg import document, shift, to_svg
from exercises.figures.scene.layers import layers
from exercises.figures.scene.stage import Stage, vertical_extent
from exercises.figures.scene.styles import MIDDLE
from exercises.figures.seen.camera import bounds

GAP: Final = 4.0
"""Centimetres between the drawings of a pair or a storyboard."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing among several: a time of the movement, what is added to it, and how much is cut off its top."""

    t: float
    ghost: bool = False
    arrow: bool = False
    cut: int = 0


def still(stage: Stage, kind: str) -> str:
    return _STILLS[kind](stage)


def _start(stage: Stage) -> str:
    return _single(stage, Panel(0.0))


def _end(stage: Stage) -> str:
    return _single(stage, _end_panel(stage))


def _middle(stage: Stage) -> str:
    halfway = stage.movement.halfway
    if halfway is None:
        raise ValueError(f"{stage.movement.slug} has no middle picture.")
    return _end(replace(stage, movement=halfway))


def _end_panel(stage: Stage) -> Panel:
    return Panel(stage.movement.end_t, ghost=True, arrow=True)


def _single(stage: Stage, panel: Panel) -> str:
    return document(stage.width * UNITS, stage.height * UNITS, _drawn(stage, panel))


def _drawn(stage: Stage, panel: Panel) -> str:
    return to_svg(layers(stage, panel.t, ghost=panel.ghost, arrow=panel.arrow))


def _pair(stage: Stage) -> str:
    start, end = Panel(0.0), _end_panel(stage)
    if stage.lying:
        return _board(stage, [Panel(0.0, cut=vertical_extent(stage, 0.0)[0]), end], 1)
    return _board(stage, [start, end], 2)


def _steps(stage: Stage) -> str:
    """Return three drawings of a movement there and back, four of one that goes round."""
    if stage.movement.loops:
        panels = [Panel(0.0), *(Panel(t, arrow=True) for t in (0.25, 0.5, 0.75))]
        return _board(stage, panels, 2 if stage.lying else 4)
    panels = [Panel(0.0), Panel(0.5, ghost=True), _end_panel(stage)]
    return _board(stage, panels, 1 if stage.lying else 3)


def _board(stage: Stage, panels: Sequence[Panel], columns: int) -> str:
    gap = round(GAP * stage.camera.scale)
    corner = badge_corner(stage, panels)
    drawn, top, width = [], 0, columns * (stage.width + gap) - gap
    for first in range(0, len(panels), columns):
        row = panels[first : first + columns]
        cut = min(panel.cut for panel in row)
        for place, panel in enumerate(row):
            left = place * (stage.width + gap)
            picture = shift(_drawn(stage, panel), left * UNITS, (top - cut) * UNITS)
            middle = left + (corner if corner > 0 else stage.width + corner)
            mark = badge(first + place + 1, (middle, top + abs(corner)), stage.pen)
            drawn.append(picture + to_svg(mark))
        top += stage.height - cut + gap
    return document(width * UNITS, (top - gap) * UNITS, "".join(drawn))


def badge_corner(stage: Stage, panels: Sequence[Panel]) -> int:
    """Return how far in px a badge's middle is from the left edge, or from the right one if below 0, and from the top.

    It is the left one unless a body is there in one of the drawings.
    """
    inset = round((RADIUS + 1.5) * stage.camera.scale)
    room = 2 * inset
    crowded = {1: 0, -1: 0}
    for panel in panels:
        for part in stage.body(panel.t).parts:
            low, high = bounds(stage.camera, [part])
            if low[1] - panel.cut < room:
                crowded[1] += int(low[0] < room)
                crowded[-1] += int(high[0] > stage.width - room)
    return inset if crowded[1] <= crowded[-1] else -inset


_STILLS: Final[Mapping[str, Callable[[Stage], str]]] = MappingProxyType(
    {"start": _start, MIDDLE: _middle, "end": _end, "pair": _pair, "steps": _steps}
)
