"""A person's head: made once for a person in the head's own axes, then carried to where the head is."""

import functools
from dataclasses import replace
from typing import Final

from exercises.figures.body import face, hair, skull
from exercises.figures.body.outside import Outside
from exercises.figures.body.parts import SIDES, FaceStroke, Frames, Part, part
from exercises.figures.body.people import DrawnPerson, HairStyle
from exercises.figures.skeleton.geometry import Frame

EARS = ("ear_l", "ear_r")
MIDDLE: Final = (0.0, 9.0, 0.0)
"""The middle of the skull: strands are laid on the hair along rays from here."""
STRAND: Final = 0.5
STRAND_LIFT: Final = 0.1


def parts(frames: Frames, person: DrawnPerson) -> tuple[Part, ...]:
    """Return head, jaw, nose, ears, eyes, hair and beard; the neck belongs to the trunk.

    The neck grows into the head and not into the jaw, so that the jaw has a line all the way to the ear.
    """
    found = tuple(_carried(made, frames["head"]) for made in _parts(person))
    if person.hair_style is HairStyle.HEADSCARF:
        return (*found, part("hair", "hair", ("hair",), hair.drape(frames)))
    return found


def strokes(frames: Frames, person: DrawnPerson) -> tuple[FaceStroke, ...]:
    place = frames["head"]
    return tuple(replace(made, points=place.at(made.points)) for made in _strokes(person))


def _carried(made: Part, place: Frame) -> Part:
    turned = place.axes @ made.shapes @ place.axes.T
    return replace(made, centres=place.at(made.centres), shapes=turned)


@functools.cache
def _skin(person: DrawnPerson) -> Outside:
    """Return what features are laid on: skin, and a beard where there is one."""
    face = person.face
    return Outside.of((*skull.head(), *skull.jaw(face), *skull.nose(face), *hair.beard(face.beard)))


@functools.cache
def _parts(person: DrawnPerson) -> tuple[Part, ...]:
    bare = person.hair_style not in hair.OVER_EARS
    ears = [part(f"ear_{side}", "skin", ("head", "jaw", "hair"), *skull.ear(m)) for side, m in SIDES if bare]
    return (
        part("head", "skin", ("neck", "hair", "jaw", "nose", *EARS), *skull.head()),
        part("jaw", "skin", ("head", "hair", "nose", *EARS), *skull.jaw(person.face)),
        part("nose", "skin", ("head", "jaw"), *skull.nose(person.face)),
        *ears,
        *face.eyes(_skin(person)),
        *_grown(person),
    )


def _grown(person: DrawnPerson) -> tuple[Part, ...]:
    joined = ("head", "jaw", "neck", *EARS)
    locks = part("hair", "hair", (*joined, "beard"), *hair.hair(person.hair_style))
    beard = hair.beard(person.face.beard)
    return (locks, part("beard", "hair", (*joined, "hair"), *beard)) if beard else (locks,)


@functools.cache
def _strokes(person: DrawnPerson) -> tuple[FaceStroke, ...]:
    style = person.hair_style
    features = face.strokes(_skin(person), person.face, ears=style not in hair.OVER_EARS)
    locks = Outside.of(hair.hair(style))
    strands = (locks.outward(line, MIDDLE, STRAND_LIFT) for line in hair.strands(style))
    return (*features, *(FaceStroke("hair_s", STRAND, points) for points in strands))
