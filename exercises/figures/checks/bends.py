"""Whether a bent knee looks bent: from the wrong side it lies on one line, and the picture shows a straight leg lifted.

Angles are degrees. Only of somebody who lies: of whoever stands or sits, the room says how the legs are.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from exercises.figures.checks.contacts import joint_angles
from exercises.figures.pose.movements import Movement
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import Skeleton, solve

LYING: Final = frozenset({"mat", "bed"})
BENT: Final = 60.0
"""A knee bent further than this has to be seen to be bent."""
SEEN: Final = 28.0
"""By how much thigh and lower leg leave one line in the picture, at least."""


def straightened(movement: Movement) -> Iterator[str]:
    """Yield a sentence for each picture in which a working knee that is bent looks straight."""
    if not LYING & {prop.type for prop in movement.props}:
        return
    camera = Camera(movement.camera.yaw, movement.camera.pitch)
    for name, t in (("start", 0.0), ("end", movement.end_t)):
        skeleton = solve(movement.pose_at(t))
        for side in "lr" if movement.legs == "both" else "r":
            real, seen = joint_angles(skeleton)[f"knee_{side}"], seen_bend(skeleton, side, camera)
            if real > BENT and seen < SEEN:
                yield (
                    f"{movement.slug}.json: camera: at the {name} knee_{side} is bent by {real:.0f} degrees and looks "
                    f"bent by {seen:.0f} (at least {SEEN:g} is needed): look from another side"
                )


def seen_bend(skeleton: Skeleton, side: str, camera: Camera) -> float:
    """Return the angle between thigh and lower leg as the picture shows it: 0 where they lie on one line."""
    joints = np.array([skeleton.frames[f"{bone}_{side}"].origin for bone in ("thigh", "shank", "foot")])
    thigh, shank = np.diff(camera.place(joints)[:, :2], axis=0)
    across = thigh[0] * shank[1] - thigh[1] * shank[0]
    return abs(float(np.rad2deg(np.arctan2(across, thigh @ shank))))
