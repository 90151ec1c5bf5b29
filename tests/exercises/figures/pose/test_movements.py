"""Pose files: what they may say, what is told about a bad one, and the poses between their keys."""

import copy
import json
import math

import pytest

from exercises.figures.pose import movements
from exercises.figures.pose.postures import FixedTarget, JointLeg, OnSegment, ReachingArm, ReachingLeg
from exercises.figures.pose.schema import PoseError
from tests.walks import for_each

ARM = {"shoulder": [4, 8, 0], "elbow": 14}
LEG = {"hip": [0, 1, 4], "knee": 0}
GOOD = {
    "legs": "one",
    "camera": {"yaw": -68, "pitch": 7},
    "props": [{"type": "chair", "at": [42, 0, -4], "yaw": 180}],
    "start": {
        "root": {"pin": {"frame": "foot_l", "local": [0, -7, 0], "at": [8.5, 0, 0]}, "rot": [0, 0, 0]},
        "spine": {"lumbar": [0, 0, 0]},
        "leg_l": LEG,
        "leg_r": {**LEG, "foot": {"flat": 4}},
        "arm_l": {
            "wrist_at": [36, 92, 3],
            "pole": [0, 0, -1],
            "hand": {"dir": [0, 0, 1], "palm": [0, -1, 0], "grip": 0.5},
        },
        "arm_r": {"wrist_to": {"frame": "thigh_r", "local": [8, -28, 6]}, "pole": [-1, 0, 0]},
    },
    "end": {"leg_r": {"hip": [88, 1, 4], "knee": 90}},
    "arrow": {"anchor": "shank_r", "pts": [[1, 2], [3, 4]]},
    "contacts": [{"part": "foot_l", "on": "floor"}, {"part": "foot_r", "on": {"height": 0}, "times": [0, 0]}],
    "seconds": 4,
}


def changed(*path, to):
    """Return the good file with one value changed."""
    data = copy.deepcopy(GOOD)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return data


def without(*path):
    data = copy.deepcopy(GOOD)
    place = data
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return data


def read(data):
    return movements.parse("seated-march", json.dumps(data))


def round_trip(*keys):
    data = without("end")
    return read({**data, "keys": list(keys)})


def complaint(text):
    with pytest.raises(PoseError) as caught:
        movements.parse("seated-march", text if isinstance(text, str | bytes) else json.dumps(text))
    return str(caught.value)


def test_good_file_is_read_as_values_that_cannot_change():
    movement = read(GOOD)
    start = movement.pose_at(0)
    assert (movement.slug, movement.legs, movement.feet, movement.seconds) == ("seated-march", "one", "shoes", 4.0)
    assert movement.end_t == 1.0
    assert not movement.loops
    assert start.leg_l == JointLeg((0, 1, 4), 0, 0, 6, None)
    assert start.arm_l.target == FixedTarget((36, 92, 3))
    assert start.arm_r.target == OnSegment("thigh_r", (8, -28, 6))
    assert movement.contacts[1].on == 0.0
    hash(movement.keys)
    with pytest.raises(AttributeError):
        start.neck = (1, 2, 3)
    with pytest.raises(TypeError):
        movement.wider["hip_r rotation"] = (0, 90)


def test_reading_the_same_slug_gives_the_same_movement():
    assert movements.read("bridge") is movements.read("bridge")


@pytest.mark.parametrize("slug", ["nobody-drew-this", "../schema", ""])
def test_exercise_nobody_drew_is_told(slug):
    with pytest.raises(PoseError, match="there is no such pose file"):
        movements.read(slug)


@pytest.mark.parametrize("slug", ["my pose", "Bridge", "bridge_2", "bridge-", "brücke"])
def test_name_that_cannot_stand_in_an_address_is_refused(slug, tmp_path, monkeypatch):
    (tmp_path / f"{slug}.json").write_bytes((movements.FOLDER / "bridge.json").read_bytes())
    monkeypatch.setattr(movements, "FOLDER", tmp_path)
    with pytest.raises(PoseError, match="small letters, digits and hyphens alone"):
        movements.read(slug)


def test_keys_have_the_names_that_the_file_gives_them():
    assert [key.name for key in movements.read("bridge").keys] == ["start", "end"]
    assert [key.name for key in movements.read("standing-hip-circles").keys][:3] == ["start", "keys[0]", "keys[1]"]


@for_each(movements.slugs())
def test_every_file_is_read_and_ends_where_it_says(slug):
    movement = movements.read(slug)
    assert movement.keys[0].t == 0
    assert movement.keys[-1].t == 1
    assert 0 < movement.end_t <= 1
    assert movement.contacts


def test_pose_between_two_keys_mixes_every_number():
    movement = read(GOOD)
    leg = movement.pose_at(0.25).leg_r
    assert (leg.hip, leg.knee, leg.foot.flat) == ((22, 1, 4), 22.5, 4)
    assert movement.pose_at(-1) == movement.pose_at(0)
    assert movement.pose_at(2) == movement.pose_at(1)


def test_keys_are_each_against_the_start_and_go_round():
    movement = round_trip(
        {"t": 0.5, "leg_r": {"knee": 40}}, {"t": 0.75, "leg_r": {"hip": [10, 1, 4]}}, {"t": 1, "leg_r": {}}
    )
    assert movement.loops
    assert movement.end_t == 0.5
    assert movement.pose_at(0.5).leg_r.knee == 40
    assert movement.pose_at(0.75).leg_r.knee == 0
    assert movement.pose_at(0.625).leg_r.knee == 20


def test_target_moves_between_keys():
    data = changed("end", to={"arm_l": {"wrist_at": [30, 90, 3]}, "arm_r": {"wrist_to": {"local": [8, -20, 6]}}})
    pose = read(data).pose_at(0.5)
    assert isinstance(pose.arm_l, ReachingArm)
    assert pose.arm_l.target == FixedTarget((33, 91, 3))
    assert pose.arm_r.target == OnSegment("thigh_r", (8, -24, 6))


def test_arrows_props_and_wider_joints_are_read():
    data = {
        **GOOD,
        "arrow": [
            {"anchor": "pelvis", "pts": [[1, 2], [3, 4], [5, 6]]},
            {"frame": "shank_r", "local": [0, -36, 0]},
            {"circle": {"frame": "shank_r", "normal": [0, 1, 0], "r": 20, "arc": [-75, 235], "t": 0.5}},
        ],
        "props": [
            {"type": "chair", "at": [0, 0, 0]},
            {"type": "band", "round": ["thigh_l", "thigh_r"], "along": 30},
        ],
        "wider": {"hip_r rotation": {"range": [-45, 70], "reason": "the ankle lies on the other thigh"}},
    }
    movement = read(data)
    arc, along, ring = movement.arrows
    assert (arc.anchor, arc.t) == ("pelvis", None)
    assert (along.span, along.offset) == ((0.0, 1.0), 8.0)
    assert (ring.r, ring.t) == (20.0, 0.5)
    assert movement.props[1].round == ("thigh_l", "thigh_r")
    assert movement.wider == {"hip_r rotation": (-45.0, 70.0)}


FAULTS = {
    "no number": (
        changed("end", "leg_r", "knee", to="ninety"),
        'end.leg_r.knee: a number of degrees, not "ninety"',
    ),
    "yes for a number": (changed("start", "leg_l", "knee", to=True), "start.leg_l.knee: a number of degrees, not true"),
    "huge whole number": (changed("start", "leg_l", "knee", to=10**400), "start.leg_l.knee: a number of degrees"),
    "angle over a turn": (
        changed("start", "leg_l", "knee", to=400),
        "start.leg_l.knee: a number of degrees from -360 to 360, not 400",
    ),
    "two of three": (
        changed("start", "leg_r", "hip", to=[1, 2]),
        "start.leg_r.hip: a list of 3 numbers (degrees), not [1, 2]",
    ),
    "far away": (changed("start", "arm_l", "wrist_at", to=[1, 2, 5000]), "start.arm_l.wrist_at: numbers up to 1000"),
    "no direction": (
        changed("start", "arm_l", "pole", to=[0, 0, 0]),
        "start.arm_l.pole: a direction of some length, not [0, 0, 0]",
    ),
    "unknown key": (
        changed("start", "leg_r", to={**LEG, "kneee": 3}),
        "start.leg_r.kneee: an unknown key; known here are hip, knee, ankle, foot_out, foot",
    ),
    "missing limb": (without("start", "leg_l"), "start.leg_l: is missing"),
    "missing seconds": (without("seconds"), "seconds: is missing"),
    "limb is a list": (changed("start", "leg_l", to=[1]), "start.leg_l: says none of hip, ankle_at, ankle_to"),
    "limb in two ways": (
        changed("start", "leg_r", to={**LEG, "ankle_at": [1, 2, 3]}),
        "start.leg_r: says hip and ankle_at of hip, ankle_at, ankle_to; exactly one is needed",
    ),
    "pose is a number": (changed("start", to=3), "start: an object with root, leg_l"),
    "aimed hand without palm": (
        changed("start", "arm_l", "hand", to={"dir": [0, 0, 1]}),
        "start.arm_l.hand.palm: is missing",
    ),
    "grip above 1": (
        changed("start", "arm_l", "hand", "grip", to=5),
        "start.arm_l.hand.grip: a number from 0 to 1, not 5",
    ),
    "unknown legs": (changed("legs", to="left"), 'legs: one of one, both, not "left"'),
    "unknown prop": (changed("props", 0, "type", to="sofa"), "props[0].type: one of floor, mat"),
    "prop without a type": (changed("props", 0, to={"at": [0, 0, 0]}), "props[0].type: is missing"),
    "prop is a word": (changed("props", 0, to="chair"), "props[0]: an object with type"),
    "props are one thing": (changed("props", to={"type": "chair"}), "props: a list, not"),
    "mat without size": (changed("props", 0, to={"type": "mat", "at": [0, 0, 0]}), "props[0].size: is missing"),
    "band round nothing": (
        changed("props", 0, to={"type": "band", "round": [], "along": 3}),
        "props[0].round: a list of at least 1, not of 0",
    ),
    "unknown part": (changed("contacts", 0, "part", to="toe"), "contacts[0].part: one of pelvis, torso"),
    "unknown surface": (changed("contacts", 0, "on", to="sofa"), "contacts[0].on: one of floor, mat"),
    "surface without prop": (changed("contacts", 0, "on", to="mat"), "contacts[0].on: there is no mat among the props"),
    "part on itself": (changed("contacts", 0, "on", to="foot_l"), "contacts[0].on: a part cannot rest on itself"),
    "times backwards": (
        changed("contacts", 1, "times", to=[1, 0]),
        "contacts[1].times: two times from 0 to 1 in order, not [1, 0]",
    ),
    "height is a word": (
        changed("contacts", 1, "on", to={"height": "low"}),
        'contacts[1].on.height: a number of centimetres, not "low"',
    ),
    "arrow of no kind": (changed("arrow", to={"from": 3}), "arrow: says none of anchor, circle, frame"),
    "no arrows": (changed("arrow", to=[]), "arrow: a list of at least 1, not of 0"),
    "arrow of one point": (changed("arrow", "pts", to=[[1, 2]]), "arrow.pts: a list of at least 2, not of 1"),
    "range upside down": (
        changed("wider", to={"knee_r": {"range": [9, 3], "reason": "x"}}),
        "wider.knee_r.range: the lowest angle and the highest",
    ),
    "no reason": (changed("wider", to={"knee_r": {"range": [3, 9], "reason": " "}}), "wider.knee_r.reason: some words"),
    "unknown joint": (
        changed("wider", to={"toe": {"range": [3, 9], "reason": "x"}}),
        "wider.toe: one of hip_l flexion, hip_l abduction",
    ),
    "end adds": (
        changed("end", to={"neck": [1, 2, 3]}),
        "end.neck: start says nothing of this; a key only changes what start states",
    ),
    "end mixes ways": (
        changed("end", to={"leg_r": {"ankle_to": {"frame": "thigh_l", "local": [0, 0, 0]}}}),
        "end.leg_r.ankle_to: start moves this limb by angles (hip); a limb keeps one mode in all keys",
    ),
    "end mixes targets": (
        changed("end", to={"arm_l": {"wrist_to": {"frame": "thigh_l", "local": [0, 0, 0]}}}),
        "end.arm_l.wrist_to: start moves this limb to a fixed target (wrist_at)",
    ),
    "end is a number": (changed("end", to=3), "end: an object with what changes"),
    "target changes segment": (
        changed("end", to={"arm_r": {"wrist_to": {"frame": "thigh_l"}}}),
        "start.arm_r.wrist_to.frame: a target stays on one segment in all keys",
    ),
    "pin changes segment": (
        changed("end", to={"root": {"pin": {"frame": "foot_r"}}}),
        "start.root.pin.frame: one segment carries the figure in all keys, not foot_l and foot_r",
    ),
    "pin on a reaching limb": (
        changed("start", "root", "pin", "frame", to="hand_r"),
        "start.root.pin.frame: arm_r reaches for a target, so it cannot carry the figure",
    ),
    "pos and pin": (
        changed("start", "root", "pos", to=[0, 0, 0]),
        "start.root: says pos and pin of pos, pin; exactly one is needed",
    ),
    "hand on itself": (
        changed("start", "arm_r", "wrist_to", "frame", to="fore_r"),
        "start.arm_r.wrist_to.frame: a limb cannot reach for itself",
    ),
    "no end": (without("end"), "end: a file has an end, or keys"),
    "end and keys": ({**GOOD, "keys": [{"t": 1}]}, "end: a file has an end, or keys"),
    "end picture elsewhere": ({**GOOD, "end_t": 0.5}, "end_t: only a file with keys"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_by_file_and_key(name):
    data, words = FAULTS[name]
    found = complaint(data)
    assert f"seated-march.json: {words}" in found


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([{"t": 0.5}, {"t": 0.5}, {"t": 1}], "keys[1].t: times rise from one key to the next, 0.5 does not"),
        ([{"t": 0}, {"t": 1}], "keys[0].t: times rise"),
        ([{"t": 0.5}], "keys[0].t: the last key is at time 1, not 0.5"),
        ([{"t": 2}], "keys[0].t: a time from 0 to 1, not 2"),
        ([{"leg_r": {"knee": 4}}], "keys[0].t: is missing"),
        ([7], "keys[0]: an object with t and what changes then"),
        ([{"t": 1, "leg_r": {"knee": "x"}}], 'keys[0].leg_r.knee: a number of degrees, not "x"'),
        ([{"t": 1, "leg_x": {"knee": 3}}], "keys[0].leg_x: start says nothing of this"),
        ([], "keys: a list of at least 1, not of 0"),
    ],
)
def test_fault_in_keys_is_told(keys, words):
    with pytest.raises(PoseError) as caught:
        round_trip(*keys)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("arm", "words"),
    [
        (ARM, "legs are placed before arms, so a leg cannot reach for an arm"),
        (GOOD["start"]["arm_r"], "leg_r and arm_r reach for each other"),
    ],
)
def test_leg_that_reaches_for_an_arm_is_told(arm, words):
    data = changed("start", "leg_r", to={"ankle_to": {"frame": "hand_r", "local": [0, 0, 0]}, "pole": [0, 1, 0]})
    data["start"]["arm_r"] = arm
    data["end"] = {}
    assert f"start.leg_r.ankle_to.frame: {words}" in complaint(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1, column 2: Expecting property name"),
        ('{"legs": "one", "legs": "both"}', 'the key "legs" is there twice in one object'),
        (b"\xff\xfe", "is not text in UTF-8"),
        ("[" * 100_000, "has too many brackets inside each other"),
        ("[]", "the file: an object with legs"),
        ("null", "the file: an object with legs"),
        (json.dumps(changed("start", "leg_l", "knee", to=math.nan)), "start.leg_l.knee: a number of degrees, not NaN"),
        (
            json.dumps(changed("start", "leg_l", "knee", to=math.inf)),
            "start.leg_l.knee: a number of degrees, not Infin",
        ),
    ],
)
def test_text_that_is_no_pose_is_told(text, words):
    assert f"seated-march.json: {words}" in complaint(text)


def test_several_faults_are_told_at_once():
    data = changed("start", "leg_l", "knee", to="x")
    data["camera"]["yaw"] = None
    assert complaint(data).splitlines() == [
        "seated-march.json: camera.yaw: a number of degrees, not null",
        'seated-march.json: start.leg_l.knee: a number of degrees, not "x"',
    ]


def places(value, path=()):
    """Yield the key path of everything in a file."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in inside:
        yield (*path, key)
        yield from places(entry, (*path, key))


@pytest.mark.parametrize("junk", [None, True, "x", "", [], {}, -1e9, [None], {"x": 1}, ["x", "x", "x"]])
def test_junk_anywhere_never_breaks_the_reader(junk):
    for path in places(GOOD):
        try:
            movement = read(changed(*path, to=junk))
        except PoseError as error:
            assert str(error).startswith("seated-march.json: ")  # noqa: PT017
        else:
            movement.pose_at(0.5)


def test_leg_reaches_with_swivel_and_flat_foot():
    leg = {"ankle_at": [10, 7, 40], "pole": [0, 1, 0], "swivel": 10, "foot": {"flat": 5, "pitch": 2, "roll": 1}}
    data = changed("start", "leg_r", to=leg)
    data["end"] = {"leg_r": {"swivel": 30, "foot": {"pitch": 6}}}
    found = read(data).pose_at(0.5).leg_r
    assert isinstance(found, ReachingLeg)
    assert (found.swivel, found.foot.flat, found.foot.pitch, found.foot.roll) == (20, 5, 4, 1)
