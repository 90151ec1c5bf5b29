"""What is worn on the body and moves with it: a band or belt round both thighs, a weight round an ankle.

It is laid as a strip round whatever the body measures there, straight between two limbs like anything stretched, and
drawn with the body. Lengths are centimetres.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.body.parts import Chain, Part, part
from exercises.figures.body.polylines import evenly
from exercises.figures.pose.files import Prop, WornProp
from exercises.figures.skeleton.geometry import Array, Frame, unit
from exercises.figures.skeleton.solving import Skeleton


@dataclass(frozen=True, slots=True)
class Strip:
    """How something worn is made: its ``width`` along the limb, how ``thick`` it is, and the material it shows."""

    width: float
    thick: float
    material: str


STRIPS: Final[Mapping[str, Strip]] = MappingProxyType(
    {"band": Strip(5.0, 0.5, "band"), "belt": Strip(3.6, 0.5, "band"), "weight": Strip(7.0, 1.4, "weight")}
)
LOOKS: Final = 72
"""At how many places round the limb its outline is taken."""
STEP: Final = 0.5
"""How far apart the strip's ellipsoids are, in cm; there are ``FEWEST`` at least."""
FEWEST: Final = 8


def worn(props: Iterable[Prop], parts: Iterable[Part], skeleton: Skeleton) -> tuple[Part, ...]:
    known = {found.name: found for found in parts}
    return tuple(_strip(prop, known, skeleton) for prop in props if isinstance(prop, WornProp))


def _strip(prop: WornProp, known: Mapping[str, Part], skeleton: Skeleton) -> Part:
    made = STRIPS[prop.type]
    frames = [skeleton.frames[name] for name in prop.round]
    axis = unit(np.sum([frame.axes[:, 1] for frame in frames], axis=0))
    rings = [_slice(known[name], frame, prop.along, made.width) for name, frame in zip(prop.round, frames, strict=True)]
    centres, shapes, levels = (np.concatenate(found) for found in zip(*rings, strict=True))
    loop = evenly(_around(centres, shapes, levels, axis), FEWEST, STEP, closed=True)
    run = np.roll(loop, -1, axis=0) - np.roll(loop, 1, axis=0)
    return part(prop.type, made.material, (), _ribbon(loop, run, axis, made))


def _slice(limb: Part, frame: Frame, along: float, width: float) -> tuple[Array, Array, Array]:
    """Return the limb's ellipsoids where the strip lies: centres, shapes, and for each the strip's middle (n, 3)."""
    depth = -((limb.centres - frame.origin) @ frame.axes[:, 1])
    near = np.abs(depth - along) <= max(width / 2, float(np.abs(depth - along).min()) + 1e-6)
    middle = np.broadcast_to(frame.at((0.0, -along, 0.0)), (int(near.sum()), 3))
    return limb.centres[near], limb.shapes[near], middle


def _around(centres: Array, shapes: Array, levels: Array, axis: Array) -> Array:
    """Return the outermost points (n, 3) of ellipsoids in every direction across ``axis``: a band stretched round."""
    first = unit(np.cross(axis, (0.31, 0.17, 0.94)))
    second = np.cross(axis, first)
    turn = np.linspace(0, 2 * np.pi, LOOKS, endpoint=False)[:, None]
    found = []
    for direction in np.cos(turn) * first + np.sin(turn) * second:
        spans = shapes @ direction
        reach = np.sqrt(spans @ direction)
        outmost = int(np.argmax(centres @ direction + reach))
        point = centres[outmost] + spans[outmost] / reach[outmost]
        found.append(point - ((point - levels[outmost]) @ axis) * axis)
    return np.array(found)


def _ribbon(loop: Array, run: Array, axis: Array, made: Strip) -> Chain:
    """Return flat ellipsoids along ``loop``: thin outwards, wide along the limb."""
    along = run / np.linalg.norm(run, axis=1, keepdims=True)
    out = np.cross(along, axis)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    wide = np.cross(out, along)
    axes = np.stack([along, wide, out], axis=2)
    radii = np.square([STEP * 2.0, made.width / 2, made.thick])
    return Chain(loop, np.einsum("nij,j,nkj->nik", axes, radii, axes))
