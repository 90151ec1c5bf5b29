"""One exercise set up to be drawn: the room, the person and the camera, and its picture at a time.

A ``Stage`` is one exercise, leg, person and style seen through one frame that holds all of its movement; ``layers``
paints it at a time from 0 (start) to 1. Lengths are centimetres, pictures are px.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exercises.figures import arrows, joinery
from exercises.figures.body import Body, Footwear, build
from exercises.figures.body.parts import Part
from exercises.figures.camera import Camera, bounds
from exercises.figures.colouring import Pen
from exercises.figures.curves import UNITS, Care, paths
from exercises.figures.geometry import Array
from exercises.figures.marks import Look, Mark
from exercises.figures.paint import paint
from exercises.figures.palettes import PALETTES, colours
from exercises.figures.people import PEOPLE, Person
from exercises.figures.poses import Movement
from exercises.figures.props import FLAT, Furniture, furniture, surfaces
from exercises.figures.raster import OUTSIDE, Field, Grid, box_field, ellipsoid_field, floor_field, part_field, union
from exercises.figures.regions import outlines, visible
from exercises.figures.skeleton import solve
from exercises.figures.styles import Style
from exercises.figures.worn import worn

SCALE: Final = 4.0
"""Pixels a centimetre: all drawings have one scale, so that people are of one size."""
MARGIN: Final = 4.0
"""Centimetres round everything drawn."""
LOOKED_AT: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Times of the movement the frame holds."""
LYING: Final = frozenset({"mat", "bed"})
PROP_LINE: Final = 0.55
"""A prop's line, as a share of the figure's."""
GHOST_LINE: Final = 0.6
GHOST_OPACITY: Final = 0.5
SHADOW_OPACITY: Final = 0.14
SHADOW_LEAN: Final = (0.12, 0.05)
"""How far a shadow falls to the right and to the front of the picture, for each centimetre of height."""
SOFT: Final = Care(error=0.8, smooth=6)
PLAIN: Final = Care(error=0.35, smooth=2)
GHOST_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "foot": ("foot", "sole", "toe", "ankle"),
    "head": ("head", "hair", "nose"),
}
"""Parts that go with one a ghost names, by its stem."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """An exercise ready to be drawn: everything that stays the same over its movement."""

    movement: Movement
    person: Person
    pen: Pen
    halo: str
    line_cm: float
    furniture: Furniture
    hiding: tuple[Field, ...]
    camera: Camera
    width: int
    height: int

    @property
    def lying(self) -> bool:
        """Whether it is wider than high, as a figure on a mat is."""
        return self.width > 0.95 * self.height

    def body(self, t: float) -> Body:
        """Return the person, and what they wear, at a time."""
        skeleton = solve(self.movement.pose_at(t))
        body = build(skeleton, self.person, Footwear(self.movement.feet))
        return replace(body, parts=(*body.parts, *worn(self.movement.props, body.parts, skeleton)))


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


def set_up(movement: Movement, side: str, style: Style, scale: float = SCALE) -> Stage:
    """Return an exercise's stage: ``side`` "left" reflects the authored right leg, room and camera."""
    palette, person = PALETTES[style.palette], PEOPLE[style.person]
    seen = Camera(movement.camera.yaw, movement.camera.pitch, scale, mirror=side == "left")
    stage = Stage(
        movement=movement,
        person=person,
        pen=Pen(
            colours(palette, person.colours(), movement.legs), style.line_cm * scale * UNITS, centimetre=scale * UNITS
        ),
        halo=palette.halo,
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
    """Return the corners of the rectangle that holds all of the movement, its props and arrows."""
    parts = [part for t in LOOKED_AT for part in stage.body(t).parts]
    reach = arrows.REACH * arrows.scale_of(stage.line_cm) * stage.camera.scale
    ways = [arrows.way(arrow, stage.movement, stage.camera).points for arrow in stage.movement.arrows]
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
    """Return the surfaces that hide a body behind or sunk into them."""
    boxes = [box_field(box, stage.camera) for box in stage.furniture.boxes]
    soft = [part_field(part, stage.camera) for part in stage.furniture.soft if part.material not in FLAT]
    floor = floor_field(stage.camera, stage.width, stage.height)
    return (*boxes, *soft, *([floor] if floor else []))


def fixed(stage: Stage) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Return what never moves: the ground a shadow falls on, and the props on it."""
    return _ground(stage), _standing(stage)


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


def _ground(stage: Stage) -> tuple[Mark, ...]:
    """Return what a shadow falls on: the floor's disc, a mat, a bed."""
    boxes = [box for box in stage.furniture.boxes if box.name in LYING]
    discs = [part for part in stage.furniture.soft if part.material in FLAT]
    marks = [mark for disc in discs for mark in _soft(stage, disc, ())]
    return (*marks, *joinery.drawn(boxes, stage.camera, stage.pen.colours, stage.pen.line(PROP_LINE)))


def _standing(stage: Stage) -> tuple[Mark, ...]:
    """Return the props that stand or lie on the ground, hard ones first."""
    boxes = [box for box in stage.furniture.boxes if box.name not in LYING]
    marks = joinery.drawn(boxes, stage.camera, stage.pen.colours, stage.pen.line(PROP_LINE))
    fields = [box_field(box, stage.camera) for box in stage.furniture.boxes]
    for part in stage.furniture.soft:
        if part.material not in FLAT:
            marks += _soft(stage, part, fields)
    return tuple(marks)


def _soft(stage: Stage, part: Part, others: "tuple[()] | list[Field]") -> list[Mark]:
    """Return the marks of a pillow, a cushion or the floor's disc."""
    field = part_field(part, stage.camera)
    found = outlines(visible(field, others), field.left, field.top)
    path = "".join(paths(found, [True] * len(found), [PLAIN] * len(found)))
    ink = stage.pen.colours.get(f"{part.material}_ink", "")
    return [Mark(Look(stage.pen.colours[part.material], ink, stage.pen.line(PROP_LINE) if ink else 0), path)]


def shadow(stage: Stage, body: Body) -> tuple[Mark, ...]:
    """Return the body's shadow on the mat or bed it lies on, or on the floor."""
    known = surfaces(stage.movement.props)
    lying = next((name for name in LYING if name in known), "")
    level = known[lying].top if lying else 0.0
    right = stage.camera.matrix[0] / stage.camera.scale
    lean = SHADOW_LEAN[0] * right + SHADOW_LEAN[1] * np.array([-right[2], 0.0, right[0]])
    centres, shapes = zip(
        *((part.centres[::2], part.shapes[::2]) for part in body.parts if not part.decal), strict=True
    )
    flat, forms = np.concatenate(centres), np.concatenate(shapes).copy()
    flat = flat + (flat[:, 1:2] - level) * lean
    flat[:, 1] = level
    forms[:, 1, :] = forms[:, :, 1] = 0.0
    forms[:, 1, 1] = 0.02
    field = ellipsoid_field(stage.camera.place(flat), stage.camera.shapes(forms))
    ground = [box_field(box, stage.camera) for box in stage.furniture.boxes if box.name == lying]
    seen = _kept_on(field, ground[0]) if ground else field.inside
    found = outlines(seen, field.left, field.top, 40.0)
    path = "".join(paths(found, [True] * len(found), [SOFT] * len(found)))
    return (Mark(Look(stage.pen.colours["shadow"], opacity=SHADOW_OPACITY), path),)


def _kept_on(field: Field, mat: Field) -> Grid:
    """Return a shadow's field, cut off where the mat ends."""
    kept = np.full_like(field.inside, OUTSIDE)
    shared = field.overlap(mat)
    if shared:
        mine, yours = shared
        kept[mine] = np.minimum(field.inside[mine], mat.inside[yours])
    return kept


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
