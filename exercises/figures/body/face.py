"""What is drawn on a face: eyes, brows, nose, mouth, age lines, ears' inner lines and glasses.

Local axes are the head's (see ``skull``); strokes' widths are centimetres.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exercises.figures.body.outside import Outside, curve
from exercises.figures.body.parts import SIDES, FaceStroke, Part, ball, part
from exercises.figures.body.people import Beard, Face
from exercises.figures.body.skull import HOME, ear_frame
from exercises.figures.skeleton.geometry import about_y

EYE_OUT: Final = 3.05
EYE_UP: Final = 5.6
EYE_TURN: Final = 18.0
"""Degrees an eye's surface turns to its side."""
LIFT: Final = 0.12
WHISKERS: Final = ((-3.5, 0.25), (-1.9, 1.2), (0.0, 1.6), (1.9, 1.2), (3.5, 0.25))
"""The middle of a moustache, which is two rows of hair, one above and one below it."""
ROW: Final = 0.35
FULL: Final = 0.96
RIM: Final = 0.17
"""How much ink shows round it: it may be as pale as the skin."""


def eyes(skin: Outside) -> tuple[Part, ...]:
    """Return the eyes as flat paintings on the skin: the white, and iris and pupil in one."""
    found = []
    for side, m in SIDES:
        seat = HOME.child(skin.front(m * EYE_OUT, EYE_UP), about_y(EYE_TURN * m))
        white = part(f"eye_white_{side}", "eye_white", (), ball(seat, (0, 0, 0), (1.3, 0.8, 0.35)))
        iris = part(f"eye_{side}", "eye", (), ball(seat, (-m * 0.05, 0, 0.05), (0.62, 0.85, 0.4)))
        found += [replace(white, decal=True), replace(iris, decal=True)]
    return tuple(found)


def strokes(skin: Outside, face: Face, *, ears: bool) -> tuple[FaceStroke, ...]:
    """Return every line of the face; those of the ears where hair leaves them free."""
    found = [*_mouth(skin, face), *_nose(skin)]
    for _, m in SIDES:
        found += _eye_lines(skin, m)
        if ears:
            found.append(_ear_line(m))
        if face.lines:
            found += _age_lines(skin, m)
        if face.glasses:
            found += _rim(m)
    if face.glasses:
        found.append(FaceStroke("glasses", 0.38, curve([(-0.85, 6.2, 9.95), (0, 6.5, 10.1), (0.85, 6.2, 9.95)])))
    return tuple(found)


def _eye_lines(skin: Outside, m: float) -> Iterator[FaceStroke]:
    lid = [(1.7, 5.6), (2.3, 6.3), (3.1, 6.5), (4.0, 6.2), (4.75, 5.4)]
    brow = [(1.7, 8.2), (3.3, 8.75), (5.0, 8.0)]
    yield FaceStroke("feature", 0.42, skin.fronts([(m * x, y) for x, y in lid], LIFT + 0.15))
    yield FaceStroke("brow", 0.7, skin.fronts([(m * x, y) for x, y in brow], LIFT))


def _nose(skin: Outside) -> Iterator[FaceStroke]:
    under = [(-1.2, 2.55), (-0.5, 2.2), (0.5, 2.2), (1.2, 2.55)]
    yield FaceStroke("feature", 0.36, skin.fronts(under, LIFT))
    for _, m in SIDES:
        wing = [(m * 1.75, 3.8, 9.0), (m * 2.2, 3.1, 8.9), (m * 1.8, 2.4, 9.2)]
        yield FaceStroke("crease", 0.34, curve(wing))


def _mouth(skin: Outside, face: Face) -> Iterator[FaceStroke]:
    line = [(-2.5, 0.65), (-1.3, 0.1), (0.0, 0.0), (1.3, 0.1), (2.5, 0.65)]
    yield FaceStroke("lip", 0.6, skin.fronts(line, LIFT))
    if face.beard is Beard.MOUSTACHE:
        rows = [skin.fronts([(x, y + lift) for x, y in WHISKERS], LIFT) for lift in (ROW, -ROW)]
        yield from (FaceStroke("feature", FULL + 2 * RIM, row) for row in rows)
        yield from (FaceStroke("beard", FULL, row) for row in rows)
    if face.beard is not Beard.SHORT:
        yield FaceStroke("lip", 0.38, skin.fronts([(-0.8, -1.45), (0, -1.6), (0.8, -1.45)], LIFT))


def _age_lines(skin: Outside, m: float) -> Iterator[FaceStroke]:
    fold = [(2.6, 2.5), (3.25, 1.6), (3.45, 0.7)]
    yield FaceStroke("crease", 0.3, skin.fronts([(m * x, y) for x, y in fold], LIFT))
    foot = [(5.2, 5.5), (5.55, 5.65), (5.9, 6.0)]
    yield FaceStroke("crease", 0.28, skin.fronts([(m * x, y) for x, y in foot], LIFT))


def _ear_line(m: float) -> FaceStroke:
    inner = [(m * 0.9, 1.7, 0.6), (m * 0.9, 0.9, -0.75), (m * 0.9, -0.8, -0.2)]
    return FaceStroke("crease", 0.36, ear_frame(m).at(curve(inner)))


def _rim(m: float) -> Iterator[FaceStroke]:
    ring = [
        (0.85, 6.2, 9.95),
        (1.6, 7.2, 10.0),
        (3.1, 7.5, 9.8),
        (4.7, 7.1, 9.2),
        (5.3, 5.8, 8.7),
        (4.6, 4.3, 9.0),
        (3.1, 3.7, 9.6),
        (1.6, 4.2, 9.9),
        (0.85, 5.2, 9.95),
        (0.85, 6.2, 9.95),
    ]
    temple = [(5.25, 6.4, 8.75), (6.9, 6.6, 5.0), (7.5, 6.9, 0.8)]
    for line in (ring, temple):
        yield FaceStroke("glasses", 0.38, curve([(m * x, y, z) for x, y, z in line]))
