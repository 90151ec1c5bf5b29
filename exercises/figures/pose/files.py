"""A pose file as it is written: its poses, and everything around them. ``poses/README.md`` describes its keys."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator

from exercises.figures.pose.postures import (
    ORIGIN,
    Centimetres,
    Degrees,
    Direction,
    Pair,
    Place,
    Pose,
    Segment,
    Triple,
    place,
)
from exercises.figures.pose.schema import (
    Stanza,
    adapter,
    choice,
    fault,
    number,
    numbers,
    one_of,
    quoted,
    some_words,
    typed,
    ways,
    yes_or_no,
)
from exercises.figures.pose.vocabulary import JOINTS, PARTS, PROP_OF

Words = Annotated[str, PlainValidator(some_words)]
time = number("a time", 0, 1)
Span = Annotated[
    Pair, numbers(2, "from, to", lambda first, last: 0 <= first <= last <= 1, "two times from 0 to 1 in order")
]
Part = Annotated[str, one_of(*PARTS)]


@dataclass(frozen=True, slots=True)
class Viewpoint(Stanza):
    """Where it is seen from: yaw 0 looks at the world's front, -90 from the figure's right; pitch from above."""

    yaw: Degrees
    pitch: Degrees


@dataclass(frozen=True, slots=True)
class StandingProp(Stanza):
    """A thing in the room: its foot ``at``, turned by ``yaw``; its ``size`` along x, y and z."""

    type: str
    at: Place
    yaw: Degrees = 0.0
    size: Annotated[Triple | None, place] = None


@dataclass(frozen=True, slots=True)
class SizedProp(StandingProp):
    """One whose size has to be said."""

    size: Annotated[Triple | None, place] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Chair(StandingProp):
    """One that comes in one size, perhaps with ``arms``."""

    arms: Annotated[bool, PlainValidator(yes_or_no)] = False
    size: None = field(init=False, default=None)


@dataclass(frozen=True, slots=True)
class WornProp(Stanza):
    """Something worn ``round`` segments, ``along`` cm down from their upper joints."""

    type: str
    round: Annotated[tuple[Segment, ...], Field(min_length=1)]
    along: Centimetres


Prop = StandingProp | WornProp
KINDS = {
    **dict.fromkeys(("floor", "mat", "bed", "worktop", "wall", "cushion"), SizedProp),
    "chair": Chair,
    "pillow": StandingProp,
    **dict.fromkeys(("band", "belt", "weight"), WornProp),
}


@dataclass(frozen=True, slots=True)
class ArcArrow(Stanza):
    """An arc through screen points (cm) relative to a segment's point at time ``t``, or else at the end."""

    anchor: Segment
    pts: Annotated[tuple[Annotated[Pair, numbers(2, "x, y on the screen in cm")], ...], Field(min_length=2)]
    local: Place = ORIGIN
    t: Annotated[float | None, time] = None


@dataclass(frozen=True, slots=True)
class PathArrow(Stanza):
    """An arrow along the way of a segment's point over ``span`` of the time, moved outwards by ``offset``."""

    frame: Segment
    local: Place
    span: Span = (0.0, 1.0)
    offset: Centimetres = 8.0


@dataclass(frozen=True, slots=True)
class RingArrow(Stanza):
    """An arrow on a circle in space about a segment's point, over ``arc`` degrees, at time ``t`` or else at the end."""

    frame: Segment
    normal: Direction
    r: Centimetres
    arc: Annotated[Pair, numbers(2, "degrees")]
    local: Place = ORIGIN
    t: Annotated[float | None, time] = None


@dataclass(frozen=True, slots=True)
class Circled(Stanza):
    circle: RingArrow


Arrow = ArcArrow | PathArrow | RingArrow
AnyArrow = Annotated[
    Arrow,
    ways(anchor=ArcArrow, circle=Annotated[Circled, AfterValidator(lambda one: one.circle)], frame=PathArrow),
]
Arrows = Annotated[tuple[AnyArrow, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Height(Stanza):
    height: Centimetres


Surface = Annotated[str, one_of(*PROP_OF, *PARTS)]
Level = Annotated[Height, AfterValidator(lambda one: one.height)]


@dataclass(frozen=True, slots=True)
class Contact(Stanza):
    """A part that rests on a surface (by name, or at a height in cm) during ``times``."""

    part: Part
    on: Annotated[str | float, choice(lambda on: Level if isinstance(on, dict) else Surface)]
    times: Span = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Wider(Stanza):
    """The angles to which a joint may go here, and why that is no mistake."""

    range: Annotated[
        Pair,
        numbers(2, "lowest, highest", lambda low, high: low < high, "the lowest angle and the highest, in this order"),
    ]
    reason: Words


@dataclass(frozen=True, slots=True)
class KeyTime(Stanza):
    """When a key is. What it changes only makes a pose together with the start."""

    t: Annotated[float, time]


def _timed(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise fault(f"an object with t and what changes then, not {quoted(value)}")
    adapter(KeyTime).validate_python({name: entry for name, entry in value.items() if name == "t"})
    return value


def _change(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise fault(f"an object with what changes, not {quoted(value)}")
    return value


@dataclass(frozen=True, slots=True)
class Middle(Stanza):
    """A third picture between start and end: at time ``t``, with arrows of its own."""

    t: Annotated[float, time]
    arrow: Annotated[
        Arrow | tuple[Arrow, ...], choice(lambda arrow: Arrows if isinstance(arrow, list) else AnyArrow)
    ] = ()


@dataclass(frozen=True, slots=True)
class PoseFile(Stanza):
    """Everything a file says; what only holds between its keys is asked in ``rules``."""

    legs: Annotated[str, one_of("one", "both")]
    camera: Viewpoint
    start: Pose
    seconds: Annotated[float, number("a number of seconds", 0.5, 60)]
    feet: Annotated[str, one_of("shoes", "socks")] = "shoes"
    props: tuple[Annotated[Prop, typed(KINDS)], ...] = ()
    end: Annotated[dict[str, Any] | None, PlainValidator(_change)] = None
    keys: Annotated[tuple[Annotated[dict[str, Any], PlainValidator(_timed)], ...], Field(min_length=1)] = ()
    end_t: Annotated[float | None, time] = None
    middle: Middle | None = None
    arrow: Annotated[
        Arrow | tuple[Arrow, ...], choice(lambda arrow: Arrows if isinstance(arrow, list) else AnyArrow)
    ] = ()
    ghost: tuple[Part, ...] = ()
    contacts: tuple[Contact, ...] = ()
    wider: dict[Annotated[str, one_of(*JOINTS)], Wider] = field(default_factory=dict)
