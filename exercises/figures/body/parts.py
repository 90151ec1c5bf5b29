"""Parts of a body: chains of ellipsoids laid along its segments.

Lengths are centimetres. An ellipsoid is its centre (3,) and its shape matrix R·diag(r²)·Rᵀ (3, 3) in the world.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from exercises.figures.body.polylines import catmull_rom, extend
from exercises.figures.skeleton.geometry import MIRROR, SMALL, Array, Frame, Vector, unit, vector

Frames = Mapping[str, Frame]

SCALLOP: Final = 0.05
"""How deep the outline may dip between two neighbouring ellipsoids, in centimetres."""
LOOKS: Final = 9
"""At how many places between two stations the needed step is looked at."""
ROUND: Final = 0.7
"""Between stations a chain follows a Catmull-Rom curve by this share, and a straight line by the rest."""
SIDES: Final = (("l", 1.0), ("r", -1.0))
"""A side's letter, and the sign of x on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Ellipsoids that together look like one smooth body: ``centres`` (n, 3), ``shapes`` (n, 3, 3)."""

    centres: Array
    shapes: Array


class Plane(NamedTuple):
    """A plane through ``point``; its ``normal`` looks to the left half."""

    point: Array
    normal: Array


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece of the figure that is drawn as one surface."""

    name: str
    material: str
    centres: Array
    shapes: Array
    joined: frozenset[str] = frozenset()
    """Names of the parts it grows into: between them a line is drawn only where the depth jumps."""
    decal: bool = False
    """Painted flat on what lies behind it: an eye."""
    split: Plane | None = None
    """Cuts the surface in a left and a right half, coloured as the left and the right leg."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceStroke:
    """A line on the surface, drawn where nothing hides it: ``points`` (n, 3), ``width`` in centimetres."""

    material: str
    width: float
    points: Array


class Station(NamedTuple):
    """One given ellipsoid of a chain: ``at`` and ``radii`` (x, y, z) in its segment's axes."""

    frame: Frame
    at: Vector
    radii: Vector


def ball(frame: Frame, at: Vector, radii: Vector) -> Chain:
    return chain([Station(frame, at, radii)])


def chain(stations: Iterable[Station | tuple[Frame, Vector, Vector]], scallop: float = SCALLOP) -> Chain:
    """Return the ellipsoids through ``stations``, as close together as their outline needs to look smooth."""
    given = [Station(*station) for station in stations]
    centres = np.array([station.frame.at(station.at) for station in given])
    roots = np.array([station.frame.axes * vector(station.radii) @ station.frame.axes.T for station in given])
    if len(given) == 1:
        return Chain(centres, roots @ roots)
    flat = np.concatenate([centres, roots.reshape(-1, 9)], axis=1)
    ends = extend(flat)
    fours = np.stack([ends[:-3], ends[1:-2], ends[2:-1], ends[3:]], axis=1)
    laid = np.concatenate([_through(*_places(fours, scallop)), flat[-1:]])
    roots = laid[:, 3:].reshape(-1, 3, 3)
    return Chain(laid[:, :3], roots @ roots)


def _places(fours: Array, scallop: float) -> tuple[Array, Array]:
    """Return each new ellipsoid's four neighbouring stations (k, 4, 12), and its place between the middle two (k,)."""
    looks = np.linspace(0.0, 1.0, LOOKS)
    looked = _through(np.repeat(fours, LOOKS, axis=0), np.tile(looks, len(fours)))
    steps = _needed_steps(looked.reshape(len(fours), LOOKS, -1), scallop)
    counts = np.maximum(1, np.ceil(steps[:, -1]).astype(int))
    places = [
        np.interp(np.arange(count) / count * step[-1], step, looks) for count, step in zip(counts, steps, strict=True)
    ]
    return np.repeat(fours, counts, axis=0), np.concatenate(places)


def _through(fours: Array, places: Array) -> Array:
    """Interpolate between the second and third of four, centres and radii alike: what is flat stays flat."""
    t = places[:, None]
    before, start, end, after = (fours[:, i] for i in range(4))
    line = start + (end - start) * t
    curve = catmull_rom(before, start, end, after, t)
    mixed: Array = curve * ROUND + line * (1 - ROUND)
    return mixed


def _needed_steps(laid: Array, scallop: float) -> Array:
    """Return how many steps are needed up to each place so that the outline dips by no more than ``scallop``.

    Two ellipsoids ``h`` to either side of a place, long ``a`` along the chain and thick ``b`` across it, leave a dip
    of about b·h² / 2a².
    """
    moves = np.diff(laid[..., :3], axis=1)
    roots = ((laid[:, 1:] + laid[:, :-1])[..., 3:] / 2).reshape(*moves.shape, 3)
    taken = np.linalg.norm(np.linalg.solve(roots, moves[..., None])[..., 0], axis=2)
    long = np.linalg.norm(moves, axis=2) / (taken + SMALL)
    across = np.sqrt(np.maximum((np.sum(roots**2, axis=(2, 3)) - long**2) / 2, SMALL))
    counts = taken / np.sqrt(8 * scallop / across)
    return np.concatenate([np.zeros((len(laid), 1)), np.cumsum(counts, axis=1)], axis=1)


def part(name: str, material: str, joined: Sequence[str], *chains: Chain) -> Part:
    return Part(
        name,
        material,
        np.concatenate([found.centres for found in chains]),
        np.concatenate([found.shapes for found in chains]),
        frozenset(joined),
    )


def halve(found: Part, plane: Plane) -> Part:
    return replace(found, split=plane)


def share_of_girth(girth: float, share: float) -> float:
    """Return the factor of something that takes only ``share`` (0 to 1) of a body's girth."""
    return 1 + (girth - 1) * share


def reflection(found: Part) -> Part:
    """Return the reflection in x = 0; its name stays that of the side it was authored for."""
    split = found.split and Plane(MIRROR @ found.split.point, MIRROR @ found.split.normal)
    return replace(found, centres=found.centres @ MIRROR, shapes=MIRROR @ found.shapes @ MIRROR, split=split)


def reach(found: Part, direction: Vector) -> float:
    """Return how far the part reaches along a direction: -reach(part, (0, -1, 0)) is its lowest point's height."""
    d = unit(direction)
    return float(np.max(found.centres @ d + np.sqrt(np.einsum("i,nij,j->n", d, found.shapes, d))))
