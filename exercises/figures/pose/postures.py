"""Postures: one complete pose of a person, before it is solved, as a pose file writes it.

Lengths are centimetres, angles degrees with clinical signs (flexion, abduction and external rotation positive on both
sides). World axes: x to the figure's left, y up, z to its front before the root turns it; the floor is y = 0.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from exercises.figures.pose.schema import Stanza, choice, number, numbers, one_of, ways
from exercises.figures.pose.vocabulary import SEGMENTS

Triple = tuple[float, float, float]
Pair = tuple[float, float]

ORIGIN: Triple = (0.0, 0.0, 0.0)
FOOT_OUT = 6.0
"""Degrees a foot turns out when nothing else is said."""
LOOSE_GRIP = 0.25
"""How far a hand is closed when nothing else is said."""

place = numbers(3, "x, y, z in cm")
Degrees = Annotated[float, number("a number of degrees", -360, 360)]
Centimetres = Annotated[float, number("a number of centimetres")]
Share = Annotated[float, number("a number", 0, 1)]
Turns = Annotated[Triple, numbers(3, "degrees")]
Place = Annotated[Triple, place]
Direction = Annotated[Triple, numbers(3, "x, y, z", lambda *axes: any(axes), "a direction of some length")]
Segment = Annotated[str, one_of(*SEGMENTS)]


@dataclass(frozen=True, slots=True)
class Pin(Stanza):
    """A contact that places the whole figure: the point ``local`` of the segment ``frame`` is ``at``."""

    frame: Segment
    local: Place
    at: Place


@dataclass(frozen=True, slots=True)
class Root(Stanza):
    """The pelvis: turned by pitch (x), yaw (y) and roll (z); at ``pos``, or wherever ``pin`` puts it."""

    rot: Turns
    pos: Place = ORIGIN
    pin: Annotated[Pin | None, choice(lambda _: Pin)] = None


@dataclass(frozen=True, slots=True)
class Spine(Stanza):
    """Flexion, bend to the left and turn to the left of the lower and the upper back."""

    lumbar: Turns = ORIGIN
    thorax: Turns = ORIGIN


@dataclass(frozen=True, slots=True)
class FixedTarget:
    """A target in the room."""

    at: Triple


@dataclass(frozen=True, slots=True)
class OnSegment(Stanza):
    """A target that moves with a segment: a hand on the knee, an ankle on the other thigh."""

    frame: Segment
    local: Place


Target = FixedTarget | OnSegment


@dataclass(frozen=True, slots=True)
class FlatFoot(Stanza):
    """A foot held in the world, not by the shank: heading from +z to +x, toes up by pitch, rolled."""

    flat: Degrees
    pitch: Degrees = 0.0
    roll: Degrees = 0.0


Foot = Annotated[FlatFoot | None, choice(lambda _: FlatFoot)]


@dataclass(frozen=True, slots=True)
class JointLeg(Stanza):
    """A leg by angles: hip flexion, abduction, external rotation; knee flexion; ankle dorsiflexion."""

    hip: Turns
    knee: Degrees
    ankle: Degrees = 0.0
    foot_out: Degrees = FOOT_OUT
    foot: Foot = None


@dataclass(frozen=True, slots=True)
class ReachingLeg(Stanza):
    """A leg whose ankle goes to a target; the knee points to ``pole``, turned by ``swivel`` about hip to ankle."""

    target: Annotated[Target, place, AfterValidator(FixedTarget), Field(alias="ankle_at")]
    pole: Direction
    swivel: Degrees = 0.0
    ankle: Degrees = 0.0
    foot_out: Degrees = FOOT_OUT
    foot: Foot = None


@dataclass(frozen=True, slots=True)
class LeaningLeg(ReachingLeg):
    """One whose ankle goes along with another limb."""

    target: Annotated[OnSegment, Field(alias="ankle_to")]


Leg = JointLeg | ReachingLeg


@dataclass(frozen=True, slots=True)
class Hand(Stanza):
    """A hand: grip from 0 (flat) to 1 (fist), bent to the thumb's side by ``dev``."""

    grip: Share = LOOSE_GRIP
    dev: Degrees = 0.0


@dataclass(frozen=True, slots=True)
class AimedHand(Hand):
    """A hand that points in the world: its fingers and the normal of its palm."""

    fingers: Annotated[Direction, Field(alias="dir")] = field(kw_only=True)
    palm: Direction = field(kw_only=True)


def _hand(value: Any) -> type[Hand]:
    return AimedHand if isinstance(value, dict) and {"dir", "palm"} & value.keys() else Hand


AnyHand = Annotated[Hand, choice(_hand)]


@dataclass(frozen=True, slots=True)
class JointArm(Stanza):
    """An arm by angles: shoulder flexion, abduction, external rotation; elbow; pronation; wrist flexion."""

    shoulder: Turns
    elbow: Degrees
    pron: Degrees = 0.0
    wrist: Degrees = 0.0
    hand: AnyHand = Hand()


@dataclass(frozen=True, slots=True)
class ReachingArm(Stanza):
    """An arm whose wrist goes to a target; the elbow points to ``pole``."""

    target: Annotated[Target, place, AfterValidator(FixedTarget), Field(alias="wrist_at")]
    pole: Direction
    pron: Degrees = 0.0
    wrist: Degrees = 0.0
    hand: AnyHand = Hand()


@dataclass(frozen=True, slots=True)
class LeaningArm(ReachingArm):
    """One whose wrist goes along with another limb."""

    target: Annotated[OnSegment, Field(alias="wrist_to")]


Arm = JointArm | ReachingArm

AnyLeg = Annotated[Leg, ways(hip=JointLeg, ankle_at=ReachingLeg, ankle_to=LeaningLeg)]
AnyArm = Annotated[Arm, ways(shoulder=JointArm, wrist_at=ReachingArm, wrist_to=LeaningArm)]


@dataclass(frozen=True, slots=True)
class Pose(Stanza):
    """One complete posture, before it is solved."""

    root: Annotated[Root, ways(pos=Root, pin=Root)]
    leg_l: AnyLeg
    leg_r: AnyLeg
    arm_l: AnyArm
    arm_r: AnyArm
    spine: Spine = Spine()
    neck: Turns = ORIGIN

    def limb(self, name: str) -> Leg | Arm:
        found: Leg | Arm = getattr(self, name)
        return found


def mix(first: Any, second: Any, share: float) -> Any:
    """Return the value ``share`` of the way from one to another of the same make; words are equal in both."""
    if isinstance(first, float):
        return first + (second - first) * share
    if isinstance(first, tuple):
        return tuple(mix(a, b, share) for a, b in zip(first, second, strict=True))
    if dataclasses.is_dataclass(first) and not isinstance(first, type):
        names = [field.name for field in dataclasses.fields(first)]
        return dataclasses.replace(
            first, **{name: mix(getattr(first, name), getattr(second, name), share) for name in names}
        )
    return first
