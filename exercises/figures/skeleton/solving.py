"""Pose → skeleton: where each segment is and how it is turned.

Lengths in cm, angles in degrees. Every frame has -y along its bone (the trunk +y), x to the figure's left and z to
its front; a hand's palm faces its own -x (left) or +x (right). Turns follow the clinical order: at hip and shoulder
flexion, then abduction, then rotation. A pin places the figure, legs are solved before arms, a limb that reaches for
another one after that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from exercises.figures.pose.postures import (
    AimedHand,
    Arm,
    JointArm,
    JointLeg,
    Leg,
    OnSegment,
    Pose,
    ReachingLeg,
    Spine,
    Target,
)
from exercises.figures.pose.vocabulary import SEGMENTS_OF
from exercises.figures.skeleton import proportions as body
from exercises.figures.skeleton.geometry import Array, Frame, about_x, about_y, about_z, unit, vector
from exercises.figures.skeleton.reach import Bones, Reach, across, reach, swing

SIDES = (("l", 1.0), ("r", -1.0))
OTHER = {"l": "r", "r": "l"}
SPREAD = 0.75
"""The share of a bend of the lower back that its own joint takes; the joint above takes the rest, and back."""
TWIST_LIMIT = 85.0
"""Degrees a hand turns against the elbow before the wrist gives the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """A solved pose: the frames of all segments, how far each hand is closed, and by how much limbs miss (cm)."""

    frames: Mapping[str, Frame]
    grip: Mapping[str, float]
    misses: Mapping[str, float]

    def reflection(self) -> "Skeleton":
        """Return the exact reflection in x = 0: left and right change names."""
        return Skeleton(
            frames=MappingProxyType({opposite(name): frame.reflection() for name, frame in self.frames.items()}),
            grip=MappingProxyType({OTHER[side]: grip for side, grip in self.grip.items()}),
            misses=MappingProxyType({opposite(limb): miss for limb, miss in self.misses.items()}),
        )


def opposite(name: str) -> str:
    """Return the name of the same thing on the other side: ``thigh_l`` for ``thigh_r``, ``head`` for ``head``."""
    stem, _, side = name.rpartition("_")
    return f"{stem}_{OTHER[side]}" if stem and side in OTHER else name


def solve(pose: Pose) -> Skeleton:
    """Return the skeleton of a pose. A target out of reach is met as far as the bones allow."""
    frames = _trunk(pose, np.zeros(3))
    if pose.root.pin:
        for limb, side, sign in _limbs(pose):
            if isinstance(limb, JointLeg | JointArm):
                frames |= _limb(limb, side, sign, frames)[0]
        pin = pose.root.pin
        root = vector(pin.at) - frames[pin.frame].at(pin.local)
    else:
        root = vector(pose.root.pos)
    frames, misses = _trunk(pose, root), {}
    for limb, side, sign in _limbs(pose):
        found, miss = _limb(limb, side, sign, frames)
        frames |= found
        misses[f"{'arm' if hasattr(limb, 'hand') else 'leg'}_{side}"] = miss
    return Skeleton(
        frames=MappingProxyType(frames),
        grip=MappingProxyType({"l": pose.arm_l.hand.grip, "r": pose.arm_r.hand.grip}),
        misses=MappingProxyType(misses),
    )


def _limbs(pose: Pose) -> list[tuple[Leg | Arm, str, float]]:
    found: list[tuple[Leg | Arm, str, float]] = []
    for left, right, kind in ((pose.leg_l, pose.leg_r, "leg_r"), (pose.arm_l, pose.arm_r, "arm_r")):
        limbs: list[tuple[Leg | Arm, str, float]] = [(left, *SIDES[0]), (right, *SIDES[1])]
        target = getattr(left, "target", None)
        left_waits = isinstance(target, OnSegment) and target.frame in SEGMENTS_OF[kind]
        found += limbs[::-1] if left_waits else limbs
    return found


def _limb(limb: Leg | Arm, side: str, sign: float, frames: Mapping[str, Frame]) -> tuple[dict[str, Frame], float]:
    if isinstance(limb, JointLeg | ReachingLeg):
        return _leg(limb, side, sign, frames)
    return _arm(limb, side, sign, frames)


def _trunk(pose: Pose, root: Array) -> dict[str, Frame]:
    pitch, yaw, roll = pose.root.rot
    pelvis = Frame(about_y(yaw) @ about_z(roll) @ about_x(pitch), root)
    lower, upper = _spread(pose.spine)
    abdomen = pelvis.child((0, body.LUMBAR_UP, -body.LUMBAR_BACK), _bend(lower))
    chest = abdomen.child((0, body.THORAX_UP, 0), _bend(upper))
    nod, tilt, turn = pose.neck
    neck = chest.child((0, body.NECK_UP, -body.NECK_BACK), _bend((body.NECK_LEAN + nod * 0.5, tilt * 0.5, turn * 0.4)))
    head = neck.child((0, body.NECK, 0), _bend((nod * 0.5 - body.NECK_LEAN, tilt * 0.5, turn * 0.6)))
    return {"pelvis": pelvis, "abdomen": abdomen, "chest": chest, "neck": neck, "head": head}


def _bend(turns: tuple[float, float, float]) -> Array:
    """Return the rotation of a joint of the trunk: flexion, bend to the left, turn to the left."""
    flexion, side, turn = turns
    rotation: Array = about_x(flexion) @ about_z(-side) @ about_y(turn)
    return rotation


def _spread(spine: Spine) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return the turns of both joints of the back, each helping the other so that it curves."""
    pairs = list(zip(spine.lumbar, spine.thorax, strict=True))
    lower = [low * SPREAD + high * (1 - SPREAD) for low, high in pairs]
    upper = [low * (1 - SPREAD) + high * SPREAD for low, high in pairs]
    return (lower[0], lower[1], lower[2]), (upper[0], upper[1], upper[2])


def _place(target: Target, frames: Mapping[str, Frame]) -> Array:
    return frames[target.frame].at(target.local) if isinstance(target, OnSegment) else vector(target.at)


def _ball(turns: tuple[float, float, float], sign: float) -> Array:
    """Return the rotation of a hip or shoulder: flexion, abduction, external rotation."""
    flexion, abduction, rotation = turns
    turn: Array = about_x(-flexion) @ about_z(sign * abduction) @ about_y(sign * rotation)
    return turn


def _leg(leg: Leg, side: str, sign: float, frames: Mapping[str, Frame]) -> tuple[dict[str, Frame], float]:
    pelvis = frames["pelvis"]
    hip = pelvis.at((sign * body.HIP_OUT, 0, 0))
    miss = 0.0
    if isinstance(leg, JointLeg):
        thigh = Frame(pelvis.axes @ _ball(leg.hip, sign), hip)
        shank = thigh.child((0, -body.THIGH, 0), about_x(leg.knee))
    else:
        bones = Bones(body.THIGH, body.SHANK, 1.0, pelvis.axes[:, 2])
        target = _place(leg.target, frames)
        along = unit(target - hip)
        found = reach(hip, target, swing(across(leg.pole, along, bones.front), along, leg.swivel), bones)
        thigh, shank, miss = found.upper, found.lower, found.miss
    ankle = shank.at((0, -body.SHANK, 0))
    if leg.foot:
        foot = Frame(about_y(leg.foot.flat) @ about_x(-leg.foot.pitch) @ about_z(leg.foot.roll), ankle)
    else:
        foot = Frame(shank.axes @ about_x(-leg.ankle) @ about_y(sign * leg.foot_out), ankle)
    return {f"thigh_{side}": thigh, f"shank_{side}": shank, f"foot_{side}": foot}, miss


def _arm(arm: Arm, side: str, sign: float, frames: Mapping[str, Frame]) -> tuple[dict[str, Frame], float]:
    chest = frames["chest"]
    miss = 0.0
    if isinstance(arm, JointArm):
        axes = chest.axes @ _ball(arm.shoulder, sign)
        upper = Frame(axes, _shoulder(chest, sign, -axes[:, 1]))
        fore = upper.child((0, -body.UPPER_ARM, 0), about_x(-arm.elbow))
    else:
        target = _place(arm.target, frames)
        rest = _reach_arm(_shoulder(chest, sign, -chest.axes[:, 1]), target, arm.pole, chest)
        found = _reach_arm(_shoulder(chest, sign, -rest.upper.axes[:, 1]), target, arm.pole, chest)
        upper, fore, miss = found.upper, found.lower, found.miss
    wrist = fore.at((0, -body.FOREARM, 0))
    fore, hand = _turned(fore, arm, sign, wrist)
    return {f"upper_{side}": upper, f"fore_{side}": fore, f"hand_{side}": hand}, miss


def _reach_arm(shoulder: Array, target: Array, pole: tuple[float, float, float], chest: Frame) -> Reach:
    return reach(
        shoulder, target, pole, Bones(body.UPPER_ARM, body.FOREARM, -1.0, unit(-chest.axes[:, 1] - chest.axes[:, 2]))
    )


def _shoulder(chest: Frame, sign: float, arm: Array) -> Array:
    """Return the shoulder joint for an upper arm in direction ``arm``: the girdle lifts, draws in and slides round the
    ribs with it, the more the further the arm goes, so that no shoulder peaks.
    """
    _, up, front = chest.axes.T @ arm
    lift, ahead = ((1 + float(up)) / 2) ** 2, max(0.0, float(front)) ** 2
    return chest.at(
        (
            sign * (body.SHOULDER_OUT - 1.8 * lift - 2.0 * ahead),
            body.SHOULDER_UP + 4.2 * lift,
            3.4 * ahead - body.SHOULDER_BACK,
        )
    )


def _turned(fore: Frame, arm: Arm, sign: float, wrist: Array) -> tuple[Frame, Frame]:
    if not isinstance(arm.hand, AimedHand):
        half = about_y(-sign * arm.pron * 0.5)
        turned = Frame(fore.axes @ half, fore.origin)
        bend = about_x(-arm.wrist) @ about_z(sign * arm.hand.dev)
        return turned, Frame(turned.axes @ half @ bend, wrist)
    hand = _aimed(arm.hand, sign, wrist)
    twist = float(np.rad2deg(np.arctan2(*(fore.axes.T @ hand.axes[:, 2])[[0, 2]])))
    eased = TWIST_LIMIT * float(np.tanh(twist / TWIST_LIMIT))
    return Frame(fore.axes @ about_y(eased * 0.5), fore.origin), hand


def _aimed(aim: AimedHand, sign: float, wrist: Array) -> Frame:
    """Return a hand whose fingers and palm point in given directions of the world."""
    up = -unit(aim.fingers)
    palm = vector(aim.palm)
    side = -sign * unit(palm - up * float(palm @ up))
    return Frame(np.column_stack([side, up, np.cross(side, up)]), wrist)
