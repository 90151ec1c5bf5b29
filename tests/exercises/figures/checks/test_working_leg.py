"""Every pose is authored for the right leg: it is the one that moves, leaves a ghost, and has the arrow beside it."""

import dataclasses

import numpy as np

from exercises.figures.pose.files import ArcArrow, PathArrow
from exercises.figures.pose.movements import read, slugs
from exercises.figures.skeleton.solving import opposite
from tests.exercises.figures.legs import ankle, apart, knee, legs_of
from tests.walks import for_each

ONE_LEG = [slug for slug in slugs() if read(slug).legs == "one"]
BEARS = {"single-leg-bridge", "offset-bridge"}
"""Here both legs turn with the pelvis as it rises: the working leg is the one that bears it."""
ROUND_THE_HIP = {"lying-knee-circles"}
"""Its arrow is a ring in the pelvis's frame, round the working knee."""
TRUNK = ["pelvis"]


def leads(legs):
    """Say whether it is the right leg that moves."""
    return legs.moves("r")


def bears(legs):
    """Say whether it is the right leg that the hips are lifted by, and not the left one as much."""
    nearer = all(
        apart(ankle(one, "r"), one.frames["pelvis"].origin) + 10 < apart(ankle(one, "l"), one.frames["pelvis"].origin)
        for one in legs.skeletons
    )
    return legs.stands_on("r") and nearer


@for_each([slug for slug in ONE_LEG if slug not in BEARS])
def test_the_right_leg_moves_clearly_more_than_the_left(slug):
    assert leads(legs_of(slug)), [legs_of(slug).travel(leg) for leg in "lr"]


@for_each(sorted(BEARS))
def test_the_right_leg_bears_the_hips(slug):
    assert bears(legs_of(slug))


def test_a_single_leg_bridge_holds_the_left_foot_up():
    legs = legs_of("single-leg-bridge")
    assert not legs.stands_on("l")
    assert all(ankle(one, "l")[1] > ankle(one, "r")[1] + 15 for one in legs.skeletons)


@for_each(ONE_LEG)
def test_a_pose_with_the_legs_exchanged_would_be_noticed(slug):
    """The same exercise authored for the left leg, as consistently as can be."""
    legs = legs_of(slug)
    other = dataclasses.replace(
        legs,
        movement=dataclasses.replace(legs.movement, contacts=tuple(map(_exchanged, legs.movement.contacts))),
        skeletons=tuple(one.reflection() for one in legs.skeletons),
    )
    assert not (bears(other) if slug in BEARS else leads(other))


def _exchanged(contact):
    return dataclasses.replace(contact, part=opposite(contact.part))


@for_each(ONE_LEG)
def test_the_ghost_is_the_right_leg(slug):
    trunk = TRUNK if slug in BEARS else []
    assert all(part.endswith("_r") or part in trunk for part in read(slug).ghost)


@for_each(ONE_LEG)
def test_the_arrow_is_at_the_right_leg(slug):
    places = [arrow.anchor if isinstance(arrow, ArcArrow) else arrow.frame for arrow in read(slug).arrows]
    assert places
    trunk = TRUNK if slug in BEARS | ROUND_THE_HIP else []
    assert all(place.endswith("_r") or place in trunk for place in places)


@for_each(sorted(ROUND_THE_HIP))
def test_a_ring_in_the_pelvis_is_round_the_right_knees_way(slug):
    legs, arrows = legs_of(slug), read(slug).arrows
    way = {leg: np.mean([knee(one, leg) for one in legs.skeletons], axis=0) for leg in "lr"}
    for arrow in arrows:
        assert not isinstance(arrow, ArcArrow | PathArrow)
        ring = legs.end.frames[arrow.frame].at(arrow.local)
        assert apart(ring, way["r"]) + 10 < apart(ring, way["l"])
