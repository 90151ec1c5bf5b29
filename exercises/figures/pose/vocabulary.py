"""The names a pose file may use; what each means is told in ``poses/README.md``."""

from typing import Final

SIDES: Final = ("l", "r")
LEGS: Final = ("leg_l", "leg_r")
LIMBS: Final = (*LEGS, "arm_l", "arm_r")
SEGMENTS_OF: Final = {
    f"{limb}_{side}": tuple(f"{segment}_{side}" for segment in segments)
    for limb, segments in {"leg": ("thigh", "shank", "foot"), "arm": ("upper", "fore", "hand")}.items()
    for side in SIDES
}
"""The segments that belong to a limb."""
TRUNK: Final = ("pelvis", "abdomen", "chest", "neck", "head")
SEGMENTS: Final = TRUNK + tuple(segment for limb in LIMBS for segment in SEGMENTS_OF[limb])
PARTS: Final = (
    *("pelvis", "torso", "neck", "head", "hair"),
    *(f"{part}_{side}" for part in ("thigh", "shank", "foot", "sleeve", "upper", "fore", "hand") for side in SIDES),
)
"""What a body is drawn from, as a contact or a ghost may name it."""
PROP_OF: Final = {
    "floor": None,
    "mat": "mat",
    "bed": "bed",
    "pillow": "pillow",
    "cushion": "cushion",
    "chair_seat": "chair",
    "chair_back": "chair",
    "chair_arms": "chair",
    "worktop": "worktop",
}
"""The surfaces to rest on, and the prop each belongs to; a floor is under every figure."""
MODES: Final = {
    "leg": {"hip": "by angles", "ankle_at": "to a fixed target", "ankle_to": "to a target on a segment"},
    "arm": {"shoulder": "by angles", "wrist_at": "to a fixed target", "wrist_to": "to a target on a segment"},
}
"""The three ways to say how a limb is held, by the key that stands for each."""
JOINTS: Final = tuple(
    f"{joint}_{side}{axis}"
    for side in SIDES
    for joint, axes in {"hip": (" flexion", " abduction", " rotation"), "knee": ("",), "elbow": ("",)}.items()
    for axis in axes
)
