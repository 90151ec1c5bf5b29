"""Arms without hands: bare below a short sleeve, or in a long one down to its cuff at the wrist.

Lengths are centimetres in a segment's own axes: the bone runs along -y from its upper joint, z is its front.
"""

from exercises.figures.body.parts import Chain, Frames, Part, Station, ball, chain, part, share_of_girth
from exercises.figures.body.people import Build
from exercises.figures.skeleton.geometry import Frame, between
from exercises.figures.skeleton.proportions import FOREARM, UPPER_ARM


def bare_arm(frames: Frames, build: Build, side: str, sign: float) -> tuple[Part, ...]:
    return _short_sleeve(frames, build, side, sign), _upper_arm(frames, build, side), _forearm(frames, build, side)


def sleeved_arm(frames: Frames, build: Build, side: str, sign: float) -> tuple[Part, ...]:
    """Return an arm in a long sleeve: its parts go by the names of what they clothe."""
    own, hem = frames[f"upper_{side}"], 4.6 * share_of_girth(build.girth, 0.6)
    last = Station(own, (0, -17.0, 0), (hem, 4.0, hem + 0.3))
    return (
        part(f"sleeve_{side}", "shirt", ("torso", f"upper_{side}"), _shoulder(frames, build, side, sign, last)),
        _sleeve_to_the_elbow(frames, build, side),
        _sleeve_to_the_wrist(frames, build, side),
        _cuff(frames, build, side),
        _wrist(frames, side),
    )


def _short_sleeve(frames: Frames, build: Build, side: str, sign: float) -> Part:
    g = share_of_girth(build.girth, 0.9)
    hem = Station(frames[f"upper_{side}"], (sign * 0.1, -17.0, 0), (5.4 * g, 0.5, 5.7 * g))
    return part(f"sleeve_{side}", "shirt", ("torso", f"upper_{side}"), _shoulder(frames, build, side, sign, hem))


def _shoulder(frames: Frames, build: Build, side: str, sign: float, last: Station) -> Chain:
    ribs, own = frames["chest"], frames[f"upper_{side}"]
    g, s = share_of_girth(build.girth, 0.6), build.shoulders
    near, half = between(ribs, own, own.origin, 0.25), between(ribs, own, own.origin, 0.5)
    return chain(
        [
            (ribs, (sign * 4.2, 27.1, -2.2), (5.0, 3.0, 5.0)),
            (ribs, (sign * 8.0 * s, 25.5, -1.9), (5.0, 4.2, 5.6)),
            (near, (-sign * 3.4, -0.7, -0.3), (5.2 * s, 5.2, 5.9)),
            (half, (-sign * 1.1, -1.7, 0), (5.6 * s, 5.6, 6.1)),
            (own, (sign * 0.1, -6.5, 0), (5.4 * g, 5.4, 5.9 * g)),
            (own, (sign * 0.1, -11.5, 0), (5.2 * g, 4.5, 5.6 * g)),
            last,
        ]
    )


def _upper_arm(frames: Frames, build: Build, side: str) -> Part:
    own, fore = frames[f"upper_{side}"], frames[f"fore_{side}"]
    k = share_of_girth(build.girth, 0.9)
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
    return ball(own, (0, 0.6 - UPPER_ARM, -0.5), (3.1 * girth, 3.0 * girth, 3.2 * girth))


def _forearm(frames: Frames, build: Build, side: str) -> Part:
    upper, own, hand = frames[f"upper_{side}"], frames[f"fore_{side}"], frames[f"hand_{side}"]
    k = share_of_girth(build.girth, 0.9)
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


def _sleeve_to_the_elbow(frames: Frames, build: Build, side: str) -> Part:
    own, fore = frames[f"upper_{side}"], frames[f"fore_{side}"]
    k = share_of_girth(build.girth, 0.6)
    body = chain(
        [
            (own, (0, -13.0, 0), (4.9 * k, 4.0, 5.2 * k)),
            (own, (0, -20.0, 0), (4.6 * k, 4.0, 4.9 * k)),
            (own, (0, -25.5, 0), (4.4 * k, 3.6, 4.6 * k)),
            _bent_sleeve(own, fore, k),
        ]
    )
    point = ball(own, (0, 0.6 - UPPER_ARM, -0.5), (3.7 * k, 3.6 * k, 3.8 * k))
    return part(f"upper_{side}", "shirt", (f"sleeve_{side}", f"fore_{side}"), body, point)


def _bent_sleeve(own: Frame, fore: Frame, girth: float) -> Station:
    return Station(between(own, fore, fore.origin), (0, 0, 0), (4.2 * girth, 4.2 * girth, 4.3 * girth))


def _sleeve_to_the_wrist(frames: Frames, build: Build, side: str) -> Part:
    upper, own = frames[f"upper_{side}"], frames[f"fore_{side}"]
    k, w = share_of_girth(build.girth, 0.6), share_of_girth(build.girth, 0.3)
    body = chain(
        [
            _bent_sleeve(upper, own, k),
            (own, (0, -6.0, 0.1), (4.4 * k, 4.0, 4.6 * k)),
            (own, (0, -14.0, 0), (4.0 * k, 4.0, 4.3 * k)),
            (own, (0, 5.6 - FOREARM, 0), (3.6 * w, 2.6, 3.9 * w)),
            (own, (0, 3.6 - FOREARM, 0), (3.0 * w, 0.8, 3.4 * w)),
        ]
    )
    return part(f"fore_{side}", "shirt", (f"upper_{side}",), body)


def _cuff(frames: Frames, build: Build, side: str) -> Part:
    own, w = frames[f"fore_{side}"], share_of_girth(build.girth, 0.3)
    band = chain(
        [
            (own, (0, 3.4 - FOREARM, 0), (3.05 * w, 0.5, 3.4 * w)),
            (own, (0, 1.2 - FOREARM, 0), (2.8 * w, 0.5, 3.2 * w)),
        ]
    )
    return part(f"cuff_{side}", "shirt", (f"wrist_{side}", f"hand_{side}"), band)


def _wrist(frames: Frames, side: str) -> Part:
    own, hand = frames[f"fore_{side}"], frames[f"hand_{side}"]
    body = chain([(own, (0, 4.0 - FOREARM, 0), (2.4, 3.0, 2.8)), (hand, (0, -0.5, 0), (2.1, 2.5, 2.7))])
    return part(f"wrist_{side}", "skin", (f"cuff_{side}", f"hand_{side}"), body)
