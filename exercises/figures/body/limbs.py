"""Legs in trousers and arms in sleeves, without feet and hands.

Lengths are centimetres in a segment's own axes: the bone runs along -y from its upper joint, z is its front.
"""

from exercises.figures.body.parts import Chain, Frames, Part, Station, ball, chain, part, shared
from exercises.figures.geometry import Frame, between
from exercises.figures.people import Build
from exercises.figures.proportions import FOREARM, SHANK, THIGH, UPPER_ARM


def thigh(frames: Frames, build: Build, side: str, sign: float) -> Part:
    """Return a thigh from inside the pelvis to the knee."""
    hips, own, shank = frames["pelvis"], frames[f"thigh_{side}"], frames[f"shank_{side}"]
    g, k = shared(build.girth, 0.7), shared(build.girth, 0.4)
    h = g * build.hips
    half = between(hips, own, own.origin)
    body = chain(
        [
            (half, (-sign * 0.3, -0.5, -0.3), (8.1 * h, 7.0, 8.4 * g)),
            (own, (sign * 0.1, -8.0, -0.1), (8.2 * h, 7.0, 8.6 * g)),
            (own, (sign * 0.1, -17.0, 0.3), (7.4 * g, 7.0, 8.1 * g)),
            (own, (0, -27.0, 0.4), (6.2 * g, 6.0, 6.9 * g)),
            (own, (0, -35.5, 0.2), (5.4 * k, 5.0, 5.8 * k)),
            _knee(own, shank, k),
        ]
    )
    condyles = ball(own, (0, 0.6 - THIGH, 1.2), (4.7 * k, 5.0 * k, 4.5 * k))
    return part(f"thigh_{side}", f"leg_{side}", ("pelvis", f"shank_{side}"), body, condyles)


def _knee(own: Frame, shank: Frame, girth: float) -> Station:
    """Return what thigh and shank share: an ellipsoid turned half way between them."""
    return Station(between(own, shank, shank.origin), (0, 0, 0.3), (5.1 * girth, 5.0 * girth, 5.3 * girth))


def shank(frames: Frames, build: Build, side: str, sign: float) -> Part:
    """Return a shank from the knee to the trousers' hem above the ankle."""
    upper, own = frames[f"thigh_{side}"], frames[f"shank_{side}"]
    k = shared(build.girth, 0.4)
    body = chain(
        [
            _knee(upper, own, k),
            (own, (0, -5.0, -0.1), (4.9 * k, 5.0, 5.2 * k)),
            (own, (sign * 0.2, -12.5, -1.2), (5.2 * k, 6.0, 5.6 * k)),
            (own, (sign * 0.1, -20.5, -0.9), (4.7 * k, 6.0, 5.1 * k)),
            (own, (0, -29.0, -0.3), (4.0 * k, 5.0, 4.4 * k)),
            (own, (0, 4.6 - SHANK, -0.1), (3.9 * k, 0.5, 4.3 * k)),
        ]
    )
    tibia = ball(own, (0, -2.4, 1.1), (4.4 * k, 5.2 * k, 4.2 * k))
    return part(f"shank_{side}", f"leg_{side}", (f"thigh_{side}", f"ankle_{side}", f"foot_{side}"), body, tibia)


def sleeve(frames: Frames, build: Build, side: str, sign: float) -> Part:
    """Return a short sleeve, from inside the shoulder to its hem above the elbow."""
    ribs, own = frames["chest"], frames[f"upper_{side}"]
    g, s = shared(build.girth, 0.6), build.shoulders
    near, half = between(ribs, own, own.origin, 0.25), between(ribs, own, own.origin, 0.5)
    body = chain(
        [
            (ribs, (sign * 4.2, 27.1, -2.2), (5.0, 3.0, 5.0)),
            (ribs, (sign * 8.0 * s, 25.5, -1.9), (5.0, 4.2, 5.6)),
            (near, (-sign * 3.4, -0.7, -0.3), (5.2 * s, 5.2, 5.9)),
            (half, (-sign * 1.1, -1.7, 0), (5.6 * s, 5.6, 6.1)),
            (own, (sign * 0.1, -6.5, 0), (5.4 * g, 5.4, 5.9 * g)),
            (own, (sign * 0.1, -11.5, 0), (5.2 * g, 4.5, 5.6 * g)),
            (own, (sign * 0.1, -17.0, 0), (5.4 * g, 0.5, 5.7 * g)),
        ]
    )
    return part(f"sleeve_{side}", "shirt", ("torso", f"upper_{side}"), body)


def upper_arm(frames: Frames, build: Build, side: str) -> Part:
    """Return what a sleeve shows of the upper arm, down to the elbow."""
    own, fore = frames[f"upper_{side}"], frames[f"fore_{side}"]
    k = shared(build.girth, 0.5)
    body = chain(
        [
            (own, (0, -13.0, 0), (4.1 * k, 4.0, 4.5 * k)),
            (own, (0, -20.0, 0.1), (4.0 * k, 4.0, 4.3 * k)),
            (own, (0, -25.5, 0), (3.6 * k, 3.6, 3.8 * k)),
            _elbow(own, fore, k),
        ]
    )
    return part(f"upper_{side}", "skin", (f"sleeve_{side}", f"fore_{side}"), body, _point(own, k))


def _elbow(own: Frame, fore: Frame, girth: float) -> Station:
    return Station(between(own, fore, fore.origin), (0, 0, 0), (3.5 * girth, 3.5 * girth, 3.6 * girth))


def _point(own: Frame, girth: float) -> Chain:
    """Return the end of the upper arm's bone, the point of a bent elbow."""
    return ball(own, (0, 0.6 - UPPER_ARM, -0.5), (3.1 * girth, 3.0 * girth, 3.2 * girth))


def forearm(frames: Frames, build: Build, side: str) -> Part:
    """Return a forearm, from the elbow to the wrist."""
    upper, own, hand = frames[f"upper_{side}"], frames[f"fore_{side}"], frames[f"hand_{side}"]
    k = shared(build.girth, 0.5)
    body = chain(
        [
            _elbow(upper, own, k),
            (own, (0, -6.0, 0.1), (3.8 * k, 4.0, 4.1 * k)),
            (own, (0, -14.0, 0), (3.2 * k, 4.0, 3.5 * k)),
            (own, (0, 4.0 - FOREARM, 0), (2.4, 3.0, 2.8)),
            (hand, (0, -0.5, 0), (2.1, 2.5, 2.7)),
        ]
    )
    return part(f"fore_{side}", "skin", (f"upper_{side}", f"hand_{side}"), body)
