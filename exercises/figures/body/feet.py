"""Feet: in shoes or in socks, their soles exactly as far below the ankle joint as the proportions say.

Lengths are centimetres in the foot's own axes: origin in the ankle joint, y up, z to the toes.
"""

from enum import StrEnum
from typing import Final

from exercises.figures.body.parts import Chain, Frames, Part, Station, chain, part, share_of_girth
from exercises.figures.body.people import Build
from exercises.figures.skeleton.geometry import Frame, between
from exercises.figures.skeleton.proportions import ANKLE_HEIGHT, SHANK


class Footwear(StrEnum):
    """What the figure has on its feet."""

    SHOES = "shoes"
    SOCKS = "socks"


SOLE_HALF: Final = 1.05
"""Half of how thick a shoe's sole is."""

UNDER: Final = 0.15
"""How far a sock lies under its toe: it stands on heel and toe."""


def feet(frames: Frames, build: Build, side: str, sign: float, footwear: Footwear) -> tuple[Part, ...]:
    if footwear is Footwear.SOCKS:
        return _sock(frames, build, side, sign), _toe(frames, side, sign)
    return _ankle(frames, build, side), _shoe(frames, side, sign), _sole(frames, side, sign)


def _on_sole(foot: Frame, at: tuple[float, float], radii: tuple[float, float, float], lift: float = 0.0) -> Station:
    """Return a station of a foot that stands ``lift`` above the sole, at (x, z)."""
    return Station(foot, (at[0], radii[1] + lift - ANKLE_HEIGHT, at[1]), radii)


def _ankle(frames: Frames, build: Build, side: str) -> Part:
    shank, foot = frames[f"shank_{side}"], frames[f"foot_{side}"]
    k = share_of_girth(build.girth, 0.3)
    column = chain(
        [
            (shank, (0, 6.5 - SHANK, -0.1), (2.9 * k, 2.0, 3.2 * k)),
            (shank, (0, 2.5 - SHANK, -0.2), (2.9 * k, 2.5, 3.2 * k)),
            (between(shank, foot, foot.origin), (0, -0.6, -0.2), (3.2, 3.0, 3.7)),
            (foot, (0, -3.0, 1.0), (3.2, 3.0, 3.8)),
        ]
    )
    return part(f"ankle_{side}", "skin", (f"shank_{side}", f"foot_{side}"), column)


def _shoe(frames: Frames, side: str, sign: float) -> Part:
    foot = frames[f"foot_{side}"]
    lift = 0.5
    body = chain(
        [
            _on_sole(foot, (0, -4.1), (3.1, 2.9, 2.8), lift),
            _on_sole(foot, (0, -0.5), (3.5, 3.5, 3.6), lift),
            _on_sole(foot, (sign * 0.2, 4.5), (3.8, 3.3, 3.8), lift),
            _on_sole(foot, (sign * 0.4, 9.8), (4.4, 2.5, 3.8), lift),
            _on_sole(foot, (sign * 0.3, 13.8), (4.4, 2.1, 3.4), lift),
            _on_sole(foot, (sign * 0.0, 16.4), (3.8, 1.85, 2.6), lift),
        ]
    )
    opening = chain([(foot, (0, -3.5, -0.7), (3.5, 2.0, 5.0)), (foot, (0, -0.6, -0.9), (3.5, 0.5, 4.9))])
    return part(f"foot_{side}", "shoe", (f"ankle_{side}", f"sole_{side}"), body, opening)


def _sole(frames: Frames, side: str, sign: float) -> Part:
    foot = frames[f"foot_{side}"]
    slab = chain(
        [
            _on_sole(foot, (0, -4.0), (3.4, SOLE_HALF, 3.3)),
            _on_sole(foot, (sign * 0.1, 4.0), (3.9, SOLE_HALF, 4.0)),
            _on_sole(foot, (sign * 0.4, 11.0), (4.7, SOLE_HALF, 4.2)),
            _on_sole(foot, (sign * 0.1, 15.7), (4.2, SOLE_HALF, 3.5)),
        ]
    )
    return part(f"sole_{side}", "sole", (f"foot_{side}",), slab)


def _sock(frames: Frames, build: Build, side: str, sign: float) -> Part:
    foot = frames[f"foot_{side}"]
    length = chain(
        [
            _on_sole(foot, (0, -4.0), (3.1, 3.4, 2.9)),
            _on_sole(foot, (0, 0.5), (3.4, 3.5, 3.7), UNDER),
            _on_sole(foot, (sign * 0.2, 6.0), (3.8, 3.0, 3.8), UNDER),
            _on_sole(foot, (sign * 0.3, 11.8), (4.5, 2.3, 3.4), UNDER),
            _on_sole(foot, (0, 15.3), (4.2, 1.7, 2.2), UNDER),
        ]
    )
    big = chain(
        [
            _on_sole(foot, (-sign * 1.7, 14.0), (2.4, 1.8, 2.8), UNDER),
            _on_sole(foot, (-sign * 1.8, 16.3), (2.2, 1.6, 2.0), UNDER),
        ]
    )
    ankle = _sock_ankle(frames[f"shank_{side}"], foot, share_of_girth(build.girth, 0.3))
    return part(f"foot_{side}", "sock", (f"shank_{side}", f"toe_{side}"), ankle, length, big)


def _sock_ankle(shank: Frame, foot: Frame, k: float) -> Chain:
    return chain(
        [
            (shank, (0, 6.5 - SHANK, -0.1), (3.1 * k, 2.0, 3.4 * k)),
            (shank, (0, 2.5 - SHANK, -0.2), (3.0 * k, 2.5, 3.3 * k)),
            (between(shank, foot, foot.origin), (0, -0.4, -0.2), (3.3, 3.0, 3.7)),
            (foot, (0, -3.0, 3.4), (3.4, 3.2, 3.8)),
        ]
    )


def _toe(frames: Frames, side: str, sign: float) -> Part:
    foot = frames[f"foot_{side}"]
    row = chain(
        [
            _on_sole(foot, (sign * 0.15, 13.3), (4.7, 2.3, 0.4)),
            _on_sole(foot, (sign * 0.05, 14.6), (4.65, 2.15, 1.8)),
            _on_sole(foot, (0, 15.3), (4.5, 2.0, 2.5)),
        ]
    )
    big = chain(
        [_on_sole(foot, (-sign * 1.7, 14.9), (2.75, 2.2, 1.7)), _on_sole(foot, (-sign * 1.8, 16.3), (2.45, 1.9, 2.25))]
    )
    return part(f"toe_{side}", "shoe", (f"foot_{side}",), row, big)
