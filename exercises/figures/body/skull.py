"""A head without its hair: skull, jaw, nose and ears.

Local axes are those of the head's frame: its origin is the top of the neck, the chin is about 5 cm below, the crown
17.8 above; x to the figure's left, y up, z to the front.
"""

from typing import Final

import numpy as np

from exercises.figures.body.parts import SIDES, Chain, Station, ball, chain
from exercises.figures.body.people import Face
from exercises.figures.skeleton.geometry import Frame, about_x, about_y

HOME: Final = Frame(np.eye(3), np.zeros(3))
"""Shapes are made here once for a person and then carried to the head's frame."""

EAR_OUT: Final = 7.45
EAR_UP: Final = 5.0
EAR_BACK: Final = 0.9


def head() -> tuple[Chain, ...]:
    return ball(HOME, (0, 9.0, 0), (7.3, 8.8, 9.0)), ball(HOME, (0, 8.7, 6.9), (4.4, 1.5, 2.75))


def jaw(face: Face) -> tuple[Chain, ...]:
    j = face.jaw
    front = chain(
        [
            Station(HOME, (0, 9.2, 2.0), (6.9, 6.4, 7.3)),
            Station(HOME, (0, 4.6, 3.2), (6.45, 5.0, 6.3)),
            Station(HOME, (0, 0.6, 4.2), (5.6 * j, 4.2, 5.3)),
            Station(HOME, (0, -2.2, 5.9), (3.7 * j, 2.6, 3.4)),
        ]
    )
    return (
        front,
        ball(HOME, (0, -3.1, 7.0), (2.5 * j, 1.9, 2.55)),
        ball(HOME, (0, 1.0, 7.9), (2.5, 0.9, 2.15)),
        ball(HOME, (0, -0.75, 7.8), (2.1, 0.85, 2.05)),
        *(_jaw(m, face) for _, m in SIDES),
        *(ball(HOME, (m * 3.7, 3.4, 5.6), (2.6, 2.3, 2.9)) for _, m in SIDES),
    )


def _jaw(m: float, face: Face) -> Chain:
    j, soft = face.jaw, face.jowl
    return chain(
        [
            Station(HOME, (m * 5.5, 3.4, 0.9), (1.4, 2.4, 2.2)),
            Station(HOME, (m * 4.9 * j, -0.6 - soft * 0.3, 2.2), (1.5, 2.1 + soft * 0.4, 2.4)),
            Station(HOME, (m * 2.4 * j, -2.8 - soft * 0.4, 5.9), (1.9, 1.9 + soft * 0.4, 2.4)),
        ]
    )


def nose(face: Face) -> tuple[Chain, ...]:
    n = face.nose
    bridge = chain(
        [
            Station(HOME, (0, 7.5, 8.5), (1.0, 1.4, 0.95)),
            Station(HOME, (0, 5.2, 9.3), (1.0, 1.5, 1.15 * n)),
            Station(HOME, (0, 3.5, 10.3), (1.2 * n, 1.15, 1.3 * n)),
        ]
    )
    wings = (ball(HOME, (m * 1.2 * n, 3.0, 9.4), (0.85, 0.95, 1.25)) for _, m in SIDES)
    return (bridge, *wings)


def ear_frame(m: float) -> Frame:
    """Return an ear's axes: x outward, y along it, tilted back and standing off behind."""
    return HOME.child((m * EAR_OUT, EAR_UP, -EAR_BACK), about_y(-24 * m) @ about_x(-10))


def ear(m: float) -> tuple[Chain, ...]:
    frame = ear_frame(m)
    return (ball(frame, (0, 0.5, 0), (0.85, 2.7, 1.95)), ball(frame, (0, -1.9, 0.5), (0.75, 1.4, 1.2)))
