"""Limbs of two bones that reach for a point: where the knee or elbow goes, and how the bones are turned.

A limb's frames have -y along the bone, x along the hinge and z to the front of a knee, or of an elbow. Nothing here
jumps: a limb held straight, or a knee pointed along its own limb, still has one steady hinge.
"""

from dataclasses import dataclass

import numpy as np

from exercises.figures.skeleton.geometry import Array, Frame, Vector, unit, vector
from exercises.figures.skeleton.proportions import STRAIGHT_SLACK

STEADY = 0.25
"""A pole whose share across the limb is smaller is helped by the limb's own front, more the smaller it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """A solved limb: its two bones, its end (ankle or wrist) and by how much (cm) it misses the target."""

    upper: Frame
    lower: Frame
    end: Array
    miss: float


@dataclass(frozen=True, slots=True, eq=False)
class Bones:
    """A limb's two lengths, the side its hinge opens to (knee 1, elbow -1) and its front when a pole says nothing."""

    upper: float
    lower: float
    opens: float
    front: Array


def reach(start: Vector, target: Vector, pole: Vector, bones: Bones) -> Reach:
    """Return the limb from ``start`` to ``target`` bending towards ``pole``, as far as its bones allow."""
    origin, aim = vector(start), vector(target)
    along = unit(aim - origin)
    wanted = float(np.linalg.norm(aim - origin))
    length = min(max(wanted, abs(bones.upper - bones.lower) + 1e-3), bones.upper + bones.lower - STRAIGHT_SLACK)
    out = across(pole, along, bones.front)
    foot = (bones.upper**2 - bones.lower**2 + length**2) / (2 * length)
    height = float(np.sqrt(max(bones.upper**2 - foot**2, 0.0)))
    joint = origin + along * foot + out * height
    end = origin + along * length
    hinge = bones.opens * np.cross(out, along)
    return Reach(upper=_bone(origin, joint, hinge), lower=_bone(joint, end, hinge), end=end, miss=abs(wanted - length))


def across(pole: Vector, along: Array, front: Array) -> Array:
    """Return the direction of ``pole`` square to the limb, leaning on ``front`` where the pole runs along it."""
    aim = unit(pole)
    square = aim - along * float(aim @ along)
    weak = max(0.0, 1 - float(np.linalg.norm(square)) / STEADY)
    own = front - along * float(front @ along)
    return unit(square + weak * weak * STEADY * own)


def swing(pole: Vector, along: Array, degrees: float) -> Array:
    aim = vector(pole)
    first = unit(aim - along * float(aim @ along))
    turn = np.deg2rad(degrees)
    swing: Array = first * np.cos(turn) + np.cross(along, first) * np.sin(turn)
    return swing


def _bone(origin: Array, end: Array, hinge: Array) -> Frame:
    up = unit(origin - end)
    side = unit(hinge - up * float(hinge @ up))
    return Frame(np.column_stack([side, up, np.cross(side, up)]), origin)
