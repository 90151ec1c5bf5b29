"""Hands that grip: a palm, four fingers of three joints and a thumb that opposes them.

Axes of a hand's frame: its origin is the wrist, -y runs along the fingers, z lies across the knuckles towards the
thumb, and the palm looks to -x on the left hand, to +x on the right. ``grip`` is 0 for a flat hand and 1 for a fist.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from exercises.figures.body.outside import curve
from exercises.figures.body.parts import SIDES, Chain, FaceStroke, Frames, Part, Station, ball, chain, part
from exercises.figures.body.people import DrawnPerson
from exercises.figures.skeleton.geometry import Array, Frame, about_x, about_z


class Finger(NamedTuple):
    """A finger: its knuckle's place across and along the hand, length and thickness in centimetres.

    ``fan`` is how many degrees it spreads from the middle finger, ``curl`` a factor: outer fingers close further.
    """

    name: str
    across: float
    along: float
    length: float
    radius: float
    fan: float
    curl: float


FINGERS: Final = (
    Finger("index", 2.75, 8.9, 7.4, 0.98, 5.0, 0.94),
    Finger("middle", 0.95, 9.3, 8.3, 1.0, 1.0, 1.0),
    Finger("ring", -0.9, 9.0, 7.7, 0.95, -3.0, 1.06),
    Finger("little", -2.6, 8.2, 6.1, 0.84, -8.0, 1.14),
)
PHALANGES: Final = (0.46, 0.30, 0.24)
"""Shares of a finger's length."""
SCALLOP: Final = 0.07
CREASE: Final = 0.36
VALLEY: Final = 0.38
"""How far outside the fingers' middle plane two fingers' backs meet."""


def parts(frames: Frames, grip: Mapping[str, float], person: DrawnPerson) -> tuple[Part, ...]:
    thick = 0.5 + 0.5 * person.build.girth
    return tuple(made for side, m in SIDES for made in _hand(side, m, frames[f"hand_{side}"], grip[side], thick))


def strokes(frames: Frames, grip: Mapping[str, float]) -> tuple[FaceStroke, ...]:
    return tuple(
        FaceStroke("skin_line", CREASE, line)
        for side, m in SIDES
        for line in _between_fingers(m, frames[f"hand_{side}"], grip[side])
    )


def _hand(side: str, m: float, wrist: Frame, grip: float, thick: float) -> Iterator[Part]:
    name = f"hand_{side}"
    joined = (name, f"fore_{side}", f"wrist_{side}")
    yield part(name, "skin", joined, *_palm(m, wrist))
    fingers = (_flesh(finger, _joints(finger, m, wrist, grip), thick) for finger in FINGERS)
    yield part(name, "skin", joined, *fingers)
    yield part(name, "skin", joined, _thumb(m, wrist, grip, thick))


def _palm(m: float, wrist: Frame) -> tuple[Chain, ...]:
    middle = chain(
        [
            Station(wrist, (0, 0.4, 0), (2.0, 2.0, 2.6)),
            Station(wrist, (0, -4.0, 0.1), (1.5, 2.4, 3.5)),
            Station(wrist, (0, -8.1, 0.1), (1.2, 1.6, 3.75)),
        ],
        SCALLOP,
    )
    return (
        middle,
        ball(wrist, (-m * 0.5, -3.4, 1.9), (1.5, 2.8, 1.7)),
        ball(wrist, (-m * 0.5, -3.8, -2.1), (1.3, 3.0, 1.4)),
    )


def _joints(finger: Finger, m: float, wrist: Frame, grip: float) -> tuple[Frame, Frame, Frame]:
    g = grip * finger.curl
    spread = 1 - min(1.0, 1.6 * grip)
    knuckle = wrist.child((0, -finger.along, finger.across), about_x(-finger.fan * spread) @ about_z(-m * 74 * g))
    first, second, _ = (share * finger.length for share in PHALANGES)
    middle = knuckle.child((0, -first, 0), about_z(-m * (3 + 92 * g)))
    return knuckle, middle, middle.child((0, -second, 0), about_z(-m * (2 + 62 * g)))


def _flesh(finger: Finger, joints: tuple[Frame, Frame, Frame], thick: float) -> Chain:
    r = finger.radius * thick
    last = PHALANGES[2] * finger.length
    knuckle, middle, tip = joints
    return chain(
        [
            Station(knuckle, (0, 0.4, 0), (r * 1.08, r * 1.3, r * 1.05)),
            Station(middle, (0, 0.2, 0), (r * 0.98, r * 1.2, r * 1.0)),
            Station(tip, (0, 0.1, 0), (r * 0.9, r * 1.1, r * 0.92)),
            Station(tip, (0, 0.75 * r - last, 0), (r * 0.72, r * 0.78, r * 0.78)),
        ],
        SCALLOP,
    )


def _thumb(m: float, wrist: Frame, grip: float, thick: float) -> Chain:
    t = thick
    apart = 44 - 26 * min(1.0, 3 * grip)
    base = wrist.child((-m * 0.5, -2.2, 2.2), about_z(-m * (8 + 34 * grip)) @ about_x(-apart))
    first = base.child((0, -4.2, 0), about_z(m * 30 * grip) @ about_x(0.3 * apart + 42 * grip))
    last = first.child((0, -3.1, 0), about_z(m * 8 * grip) @ about_x(6 + 30 * grip))
    return chain(
        [
            Station(base, (0, -0.4, 0), (1.5 * t, 1.8 * t, 1.6 * t)),
            Station(base, (0, -4.0, 0), (1.2 * t, 1.5 * t, 1.25 * t)),
            Station(last, (0, 0, 0), (1.05 * t, 1.2 * t, 1.1 * t)),
            Station(last, (0, -1.9, 0), (0.78 * t, 0.85 * t, 0.82 * t)),
        ],
        SCALLOP,
    )


def _between_fingers(m: float, wrist: Frame, grip: float) -> Iterator[Array]:
    out = m * VALLEY
    for one, other in itertools.pairwise(FINGERS):
        bones = list(zip(_joints(one, m, wrist, grip), _joints(other, m, wrist, grip), strict=True))
        stops = [(bones[0], -1.2), (bones[1], 0.0), (bones[2], 0.0), (bones[2], -0.3)]
        yield curve([(a.at((out, y, 0)) + b.at((out, y, 0))) / 2 for (a, b), y in stops])
