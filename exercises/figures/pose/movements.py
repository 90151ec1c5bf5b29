"""Pose files: the values an exercise is drawn from, checked once and never changed.

``read(slug)`` gives a ``Movement``; ``movement.pose_at(t)`` the pose at a time from 0 (start) to 1. Lengths are
centimetres, angles degrees with clinical signs (flexion, abduction and external rotation positive on both sides).
World axes: x to the figure's left, y up, z to its front before the root turns it; the floor is y = 0. Every
exercise is authored for the right leg. The keys of a file are described in ``poses/README.md``.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from exercises.figures.pose import vocabulary
from exercises.figures.pose.postures import (
    Aim,
    Arm,
    FlatFoot,
    Hand,
    JointArm,
    JointLeg,
    Leg,
    OnSegment,
    Pair,
    Pin,
    Place,
    Pose,
    ReachingArm,
    ReachingLeg,
    Root,
    Spine,
    Target,
    Triple,
    mix,
)
from exercises.figures.pose.schema import PoseError

__all__ = ["Movement", "Pair", "Pose", "PoseError", "Triple", "parse", "read", "slugs"]

FOLDER = Path(__file__).resolve().parents[1] / "poses"

NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
"""How a pose file may be called: its name stands in addresses."""
ORIGIN: Triple = (0.0, 0.0, 0.0)
FOOT_OUT = 6.0
"""Degrees a foot turns out when nothing else is said."""
LOOSE_GRIP = 0.25
"""How far a hand is closed when nothing else is said."""


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
    """A complete pose at a time, and what the file calls it: "start", "end" or "keys[1]"."""

    t: float
    pose: Pose
    name: str


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


def slugs() -> tuple[str, ...]:
    """Return the exercises that have a pose file, in order of their names."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@functools.cache
def read(slug: str) -> Movement:
    """Return the movement of an exercise. Nobody drew it, or the file is wrong: ``PoseError`` says what and where."""
    if slug not in slugs():
        raise PoseError(f"{slug}.json: there is no such pose file")
    if not NAME.fullmatch(slug):
        raise PoseError(f"{slug}.json: a file's name has small letters, digits and hyphens alone: seated-march.json")
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
        keys=tuple(Key(t, _pose(pose), name) for t, pose, name in vocabulary.complete_keys(data)),
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
