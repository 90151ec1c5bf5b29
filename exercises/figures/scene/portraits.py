"""A person's head and shoulders, small, to be chosen by."""

from dataclasses import replace
from typing import Final

import numpy as np

from exercises.figures.body.people import PEOPLE
from exercises.figures.body.whole import build
from exercises.figures.lines.curves import UNITS
from exercises.figures.lines.study import paint
from exercises.figures.marks.palettes import PALETTES, colours
from exercises.figures.marks.pen import Pen
from exercises.figures.marks.svg import document, to_svg
from exercises.figures.pose.movements import read
from exercises.figures.scene.styles import PORTRAIT_POSE, Style
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import solve

LOOK: Final = Camera(yaw=-24, pitch=6, scale=4.0)
HALF: Final = 20.0
"""Half the picture's width and height, in cm."""
ABOVE: Final = 5.0
"""How far the picture's middle is above where the head is joined, in cm."""
SIZE: Final = round(2 * HALF * LOOK.scale)


def portrait(style: Style) -> str:
    person = PEOPLE[style.person]
    movement = read(PORTRAIT_POSE)
    skeleton = solve(movement.pose_at(0.0))
    body = build(skeleton, person)
    middle = LOOK.place(skeleton.frames["head"].origin)[:2] + np.array([0.0, -ABOVE * LOOK.scale])
    camera = replace(LOOK, origin=(round(middle[0]) - SIZE // 2, round(middle[1]) - SIZE // 2))
    worn = colours(PALETTES[style.palette], person.colours(), movement.legs)
    pen = Pen(worn, style.line_cm * LOOK.scale * UNITS, centimetre=LOOK.scale * UNITS)
    marks = pen.figure(paint(body.parts, body.strokes, (), camera))
    return document(SIZE * UNITS, SIZE * UNITS, to_svg(marks))
