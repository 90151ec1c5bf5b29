"""One picture of an exercise at a time: its room, the start as a ghost, the figure and the arrow, as marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from exercises.figures.lines.paint import paint
from exercises.figures.marks import arrows
from exercises.figures.marks.appearance import Mark
from exercises.figures.scene.ghost import ghost as drawn_ghost
from exercises.figures.scene.stage import Stage
from exercises.figures.scene.surroundings import fixed, shadow


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
    pointed = pointers(stage) if arrow else []
    return Layers(
        ground=ground,
        shadow=shadow(stage, body),
        props=standing,
        ghost=drawn_ghost(stage) if ghost else (),
        behind=tuple(mark for one in pointed for mark in one.behind),
        figure=stage.pen.figure(paint(body.parts, body.strokes, stage.hiding, stage.camera)),
        front=tuple(mark for one in pointed for mark in one.front),
    )


def pointers(stage: Stage) -> list[arrows.Arrowed]:
    """Return the arrows that show the movement."""
    cm = stage.camera.scale * arrows.scale_of(stage.line_cm)
    ways = [arrows.way(arrow, stage.movement, stage.camera) for arrow in stage.movement.arrows]
    return [arrows.drawn(way, cm, stage.pen.colours) for way in ways]
