"""Things in the room that stay where they are: what a figure lies, sits and leans on.

Lengths are centimetres in the world's axes (x to the figure's left, y up, z to its front); a prop's place is the
middle of its foot on the floor, and it is turned by ``yaw`` about the upright. A pillow's place is its middle.
``supports`` says where a body may touch them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part, chain, part
from exercises.figures.body.parts import reflection as mirrored_part
from exercises.figures.pose.files import Chair, Prop, StandingProp
from exercises.figures.pose.postures import Triple
from exercises.figures.room.boxes import Box
from exercises.figures.skeleton.geometry import Array, Frame, Vector, about_y, vector

SEAT_TOP: Final = 45.5
RAIL_TOP: Final = 90.0
ARM_TOP: Final = 66.0
ARM_OUT: Final = 23.0
"""How high and how far from the middle a chair's arms are."""
MATTRESS: Final = 17.0
"""How thick a bed's mattress is, at most; under it are the frame and the legs."""
BED_FRAME: Final = 5.5
BED_LEGS: Final = 6.0
"""How much of a bed's legs is shown: no floor is, and a figure drawn larger is worth more than they are."""
COUNTER: Final = 3.6
"""How thick the board of a worktop is."""
OVERHANG: Final = 2.5
"""How far a worktop's board stands out over its cupboard."""
PLINTH: Final = 9.0
SKIRTING: Final = 9.0
"""How high a wall's skirting board is: it tells the wall from a door or a screen."""
FLAT: Final = frozenset({"floor", "mat"})
"""Materials that lie on the ground: a shadow falls on them, and they hide nothing."""

DEFAULT_SIZES: Final[Mapping[str, Triple]] = MappingProxyType(
    {
        "floor": (110.0, 0.6, 96.0),
        "mat": (178.0, 1.2, 70.0),
        "bed": (205.0, 48.0, 96.0),
        "worktop": (120.0, 90.0, 56.0),
        "wall": (120.0, 190.0, 4.0),
        "pillow": (17.0, 5.2, 21.0),
        "cushion": (16.0, 16.0, 62.0),
    }
)
"""Whole lengths along x, y, z; a pillow's are from its middle outwards."""


@dataclass(frozen=True, slots=True, eq=False)
class Furniture:
    """The fixed props of one exercise: ``boxes`` with straight edges and ``soft`` things like a body's parts."""

    boxes: tuple[Box, ...] = ()
    soft: tuple[Part, ...] = ()

    def reflection(self) -> "Furniture":
        return Furniture(
            tuple(box.reflection() for box in self.boxes), tuple(mirrored_part(found) for found in self.soft)
        )


class _Site:
    """Where a prop stands: makes boxes and soft chains given in the prop's own axes."""

    def __init__(self, prop: StandingProp) -> None:
        self.kind = prop.type
        self.size = vector(prop.size or DEFAULT_SIZES.get(prop.type, (0.0, 0.0, 0.0)))
        self.frame = Frame(about_y(prop.yaw), vector(prop.at))
        self.has_arms = isinstance(prop, Chair) and prop.arms

    def box(self, material: str, centre: Vector, size: Vector, rounding: float = 0.0) -> Box:
        return Box(self.kind, material, self.frame.at(centre), vector(size) / 2, self.frame.axes, rounding)

    def roll(self, *stations: tuple[Vector, Vector]) -> Part:
        laid = chain([(self.frame, at, radii) for at, radii in stations])
        return part(self.kind, self.kind, (), laid)


def _mat(site: _Site) -> Furniture:
    size = site.size
    return Furniture((site.box("mat", (0, size[1] / 2, 0), size, rounding=3.0),))


def _floor(site: _Site) -> Furniture:
    half = site.size / 2
    return Furniture(soft=(site.roll(((0, -0.3, 0), (half[0], 0.3, half[2]))),))


def _chair(site: _Site) -> Furniture:
    legs = [site.box("wood", (x, 21, 17.6), (3.8, 42, 3.8)) for x in (-18.2, 18.2)]
    posts = [site.box("wood", (x, 41.5, -19), (3.8, 83, 3.8)) for x in (-18.2, 18.2)]
    slats = [site.box("wood", (x, 66.85, -19), (4.4, 32.3, 1.8)) for x in (-8.6, 0.0, 8.6)]
    rest = [
        site.box("wood", (0, 39.6, 17.6), (32.6, 5.2, 2.2)),
        site.box("wood", (0, 39.6, -19), (32.6, 5.2, 2.2)),
        *(site.box("wood", (x, 39.6, -0.7), (2.2, 5.2, 32.8)) for x in (-18.2, 18.2)),
        site.box("wood", (0, 49, -19), (32.6, 3.4, 2.2)),
        site.box("wood", (0, 86.5, -19), (42.4, 7, 3.8), rounding=1.6),
        site.box("wood", (0, 43.85, 0.6), (42, 3.3, 35.4), rounding=3.0),
    ]
    return Furniture((*legs, *posts, *slats, *rest, *(_arms(site) if site.has_arms else ())))


def _arms(site: _Site) -> Iterator[Box]:
    for x in (-ARM_OUT, ARM_OUT):
        yield site.box("wood", (x, (ARM_TOP - 3 + 42) / 2, 12.5), (3.2, ARM_TOP - 3 - 42, 3.2))
        yield site.box("wood", (x, ARM_TOP - 1.5, -2), (5.4, 3, 35), rounding=1.4)


def _bed(site: _Site) -> Furniture:
    width, height, depth = site.size
    thick = min(MATTRESS, height)
    frame = min(BED_FRAME, height - thick)
    legs = min(BED_LEGS, height - thick - frame)
    low = height - thick - frame
    boxes = [site.box("mattress", (0, height - thick / 2, 0), (width, thick, depth), rounding=7.0)]
    if frame > 0:
        boxes.append(site.box("wood", (0, low + frame / 2, 0), (width + 1, frame, depth + 1), rounding=7.5))
    if legs > 0:
        places = [(x * (width / 2 - 8), z * (depth / 2 - 8)) for x in (-1, 1) for z in (-1, 1)]
        boxes += [site.box("wood", (x, low - legs / 2, z), (5.5, legs, 5.5)) for x, z in places]
    return Furniture(tuple(boxes))


def _worktop(site: _Site) -> Furniture:
    width, height, depth = site.size
    tall = height - COUNTER - PLINTH
    middle = PLINTH + tall / 2
    return Furniture(
        (
            site.box("counter", (0, height - COUNTER / 2, 0), (width, COUNTER, depth), rounding=1.5),
            site.box("cupboard", (0, middle, -OVERHANG), (width - 2, tall, depth - 2 * OVERHANG - 2)),
            site.box("cupboard", (0, PLINTH / 2, -OVERHANG - 3), (width - 2, PLINTH, depth - 2 * OVERHANG - 8)),
            *_doors(site, middle, tall),
        )
    )


def _doors(site: _Site, middle: float, tall: float) -> Iterator[Box]:
    width, _, depth = site.size
    count = max(1, round(width / 45))
    door = (width - 4) / count
    for at in range(count):
        centre = ((at - (count - 1) / 2) * door, middle, depth / 2 - 2 * OVERHANG)
        yield site.box("cupboard", centre, (door - 1.6, tall - 3, 2))


def _wall(site: _Site) -> Furniture:
    width, height, depth = site.size
    skirting = site.box("counter", (0, SKIRTING / 2, 0), (width, SKIRTING, depth))
    return Furniture((site.box("cupboard", (0, height / 2, 0), (width, height, depth / 2)), skirting))


def _pillow(site: _Site) -> Furniture:
    wide, high, deep = site.size
    ends = (wide * 0.45, high * 0.72, deep)
    stations = (((-wide * 0.55, 0, 0), ends), ((0, 0, 0), (wide * 0.55, high, deep)), ((wide * 0.55, 0, 0), ends))
    return Furniture(soft=(site.roll(*stations),))


def _cushion(site: _Site) -> Furniture:
    half = site.size / 2
    axis = 0 if half[0] >= half[2] else 2
    thick = np.array([half[1] if place == axis else length for place, length in enumerate(half)])
    stations = []
    for place, swell in ((-1.0, 0.55), (-0.94, 0.9), (-0.7, 1.0), (0.0, 1.02), (0.7, 1.0), (0.94, 0.9), (1.0, 0.55)):
        centre, radii = np.zeros(3), thick * swell
        centre[axis], centre[1], radii[axis] = place * (half[axis] - 2.0), half[1], 2.0
        stations.append((centre, radii))
    return Furniture(soft=(site.roll(*stations),))


_MAKERS: Final[Mapping[str, Callable[[_Site], Furniture]]] = MappingProxyType(
    {
        "floor": _floor,
        "mat": _mat,
        "chair": _chair,
        "bed": _bed,
        "worktop": _worktop,
        "wall": _wall,
        "pillow": _pillow,
        "cushion": _cushion,
    }
)


def furniture(props: Iterable[Prop]) -> Furniture:
    """Return the fixed things among ``props``; what is worn on the body is left out (``worn.py`` makes it)."""
    made = [_MAKERS[prop.type](_Site(prop)) for prop in props if isinstance(prop, StandingProp)]
    return Furniture(tuple(box for one in made for box in one.boxes), tuple(soft for one in made for soft in one.soft))


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Where a body may rest: the upper side, at height ``top``, of a box about ``centre`` (3,) with ``half`` sizes."""

    top: float
    centre: Array
    half: Array
    axes: Array


def supports(props: Iterable[Prop]) -> Mapping[str, Support]:
    found = {"floor": Support(0.0, np.zeros(3), np.array([1e3, 0.0, 1e3]), np.eye(3))}
    for prop in props:
        if not isinstance(prop, StandingProp):
            continue
        site = _Site(prop)
        if prop.type == "chair":
            found["chair_seat"] = _top_of(site, (0, SEAT_TOP - 1.65, 0.6), (21, 1.65, 17.7))
            if site.has_arms:
                found["chair_arms"] = _top_of(site, (0, ARM_TOP - 1.5, -2), (ARM_OUT + 2.7, 1.5, 17.5))
            found["chair_back"] = _top_of(site, (0, RAIL_TOP - 3.5, -19), (21.2, 3.5, 1.9))
        elif prop.type == "pillow":
            found[prop.type] = _top_of(site, (0, 0, 0), site.size)
        elif prop.type in DEFAULT_SIZES and prop.type not in {"floor", "wall"}:
            found[prop.type] = _top_of(site, (0, site.size[1] / 2, 0), site.size / 2)
    return found


def _top_of(site: _Site, centre: Vector, half: Vector) -> Support:
    middle = site.frame.at(centre)
    return Support(float(middle[1] + vector(half)[1]), middle, vector(half), site.frame.axes)
