"""When each drawing of a moving picture is shown: for as long, and as often, as a dose says. Pure text and numbers.

A reel holds the drawings of one movement, drawn once for everybody with that leg and that person. A film is the reel
with a ``Pace`` written into it, when it is asked for: out, hold, back, and again. Time is real time, a hold of 30
seconds takes 30 seconds: people do the exercise along with it, and a hold that is shown shorter teaches bouncing. A
ring says how long it is and fills meanwhile, so that nobody waits for a picture that seems to stand.

A circle is lifted once, goes round as often one way as the other, and only then is put down.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Final

from exercises.figures.moving.reel import WINDOW, Reel, reel_in

LONGEST: Final = {"out": (1, 30), "hold": (0, 300), "back": (1, 30), "ways": (1, 2)}
"""From how many to how many seconds, or ways round."""
REST: Final = 1.0
"""Seconds at the start, before it begins again."""
TURN: Final = 0.4
"""Seconds at the end where nothing is held, and between two ways round."""
LIFT: Final = 1.2
"""Seconds in which a leg that is to go round is lifted, or put down."""
ROUNDS: Final = 2
"""How often it goes round each way before it is put down: enough to see it, and who does ten counts for themselves."""
RING_FROM: Final = 2
"""A hold of so many seconds has a ring; a shorter one is over before it is seen."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds out, held and back, and how many ways round (1 or 2). Whoever goes round takes out and back for a round.

    Raises ``ValueError`` for what nobody could do.
    """

    out: int = 2
    hold: int = 0
    back: int = 2
    ways: int = 1

    def __post_init__(self) -> None:
        for name, (low, high) in LONGEST.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name}: {getattr(self, name)} is not from {low} to {high}.")

    @property
    def code(self) -> str:
        """How it stands in an address: "2-30-2-1"."""
        return "-".join(str(getattr(self, field.name)) for field in fields(self))


def pace_of(code: str) -> Pace:
    """Return the pace whose ``code`` this is; any other text raises ``ValueError``."""
    if not re.fullmatch(r"\d{1,3}(-\d{1,3}){3}", code) or (pace := Pace(*map(int, code.split("-")))).code != code:
        raise ValueError(f"There is no pace {code[:20]!r}.")
    return pace


@dataclass(frozen=True, slots=True)
class Shot:
    """One drawing of a reel, shown for some seconds."""

    drawing: int
    seconds: float


def shots(reel: Reel, pace: Pace) -> list[Shot]:
    """Return a film from its rest at the start to where it begins again."""
    return list(_turning(reel, pace) if reel.turning else _there_and_back(reel, pace))


def _there_and_back(reel: Reel, pace: Pace) -> Iterator[Shot]:
    last = reel.there - 1
    yield Shot(0, REST)
    yield from _run(range(last), pace.out)
    yield Shot(last, pace.hold or TURN)
    yield from _run(range(last, 0, -1), pace.back)


def _turning(reel: Reel, pace: Pace) -> Iterator[Shot]:
    first, beyond = reel.there, reel.there + reel.turning
    ways = [range(first, beyond), (first, *range(beyond - 1, first, -1))][: pace.ways]
    yield Shot(0, REST)
    yield from _run(range(first), LIFT)
    for way in ways:
        yield Shot(first, TURN)
        for _ in range(ROUNDS):
            yield from _run(way, pace.out + pace.back)
    yield Shot(first, TURN)
    yield from _run(range(first - 1, -1, -1), LIFT)


def _run(drawings: Iterable[int], seconds: float) -> list[Shot]:
    run = list(drawings)
    return [Shot(drawing, seconds / len(run)) for drawing in run]


def held(reel: Reel, pace: Pace) -> tuple[float, float, float]:
    """Return when it begins to go, when it is held, and until when, in seconds; what goes round is held nowhere."""
    return (REST, REST + pace.out, REST + pace.out + (0 if reel.turning else pace.hold or TURN))


def film(svg: str, pace: Pace) -> str:
    """Return a reel as it moves at this pace.

    It moves for those who want little motion too: it is shown to nobody who has not asked to see it move.
    """
    reel, run = reel_in(svg), shots(reel_in(svg), pace)
    length = sum(shot.seconds for shot in run)
    rings = pace.hold >= RING_FROM and not reel.turning
    rules = [_strip_rule(reel, run, length), *_hold_rules(reel, pace, length, rings=rings)]
    style = f"<style>{''.join(rules)}</style>"
    head, window, drawings = svg.removesuffix("</svg></svg>").partition(WINDOW)
    return f"{head}{style}{window}{drawings}{_ring(reel, pace) if rings else ''}</svg></svg>"


def _strip_rule(reel: Reel, run: Iterable[Shot], length: float) -> str:
    keys, at = [], 0.0
    for drawing, group in itertools.groupby(run, key=lambda shot: shot.drawing):
        keys.append(f"{_percent(at, length)}{{transform:translateX({-reel.step * drawing}px)}}")
        at += sum(shot.seconds for shot in group)
    return _rule(reel.name, "".join(keys), length, "step-end")


def _hold_rules(reel: Reel, pace: Pace, length: float, *, rings: bool) -> Iterator[str]:
    """Yield what shows an effort come, stay and go (the arrows of a push), and the ring that fills while it is held."""
    begin, start, end = (_percent(at, length) for at in held(reel, pace))
    gone = _percent(held(reel, pace)[2] + pace.back, length)
    effort = f"0%,{begin}{{opacity:0}}{start},{end}{{opacity:1}}{gone},to{{opacity:0}}"
    yield _rule(f"{reel.name}e", effort, length, "linear")
    if rings:
        yield _rule(f"{reel.name}h", f"0%{{opacity:0}}{start}{{opacity:1}}{end}{{opacity:0}}", length, "step-end")
        full = f"0%,{start}{{stroke-dashoffset:1}}{end},to{{stroke-dashoffset:0}}"
        yield _rule(f"{reel.name}f", full, length, "linear")


def _rule(name: str, keys: str, length: float, how: str) -> str:
    return f"@keyframes {name}{{{keys}}}.{name}{{animation:{name} {length:g}s {how} infinite}}"


def _percent(at: float, length: float) -> str:
    return f"{100 * at / length:.3f}".rstrip("0").rstrip(".") + "%"


def _ring(reel: Reel, pace: Pace) -> str:
    """Return the ring, unseen until something is held, with how long that is; "s" is the second's sign everywhere."""
    (x, y), radius, wide = reel.middle, reel.radius, round(reel.radius / 5)
    circle = f'cx="{x}" cy="{y}" r="{radius - wide}"'
    said = f"{pace.hold} s"
    size = round(radius * min(0.56, 2.3 / len(said)))
    words = (
        f'x="{x}" y="{y}" dy=".36em" font-size="{size}" text-anchor="middle" font-family="sans-serif" font-weight="600"'
    )
    return (
        f'<g class="{reel.name}h" opacity="0"><circle cx="{x}" cy="{y}" r="{radius}" fill="{reel.paper}"/>'
        f'<circle {circle} stroke="{reel.ink}" stroke-opacity=".2" stroke-width="{wide}"/>'
        f'<circle {circle} stroke="{reel.ink}" stroke-width="{wide}" class="{reel.name}f" pathLength="1" '
        f'stroke-dasharray="1" stroke-linecap="butt" transform="rotate(-90 {x} {y})"/>'
        f'<text {words} fill="{reel.ink}">{said}</text></g>'
    )
