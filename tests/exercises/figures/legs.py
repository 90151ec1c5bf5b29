"""What a movement's geometry says about its two legs, read from the solved skeleton alone: "l" and "r", as authored."""

import functools
from dataclasses import dataclass

import numpy as np

from exercises.figures.pose.movements import Movement, read
from exercises.figures.skeleton.solving import Skeleton, solve

OTHER = {"l": "r", "r": "l"}
TIMES = tuple(place / 12 for place in range(13))
MOVES = 2.0
"""How far knee and ankle travel together, in cm, where a leg is said to move."""


@dataclass(frozen=True)
class Legs:
    """The legs of one movement over ``TIMES``; lengths in cm, angles in degrees."""

    movement: Movement
    skeletons: tuple[Skeleton, ...]

    @property
    def start(self):
        return self.skeletons[0]

    @property
    def end(self):
        return solve(self.movement.pose_at(self.movement.end_t))

    def travel(self, leg):
        """Return how far knee and ankle together get from anywhere they were, as the pelvis sees it."""
        return sum(self._reach(f"{segment}_{leg}") for segment in ("shank", "foot"))

    def moves(self, leg):
        """Say whether this is the leg that moves: clearly more than the other one."""
        return self.travel(leg) > max(MOVES, 1.5 * self.travel(OTHER[leg]))

    def stays(self, leg):
        """Return how far the foot gets from where it was, in the room."""
        return _widest([one.frames[f"foot_{leg}"].origin for one in self.skeletons])

    def stands_on(self, leg):
        """Say whether the foot is where it was all the time, and to touch what is below it all the time."""
        held = [one.times for one in self.movement.contacts if one.part == f"foot_{leg}"]
        return held == [(0.0, 1.0)] and self.stays(leg) < 0.1

    def _reach(self, segment):
        places = []
        for one in self.skeletons:
            pelvis = one.frames["pelvis"]
            places.append(pelvis.axes.T @ (one.frames[segment].origin - pelvis.origin))
        return _widest(places)


@functools.cache
def legs_of(slug):
    """Return the legs of an exercise's movement."""
    movement = read(slug)
    return Legs(movement, tuple(solve(movement.pose_at(t)) for t in TIMES))


def hip(skeleton, leg):
    return skeleton.frames[f"thigh_{leg}"].origin


def knee(skeleton, leg):
    return skeleton.frames[f"shank_{leg}"].origin


def ankle(skeleton, leg):
    return skeleton.frames[f"foot_{leg}"].origin


def bend(skeleton, leg):
    """Return how far a knee is bent: 0 straight."""
    thigh, shank = (skeleton.frames[f"{segment}_{leg}"].axes[:, 1] for segment in ("thigh", "shank"))
    return float(np.rad2deg(np.arccos(np.clip(thigh @ shank, -1, 1))))


def apart(one, other):
    """Return the distance between two places."""
    return float(np.linalg.norm(one - other))


def _widest(places):
    return max(apart(one, other) for one in places for other in places)
