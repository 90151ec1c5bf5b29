"""A person's body round a skeleton: every surface that is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from exercises.figures.body import arms, feet, hands, head, legs, trunk
from exercises.figures.body.feet import Footwear
from exercises.figures.body.parts import SIDES, FaceStroke, Frames, Part
from exercises.figures.body.people import Build, DrawnPerson, Sleeves
from exercises.figures.skeleton.solving import Skeleton

__all__ = ["Body", "Footwear", "build"]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What is drawn of a person: surfaces, and lines on face and hands."""

    parts: tuple[Part, ...]
    strokes: tuple[FaceStroke, ...]


def build(skeleton: Skeleton, person: DrawnPerson, footwear: Footwear = Footwear.SHOES) -> Body:
    frames, made = skeleton.frames, person.build
    middle = (
        trunk.pelvis(frames, made),
        trunk.shirt(frames, made),
        trunk.collar(frames, made),
        trunk.neck(frames, made),
    )
    sides = chain.from_iterable(_side(skeleton, person, side, sign, footwear) for side, sign in SIDES)
    ends = (*hands.parts(frames, skeleton.grip, person), *head.parts(frames, person))
    lines = (*hands.strokes(frames, skeleton.grip), *head.strokes(frames, person))
    return Body((*middle, *sides, *ends), lines)


_ARMS: Final[Mapping[Sleeves, Callable[[Frames, Build, str, float], tuple[Part, ...]]]] = MappingProxyType(
    {Sleeves.SHORT: arms.bare_arm, Sleeves.LONG: arms.sleeved_arm}
)


def _side(skeleton: Skeleton, person: DrawnPerson, side: str, sign: float, footwear: Footwear) -> tuple[Part, ...]:
    frames, made = skeleton.frames, person.build
    return (
        legs.thigh(frames, made, side, sign),
        legs.shank(frames, made, side, sign),
        *feet.feet(frames, made, side, sign, footwear),
        *_ARMS[person.clothes.sleeves](frames, made, side, sign),
    )
