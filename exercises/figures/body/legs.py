"""Legs in trousers, without feet.

Lengths are centimetres in a segment's own axes: the bone runs along -y from its upper joint, z is its front.
"""

from exercises.figures.body.parts import Frames, Part, Station, ball, chain, part, share_of_girth
from exercises.figures.body.people import Build
from exercises.figures.skeleton.geometry import Frame, between
from exercises.figures.skeleton.proportions import SHANK, THIGH


def thigh(frames: Frames, build: Build, side: str, sign: float) -> Part:
    hips, own, shank = frames["pelvis"], frames[f"thigh_{side}"], frames[f"shank_{side}"]
    g, k = share_of_girth(build.girth, 0.72), share_of_girth(build.girth, 0.7)
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
    upper, own = frames[f"thigh_{side}"], frames[f"shank_{side}"]
    k = share_of_girth(build.girth, 0.7)
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
