"""Contacts: gaps between hand-made bodies, words for what is amiss, and every pose file at seven times, both legs."""

import copy
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from exercises.figures.body.parts import Part, chain, part
from exercises.figures.body.people import DEFAULT, PEOPLE
from exercises.figures.body.whole import Footwear, build
from exercises.figures.checks import contacts, gaps, keys
from exercises.figures.pose import movements
from exercises.figures.room.props import Support
from exercises.figures.skeleton.geometry import Frame, about_x, about_y, about_z
from exercises.figures.skeleton.solving import solve
from tests.walks import for_each

UPRIGHT = np.eye(3)
DATA = json.loads((movements.FOLDER / "standing-hip-flexion.json").read_bytes())


def egg(centre, radii, turn=UPRIGHT, name="egg"):
    shape = turn @ np.diag(np.square(np.array(radii, dtype=float))) @ turn.T
    return Part(name, "skin", np.array([centre], dtype=float), shape[None])


def box(centre, half, turn=UPRIGHT):
    centre, half = np.array(centre, dtype=float), np.array(half, dtype=float)
    return Support(centre[1] + half[1], centre, half, turn)


def dressed(movement, person=DEFAULT):
    return lambda skeleton: build(skeleton, PEOPLE[person], Footwear(movement.feet)).parts


def none_of(faults):
    """Fail with every fault on a line of its own, for whoever writes a pose."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def told(**changes):
    """Return the findings on standing-hip-flexion with some of its data changed."""
    movement = movements.parse("standing-hip-flexion", json.dumps({**copy.deepcopy(DATA), **changes}))
    return contacts.findings(movement, dressed(movement))


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        (egg((0, 0, 0), (2, 2, 2)), egg((10, 0, 0), (3, 3, 3)), 5),
        (egg((0, 0, 0), (2, 2, 2)), egg((0, 4, 0), (3, 3, 3)), -1),
        (egg((0, 0, 0), (1, 5, 1)), egg((0, 9, 0), (6, 2, 6)), 2),
        (egg((0, 0, 0), (1, 5, 1), about_z(90)), egg((9, 0, 0), (1, 2, 1)), 3),
        (egg((1, 2, 3), (2, 2, 2)), egg((1, 2, 3), (1, 1, 1)), -3),
    ],
)
def test_gap_between_two_eggs(first, second, gap):
    assert gaps.part_gap(first, second) == pytest.approx(gap, abs=0.1)
    assert gaps.part_gap(second, first) == pytest.approx(gap, abs=0.1)


def test_gap_between_chains_is_that_of_their_nearest_pieces():
    upright = Frame(UPRIGHT, np.zeros(3))
    arm = part("arm", "skin", (), chain([(upright, (0, 0, 0), (2, 2, 2)), (upright, (0, 20, 0), (2, 2, 2))]))
    assert gaps.part_gap(arm, egg((7, 11, 0), (1, 1, 1))) == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize(
    ("centre", "gap"),
    [((0, 12, 0), 5), ((0, 6, 0), -1), ((30, 5, 0), 18), ((3, 5.5, 4), -1.5), ((0, 4, 0), -3)],
)
def test_gap_to_a_box_is_to_its_nearest_side(centre, gap):
    assert gaps.box_gap(egg(centre, (2, 2, 2)), box((0, 2.5, 0), (10, 2.5, 8))) == pytest.approx(gap, abs=0.1)


def test_gap_to_a_turned_box():
    turned = box((0, 0, 0), (10, 1, 1), about_y(90))
    assert gaps.box_gap(egg((0, 0, 15), (2, 2, 2)), turned) == pytest.approx(3, abs=0.1)


def test_gap_to_the_floor_is_the_lowest_points_height():
    floor = box((0, 0, 0), (1e3, 0, 1e3))
    assert gaps.box_gap(egg((40, 7, -30), (6, 1, 1), about_z(90) @ about_x(20)), floor) == pytest.approx(1)


def test_joint_angles_are_those_the_pose_says():
    movement = movements.read("standing-hip-flexion")
    angles = contacts.joint_angles(solve(movement.pose_at(1)))
    leg = movement.pose_at(1).leg_r
    assert [angles[f"hip_r {axis}"] for axis in ("flexion", "abduction", "rotation")] == pytest.approx(list(leg.hip))
    assert angles["knee_r"] == pytest.approx(leg.knee)
    assert angles["elbow_r"] == pytest.approx(movement.pose_at(1).arm_r.elbow)


def test_pose_as_it_is_has_nothing_amiss():
    assert told() == ()


def test_limb_out_of_reach_is_told_once_where_it_is_worst():
    start = copy.deepcopy(DATA["start"])
    start["arm_l"]["wrist_at"] = [60, 100, 3]
    found = [words for words in told(start=start) if "misses" in words]
    assert len(found) == 1
    assert found[0].startswith("standing-hip-flexion.json: start.arm_l.wrist_at: arm_l misses it by ")
    assert found[0].endswith(
        " cm at time 0.00 (less than 1.5 is allowed): bring it nearer, or move the root or bend the spine"
    )


def test_joint_beyond_its_range_is_told_unless_the_file_gives_a_reason():
    end = {"leg_r": {"hip": [88, 2, 4], "knee": 150}}
    words = "standing-hip-flexion.json: end.leg_r.knee: knee_r is 150 degrees at time 1.00 (from 0 to 140 is allowed)"
    assert told(end=end) == (f"{words}: bring it into range, or say under wider why it leaves it",)
    assert told(end=end, wider={"knee_r": {"range": [0, 155], "reason": "a very supple knee"}}) == ()


def test_floating_and_sinking_parts_are_told():
    start = copy.deepcopy(DATA["start"])
    start["root"]["pin"]["at"][1] = 3.4
    floats = "contacts[0]: foot_l floats 3.4 cm off floor at time 0.00 (up to 3 is allowed): bring them together, or "
    assert any(floats in words for words in told(start=start))
    start["root"]["pin"]["at"][1] = -2.0
    assert any(
        "foot_l sinks 2.0 cm into floor at time 0.00 (up to 1.5 is allowed)" in words for words in told(start=start)
    )


def test_part_that_goes_through_the_floor_is_told_though_it_was_not_to_touch():
    end = {"leg_r": {"hip": [6, 1, 4], "knee": 0, "ankle": -40}}
    found = told(end=end)
    assert [words for words in found if " foot_r goes " in words or " sole_r goes " in words]
    assert all("through floor" in words and ".json: end.leg_r: " in words for words in found)


def test_contact_at_a_height_on_a_part_and_for_a_while():
    above = {"part": "foot_r", "on": {"height": 4}, "times": [0, 0]}
    assert any("foot_r sinks 4.3 cm into a height of 4 cm" in words for words in told(contacts=[above]))
    apart = {"part": "hand_r", "on": "foot_r", "times": [0.4, 0.6]}
    assert any(re.search(r"hand_r floats .* at time 0\.50 ", words) for words in told(contacts=[apart]))


def test_gaps_are_told_for_the_times_a_contact_holds():
    movement = movements.read("standing-hip-flexion")
    found = contacts.gaps(movement, dressed(movement))
    assert [len(apart) for apart in found.values()] == [7, 1, 7]


def test_contact_that_holds_between_the_usual_times_is_looked_at_too():
    between = {"part": "hand_r", "on": "foot_r", "times": [0.4, 0.45]}
    assert any("contacts[0]: hand_r floats" in words for words in told(contacts=[between]))


def test_end_picture_is_looked_at():
    movement = replace(movements.read("standing-hip-flexion"), end_t=0.4)
    assert contacts.looked_at(movement) == tuple(sorted({*contacts.TIMES, 0.4}))


@pytest.mark.parametrize(
    ("slug", "t", "key"),
    [
        ("standing-hip-flexion", 0.3, "start.leg_r.knee"),
        ("standing-hip-flexion", 0.7, "end.leg_r.knee"),
        ("standing-hip-circles", 0.5, "keys[4].leg_r.hip"),
        ("standing-hip-flexion", 1.0, "start.leg_l.hip"),
        ("standing-hip-flexion", 1.0, "start.arm_l.wrist_at"),
    ],
)
def test_key_to_mend_is_the_one_that_says_so(slug, t, key):
    _, limb, entry = key.split(".")
    joint = f"{'elbow' if entry == 'wrist_at' else entry}_{limb[-1]}{' flexion' if entry == 'hip' else ''}"
    assert keys.key_of_joint(movements.read(slug), t, joint) == key


@pytest.mark.parametrize(
    ("part", "key"),
    [("shank_r", "end.leg_r"), ("pelvis", "end.root"), ("thigh_l", "end.root"), ("torso", "end.root")],
)
def test_part_is_placed_by_its_limb_or_by_the_root(part, key):
    end = {"leg_r": {"knee": 40}, "root": {"pos": [0, 80, 0]}}
    data = copy.deepcopy(DATA)
    data["start"]["root"] = {"rot": [0, 0, 0], "pos": [0, 90, 0]}
    movement = movements.parse("standing-hip-flexion", json.dumps({**data, "end": end}))
    assert keys.key_of_part(movement, 1.0, part) == key
    assert keys.key_of_part(movement, 0.0, part).startswith("start.")


@pytest.mark.parametrize("person", ["maple", "hazel"])
def test_every_part_of_a_side_stands_with_its_limb(person):
    parts = build(solve(movements.read("bridge").pose_at(0.0)), PEOPLE[person], Footwear.SOCKS).parts
    sided = {part.name.partition("_")[0] for part in parts if part.name.endswith(("_l", "_r"))}
    assert sided - {"eye"} <= set(keys.LIMB_OF)


def test_shirt_may_be_pressed_flatter_than_skin():
    assert contacts._press("torso", "mat") < contacts._press("thigh_l", "mat")


def test_two_parts_of_a_body_both_give_way():
    assert contacts._press("thigh_r", "thigh_l") < contacts._press("thigh_l", "mat")
    assert contacts._press("foot_r", 8.0) == contacts.PRESS


@pytest.mark.parametrize("slug", movements.slugs())
def test_every_pose_touches_reaches_and_bends_as_it_should(slug):
    """With either leg at all its times, and with every person at its start and end."""
    movement = movements.read(slug)
    for mirrored in (False, True):
        none_of(contacts.findings(movement, dressed(movement), mirrored=mirrored))
    times = (0.0, movement.end_t)
    found = {person: contacts.findings(movement, dressed(movement, person), times) for person in PEOPLE}
    none_of([f"{person}: {words}" for person, faults in found.items() for words in faults])


ONE_FOR_EACH_REST = {
    frozenset(contact.on for contact in movements.read(slug).contacts): slug for slug in movements.slugs()
}
"""An exercise for each set of things that a figure rests on."""


@for_each(ONE_FOR_EACH_REST.values())
def test_gaps_are_the_same_for_the_left_leg(slug):
    movement = movements.read(slug)
    right, left = (contacts.gaps(movement, dressed(movement), (0.0, 1.0), mirrored=m) for m in (False, True))
    for contact, apart in right.items():
        assert left[contact] == pytest.approx(apart, abs=0.15)
