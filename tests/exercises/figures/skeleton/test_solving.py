"""Skeletons: bones keep their lengths, limbs reach, nothing jumps, and the left is exactly the mirrored right."""

import dataclasses
import itertools
import random

import numpy as np
import pytest

from exercises.figures.pose import movements
from exercises.figures.pose.postures import (
    AimedHand,
    FixedTarget,
    FlatFoot,
    Hand,
    JointArm,
    JointLeg,
    OnSegment,
    Pin,
    Pose,
    ReachingArm,
    ReachingLeg,
    Root,
    Spine,
)
from exercises.figures.skeleton import proportions, solving
from exercises.figures.skeleton.geometry import MIRROR, Frame, about_x, about_y, about_z, between, unit
from exercises.figures.skeleton.reach import Bones, across, reach, swing
from tests.exercises.figures.postures import random_pose
from tests.walks import for_each

RANDOM = [random_pose(random.Random(seed)) for seed in range(200)]
LOOSE = Hand(0.25, 0.0)
ZERO = (0.0, 0.0, 0.0)
STANDING = Pose(
    root=Root(ZERO, ZERO, Pin("foot_l", (0.0, -7.0, 0.0), (8.4, 0.0, 0.0))),
    spine=Spine(ZERO, ZERO),
    neck=ZERO,
    leg_l=JointLeg(ZERO, 0.0, 0.0, 0.0, None),
    leg_r=JointLeg(ZERO, 0.0, 0.0, 0.0, None),
    arm_l=JointArm((0.0, 6.0, 0.0), 8.0, 0.0, 0.0, LOOSE),
    arm_r=JointArm((0.0, 6.0, 0.0), 8.0, 0.0, 0.0, LOOSE),
)
BONES = (
    ("thigh", "shank", proportions.THIGH),
    ("shank", "foot", proportions.SHANK),
    ("upper", "fore", proportions.UPPER_ARM),
    ("fore", "hand", proportions.FOREARM),
)
KNEE = Bones(42.0, 41.0, 1.0, np.array([0.0, 0.0, 1.0]))


def posed(**changes):
    return solving.solve(dataclasses.replace(STANDING, **changes))


def sound(frames):
    for frame in frames.values():
        assert np.isfinite(frame.origin).all()
        assert frame.axes @ frame.axes.T == pytest.approx(np.eye(3), abs=1e-9)
        assert np.linalg.det(frame.axes) == pytest.approx(1)


def test_standing_figure_has_the_height_and_places_of_its_proportions():
    frames = posed().frames
    assert frames["pelvis"].origin == pytest.approx([0, 90, 0])
    assert frames["foot_r"].origin == pytest.approx([-8.4, 7, 0])
    assert frames["head"].origin[1] + 18 == pytest.approx(172, abs=0.5)
    assert frames["hand_l"].origin[0] > 15


@for_each(RANDOM[:60])
def test_bones_keep_their_lengths_and_axes_stay_square(pose):
    frames = solving.solve(pose).frames
    sound(frames)
    for upper, lower, length in BONES:
        for side in "lr":
            along = frames[f"{lower}_{side}"].origin - frames[f"{upper}_{side}"].origin
            assert np.linalg.norm(along) == pytest.approx(length, abs=1e-6)


@for_each(RANDOM[:60])
def test_mirrored_twice_is_the_same_and_mirrored_keeps_distances(pose):
    solved = solving.solve(pose)
    mirrored = solved.reflection()
    back = mirrored.reflection()
    for name, frame in solved.frames.items():
        other = mirrored.frames[solving.opposite(name)]
        assert np.array_equal(other.origin, frame.origin * [-1, 1, 1])
        assert np.array_equal(back.frames[name].origin, frame.origin)
        assert np.array_equal(back.frames[name].axes, frame.axes)
        assert np.array_equal(other.axes, MIRROR @ frame.axes @ MIRROR)
    assert (mirrored.grip["l"], mirrored.grip["r"]) == (solved.grip["r"], solved.grip["l"])
    assert mirrored.misses["arm_l"] == solved.misses["arm_r"]
    sound(mirrored.frames)


def across_the_middle(triple):
    return (-triple[0], triple[1], triple[2])


def other_side(pose):
    """Return the pose written for the other side, by hand as it were."""
    (pitch, yaw, roll), pin = pose.root.rot, pose.root.pin
    root = Root(
        (pitch, -yaw, -roll),
        across_the_middle(pose.root.pos),
        pin and Pin(solving.opposite(pin.frame), across_the_middle(pin.local), across_the_middle(pin.at)),
    )
    spine = Spine(*(turned_back(turns) for turns in (pose.spine.lumbar, pose.spine.thorax)))
    limbs = {solving.opposite(name): other_limb(getattr(pose, name)) for name in ("leg_l", "leg_r", "arm_l", "arm_r")}
    return Pose(root=root, spine=spine, neck=turned_back(pose.neck), **limbs)


def turned_back(turns):
    return (turns[0], -turns[1], -turns[2])


def other_limb(limb):
    changes = {}
    if hasattr(limb, "target"):
        target = limb.target
        changes["target"] = (
            FixedTarget(across_the_middle(target.at))
            if isinstance(target, FixedTarget)
            else OnSegment(solving.opposite(target.frame), across_the_middle(target.local))
        )
        changes["pole"] = across_the_middle(limb.pole)
    if getattr(limb, "swivel", 0):
        changes["swivel"] = -limb.swivel
    if getattr(limb, "foot", None):
        changes["foot"] = FlatFoot(-limb.foot.flat, limb.foot.pitch, -limb.foot.roll)
    if isinstance(getattr(limb, "hand", None), AimedHand):
        fingers, palm = (across_the_middle(way) for way in (limb.hand.fingers, limb.hand.palm))
        changes["hand"] = dataclasses.replace(limb.hand, fingers=fingers, palm=palm)
    return dataclasses.replace(limb, **changes)


@for_each(RANDOM[:60])
def test_pose_written_for_the_other_side_solves_to_the_mirrored_skeleton(pose):
    mirrored, written = solving.solve(pose).reflection(), solving.solve(other_side(pose))
    for name, frame in mirrored.frames.items():
        assert written.frames[name].origin == pytest.approx(frame.origin, abs=1e-6)
        assert written.frames[name].axes == pytest.approx(frame.axes, abs=1e-6)


def test_solving_again_gives_the_same_numbers():
    first, second = solving.solve(RANDOM[7]), solving.solve(RANDOM[7])
    assert all(np.array_equal(first.frames[name].origin, second.frames[name].origin) for name in first.frames)


def test_skeleton_cannot_be_changed():
    solved = posed()
    with pytest.raises(TypeError):
        solved.frames["head"] = None
    with pytest.raises(AttributeError):
        solved.grip = {}


@pytest.mark.parametrize(
    ("leg", "way"),
    [
        (JointLeg((90.0, 0.0, 0.0), 0.0, 0.0, 0.0, None), [0, 0, 1]),
        (JointLeg((-30.0, 0.0, 0.0), 0.0, 0.0, 0.0, None), [0, -0.866, -0.5]),
        (JointLeg((0.0, 30.0, 0.0), 0.0, 0.0, 0.0, None), [-0.5, -0.866, 0]),
        (JointLeg((90.0, 30.0, 0.0), 0.0, 0.0, 0.0, None), [-0.5, 0, 0.866]),
    ],
)
def test_hip_turns_the_way_clinicians_say(leg, way):
    frames = posed(leg_r=leg).frames
    assert unit(frames["shank_r"].origin - frames["thigh_r"].origin) == pytest.approx(way, abs=1e-3)


def test_external_rotation_turns_the_toes_out_and_the_foot_in_when_sitting():
    out = posed(leg_r=JointLeg((0.0, 0.0, 40.0), 0.0, 0.0, 0.0, None)).frames["foot_r"]
    assert (out.axes @ [0, 0, 1])[0] < -0.6
    sitting = posed(leg_r=JointLeg((90.0, 0.0, 40.0), 90.0, 0.0, 0.0, None)).frames
    assert sitting["foot_r"].origin[0] > sitting["shank_r"].origin[0] + 20


def test_root_turns_pitch_yaw_and_roll():
    root = Root((0.0, 0.0, -90.0), (0.0, 17.0, 0.0), None)
    lying = posed(root=root).frames
    assert lying["head"].origin[0] > 50
    assert lying["thigh_l"].origin[1] < lying["thigh_r"].origin[1]
    supine = posed(root=Root((-90.0, 0.0, 0.0), (0.0, 11.0, 0.0), None)).frames
    assert supine["head"].origin[2] < -50
    assert (supine["head"].axes @ [0, 0, 1])[1] > 0.9


def test_pin_puts_its_point_where_it_says_and_moves_with_the_joints():
    pin = Pin("chest", (0.0, 25.0, -8.6), (3.0, 2.8, -56.0))
    frames = posed(root=Root((-116.0, 10.0, 3.0), ZERO, pin), spine=Spine((2.0, 3.0, 0.0), ZERO)).frames
    assert frames["chest"].at(pin.local) == pytest.approx(pin.at)


def test_pin_on_a_hand_by_angles_carries_the_figure():
    frames = posed(root=Root(ZERO, ZERO, Pin("hand_r", ZERO, (0.0, 5.0, 0.0)))).frames
    assert frames["hand_r"].origin == pytest.approx([0, 5, 0])


def test_bend_of_the_back_is_shared_by_both_its_joints():
    frames = posed(spine=Spine((40.0, 0.0, 0.0), ZERO)).frames
    first = np.rad2deg(np.arccos(frames["pelvis"].axes[:, 1] @ frames["abdomen"].axes[:, 1]))
    whole = np.rad2deg(np.arccos(frames["pelvis"].axes[:, 1] @ frames["chest"].axes[:, 1]))
    assert (first, whole) == pytest.approx((30, 40))


def test_limb_within_reach_meets_its_target_and_its_knee_points_to_the_pole():
    leg = ReachingLeg(FixedTarget((-12.0, 40.0, 30.0)), (0.0, 0.3, 1.0), 0.0, 0.0, 6.0, None)
    solved = posed(leg_r=leg)
    assert solved.misses["leg_r"] == pytest.approx(0, abs=1e-9)
    assert solved.frames["foot_r"].origin == pytest.approx([-12, 40, 30])
    assert solved.frames["shank_r"].origin[2] > 30


def test_limb_out_of_reach_goes_as_far_as_it_can_and_says_by_how_much_it_misses():
    arm = ReachingArm(FixedTarget((-200.0, 140.0, 0.0)), (0.0, -1.0, 0.0), 0.0, 0.0, LOOSE)
    solved = posed(arm_r=arm)
    assert 100 < solved.misses["arm_r"] < 140
    assert solved.frames["hand_r"].origin[0] == pytest.approx(-15.8 - 54.5, abs=3)


def test_hand_that_reaches_for_the_other_arm_waits_for_it():
    for side, other in (("l", "r"), ("r", "l")):
        arm = ReachingArm(OnSegment(f"upper_{other}", (0.0, -15.0, 5.0)), (0.0, -1.0, 0.3), 0.0, 0.0, LOOSE)
        solved = posed(**{f"arm_{side}": arm})
        target = solved.frames[f"upper_{other}"].at((0, -15, 5))
        assert solved.frames[f"hand_{side}"].origin == pytest.approx(target, abs=0.01)


@pytest.mark.parametrize("side", ["l", "r"])
def test_foot_that_rests_on_the_other_leg_waits_for_it(side):
    other = solving.OTHER[side]
    target = OnSegment(f"thigh_{other}", (0.0, -34.0, 10.0))
    sitting = JointLeg((88.0, 5.0, 0.0), 88.0, 0.0, 6.0, None)
    leg = ReachingLeg(target, (-1.0 if side == "r" else 1.0, 0.4, 0.3), 0.0, 0.0, 6.0, None)
    solved = posed(root=Root(ZERO, (0.0, 54.0, 0.0), None), **{f"leg_{side}": leg, f"leg_{other}": sitting})
    assert solved.frames[f"foot_{side}"].origin == pytest.approx(solved.frames[f"thigh_{other}"].at(target.local))


def test_aimed_hand_points_where_it_says_and_the_forearm_takes_half_the_twist():
    hand = AimedHand(0.1, 0.0, fingers=(0.0, 0.0, 1.0), palm=(0.0, -1.0, 0.0))
    arm = ReachingArm(FixedTarget((22.0, 100.0, 30.0)), (0.5, -0.5, -1.0), 0.0, 0.0, hand)
    frames = posed(arm_l=arm).frames
    assert frames["hand_l"].axes[:, 1] == pytest.approx([0, 0, -1])
    assert -frames["hand_l"].axes[:, 0] == pytest.approx([0, -1, 0])
    upper, fore = frames["upper_l"].axes, frames["fore_l"].axes
    assert fore[:, 1] == pytest.approx(unit(frames["fore_l"].origin - frames["hand_l"].origin))
    assert not np.allclose(upper[:, 0], fore[:, 0])


def test_foot_held_in_the_world_ignores_the_shank():
    leg = JointLeg((60.0, 10.0, 20.0), 80.0, 0.0, 6.0, FlatFoot(30.0, 0.0, 0.0))
    foot = posed(leg_r=leg).frames["foot_r"]
    assert foot.axes == pytest.approx(about_y(30))


def test_shoulder_rises_and_comes_along_smoothly_with_the_arm():
    def shoulder(flexion):
        return posed(arm_r=JointArm((flexion, 0.0, 0.0), 0.0, 0.0, 0.0, LOOSE)).frames["upper_r"].origin

    places = np.array([shoulder(flexion) for flexion in np.linspace(-40, 175, 87)])
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    assert steps.max() < 0.25
    assert np.abs(np.diff(steps)).max() < 0.05
    assert 3 < places[-1][1] - shoulder(0)[1] < 5
    assert shoulder(90)[2] > shoulder(0)[2] + 2


def test_limb_held_straight_does_not_flicker():
    ends = [np.array([0.01 * np.sin(i), -82.9 + 0.05 * np.cos(3 * i), 0.01 * np.cos(i)]) for i in range(40)]
    turns = [reach(np.zeros(3), end, (0.1, 0.0, 1.0), KNEE).upper.axes for end in ends]
    assert max(np.abs(a - b).max() for a, b in itertools.pairwise(turns)) < 0.1


def test_knee_pointed_along_its_own_limb_does_not_flip():
    poles = [(np.sin(turn), -np.cos(turn), 0.02) for turn in np.linspace(-0.3, 0.3, 121)]
    knees = np.array([reach(np.zeros(3), (0.0, -60.0, 0.0), pole, KNEE).lower.origin for pole in poles])
    assert np.linalg.norm(np.diff(knees, axis=0), axis=1).max() < 3.5


def test_pole_square_to_the_limb_is_taken_as_it_is():
    along = np.array([0.0, -1.0, 0.0])
    assert across((1.0, 0.0, 0.0), along, KNEE.front) == pytest.approx([1, 0, 0])
    assert across((0.0, 1.0, 0.0), along, KNEE.front) == pytest.approx([0, 0, 1])
    assert swing((0.0, 0.0, 1.0), along, 90) == pytest.approx([-1, 0, 0])


def test_target_on_the_joint_itself_is_survived():
    found = reach(np.zeros(3), np.zeros(3), (0.0, 0.0, 1.0), KNEE)
    assert np.isfinite(found.upper.axes).all()
    assert found.miss == pytest.approx(1.001)


@for_each(movements.slugs())
def test_nothing_jumps_between_neighbouring_times(slug):
    movement = movements.read(slug)
    solved = [solving.solve(movement.pose_at(t)).frames for t in np.linspace(0, 1, 51)]
    for name in solved[0]:
        places = np.array([frames[name].origin for frames in solved])
        assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 6.0, name
        turns = [before[name].axes.T @ after[name].axes for before, after in itertools.pairwise(solved)]
        angles = np.rad2deg(np.arccos(np.clip([(np.trace(turn) - 1) / 2 for turn in turns], -1, 1)))
        assert angles.max() < 10.0, name


@for_each(RANDOM)
def test_random_pose_is_solved(pose):
    sound(solving.solve(pose).frames)


def test_middle_turn_is_never_a_reflection():
    upright = Frame(np.eye(3), np.zeros(3))
    for turn in (about_x(180), about_y(180), about_z(180), about_x(179.9)):
        assert np.linalg.det(between(upright, Frame(turn, np.zeros(3)), np.zeros(3)).axes) == pytest.approx(1)
