"""One exercise set up to be drawn: the room, the person and the camera, in a frame that holds all of its movement.

Lengths are centimetres, pictures are px. Every exercise is authored for the right leg; for the left one the camera
reflects all of it.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exercises.figures.body.people import PEOPLE, DrawnPerson
from exercises.figures.body.whole import Body, Footwear, build
from exercises.figures.body.worn import worn
from exercises.figures.lines.curves import UNITS
from exercises.figures.marks import arrows
from exercises.figures.marks.palettes import PALETTES, colours
from exercises.figures.marks.pen import Pen
from exercises.figures.pose.movements import Movement
from exercises.figures.room.props import FLAT, Furniture, furniture
from exercises.figures.scene.styles import Style
from exercises.figures.seen.camera import Camera, bounds
from exercises.figures.seen.raster import Field, box_field, floor_field, part_field
from exercises.figures.skeleton.geometry import Array
from exercises.figures.skeleton.solving import solve

SCALE: Final = 4.0
"""Pixels a centimetre: all drawings have one scale, so that people are of one size."""
MARGIN: Final = 4.0
"""Centimetres round everything drawn."""
LOOKED_AT: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Times of the movement the frame holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """An exercise ready to be drawn: everything that stays the same over its movement."""

    movement: Movement
    person: DrawnPerson
    pen: Pen
    line_cm: float
    furniture: Furniture
    hiding: tuple[Field, ...]
    camera: Camera
    width: int
    height: int
    """Of the picture in px, ``camera.scale`` of them to a centimetre; times ``curves.UNITS`` in the drawing's units."""

    @property
    def lying(self) -> bool:
        """Whether it is wider than high, as a figure on a mat is."""
        return self.width > 0.95 * self.height

    def body(self, t: float) -> Body:
        skeleton = solve(self.movement.pose_at(t))
        body = build(skeleton, self.person, Footwear(self.movement.feet))
        return replace(body, parts=(*body.parts, *worn(self.movement.props, body.parts, skeleton)))


def set_up(movement: Movement, side: str, style: Style, scale: float = SCALE) -> Stage:
    """Return an exercise's stage: ``side`` "left" reflects the authored right leg, room and camera."""
    person = PEOPLE[style.person]
    dyes = colours(PALETTES[style.palette], person.colours(), movement.legs)
    seen = Camera(movement.camera.yaw, movement.camera.pitch, scale, mirror=side == "left")
    stage = Stage(
        movement=movement,
        person=person,
        pen=Pen(dyes, style.line_cm * scale * UNITS, centimetre=scale * UNITS),
        line_cm=style.line_cm,
        furniture=furniture(movement.props),
        hiding=(),
        camera=seen,
        width=0,
        height=0,
    )
    stage = _framed(stage)
    return replace(stage, hiding=_hiding(stage))


def _framed(stage: Stage) -> Stage:
    """Return the stage with a frame that holds all of its movement, at whole centimetres: alike at any scale."""
    scale = stage.camera.scale
    low, high = _extent(stage)
    left, top = np.floor(low / scale - MARGIN).astype(int).tolist()
    right, bottom = np.ceil(high / scale + MARGIN).astype(int).tolist()
    size = round((right - left) * scale), round((bottom - top) * scale)
    camera = replace(stage.camera, origin=(round(left * scale), round(top * scale)))
    return replace(stage, camera=camera, width=size[0], height=size[1])


def _extent(stage: Stage) -> tuple[Array, Array]:
    parts = [part for t in LOOKED_AT for part in stage.body(t).parts]
    reach = arrows.REACH * arrows.scale_of(stage.line_cm) * stage.camera.scale
    shown = [one for one in (stage.movement, stage.movement.halfway) if one]
    ways = [arrows.way(arrow, one, stage.camera).points for one in shown for arrow in one.arrows]
    rims = [points + reach * np.array(turn) for points in ways for turn in ((1, 1), (-1, -1))]
    low, high = bounds(stage.camera, [*parts, *stage.furniture.soft], stage.furniture.boxes)
    corners = np.concatenate([low[None], high[None], *rims])
    return corners.min(axis=0), corners.max(axis=0)


def vertical_extent(stage: Stage, t: float) -> tuple[int, int]:
    """Return the first and last row of the picture that anything but an arrow needs at a time."""
    low, high = bounds(stage.camera, [*stage.body(t).parts, *stage.furniture.soft], stage.furniture.boxes)
    room = MARGIN * stage.camera.scale
    return max(0, int(low[1] - room)), min(stage.height, int(np.ceil(high[1] + room)))


def _hiding(stage: Stage) -> tuple[Field, ...]:
    boxes = [box_field(box, stage.camera) for box in stage.furniture.boxes]
    soft = [part_field(part, stage.camera) for part in stage.furniture.soft if part.material not in FLAT]
    floor = floor_field(stage.camera, stage.width, stage.height)
    return (*boxes, *soft, *([floor] if floor else []))
