"""One picture of an exercise at a time: its room, the start as a ghost, the figure and the arrow, as marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from exercises.figures import arrows
from exercises.figures.curves import paths
from exercises.figures.marks import Look, Mark
from exercises.figures.paint import paint
from exercises.figures.raster import part_field, union
from exercises.figures.regions import outlines, visible
from exercises.figures.room import PLAIN, fixed, shadow
from exercises.figures.stage import Stage

GHOST_LINE: Final = 0.6
GHOST_OPACITY: Final = 0.5
GHOST_OF: Final[Mapping[str, tuple[str, ...]]] = {"foot": ("foot", "sole", "ankle"), "head": ("head", "hair", "nose")}
"""Parts that go with one a ghost names, by its stem."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture's marks from the ground up."""

    ground: tuple[Mark, ...]
    shadow: tuple[Mark, ...]
    props: tuple[Mark, ...]
    ghost: tuple[Mark, ...]
    behind: tuple[Mark, ...]
    figure: tuple[Mark, ...]
    front: tuple[Mark, ...]

    def __iter__(self) -> Iterator[Mark]:
        yield from self.ground + self.shadow + self.props + self.ghost + self.behind
        yield from self.figure
        yield from self.front


def layers(stage: Stage, t: float, *, ghost: bool = False, arrow: bool = False) -> Layers:
    """Return the picture at a time, with the start as a ghost behind it and the arrow if asked for."""
    body = stage.body(t)
    ground, standing = fixed(stage)
    pointed = _arrows(stage) if arrow else []
    return Layers(
        ground=ground,
        shadow=shadow(stage, body),
        props=standing,
        ghost=_ghost(stage) if ghost else (),
        behind=tuple(mark for one in pointed for mark in one.behind),
        figure=stage.pen.figure(paint(body.parts, body.strokes, stage.hiding, stage.camera)),
        front=tuple(mark for one in pointed for mark in one.front),
    )


def _arrows(stage: Stage) -> list[arrows.Arrowed]:
    cm = stage.camera.scale * arrows.scale_of(stage.line_cm)
    ways = [arrows.way(arrow, stage.movement, stage.camera) for arrow in stage.movement.arrows]
    return [arrows.drawn(way, cm, stage.pen.colours) for way in ways]


def _ghost(stage: Stage) -> tuple[Mark, ...]:
    """Return where the moving limb was at the start: a tint with a dashed line round it."""
    names = {name for ghost in stage.movement.ghost for name in _ghost_parts(ghost)}
    fields = [part_field(part, stage.camera) for part in stage.body(0.0).parts if part.name in names]
    if not fields:
        return ()
    whole = union(fields)
    found = outlines(visible(whole, stage.hiding), whole.left, whole.top)
    path = "".join(paths(found, [True] * len(found), [PLAIN] * len(found)))
    width = stage.pen.line(GHOST_LINE)
    dash = (round(width * 2.6), round(width * 3.6))
    look = Look(stage.pen.colours["ghost"], stage.pen.colours["ghost_ink"], width, GHOST_OPACITY, dash)
    return (Mark(look, path),)


def _ghost_parts(name: str) -> tuple[str, ...]:
    stem, _, side = name.rpartition("_")
    return tuple(f"{part}_{side}" for part in GHOST_OF.get(stem, (stem,))) if stem else GHOST_OF.get(name, (name,))
