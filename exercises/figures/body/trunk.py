"""The trunk: pelvis with the buttocks, shirt, collar and neck.

Lengths are centimetres in a segment's own axes: x to the left, y up along the trunk, z to the front.
"""

from typing import Final, NamedTuple

import numpy as np

from exercises.figures.body.parts import SIDES, Chain, Frames, Part, Plane, Station, chain, halve, part, share_of_girth
from exercises.figures.body.people import Build
from exercises.figures.skeleton.geometry import Array, Frame, about_x, about_y, between, vector

DOWN: Final = (0.0, -1.0, 0.0)
"""Where things fall, in the world."""
EASE: Final = 0.7
"""How far cloth stands off an upright body."""
HUG: Final = 0.35
"""How much of that is lost where gravity presses cloth onto the body."""
FINE: Final = 0.012
"""How deep cloth that lies on a limb may dip between its ellipsoids: less than usual, or its edge ripples."""
COLLAR_TILT: Final = 22.0
"""Degrees the neck's opening leans forward."""
BACK: Final = (0.0, -2.8, -11.0)
"""The back of the shirt's hem, on the pelvis."""
HELD: Final = (0.0, 11.0, 0.0)
"""How much further up it is held where somebody lies on it, legs straight; bent ones take the seat along."""
HELD_TILT: Final = 20.0
"""By how many degrees holding tilts the hem, so that its front stays where it is."""
CLOSE: Final = 1.2
"""How much nearer to the body the hem is there, which lies on a narrower part of it."""
SLID: Final = 5.5
"""How far the shirt slides forwards over the hip of somebody who lies on it: the seat of the trousers shows."""
LAID: Final = 0.45
"""How far the shirt's front on a thigh turns back to the hips there, so that front and back hem are one line."""


class Ring(NamedTuple):
    """A cross section of the trunk: its frame, its middle, half width, half depth; ``thick`` along the trunk.

    ``slack`` is how far the shirt hangs off it on the low side.
    """

    frame: Frame
    at: tuple[float, float, float]
    wide: float
    deep: float
    thick: float
    slack: float


def pelvis(frames: Frames, build: Build) -> Part:
    own = frames["pelvis"]
    g, h = build.girth, build.girth * build.hips
    core = chain(
        [
            (own, (0, 9.0, -0.8), (12.6 * g, 2.5, 8.4 * g)),
            (own, (0, 4.5, -0.9), (14.0 * h, 5.0, 9.2 * g)),
            (own, (0, -0.5, -0.9), (14.7 * h, 6.0, 9.2 * g)),
            (own, (0, -4.5, -0.8), (12.0 * h, 4.5, 6.8 * g)),
        ]
    )
    halves = [_buttock(own, frames[f"thigh_{side}"], sign, g) for side, sign in SIDES]
    joined = ("torso", "thigh_l", "thigh_r")
    return halve(part("pelvis", "leg_l", joined, core, *halves), Plane(own.origin, own.axes[:, 0]))


def _buttock(own: Frame, thigh: Frame, sign: float, girth: float) -> Chain:
    half, far = between(own, thigh, thigh.origin, 0.5), between(own, thigh, thigh.origin, 0.85)
    g, wide = girth, share_of_girth(girth, 0.7)  # no wider than the thigh in front of it
    return chain(
        [
            (own, (sign * 5.9, 1.0, -3.7), (6.9 * wide, 6.4, 7.5 * g)),
            (half, (-sign * 1.2, -3.0, -3.6), (7.1 * wide, 7.0, 7.6 * g)),
            (far, (-sign * 0.4, -6.0, -1.4), (7.7 * wide, 6.0, 7.7 * g)),
        ]
    )


def shirt(frames: Frames, build: Build) -> Part:
    trunk = chain([_draped(ring) for ring in _rings(frames, build)])
    sides = [
        found
        for side, sign in SIDES
        for found in (_hip(frames, build, sign), _lap(frames, build, side, sign), _flank(frames, build, side, sign))
    ]
    joined = ("pelvis", "sleeve_l", "sleeve_r", "neck")
    return part("torso", "shirt", joined, trunk, _between_laps(frames, build), *sides)


def _rings(frames: Frames, build: Build) -> list[Ring]:
    hips, waist, ribs = frames["pelvis"], frames["abdomen"], frames["chest"]
    hem, pushed, close = _hem(frames), _pushed(frames), CLOSE * _held(frames)
    low, high = between(hips, waist, waist.at((0, 2.5, 0.4))), between(waist, ribs, waist.at((0, 10.5, 0.8)))
    g, b, c = build.girth, build.belly, build.bust
    r = share_of_girth(g, 0.5)
    h, s = g * build.hips, r * build.shoulders
    w = 9.0 * (build.shoulders - build.hips) + 0.25 * b
    return [
        Ring(hem, (0, -2.8, -0.8 - pushed), 13.0 * h, 10.8 * g + 0.1 * b + pushed - close, 0.6, 0.8),
        Ring(hem, (0, 1.5, -0.7 + 0.2 * b - pushed), 13.5 * h, 10.8 * g + 0.3 * b + pushed - close, 3.0, 1.0),
        Ring(hips, (0, 7.5, -0.6 + 0.55 * b), 14.3 * h + 0.4 * w, 10.2 * g + 0.55 * b, 4.5, 1.6),
        Ring(low, (0, 0, 0.9 + 0.6 * b), 13.0 * g + w, 8.4 * g + 0.6 * b, 5.0, 1.8),
        Ring(high, (0, 0, 0.5 + 0.4 * b), 13.1 * g + 0.7 * w, 9.0 * g + 0.4 * b, 5.0, 1.4),
        Ring(ribs, (0, 6.5, 0.7 + 0.3 * c), 14.0 * r, 10.1 * r + 0.4 * c, 5.0, 0.8),
        Ring(ribs, (0, 13.5, 0.5 + 0.5 * c), 14.4 * s, 10.3 * r + 0.5 * c, 5.0, 0.3),
        Ring(ribs, (0, 19.5, -0.6 + 0.2 * c), 13.2 * s, 9.3 * r + 0.2 * c, 4.5, 0.0),
        Ring(ribs, (0, 25.0, -1.6), 10.0 * s, 7.2 * r, 3.5, 0.0),
        Ring(_opening(frames), (0, -1.6, -0.2), 6.2 * build.neck, 5.9 * build.neck, 1.6, 0.0),
    ]


def _pushed(frames: Frames) -> float:
    """Return how far the back of the hem is pushed out by a thigh that points to the back."""
    return 3.0 * max(0.0, *(-_forward(frames, side) for side, _ in SIDES))


def _hip(frames: Frames, build: Build, sign: float) -> Chain:
    hips, hem, pushed, close = frames["pelvis"], _hem(frames), _pushed(frames), CLOSE * _held(frames)
    g, h = build.girth, build.girth * build.hips
    rings = [
        Ring(hips, (sign * 4.6 * h, 7.5, -0.7), 9.5 * h, 9.4 * g, 4.5, 1.0),
        Ring(hem, (sign * 6.0 * h, 1.5, -0.8 - pushed), 9.9 * h, 10.2 * g + pushed - close, 3.0, 0.9),
        Ring(hem, (sign * 6.1 * h, -2.8, -0.8 - pushed), 10.1 * h, 10.3 * g + pushed - close, 0.6, 0.8),
    ]
    return chain([_draped(ring) for ring in rings])


def _forward(frames: Frames, side: str) -> float:
    """Return how far a thigh points to the front (1) or to the back (-1) of the pelvis."""
    return float(-frames[f"thigh_{side}"].axes[:, 1] @ frames["pelvis"].axes[:, 2])


def _lifted(frames: Frames) -> float:
    """Return how far the thigh that is raised less is: 0 straight or behind, 1 square to the pelvis."""
    return max(0.0, min(_forward(frames, side) for side, _ in SIDES))


def _hem(frames: Frames) -> Frame:
    """Return the frame of the shirt's hem: the pelvis's, tilted towards where the thighs go, its back staying put.

    Of somebody lying on their back it stays behind: the body's weight holds it above the seat of the trousers.
    """
    hips, held = frames["pelvis"], _held(frames)
    mixed = 0.8 * hips.axes + 0.1 * frames["thigh_l"].axes + 0.1 * frames["thigh_r"].axes
    left, _, right = np.linalg.svd(mixed)
    turned: Array = left @ right @ about_x(HELD_TILT * held)
    raised = held * (1 - 0.6 * _lifted(frames))
    return Frame(turned, hips.at(vector(BACK) + vector(HELD) * raised) - turned @ vector(BACK))


def _held(frames: Frames) -> float:
    """Return how much of the body's weight holds the back of the shirt: 1 of somebody who lies on their back."""
    return max(0.0, float(frames["pelvis"].axes[:, 2] @ -vector(DOWN)))


def _lap(frames: Frames, build: Build, side: str, sign: float) -> Chain:
    """Return the front of the shirt over a hip: it lies on a raised thigh, and hides above a straight one."""
    hips, thigh = frames["pelvis"], frames[f"thigh_{side}"]
    lifted = max(0.0, _forward(frames, side))
    half = between(hips, thigh, thigh.origin)
    t = share_of_girth(build.girth, 0.7)
    h = t * build.hips
    end = _lap_end(lifted)
    up = SLID * _held(frames)
    along, rim = (
        between(thigh, hips, thigh.at(place), LAID * _held(frames))
        for place in ((sign * 0.1, 0.9 + 0.4 * end, 1.0), (sign * 0.2, end, 2.1))
    )
    return chain(
        [
            (hips, (sign * 7.0, 5.0, 0.5 + up), (8.0 * h, 4.0, 8.2 * t - up)),
            (half, (0, 0.8, 0.7 + up), (8.2 * h + 0.5, 4.0, 8.1 * t + 0.5 - up)),
            (along, (0, 0, up), (8.2 * h + 0.6, 4.0, 7.7 * t + 0.6 - up)),
            (rim, (0, 0, up), (8.0 * h + 0.4, 0.6, 6.7 * t + 0.6 - up)),
        ],
        FINE,
    )


def _lap_end(lifted: float) -> float:
    """Return how high along a thigh the shirt ends in front, the thigh being ``lifted`` (0 straight, 1 square)."""
    return 1.0 - 13.0 * float(np.power(lifted, 1.5))


def _between_laps(frames: Frames, build: Build) -> Chain:
    hips, thighs = frames["pelvis"], [frames[f"thigh_{side}"] for side, _ in SIDES]
    lifted = _lifted(frames)
    t = share_of_girth(build.girth, 0.7)
    deep = 3.0 + 3.7 * lifted
    inner = (-7.0, 1.0 - 13.0 * lifted, 7.8 - deep)
    left, right = (thigh.at(vector(inner) * (sign, 1, 1)) for thigh, (_, sign) in zip(thighs, SIDES, strict=True))
    half = float(np.linalg.norm(left - right)) / 2 + 5.0
    own = between(thighs[0], thighs[1], (left + right) / 2)
    return chain(
        [
            (hips, (0, 5.0, 0.5), (9.0, 4.0, 8.2 * t)),
            (own, (0, 3.0, 0), (half, 3.0, (deep + 0.4) * t)),
            (own, (0, 0, 0), (half, 0.6, deep * t)),
        ],
        FINE,
    )


def _draped(ring: Ring) -> Station:
    """Return a ring of cloth round the body: close to it on the upper side, hanging off it on the low side."""
    x, _, z = ring.frame.axes.T @ vector(DOWN)
    pull = vector([x, 0.0, z])
    low, high = ring.slack * np.abs(pull), HUG * np.abs(pull)
    shift = np.sign(pull) * (low + high) / 2
    grown = EASE + (low - high) / 2
    at = vector(ring.at) + shift
    return Station(ring.frame, at, vector([ring.wide + grown[0], ring.thick, ring.deep + grown[2]]))


def _flank(frames: Frames, build: Build, side: str, sign: float) -> Chain:
    ribs, arm = frames["chest"], frames[f"upper_{side}"]
    r, s = share_of_girth(build.girth, 0.5), build.shoulders
    half = between(ribs, arm, arm.origin, 0.45)
    return chain(
        [
            (ribs, (sign * 8.0 * s, 11.0, -0.4), (6.4 * r, 8.0, 7.6 * r)),
            (ribs, (sign * 8.8 * s, 17.5, -0.7), (6.0 * r, 7.0, 7.2 * r)),
            (half, (-sign * 2.6, -2.4, -0.2), (5.2, 5.6, 5.9)),
        ]
    )


def _opening(frames: Frames) -> Frame:
    """Return the frame of the neck's opening: y out of it, z down to the front."""
    ribs = frames["chest"]
    return Frame(ribs.axes @ about_x(COLLAR_TILT), ribs.at((0, 29.7, -1.4)))


def collar(frames: Frames, build: Build) -> Part:
    """Return the shirt's ribbed band round the neck, lower in front."""
    own, n = _opening(frames), build.neck
    turns = np.linspace(0, 360, 13)
    places = [(6.1 * n * np.sin(np.deg2rad(turn)), 0.0, 5.9 * n * np.cos(np.deg2rad(turn))) for turn in turns]
    band = chain(
        [
            (own.child(place, about_y(turn)), (0, 0, 0), (2.0, 1.0, 0.8))
            for place, turn in zip(places, turns, strict=True)
        ]
    )
    return part("collar", "shirt", ("neck", "hair"), band)


def neck(frames: Frames, build: Build) -> Part:
    ribs, own, head = frames["chest"], frames["neck"], frames["head"]
    n = build.neck
    column = chain(
        [
            (ribs, (0, 28.0, -1.7), (5.1 * n, 2.5, 4.9 * n)),
            (own, (0, 2.0, 0.2), (5.2 * n, 3.5, 5.2 * n)),
            (between(own, head, head.at((0, 0, 0.5))), (0, 0, 0), (5.1 * n, 4.0, 5.3 * n)),
        ]
    )
    return part("neck", "skin", ("head", "torso", "collar", "hair"), column)
