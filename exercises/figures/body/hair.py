"""Hair as chains of ellipsoids a little larger than the skull: the hairline is where they come out of the skin.

Local axes are the head's (see ``skull``). A person looks to +z; where a style has a parting it is on their left.
"""

from collections.abc import Callable, Mapping
from typing import Final

from exercises.figures.body.parts import SIDES, Chain, Frames, Station, ball, chain
from exercises.figures.body.people import Beard, HairStyle
from exercises.figures.body.skull import HOME

Chains = tuple[Chain, ...]
Line = tuple[tuple[float, float, float], ...]

OVER_EARS: Final = frozenset({HairStyle.BOB, HairStyle.CURLS, HairStyle.HEADSCARF})
"""Styles that hide the ears."""


def hair(style: HairStyle) -> Chains:
    return STYLES[style]()


def beard(kind: Beard) -> Chains:
    """Return what grows along the jaw and round the mouth; a moustache by itself is a line of the face."""
    if kind is not Beard.SHORT:
        return ()
    mouth = (_ball(0, 0.85, 7.8, 3.1, 1.3, 2.5), _ball(0, -1.0, 7.3, 4.0, 2.3, 3.0))
    return (*mouth, _ball(0, -3.1, 7.0, 3.1, 2.3, 3.1), *(_whiskers(m) for _, m in SIDES))


def _whiskers(m: float) -> Chain:
    return chain(
        [
            _at(m * 6.6, 4.6, 1.6, 0.8, 1.6, 1.1),
            _at(m * 5.9, 0.0, 2.1, 1.0, 2.4, 2.5),
            _at(m * 4.3, -2.5, 4.6, 1.6, 2.1, 2.8),
            _at(m * 2.2, -2.9, 7.0, 2.0, 1.9, 2.5),
        ]
    )


def drape(frames: Frames) -> Chain:
    ribs, neck = frames["chest"], frames["neck"]
    return chain(
        [
            (neck, (0, 7.0, 1.0), (6.6, 3.0, 6.6)),
            (neck, (0, 1.5, 0.9), (7.2, 3.2, 7.4)),
            (ribs, (0, 27.6, -0.6), (9.6, 2.4, 8.8)),
            (ribs, (0, 24.2, -0.2), (12.6, 0.8, 10.2)),
        ]
    )


def strands(style: HairStyle) -> tuple[Line, ...]:
    return STRANDS.get(style, ())


def _at(x: float, y: float, z: float, *radii: float) -> Station:
    return Station(HOME, (x, y, z), radii)


def _ball(x: float, y: float, z: float, *radii: float) -> Chain:
    return ball(HOME, (x, y, z), radii)


def _back(width: float = 6.9, depth: float = 4.7, nape: float = 1.2) -> Chain:
    return chain([_at(0, 7, -4.6, width, 6, depth), _at(0, nape + 1.2, -5.0, width - 1.4, 2.6, depth - 1.4)])


def _bob() -> Chains:
    found = [
        _ball(0, 10.2, -1.0, 8.3, 8.6, 9.2),
        chain([_at(0, 7, -4.6, 7.8, 6, 5.4), _at(0, 1.5, -4.6, 7.4, 4, 5.2), _at(0, -1.4, -4.4, 6.4, 1.3, 4.2)]),
        chain(
            [_at(2.4, 16.4, 2.4, 3, 1.9, 3.6), _at(-2.6, 14.9, 4.6, 3.4, 2.2, 2.9), _at(-6.0, 11.0, 2.6, 1.9, 3.2, 3.2)]
        ),
        chain(
            [_at(2.6, 16.4, 2.2, 3, 1.9, 3.6), _at(5.4, 13.4, 3.4, 2.0, 2.8, 2.8), _at(6.6, 10.0, 1.8, 1.5, 3.2, 3.0)]
        ),
    ]
    for _, m in SIDES:
        found.append(
            chain(
                [
                    _at(m * 6.1, 10.6, -1.6, 2.4, 4, 5.0),
                    _at(m * 7.0, 5, -1.9, 1.8, 4, 4.8),
                    _at(m * 7.0, 0.2, -1.5, 1.8, 3, 4.9),
                    _at(m * 6.2, -2.6, -0.7, 1.5, 1.2, 4.6),
                ]
            )
        )
    return tuple(found)


def _short() -> Chains:
    tufts = [
        (-6.2, 11.6, 3.2, 1.9, 3.0, 2.9),
        (-3.6, 14.0, 5.4, 3.0, 2.3, 2.5),
        (0.4, 14.9, 6.0, 3.2, 2.1, 2.6),
        (4.2, 14.2, 4.8, 2.9, 2.3, 2.5),
        (6.4, 11.4, 2.8, 1.8, 3.0, 2.8),
    ]
    found = [_ball(0, 10.8, -0.9, 8.4, 8.3, 9.2), _back(7.4, 5.2, 0.6), *(_ball(*tuft) for tuft in tufts)]
    for _, m in SIDES:
        found.append(chain([_at(m * 6.2, 10.2, -1.2, 2.0, 3.2, 4.6), _at(m * 5.8, 4.4, -4.6, 2.0, 3.2, 3.0)]))
        found.append(_ball(m * 6.7, 7.8, 1.9, 0.9, 2.0, 1.1))
    return tuple(found)


def _crop() -> Chains:
    found = [_ball(0, 9.9, -0.7, 7.8, 8.4, 9.05), _back(6.8, 4.5, 1.6)]
    for _, m in SIDES:
        found.append(chain([_at(m * 5.5, 10.2, -0.4, 2.2, 4, 5.2), _at(m * 5.2, 4.4, -4.6, 2.1, 3.0, 3.0)]))
        found.append(chain([_at(m * 6.6, 9.0, 1.8, 0.9, 2.4, 2.2), _at(m * 6.8, 6.0, 1.3, 0.55, 2.0, 0.9)]))
    return tuple(found)


def _side_parting() -> Chains:
    found = [
        *_crop(),
        chain(
            [
                _at(3.6, 15.6, 3.6, 2.6, 2.4, 3.2),
                _at(-1.0, 16.2, 4.6, 3.4, 2.6, 3.0),
                _at(-5.2, 13.4, 3.8, 2.4, 2.6, 2.8),
            ]
        ),
        chain([_at(2.6, 16.2, -2.0, 5, 2.6, 5), _at(-2.6, 16.0, -1.0, 5, 2.8, 5)]),
    ]
    return tuple(found)


def _bald_crown() -> Chains:
    half = [
        (6.9, 7.9, 0.9, 0.6, 1.3, 0.6),
        (6.9, 7.6, -1.2, 0.9, 2.4, 1.8),
        (6.2, 6.1, -4.2, 1.4, 3.7, 2.2),
        (3.9, 4.7, -6.6, 2.0, 4.4, 1.9),
        (0.0, 4.0, -7.2, 2.6, 4.6, 1.8),
    ]
    return (chain([_at(m * x, *rest) for m, run in ((1, half), (-1, half[-2::-1])) for x, *rest in run]),)


def _bun() -> Chains:
    found = [_ball(0, 10.0, -0.9, 7.9, 8.4, 9.1), _back(6.8, 4.7, 1.4), _ball(0, 17.6, -4.6, 4.0, 3.5, 3.9)]
    for _, m in SIDES:
        found.append(chain([_at(m * 5.5, 10.0, -1.2, 2.5, 4, 5.0), _at(m * 5.0, 4.0, -4.8, 2.3, 3.2, 3.2)]))
    return tuple(found)


_CURLS_OF_THE_MIDDLE: Final = (
    (0, 18.6, 1.8, 3.0, 2.6, 3.0),
    (0, 18.6, -3.4, 3.4, 2.6, 3.0),
    (0, 15.6, -8.0, 3.4, 3.0, 2.6),
    (0, 10.6, -9.6, 3.4, 3.2, 2.4),
    (0, 5.4, -8.8, 3.4, 3.0, 2.6),
    (0, 1.0, -6.2, 3.6, 2.8, 2.6),
)
"""Balls: place and radii in the head's axes, in cm."""
_CURLS_OF_A_SIDE: Final = (
    (2.4, 16.6, 5.6, 2.7, 2.5, 2.5),
    (6.0, 13.6, 4.4, 2.5, 2.6, 2.6),
    (5.2, 17.2, 0.8, 3.0, 2.6, 3.0),
    (5.0, 16.8, -4.6, 3.0, 2.8, 3.0),
    (8.0, 13.4, -0.6, 2.4, 2.8, 2.9),
    (7.0, 13.0, -5.4, 2.7, 2.9, 2.8),
    (8.2, 8.6, -1.4, 2.1, 2.8, 2.8),
    (7.2, 8.0, -6.0, 2.6, 2.8, 2.8),
    (7.6, 4.0, -2.2, 2.2, 2.7, 2.7),
    (5.6, 3.0, -6.0, 2.7, 2.7, 2.6),
    (6.0, 0.4, -3.6, 2.3, 2.2, 2.4),
)


def _curls() -> Chains:
    sides = [_ball(m * x, *rest) for _, m in SIDES for x, *rest in _CURLS_OF_A_SIDE]
    return (_ball(0, 10.4, -1.0, 8.5, 8.6, 9.2), *(_ball(*curl) for curl in _CURLS_OF_THE_MIDDLE), *sides)


def _headscarf() -> Chains:
    found = [_ball(0, 9.6, -1.1, 8.1, 9.0, 9.4), _back(7.6, 5.4, 0)]
    for _, m in SIDES:
        found.append(
            chain(
                [
                    _at(m * 5.5, 12.0, -0.6, 2.6, 4.4, 5.4),
                    _at(m * 6.6, 6.0, -1.2, 1.7, 4.6, 5.0),
                    _at(m * 6.1, 0.6, -0.2, 1.7, 4.0, 4.8),
                    _at(m * 4.0, -3.8, 1.8, 2.4, 2.2, 4.7),
                    _at(0, -5.6, 2.6, 2.6, 1.7, 5.2),
                ]
            )
        )
    return tuple(found)


STYLES: Final[Mapping[HairStyle, Callable[[], Chains]]] = {
    HairStyle.BOB: _bob,
    HairStyle.SHORT: _short,
    HairStyle.BUN: _bun,
    HairStyle.CURLS: _curls,
    HairStyle.CROP: _crop,
    HairStyle.SIDE_PARTING: _side_parting,
    HairStyle.BALD_CROWN: _bald_crown,
    HairStyle.HEADSCARF: _headscarf,
}

STRANDS: Final[Mapping[HairStyle, tuple[Line, ...]]] = {
    HairStyle.BOB: (
        ((2.6, 18.0, -1.0), (2.5, 17.8, 2.0), (2.2, 16.4, 5.4)),
        ((-1.5, 17.5, 2.0), (-5.0, 14.5, 3.0), (-7.5, 9.0, 1.0)),
        ((-8.8, 7.0, -2.0), (-8.8, 3.0, -1.5), (-8.0, -1.5, -0.5)),
        ((8.8, 7.0, -2.0), (8.8, 3.0, -1.5), (8.0, -1.5, -0.5)),
    ),
    HairStyle.SHORT: (
        ((1.0, 18.0, 2.0), (-1.6, 17.0, 5.4), (-4.0, 14.6, 7.0)),
        ((2.6, 18.0, 2.0), (3.6, 16.8, 5.0), (4.4, 14.8, 6.4)),
    ),
    HairStyle.SIDE_PARTING: (
        ((3.8, 18.0, -3.0), (3.9, 17.6, 1.0), (3.8, 16.6, 4.6)),
        ((2.0, 18.0, 1.0), (-1.4, 17.6, 3.0), (-4.6, 15.4, 4.0)),
    ),
    HairStyle.BUN: (
        ((-3.0, 15.4, 5.2), (-2.6, 17.0, 1.0), (-1.6, 17.4, -2.0)),
        ((3.0, 15.4, 5.2), (2.6, 17.0, 1.0), (1.6, 17.4, -2.0)),
        ((-7.6, 9.0, 1.0), (-6.4, 13.0, -2.0), (-3.2, 16.0, -4.0)),
        ((7.6, 9.0, 1.0), (6.4, 13.0, -2.0), (3.2, 16.0, -4.0)),
    ),
    HairStyle.HEADSCARF: (
        ((-7.8, 11.0, 2.0), (-8.0, 6.0, 1.0), (-7.0, 0.0, 1.6)),
        ((7.8, 11.0, 2.0), (8.0, 6.0, 1.0), (7.0, 0.0, 1.6)),
    ),
}
