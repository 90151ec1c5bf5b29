"""One picture of an exercise at a time: its room, the start as a ghost, the figure and the arrow, as marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from exercises.figures.lines.study import paint
from exercises.figures.marks import arrows
from exercises.figures.marks.appearance import PathMark
from exercises.figures.scene.ghost import ghost as drawn_ghost
from exercises.figures.scene.stage import Stage
from exercises.figures.scene.surroundings import setting, shadow


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture's marks from the ground up."""

    ground: tuple[PathMark, ...]
    shadow: tuple[PathMark, ...]
    props: tuple[PathMark, ...]
    ghost: tuple[PathMark, ...]
    behind: tuple[PathMark, ...]
    figure: tuple[PathMark, ...]
    front: tuple[PathMark, ...]

    def __iter__(self) -> Iterator[PathMark]:
        yield from self.ground + self.shadow + self.props + self.ghost + self.behind
        yield from self.figure
        yield from self.front


def layers(stage: Stage, t: float, *, ghost: bool = False, arrow: bool = False) -> Layers:
    """Return the picture at a time, with the start as a ghost behind it and the arrow if asked for."""
    body = stage.body(t)
    ground, standing = setting(stage)
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


def pointers(stage: Stage) -> list[arrows.ArrowMarks]:
    cm = stage.camera.scale * arrows.scale_of(stage.line_cm)
    ways = [arrows.way(arrow, stage.movement, stage.camera) for arrow in stage.movement.arrows]
    return [arrows.arrow_marks(way, cm, stage.pen.colours) for way in ways]
