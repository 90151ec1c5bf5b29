"""Pictures of exercises, behind one call.

For now the pictures are files, drawn once: a start and an end frame for each leg. The figure engine will draw them
from one pose description and take this call over; nothing else may build the address of a picture.
"""

import functools
import re
from pathlib import Path

FRAMES = ("start", "end")
SIDES = ("left", "right", "both")
FOLDER = "exercises/figures"
NO_FIGURE = f"{FOLDER}/none.svg"
STATIC = Path(__file__).resolve().parent.parent / "static"
ONE_LEG = ("left", "right")

DRAWN: dict[str, tuple[str, ...]] = {
    "bridge": SIDES,
    "clamshell": ONE_LEG,
    "quadruped-hip-circles": ONE_LEG,
    "seated-figure-four": ONE_LEG,
    "side-lying-hip-abduction": ONE_LEG,
    "standing-hip-extension": ONE_LEG,
    "standing-hip-flexion": ONE_LEG,
}


def figure(slug: str, side: str, frame: str) -> str:
    """Return the static path of a picture: ``exercises/figures/bridge-both-start.svg``.

    ``side`` is "left", "right" or "both" (``sides.picture_side``), ``frame`` "start" or "end". "both", where an
    exercise is drawn one leg at a time, shows the right leg, as ``sides.leading_leg`` names it in words. An exercise
    nobody has drawn, a side or a frame that does not exist raise ``ValueError``.
    """
    if side not in SIDES:
        raise ValueError(f"A picture shows the left leg, the right leg or both, not {side!r}.")
    if frame not in FRAMES:
        raise ValueError(f"A picture has the frames start and end, not {frame!r}.")
    if slug not in DRAWN:
        raise ValueError(f"Nobody has drawn {slug!r} yet.")
    drawn_side = side if side in DRAWN[slug] else "right"
    return f"{FOLDER}/{slug}-{drawn_side}-{frame}.svg"


def figure_or_none(slug: str, side: str, frame: str) -> str:
    """Return ``figure``, or a plain "no picture" one for an exercise nobody has drawn: a clinic's own."""
    return figure(slug, side, frame) if slug in DRAWN else NO_FIGURE


@functools.cache
def figure_size(path: str) -> tuple[int, int]:
    """Return the width and height of a picture in its own units, so that a page keeps room for it."""
    opening = (STATIC / path).read_text(encoding="utf-8")[:400]
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', opening)
    if found is None:
        raise ValueError(f"{path} does not say how large it is.")
    width, height = (float(number) for number in found.groups())
    scale = 400 / max(width, height)
    return round(width * scale), round(height * scale)
