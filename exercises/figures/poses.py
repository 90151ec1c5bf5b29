"""Pose files: the values an exercise is drawn from, checked once and never changed.

``read(slug)`` gives a ``Movement``; ``movement.pose_at(t)`` the pose at a time from 0 (start) to 1. Lengths are
centimetres, angles degrees with clinical signs (flexion, abduction and external rotation positive on both sides).
World axes: x to the figure's left, y up, z to its front before the root turns it; the floor is y = 0. Every
exercise is authored for the right leg. The keys of a file are described in ``poses/README.md``.
"""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from exercises.figures import vocabulary
from exercises.figures.proportions import FOOT_OUT
from exercises.figures.schema import PoseError

__all__ = ["Movement", "Pose", "PoseError", "parse", "read", "slugs"]

FOLDER = Path(__file__).resolve().parent / "poses"

Triple = tuple[float, float, float]
Pair = tuple[float, float]
ORIGIN: Triple = (0.0, 0.0, 0.0)
LOOSE_GRIP = 0.25
"""How far a hand is closed when nothing else is said."""


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


@dataclass(frozen=True, slots=True)
class Camera:
    """Where it is seen from: yaw 0 looks at the world's front, -90 from the figure's right; pitch from above."""

    yaw: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the room: its foot ``at``, turned by ``yaw``; or something worn ``round`` segments, ``along`` cm."""

    type: str
    at: Triple
    yaw: float
    size: Triple | None
    round: tuple[str, ...]
    along: float


@dataclass(frozen=True, slots=True)
class ArcArrow:
    """An arc through screen points (cm) relative to a segment's point at time ``t``."""

    anchor: str
    local: Triple
    pts: tuple[Pair, ...]
    t: float


@dataclass(frozen=True, slots=True)
class PathArrow:
    """An arrow along the way of a segment's point over ``span`` of the time, moved outwards by ``offset``."""

    frame: str
    local: Triple
    span: Pair
    offset: float


@dataclass(frozen=True, slots=True)
class RingArrow:
    """An arrow on a circle in space about a segment's point at time ``t``, over ``arc`` degrees."""

    frame: str
    local: Triple
    normal: Triple
    r: float
    arc: Pair
    t: float


Arrow = ArcArrow | PathArrow | RingArrow


@dataclass(frozen=True, slots=True)
class Contact:
    """A part that rests on a surface (by name, or at a height in cm) during ``times``."""

    part: str
    on: str | float
    times: Pair


@dataclass(frozen=True, slots=True)
class Key:
    """A complete pose at a time."""

    t: float
    pose: Pose


@dataclass(frozen=True, slots=True)
class Movement:
    """One exercise as it is drawn: its poses over time and everything around them."""

    slug: str
    legs: str
    """Which are coloured: "one", the working leg (authored as the right one), or "both"."""
    feet: str
    """In "shoes" or in "socks"."""
    camera: Camera
    props: tuple[Prop, ...]
    keys: tuple[Key, ...]
    end_t: float
    arrows: tuple[Arrow, ...]
    ghost: tuple[str, ...]
    contacts: tuple[Contact, ...]
    seconds: float
    wider: Mapping[str, Pair]
    """Joint angles that may go beyond the usual range in this exercise: ``"hip_r rotation": (-45, 70)``."""

    @property
    def loops(self) -> bool:
        """Whether it goes round and ends where it starts, rather than there and back."""
        return self.keys[0].pose == self.keys[-1].pose

    def pose_at(self, t: float) -> Pose:
        """Return the pose at time ``t`` (0 to 1): every number linearly between the keys on either side."""
        for before, after in zip(self.keys, self.keys[1:], strict=False):
            if t <= before.t:
                return before.pose
            if t < after.t:
                return cast("Pose", mix(before.pose, after.pose, (t - before.t) / (after.t - before.t)))
        return self.keys[-1].pose


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


def slugs() -> tuple[str, ...]:
    """Return the exercises that have a pose file, in order of their names."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@functools.cache
def read(slug: str) -> Movement:
    """Return the movement of an exercise. Nobody drew it, or the file is wrong: ``PoseError`` says what and where."""
    if slug not in slugs():
        raise PoseError(f"{slug}.json: there is no such pose file")
    return parse(slug, (FOLDER / f"{slug}.json").read_bytes())


def parse(slug: str, text: str | bytes) -> Movement:
    """Return the movement written in ``text`` (JSON); every fault is named in one ``PoseError``."""
    data = vocabulary.checked(f"{slug}.json", text)
    end_t = float(data.get("end_t", 0.5 if "keys" in data else 1.0))
    arrows = data.get("arrow", [])
    return Movement(
        slug=slug,
        legs=data["legs"],
        feet=data.get("feet", "shoes"),
        camera=Camera(float(data["camera"]["yaw"]), float(data["camera"]["pitch"])),
        props=tuple(_prop(prop) for prop in data.get("props", [])),
        keys=tuple(Key(t, _pose(pose)) for t, pose in vocabulary.complete_keys(data)),
        end_t=end_t,
        arrows=tuple(_arrow(arrow, end_t) for arrow in (arrows if isinstance(arrows, list) else [arrows])),
        ghost=tuple(data.get("ghost", [])),
        contacts=tuple(_contact(contact) for contact in data.get("contacts", [])),
        seconds=float(data["seconds"]),
        wider=MappingProxyType({joint: _pair(entry["range"]) for joint, entry in data.get("wider", {}).items()}),
    )


def _triple(values: Sequence[float]) -> Triple:
    x, y, z = values
    return float(x), float(y), float(z)


def _pair(values: Sequence[float]) -> Pair:
    first, second = values
    return float(first), float(second)


def _pose(data: dict[str, Any]) -> Pose:
    spine = data.get("spine", {})
    return Pose(
        root=_root(data["root"]),
        spine=Spine(_triple(spine.get("lumbar", ORIGIN)), _triple(spine.get("thorax", ORIGIN))),
        neck=_triple(data.get("neck", ORIGIN)),
        leg_l=_leg(data["leg_l"]),
        leg_r=_leg(data["leg_r"]),
        arm_l=_arm(data["arm_l"]),
        arm_r=_arm(data["arm_r"]),
    )


def _root(data: dict[str, Any]) -> Root:
    pin = data.get("pin")
    return Root(
        rot=_triple(data["rot"]),
        pos=_triple(data.get("pos", ORIGIN)),
        pin=Pin(pin["frame"], _triple(pin["local"]), _triple(pin["at"])) if pin else None,
    )


def _target(data: dict[str, Any], end: str) -> Target | None:
    if f"{end}_at" in data:
        return Place(_triple(data[f"{end}_at"]))
    if f"{end}_to" in data:
        return OnSegment(data[f"{end}_to"]["frame"], _triple(data[f"{end}_to"]["local"]))
    return None


def _leg(data: dict[str, Any]) -> Leg:
    foot = data.get("foot")
    flat = FlatFoot(float(foot["flat"]), float(foot.get("pitch", 0)), float(foot.get("roll", 0))) if foot else None
    ankle, out = float(data.get("ankle", 0)), float(data.get("foot_out", FOOT_OUT))
    target = _target(data, "ankle")
    if target is None:
        return JointLeg(_triple(data["hip"]), float(data["knee"]), ankle, out, flat)
    return ReachingLeg(target, _triple(data["pole"]), float(data.get("swivel", 0)), ankle, out, flat)


def _arm(data: dict[str, Any]) -> Arm:
    stanza = data.get("hand", {})
    aim = Aim(_triple(stanza["dir"]), _triple(stanza["palm"])) if "dir" in stanza else None
    hand = Hand(float(stanza.get("grip", LOOSE_GRIP)), float(stanza.get("dev", 0)), aim)
    pron, wrist = float(data.get("pron", 0)), float(data.get("wrist", 0))
    target = _target(data, "wrist")
    if target is None:
        return JointArm(_triple(data["shoulder"]), float(data["elbow"]), pron, wrist, hand)
    return ReachingArm(target, _triple(data["pole"]), pron, wrist, hand)


def _prop(data: dict[str, Any]) -> Prop:
    return Prop(
        type=data["type"],
        at=_triple(data.get("at", ORIGIN)),
        yaw=float(data.get("yaw", 0)),
        size=_triple(data["size"]) if "size" in data else None,
        round=tuple(data.get("round", [])),
        along=float(data.get("along", 0)),
    )


def _arrow(data: dict[str, Any], end_t: float) -> Arrow:
    ring = data.get("circle", data)
    local, t = _triple(ring.get("local", ORIGIN)), float(ring.get("t", end_t))
    if "circle" in data:
        return RingArrow(ring["frame"], local, _triple(ring["normal"]), float(ring["r"]), _pair(ring["arc"]), t)
    if "anchor" in data:
        return ArcArrow(data["anchor"], local, tuple(_pair(point) for point in data["pts"]), t)
    return PathArrow(data["frame"], local, _pair(data.get("span", [0, 1])), float(data.get("offset", 8)))


def _contact(data: dict[str, Any]) -> Contact:
    on = data["on"]
    return Contact(
        part=data["part"],
        on=float(on["height"]) if isinstance(on, dict) else on,
        times=_pair(data.get("times", [0, 1])),
    )
