"""The moving drawing: one SVG whose drawings follow each other, for an ``<img>``.

The drawings lie side by side on a strip behind the picture's window; one stepped transform shows one after the other,
there and back or round and round. Whatever stays still is drawn once, beneath the strip (``apart``). Where nothing may
move, or nothing can, the strip stands at the end of the movement. A push or a squeeze, in which next to nothing moves,
shows its arrows as long as it lasts.
"""

import itertools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part, reach
from exercises.figures.body.whole import Body
from exercises.figures.lines.curves import UNITS
from exercises.figures.lines.sketches import Fill, InkLine, trace
from exercises.figures.lines.study import Study, study
from exercises.figures.marks.appearance import PathMark
from exercises.figures.marks.pen import SEAM
from exercises.figures.marks.svg import document, shift, to_svg
from exercises.figures.moving.apart import Apart, Layer, take_apart
from exercises.figures.scene.layers import pointers
from exercises.figures.scene.stage import Stage
from exercises.figures.scene.surroundings import setting, shadow
from exercises.figures.skeleton.solving import solve

COARSE: Final = 3.0
"""Pixels a centimetre of a moving drawing."""
RATE: Final = 12.5
"""Drawings a second while something moves."""
MOST, MOST_ROUND = 20, 40
"""How many drawings there are at most: there and back, and of a movement that goes round."""
LOOSER: Final = (1.8, 2.4, 3.2)
"""How much more loosely lines that move are followed than those that stand still; the more, where it weighs much."""
HEAVY: Final = 56 * 1024
"""Compressed bytes that are too many."""
HOLD: Final = 0.16
"""How long either end is held at least, as a share of the way from one to the other."""
STIRRED: Final = 0.02
"""What moves less than this, in cm, stands still."""
EFFORT: Final = 5.0
"""Where no joint moves further than this, in cm, it is a push or a squeeze: its moving drawing has arrows."""
FADE: Final = 12
"""How long an arrow takes to come, in percent of the way from start to end."""
DIRECTIONS: Final = tuple(way for way in itertools.product((-1.0, 0.0, 1.0), repeat=3) if any(way))


@dataclass(frozen=True, slots=True)
class Timing:
    """When the drawings are: their ``times`` in the movement, and how many ``seconds`` they take one way or round."""

    times: tuple[float, ...]
    seconds: float
    loops: bool
    still: int
    """The drawing that stands where nothing moves."""
    hold: float = 0.0
    """How long either end is held, as a share of ``seconds``."""


def timing(stage: Stage) -> Timing:
    """Return when a movement is drawn: evenly on its way round, or slower near its ends on its way there and back."""
    movement = stage.movement
    if movement.loops:
        count = min(MOST_ROUND, round(RATE * movement.seconds))
        times = np.arange(count) / count
        still = round(movement.end_t * count) % count
        return Timing(tuple(times.tolist()), round(count / RATE, 2), loops=True, still=still)
    seconds = movement.seconds / 2
    count = min(MOST, round(RATE * seconds * (1 - 2 * HOLD)))
    hold = (1 - count / RATE / seconds) / 2
    share = np.linspace(0, 1, count)
    eased = share * share * (3 - 2 * share) * movement.end_t
    return Timing(tuple(eased.tolist()), round(seconds, 2), loops=False, still=count - 1, hold=hold)


def moving(stage: Stage, name: str) -> str:
    """Return the moving drawing of an exercise; ``name`` tells it from every other one on a page."""
    when = timing(stage)
    bodies = [stage.body(t) for t in when.times]
    apart = _apart(stage, bodies)
    ground, standing = setting(stage)
    fallen = _strip(stage, when, [to_svg(shadow(stage, body)) for body in bodies], name)
    still = "".join(to_svg(_painted(stage, layer)) for layer in apart.beneath)
    beneath = f"<style>{_style(stage, when, name)}</style>{to_svg(ground)}{fallen}{to_svg(standing)}{still}"
    between, over = to_svg(_painted(stage, apart.between)), _effort(stage, name)

    def drawn(loose: float) -> str:
        fills, lines = (
            _strip(stage, when, [to_svg(_painted(stage, layer, loose)) for layer in layers], name)
            for layers in (apart.fills, apart.lines)
        )
        return document(stage.width * UNITS, stage.height * UNITS, beneath + fills + between + lines + over)

    return _closest(drawn)


def _closest(drawn: Callable[[float], str]) -> str:
    """Return the drawing whose lines are followed most closely, of those that are light enough; else the lightest."""
    found = ""
    for loose in LOOSER:
        found = drawn(loose)
        if len(zlib.compress(found.encode(), 9)) < HEAVY:
            break
    return found


def _apart(stage: Stage, bodies: Sequence[Body]) -> Apart:
    rests = tuple(itertools.compress(bodies[0].parts, still_parts(bodies)))
    stirs = tuple(part for part in bodies[0].parts if part not in rests)
    drawings = [_studied(stage, body) for body in bodies]
    base = _studied(stage, replace(bodies[0], parts=rests))
    half = stage.line_cm * stage.camera.scale / 2
    return take_apart(drawings, base, surface_names(rests) - surface_names(stirs), half, (stage.height, stage.width))


def is_effort(stage: Stage) -> bool:
    """Return whether next to nothing moves from start to end: it is a push or a squeeze."""
    start, *later = [solve(stage.movement.pose_at(t)) for t in np.linspace(0, stage.movement.end_t, 4)]
    moves = [pose.frames[name].origin - frame.origin for pose in later for name, frame in start.frames.items()]
    return bool(np.linalg.norm(moves, axis=1).max() < EFFORT)


def _effort(stage: Stage, name: str) -> str:
    """Return the arrows of a push or a squeeze, in a group that is seen as long as it lasts."""
    if not is_effort(stage):
        return ""
    marks = [mark for arrow in pointers(stage) for mark in (*arrow.behind, *arrow.front)]
    return f'<g class="{name}e">{to_svg(marks)}</g>'


def _studied(stage: Stage, body: Body) -> Study:
    return study(body.parts, body.strokes, stage.hiding, stage.camera)


def still_parts(bodies: Sequence[Body]) -> tuple[bool, ...]:
    """Return which of the parts are in the same place in all drawings."""
    rows = zip(*(body.parts for body in bodies), strict=True)
    return tuple(not any(_moved(row[0], part) for part in row[1:]) for row in rows)


def _moved(one: Part, other: Part) -> bool:
    """Return whether a part has moved: laid with the same ellipsoids, or else as far as it reaches every way."""
    if one.centres.shape == other.centres.shape:
        apart = max(np.abs(one.centres - other.centres).max(), np.abs(one.shapes - other.shapes).max())
    else:
        apart = max(abs(reach(one, way) - reach(other, way)) for way in DIRECTIONS)
    return bool(apart > STIRRED)


def surface_names(parts: Sequence[Part]) -> frozenset[str]:
    names = ((part.name,) if part.split is None else (f"{part.name}_l", f"{part.name}_r") for part in parts)
    return frozenset(itertools.chain.from_iterable(names))


def _painted(stage: Stage, layer: Layer, loose: float = 1.0) -> tuple[PathMark, ...]:
    sketches = [*layer.flats, *layer.tops, *layer.lines]
    marks = trace([replace(one, care=replace(one.care, error=one.care.error * loose)) for one in sketches])
    flats = len(layer.flats)
    fills = [mark for mark in marks if isinstance(mark, Fill)]
    lines = [mark for mark in marks if isinstance(mark, InkLine)]
    pen = stage.pen
    seam = round(SEAM * loose)
    return (
        *pen.fills(fills[:flats], seam),
        *pen.fills(fills[flats:], seam=0),
        *pen.lines(lines),
        *pen.tips(layer.tips),
    )


def _strip(stage: Stage, when: Timing, drawings: Sequence[str], name: str) -> str:
    step = stage.width * UNITS
    if len(set(drawings)) == 1:
        return drawings[0]
    frames = f"<g>{drawings[0]}</g>" + "".join(shift(drawn, at * step, 0) for at, drawn in enumerate(drawings) if at)
    return f'<g class="{name}" transform="translate({-when.still * step})">{frames}</g>'


def _style(stage: Stage, when: Timing, name: str) -> str:
    step, count = stage.width * UNITS, len(when.times)
    if when.loops:
        keys = f"0%{{transform:none}}to{{transform:translateX({-step * count}px)}}"
        run = f"{when.seconds}s steps({count}) infinite"
    else:
        start, end = round(100 * when.hold), round(100 * (1 - when.hold))
        keys = f"0%,{start}%{{transform:none}}{end}%,to{{transform:translateX({-step * (count - 1)}px)}}"
        run = f"{when.seconds}s steps({count - 1}) infinite alternate"
    still = f".{name}{{animation:none}}"
    style = f"@keyframes {name}{{{keys}}}.{name}{{animation:{name} {run}}}"
    if is_effort(stage):
        style += _fading(when, f"{name}e")
        still = f".{name},.{name}e{{animation:none}}"
    return f"{style}@media (prefers-reduced-motion:reduce){{{still}}}"


def _fading(when: Timing, name: str) -> str:
    start = round(100 * when.hold)
    keys = f"0%,{start}%{{opacity:0}}{start + FADE}%,to{{opacity:1}}"
    return f"@keyframes {name}{{{keys}}}.{name}{{animation:{name} {when.seconds}s linear infinite alternate}}"
