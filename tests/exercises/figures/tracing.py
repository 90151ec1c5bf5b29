"""Path data read back into points, and simple bodies to look at."""

import re

import numpy as np

from exercises.figures.body.parts import Part
from exercises.figures.lines.curves import UNITS

TOKENS = re.compile(r"[MclsqzZ]|-?\d+")
WANTED = {"M": 2, "l": 2, "c": 6, "s": 4, "q": 4}


def traced(path, steps=24):
    """Return the points (n, 2) px along each piece of ``path``."""
    pieces, here, handle, letter = [], np.zeros(2), None, ""
    numbers = []
    for token in TOKENS.findall(path):
        if token.isalpha():
            letter = token
            continue
        numbers.append(float(token))
        if len(numbers) < WANTED[letter]:
            continue
        moves, numbers = np.array(numbers).reshape(-1, 2), []
        if letter == "M":
            here, handle = moves[0], None
            pieces.append([here])
            continue
        first, *_ = controls = controls_of(letter, here, handle, moves)
        assert first is not None
        pieces[-1].extend(bezier(np.array([here, *controls]), steps))
        handle = controls[-2] if letter in "cs" else None
        here = controls[-1]
    return [np.array(piece) / UNITS for piece in pieces]


def controls_of(letter, here, handle, moves):
    """Return a command's control points and its end."""
    if letter == "s":
        assert handle is not None, "only a curve's handle can be mirrored"
        return [2 * here - handle, *(here + moves)]
    return list(here + moves)


def bezier(controls, steps):
    """Return points on a Bézier curve of any degree, its start left out."""
    found = []
    for t in np.linspace(0, 1, steps + 1)[1:]:
        level = controls
        while len(level) > 1:
            level = level[:-1] * (1 - t) + level[1:] * t
        found.append(level[0])
    return found


def furthest(points, line):
    """Return how far the furthest of ``points`` is from a closed line."""
    start, end = line, np.roll(line, -1, axis=0)
    along = end - start
    share = ((points[:, None] - start) * along).sum(axis=2) / ((along**2).sum(axis=1) + 1e-12)
    nearest = start + share.clip(0, 1)[..., None] * along
    return np.hypot(*(points[:, None] - nearest).transpose(2, 0, 1)).min(axis=1).max()


def ball(at, radius, name="ball", *, material="skin", joined=()):
    """Return a part that is one ball; ``radius`` may be three."""
    shape = np.diag(np.broadcast_to(np.asarray(radius, float), 3) ** 2)
    return Part(name, material, np.array([at], float), shape[None], frozenset(joined))


def stick(start, end, radius, name="stick", *, material="skin", joined=(), many=40):
    """Return a part that is a row of balls from ``start`` to ``end``."""
    centres = np.linspace(start, end, many)
    return Part(name, material, centres, np.repeat(np.eye(3)[None] * radius**2, many, axis=0), frozenset(joined))
