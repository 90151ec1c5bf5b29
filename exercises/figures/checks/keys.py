"""Where a pose file says what a figure does at a time: the key to mend, as its author knows it (``end.leg_r.knee``).

Between two keys it is the nearer one; where that one changes nothing of the kind, it is the start.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from exercises.figures.pose.movements import Movement
from exercises.figures.pose.postures import FixedTarget, ReachingArm, ReachingLeg

LIMB_OF: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("hip", "knee", "thigh", "shank", "ankle", "foot", "sole", "toe"), "leg")
    | dict.fromkeys(("elbow", "sleeve", "upper", "fore", "cuff", "wrist", "hand"), "arm")
)
"""The limb that a joint or a part belongs to, without its side; the trunk's stand with the root."""


def key_of_target(movement: Movement, t: float, limb: str) -> str:
    """Return the key of the place a limb reaches for: ``end.leg_r.ankle_at``."""
    target = _limb(movement, t, limb).target
    end = "ankle" if limb.startswith("leg") else "wrist"
    return f"{_stated(movement, t, limb, 'target')}.{limb}.{end}_{'at' if isinstance(target, FixedTarget) else 'to'}"


def key_of_joint(movement: Movement, t: float, joint: str) -> str:
    """Return the key that bends a joint (``"hip_r flexion"``): its own, or what the limb reaches for."""
    stem, side = joint.partition(" ")[0].split("_")
    limb = f"{LIMB_OF[stem]}_{side}"
    if isinstance(_limb(movement, t, limb), ReachingLeg | ReachingArm):
        return key_of_target(movement, t, limb)
    return f"{_stated(movement, t, limb, stem)}.{limb}.{stem}"


def key_of_part(movement: Movement, t: float, part: str) -> str:
    """Return the key that places a part of the body: its limb, or the root where that is what moves it."""
    stem, _, side = part.partition("_")
    places = [f"{LIMB_OF[stem]}_{side}", "root"] if stem in LIMB_OF else ["root"]
    stated = [(_stated(movement, t, place), place) for place in places]
    return ".".join(next((one for one in stated if one[0] != "start"), stated[0]))


def _limb(movement: Movement, t: float, limb: str) -> Any:
    return getattr(movement.pose_at(t), limb)


def _stated(movement: Movement, t: float, place: str, entry: str = "") -> str:
    """Return the key nearest to a time that says something of its own of ``place``, or of one entry there."""
    poses = {key.name: getattr(key.pose, place) for key in movement.keys}
    said = {name: getattr(pose, entry) if entry else pose for name, pose in poses.items()}
    nearest = min(movement.keys, key=lambda key: abs(key.t - t)).name
    return nearest if said[nearest] != said["start"] else "start"
