import dataclasses

import numpy as np
import pytest

from exercises.figures.body import trunk
from exercises.figures.body.parts import SIDES, Part, chain, part, reach, reflection
from exercises.figures.body.people import DEFAULT, PEOPLE, Sleeves
from exercises.figures.body.whole import Footwear, build
from exercises.figures.lines.ink import cover
from exercises.figures.lines.study import SMALLEST, surfaces_of
from exercises.figures.pose import movements
from exercises.figures.pose.postures import FlatFoot, Hand, JointArm, JointLeg, Pose, Root, Spine
from exercises.figures.scene.stage import set_up
from exercises.figures.scene.styles import Style
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.geometry import MIRROR, Frame, about_x, about_z
from exercises.figures.skeleton.proportions import ANKLE_HEIGHT
from exercises.figures.skeleton.solving import Skeleton, opposite, solve

EVERYBODY = list(PEOPLE.values())
everybody = pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))
both_footwear = pytest.mark.parametrize("footwear", list(Footwear))
LEG = JointLeg(hip=(0.0, 0.0, 0.0), knee=0.0, ankle=0.0, foot_out=6.0, foot=FlatFoot(0.0, 0.0, 0.0))
ARM = JointArm(shoulder=(0.0, 8.0, 0.0), elbow=10.0, pron=0.0, wrist=0.0, hand=Hand(0.2, 0.0))
UPRIGHT = Pose(
    root=Root((0.0, 0.0, 0.0), (0.0, 90.0, 0.0), None),
    spine=Spine((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    neck=(0.0, 0.0, 0.0),
    leg_l=LEG,
    leg_r=LEG,
    arm_l=ARM,
    arm_r=ARM,
)
SUPINE, ON_THE_LEFT, ON_ALL_FOURS = (-90.0, 0.0, 0.0), (0.0, 0.0, -90.0), (90.0, 0.0, 0.0)


def _turned(rot: tuple[float, float, float]) -> Skeleton:
    return solve(dataclasses.replace(UPRIGHT, root=Root(rot, (0.0, 20.0, 0.0), None)))


def _random_pose(rng: np.random.Generator) -> Pose:
    def triple(low: tuple[float, ...], high: tuple[float, ...]) -> tuple[float, float, float]:
        return tuple(float(value) for value in rng.uniform(low, high))

    def leg() -> JointLeg:
        hip = triple((-30, -30, -45), (130, 50, 60))
        return JointLeg(hip, float(rng.uniform(0, 140)), float(rng.uniform(-50, 20)), 6.0, None)

    def arm() -> JointArm:
        hand = Hand(float(rng.uniform(0, 1)), 0.0)
        return JointArm(triple((-40, 0, -60), (175, 120, 60)), float(rng.uniform(0, 145)), 0.0, 0.0, hand)

    return Pose(
        root=Root(triple((-120, -180, -90), (120, 180, 90)), (0.0, 60.0, 0.0), None),
        spine=Spine(triple((-20,) * 3, (40,) * 3), triple((-20,) * 3, (40,) * 3)),
        neck=triple((-30,) * 3, (40,) * 3),
        leg_l=leg(),
        leg_r=leg(),
        arm_l=arm(),
        arm_r=arm(),
    )


def _named(parts: tuple[Part, ...]) -> dict[str, Part]:
    return {found.name: found for found in parts}


SOMEBODY_S = frozenset(
    one.name for person in EVERYBODY for shod in Footwear for one in build(_turned(SUPINE), person, shod).parts
)
"""Names of all parts that anybody has: not everybody shows ears or has a beard."""


def test_a_chain_s_outline_dips_no_deeper_than_it_may():
    own = Frame(np.eye(3), np.zeros(3))
    laid = chain([(own, (0, 0, 0), (3.0, 2.0, 3.0)), (own, (0, 20, 0), (3.0, 2.0, 3.0))], scallop=0.05)
    heights = np.linspace(0.0, 20.0, 801)
    along = (heights[:, None] - laid.centres[None, :, 1]) / 2.0
    outline = 3.0 * np.sqrt(np.maximum(1 - along**2, 0.0)).max(axis=1)
    assert 2.94 < outline.min() < 2.99
    assert len(laid.centres) < 32


def test_a_chain_goes_through_its_stations():
    own = Frame(about_x(30.0), np.array([1.0, 2.0, 3.0]))
    stations = [(own, (0, 0, 0), (3, 2, 4)), (own, (1, 6, 0), (2, 2, 2)), (own, (0, 9, 2), (1, 0.5, 1))]
    laid = chain(stations)
    for frame, at, radii in stations:
        nearest = np.argmin(np.linalg.norm(laid.centres - frame.at(at), axis=1))
        assert laid.centres[nearest] == pytest.approx(frame.at(at))
        assert laid.shapes[nearest] == pytest.approx(frame.axes @ np.diag(np.square(radii)) @ frame.axes.T)


def test_a_part_mirrors_exactly_and_back():
    found = build(_turned(SUPINE), PEOPLE[DEFAULT]).parts
    for one in found:
        other = reflection(one)
        assert np.array_equal(other.centres, one.centres * (-1, 1, 1))
        assert np.array_equal(reflection(other).shapes, one.shapes)
        assert other.name == one.name
    pelvis = reflection(_named(found)["pelvis"])
    assert np.array_equal(pelvis.split.normal, MIRROR @ _named(found)["pelvis"].split.normal)


@everybody
@both_footwear
def test_a_reflected_skeleton_has_the_reflected_body(person, footwear):
    skeleton = solve(movements.read("standing-hip-flexion").pose_at(0.7))
    body, other = build(skeleton, person, footwear), build(skeleton.reflection(), person, footwear)
    for name in {one.name for one in body.parts} - {"hair"}:  # worn to one side
        ours = [reflection(one) for one in body.parts if one.name == name]
        theirs = [one for one in other.parts if one.name == opposite(name)]
        for direction in np.random.default_rng(1).normal(size=(9, 3)):
            expected = max(reach(one, direction) for one in ours)
            assert max(reach(one, direction) for one in theirs) == pytest.approx(expected, abs=1e-6)


@everybody
@both_footwear
def test_every_part_is_known_by_name_material_and_neighbours(person, footwear):
    found = build(_turned(SUPINE), person, footwear).parts
    known = {*person.colours(), "leg_l", "leg_r"}
    for one in found:
        assert one.material in known
        assert one.joined <= SOMEBODY_S


@everybody
def test_two_hundred_poses_have_sound_bodies(person):
    rng = np.random.default_rng(EVERYBODY.index(person))
    for _ in range(200 // len(EVERYBODY)):
        found = build(solve(_random_pose(rng)), person, rng.choice(list(Footwear))).parts
        centres = np.concatenate([one.centres for one in found])
        shapes = np.concatenate([one.shapes for one in found])
        assert np.isfinite(centres).all()
        assert np.linalg.eigvalsh(shapes).min() > 0.01
        assert len(centres) < 1300


@everybody
@both_footwear
@pytest.mark.parametrize("side", ["l", "r"])
def test_a_sole_is_as_far_below_the_ankle_as_the_proportions_say(person, footwear, side):
    skeleton = _turned((0.0, 0.0, 0.0))
    foot = skeleton.frames[f"foot_{side}"]
    found = build(skeleton, person, footwear).parts
    lowest = min(-reach(one, (0, -1, 0)) for one in found)
    assert lowest == pytest.approx(foot.origin[1] - ANKLE_HEIGHT, abs=1e-6)
    assert -reach(_named(found)[f"foot_{side}"], (0, -1, 0)) == pytest.approx(lowest, abs=0.6)


@everybody
@pytest.mark.parametrize(
    ("rot", "low"),
    [(SUPINE, (0, 0, -1)), (ON_ALL_FOURS, (0, 0, 1)), (ON_THE_LEFT, (1, 0, 0))],
    ids=["supine", "on all fours", "on the left"],
)
def test_a_shirt_hangs_to_the_low_side(person, rot, low):
    upright, lying = _turned((0.0, 0.0, 0.0)), _turned(rot)

    def reached(skeleton: Skeleton, direction: np.ndarray) -> float:
        hips = skeleton.frames["pelvis"]
        waist = trunk.shirt(skeleton.frames, person.build)
        local = (waist.centres - hips.origin) @ hips.axes
        kept = (local[:, 1] > 8) & (local[:, 1] < 16)
        cut = (
            part("waist", "shirt", ())
            if not kept.any()
            else dataclasses.replace(waist, centres=local[kept], shapes=hips.axes.T @ waist.shapes[kept] @ hips.axes)
        )
        return reach(cut, direction)

    down = np.array(low, dtype=float)
    assert reached(lying, down) > reached(upright, down) + 0.8
    assert reached(lying, -down) < reached(upright, -down) - 0.2


def test_a_shirt_lies_on_a_raised_thigh():
    raised = dataclasses.replace(UPRIGHT, leg_r=dataclasses.replace(LEG, hip=(90.0, 0.0, 0.0), knee=90.0, foot=None))
    made = PEOPLE[DEFAULT].build
    straight, bent = (trunk.shirt(solve(pose).frames, made) for pose in (UPRIGHT, raised))
    assert reach(bent, (-0.1, 0, 1)) > reach(straight, (-0.1, 0, 1)) + 1.0


@everybody
@pytest.mark.parametrize("t", [0.0, 0.5, 1.0])
def test_a_seated_person_s_shirt_covers_what_is_between_the_thighs(person, t):
    skeleton = solve(movements.read("seated-band-press-out").pose_at(t))
    camera = Camera(yaw=14.0, pitch=14.0, scale=4.0)
    kinds = ("torso", "pelvis", "thigh_l", "thigh_r")
    surfaces = surfaces_of([one for one in build(skeleton, person).parts if one.name in kinds], camera)
    seen = cover([surface.field for surface in surfaces])
    inner = [skeleton.frames[f"thigh_{side}"].at((-sign * 7.0, -9.0, 2.0)) for side, sign in SIDES]
    owner, _ = seen.at(camera.place((inner[0] + inner[1]) / 2 + np.linspace((0, 0, 0), (0, 6, -2), 9))[:, :2])
    assert {surfaces[number].whole for number in owner} == {""}, "the hips are seen"


@everybody
def test_a_shirt_s_front_leaves_no_corner_of_the_hips_between_the_thighs_of_somebody_on_their_side(person):
    movement = movements.read("clamshell-small")
    camera = Camera(movement.camera.yaw, movement.camera.pitch, 4.0)
    skeleton = solve(movement.pose_at(0.5))
    surfaces = surfaces_of(build(skeleton, person).parts, camera)
    seen = cover([surface.field for surface in surfaces])
    row = round(float(camera.place(skeleton.frames["thigh_r"].origin)[1])) - seen.top
    hips = [number for number, surface in enumerate(surfaces) if surface.whole == "pelvis"]
    assert np.isin(seen.owner[row:], hips).sum() <= SMALLEST * camera.scale**2


@everybody
@pytest.mark.parametrize("slug", ["knee-drop-out", "static-abduction-press"])
def test_the_back_of_a_shirt_does_not_show_between_the_legs_of_somebody_on_their_back(person, slug):
    stage = set_up(movements.read(slug), "right", Style(person=person.key))
    skeleton = solve(stage.movement.pose_at(1.0))
    surfaces = surfaces_of(build(skeleton, person).parts, stage.camera)
    seen = cover([*(surface.field for surface in surfaces), *stage.hiding])
    shirt = [number for number, surface in enumerate(surfaces) if surface.name == "torso"]
    hips = stage.camera.place(skeleton.frames["pelvis"].at((0, 0, -2)))
    row, column = (round(float(hips[1])) - seen.top, round(float(hips[0])) - seen.left)
    below = seen.owner[row:, column - 24 : column + 24]
    assert np.isin(below, shirt).sum() <= SMALLEST * stage.camera.scale**2


@pytest.mark.parametrize("side", ["l", "r"])
def test_long_sleeves_are_cloth_down_to_the_wrist_and_leave_the_hand_bare(side):
    skeleton = solve(movements.read("seated-march").pose_at(0.0))
    short = PEOPLE["hazel"]
    short = dataclasses.replace(short, clothes=dataclasses.replace(short.clothes, sleeves=Sleeves.SHORT))
    long = dataclasses.replace(short, clothes=dataclasses.replace(short.clothes, sleeves=Sleeves.LONG))
    bare, sleeved = (_named(build(skeleton, person).parts) for person in (short, long))
    for name in (f"upper_{side}", f"fore_{side}"):
        assert (bare[name].material, sleeved[name].material) == ("skin", "shirt")
    assert sleeved[f"cuff_{side}"].material == "shirt"
    assert sleeved[f"hand_{side}"].material == sleeved[f"wrist_{side}"].material == "skin"
    fore = skeleton.frames[f"fore_{side}"]
    along, across = -fore.axes[:, 1], fore.axes[:, 0]
    for direction in (across, -across):
        assert reach(sleeved[f"fore_{side}"], direction) > reach(bare[f"fore_{side}"], direction) + 0.3
    hem = reach(sleeved[f"cuff_{side}"], along) - along @ skeleton.frames[f"hand_{side}"].origin
    assert -1.5 < hem < 0.0


def test_hips_are_split_in_the_middle_wherever_they_turn():
    skeleton = _turned((20.0, 30.0, 40.0))
    split = _named(build(skeleton, PEOPLE[DEFAULT]).parts)["pelvis"].split
    hips = skeleton.frames["pelvis"]
    for side, sign in (("l", 1), ("r", -1)):
        middle = skeleton.frames[f"thigh_{side}"].origin - split.point
        assert np.sign(middle @ split.normal) == sign
    assert split.normal == pytest.approx(hips.axes @ np.array([1.0, 0.0, 0.0]))


def test_stout_people_are_stouter():
    slim, stout = PEOPLE["aspen"], PEOPLE["rowan"]
    skeleton = _turned((0.0, 0.0, 0.0))
    shirts = [trunk.shirt(skeleton.frames, person.build) for person in (slim, stout)]
    assert reach(shirts[1], (0, 0, 1)) > reach(shirts[0], (0, 0, 1)) + 2.5


def test_no_part_has_a_hole_between_thigh_and_hips_in_deep_flexion():
    turn = about_x(-120.0) @ about_z(0.0)
    skeleton = _turned((0.0, 0.0, 0.0))
    hips = skeleton.frames["pelvis"]
    thigh = Frame(hips.axes @ turn, skeleton.frames["thigh_r"].origin)
    frames = {**skeleton.frames, "thigh_r": thigh}
    buttock = trunk.pelvis(frames, PEOPLE[DEFAULT].build)
    behind = thigh.at((0, -6.0, -1.4))
    inside = np.einsum(
        "ni,nij,nj->n", behind - buttock.centres, np.linalg.inv(buttock.shapes), behind - buttock.centres
    )
    assert inside.min() < 1
