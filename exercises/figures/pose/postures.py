"""Postures: one complete pose of a person, before it is solved.

Lengths are centimetres, angles degrees with clinical signs (flexion, abduction and external rotation positive on both
sides). World axes: x to the figure's left, y up, z to its front before the root turns it; the floor is y = 0.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

Triple = tuple[float, float, float]
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """A contact that places the whole figure: the point ``local`` of the segment ``frame`` is ``at``."""

    frame: str
    local: Triple
    at: Triple


@dataclass(frozen=True, slots=True)
class Root:
    """The pelvis: turned by pitch (x), yaw (y) and roll (z); at ``pos``, or wherever ``pin`` puts it."""

    rot: Triple
    pos: Triple
    pin: Pin | None


@dataclass(frozen=True, slots=True)
class Spine:
    """Flexion, bend to the left and turn to the left of the lower and the upper back."""

    lumbar: Triple
    thorax: Triple


@dataclass(frozen=True, slots=True)
class Place:
    """A fixed target in the world."""

    at: Triple


@dataclass(frozen=True, slots=True)
class OnSegment:
    """A target that moves with a segment: a hand on the knee, an ankle on the other thigh."""

    frame: str
    local: Triple


Target = Place | OnSegment


@dataclass(frozen=True, slots=True)
class FlatFoot:
    """A foot held in the world, not by the shank: heading from +z to +x, toes up by pitch, rolled."""

    flat: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True)
class JointLeg:
    """A leg by angles: hip flexion, abduction, external rotation; knee flexion; ankle dorsiflexion."""

    hip: Triple
    knee: float
    ankle: float
    foot_out: float
    foot: FlatFoot | None


@dataclass(frozen=True, slots=True)
class ReachingLeg:
    """A leg whose ankle goes to a target; the knee points to ``pole``, turned by ``swivel`` about hip to ankle."""

    target: Target
    pole: Triple
    swivel: float
    ankle: float
    foot_out: float
    foot: FlatFoot | None


Leg = JointLeg | ReachingLeg


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a hand points in the world: its fingers and the normal of its palm."""

    fingers: Triple
    palm: Triple


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand: grip from 0 (flat) to 1 (fist), bent to the thumb's side by ``dev``, or aimed in the world."""

    grip: float
    dev: float
    aim: Aim | None


@dataclass(frozen=True, slots=True)
class JointArm:
    """An arm by angles: shoulder flexion, abduction, external rotation; elbow; pronation; wrist flexion."""

    shoulder: Triple
    elbow: float
    pron: float
    wrist: float
    hand: Hand


@dataclass(frozen=True, slots=True)
class ReachingArm:
    """An arm whose wrist goes to a target; the elbow points to ``pole``."""

    target: Target
    pole: Triple
    pron: float
    wrist: float
    hand: Hand


Arm = JointArm | ReachingArm


@dataclass(frozen=True, slots=True)
class Pose:
    """One complete posture, before it is solved."""

    root: Root
    spine: Spine
    neck: Triple
    leg_l: Leg
    leg_r: Leg
    arm_l: Arm
    arm_r: Arm


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
