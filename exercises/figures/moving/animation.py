"""The reel: one SVG with all drawings of a movement, from which a film is made for an ``<img>`` (``film``).

The drawings lie side by side on a strip behind the picture's window, which is an SVG of its own, so that those beside
it are never seen; a film's stepped transform shows one after the other. Whatever stays still is drawn once, beneath
the strip (``apart``). Where nothing may move, or nothing can, the strip stands at the end of the movement. A push or a
squeeze, in which next to nothing moves, shows its arrows as long as it lasts.
"""

import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from exercises.figures.moving.reel import WINDOW, Reel
from exercises.figures.pose.movements import Movement
from exercises.figures.scene.layers import pointers
from exercises.figures.scene.stage import Stage
from exercises.figures.scene.surroundings import setting, shadow
from exercises.figures.seen.camera import bounds
from exercises.figures.skeleton.solving import solve

COARSE: Final = 3.0
"""Pixels a centimetre of a moving drawing."""
THERE: Final = 20
"""Drawings from start to end: ten a second where a way takes two."""
LIFTED: Final = 8
TURNING: Final = 32
"""Drawings of a leg that is lifted, and of a round."""
RING: Final = 0.07
"""The radius of the ring that fills during a hold, as a share of the picture's longer side."""
ROOM: Final = 1.1
"""How far a ring's middle is from the picture's edges, in radii."""
LOOSER: Final = (1.8, 2.4, 3.2)
"""How much more loosely lines that move are followed than those that stand still; the more, where it weighs much."""
HEAVY: Final = 56 * 1024
"""Compressed bytes that are too many."""
STIRRED: Final = 0.02
"""What moves less than this, in cm, stands still."""
EFFORT: Final = 5.0
"""Where no joint moves further than this, in cm, it is a push or a squeeze: its moving drawing has arrows."""
DIRECTIONS: Final = tuple(way for way in itertools.product((-1.0, 0.0, 1.0), repeat=3) if any(way))


@dataclass(frozen=True, slots=True)
class Times:
    """At which times of a movement its drawings are: the way ``there``, then one round of what goes round."""

    there: tuple[float, ...]
    turning: tuple[float, ...]
    still: int
    """The drawing that stands where nothing moves."""

    def __iter__(self) -> Iterator[float]:
        yield from (*self.there, *self.turning)


def times_of(movement: Movement) -> Times:
    """Return when a movement is drawn: slower near its ends on its way there, evenly on its way round."""
    if movement.loops:
        first, last = round_of(movement)
        lift = np.linspace(0, first, LIFTED, endpoint=False) if first else np.array([0.0])
        turning = np.linspace(first, last, TURNING, endpoint=False)
        near = int(np.abs(turning - movement.end_t % 1).argmin())
        return Times(tuple(lift.tolist()), tuple(turning.tolist()), len(lift) + near)
    share = np.linspace(0, 1, THERE)
    eased = share * share * (3 - 2 * share) * movement.end_t
    return Times(tuple(eased.tolist()), (), THERE - 1)


def round_of(movement: Movement) -> tuple[float, float]:
    """Return from when to when it goes round once: from the first key beyond the start to where that pose is again.

    What never comes back there goes round from the start.
    """
    _start, first, *others = movement.keys
    again = [key.t for key in others if key.pose == first.pose]
    return (first.t, again[-1]) if again else (0.0, 1.0)


def moving(stage: Stage, name: str) -> str:
    """Return the reel of an exercise, which stands still; ``name`` tells it from every other one on a page."""
    when = times_of(stage.movement)
    bodies = [stage.body(t) for t in when]
    apart = _apart(stage, bodies)
    ground, standing = setting(stage)
    fallen = _strip(stage, when, [to_svg(shadow(stage, body)) for body in bodies], name)
    still = "".join(to_svg(_painted(stage, layer)) for layer in apart.beneath)
    beneath = f"{to_svg(ground)}{fallen}{to_svg(standing)}{still}"
    between, over = to_svg(_painted(stage, apart.between)), _effort(stage, name)
    size = stage.width * UNITS, stage.height * UNITS
    said = _reel(stage, when, name, bodies).said

    def drawn(loose: float) -> str:
        fills, lines = (
            _strip(stage, when, [to_svg(_painted(stage, layer, loose)) for layer in layers], name)
            for layers in (apart.fills, apart.lines)
        )
        window = f'{WINDOW}"{said}" width="{size[0]}" height="{size[1]}">'
        return document(*size, f"{window}{beneath}{fills}{between}{lines}{over}</svg>")

    return _closest(drawn)


def _reel(stage: Stage, when: Times, name: str, bodies: Sequence[Body]) -> Reel:
    radius = RING * max(stage.width, stage.height)
    return Reel(
        name=name,
        step=stage.width * UNITS,
        there=len(when.there),
        turning=len(when.turning),
        middle=_ring_middle(stage, radius * ROOM, (bodies[0], bodies[len(bodies) // 2], bodies[-1])),
        radius=round(radius * UNITS),
        ink=stage.pen.colours["arrow"],
        paper=stage.pen.colours["arrow_halo"],
    )


def _ring_middle(stage: Stage, inset: float, bodies: Iterable[Body]) -> tuple[int, int]:
    """Return the middle of a ring in the corner where the least of the figure is, the upper ones first."""
    boxes = [bounds(stage.camera, [part]) for body in bodies for part in body.parts]
    corners = itertools.product((inset, stage.height - inset), (stage.width - inset, inset))

    def crowd(corner: tuple[float, float]) -> int:
        first, last = (np.array(corner[::-1]) + by for by in (-inset, inset))
        return sum(bool((low < last).all() and (high > first).all()) for low, high in boxes)

    y, x = min(corners, key=crowd)
    return round(x * UNITS), round(y * UNITS)


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


def _strip(stage: Stage, when: Times, drawings: Sequence[str], name: str) -> str:
    step = stage.width * UNITS
    if len(set(drawings)) == 1:
        return drawings[0]
    frames = f"<g>{drawings[0]}</g>" + "".join(shift(drawn, at * step, 0) for at, drawn in enumerate(drawings) if at)
    return f'<g class="{name}" transform="translate({-when.still * step})">{frames}</g>'
