import numpy as np
import pytest

from exercises.figures.lines import ink
from exercises.figures.lines.ink import HEM, JUMP, SeenPart
from exercises.figures.seen import regions
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import part_field
from tests.exercises.figures.tracing import ball, stick

FRONT = Camera(0, 0, 4)


def lines_of(*parts):
    """Return the lines between limbs and the creases within them."""
    surfaces = [SeenPart(part.name, part.material, part.joined, part_field(part, FRONT)) for part in parts]
    fields = [surface.field for surface in surfaces]
    shapes = []
    for number, field in enumerate(fields):
        seen = regions.visible(field, fields[:number] + fields[number + 1 :])
        shapes += [(number, line) for line in regions.outlines(seen, field.left, field.top)]
    figure, cover = ink.kinship_of(surfaces), ink.cover(fields)
    between = [(int(figure.limbs[number]), line) for number, line in shapes]
    return ink.limb_lines(figure, between, cover, FRONT.scale), ink.creases(figure, shapes, cover, FRONT.scale)


def length(runs):
    return sum(np.hypot(*np.diff(run.points, axis=0).T).sum() for run in runs) / FRONT.scale


def test_a_part_in_front_of_another_is_lined_all_round_inside_it():
    between, creases = lines_of(ball((0, 0, 0), 10, "trunk"), ball((0, 0, 30), 3, "hand", material="glove"))
    assert creases == []
    (run,) = between
    assert run.closed
    assert run.kind == JUMP
    assert length(between) == pytest.approx(2 * np.pi * 3, rel=0.05)


def test_a_part_apart_from_the_others_has_no_inner_line():
    assert lines_of(ball((0, 0, 0), 5), ball((40, 0, 0), 5, "other", material="shirt")) == ([], [])


def test_parts_that_touch_are_parted_once():
    one, other = (
        stick((-4, -15, 0), (-4, 15, 0), 4, "left"),
        stick((4, -15, 0), (4, 15, 0), 4.5, "right", material="leg"),
    )
    between, _ = lines_of(one, other)
    assert 28 < length(between) < 40


def test_a_hem_is_thinner_than_a_line_where_depth_jumps():
    arm = stick((0, -20, 0), (0, 5, 0), 4, "arm", joined=("sleeve",))
    sleeve = stick((0, 0, 0), (0, 20, 0), 4.8, "sleeve", material="shirt", joined=("arm",))
    between, _ = lines_of(arm, sleeve)
    assert {run.kind for run in between} == {HEM}
    assert length(between) == pytest.approx(8, abs=3)


def test_parts_that_have_grown_together_are_one():
    upper = stick((0, 0, 0), (0, 20, 0), 4, "thigh", joined=("shank",))
    lower = stick((0, 0, 0), (0, -20, 0), 4, "shank", joined=("thigh",))
    assert lines_of(upper, lower) == ([], [])


def test_a_crease_fades_out_where_the_depth_does_not_jump():
    """A limb bent towards the viewer: the fold is deep on one side and runs out into the joint."""
    upper = stick((-14, 0, 0), (0, 0, 0), 4, "thigh", joined=("shank",))
    lower = stick((0, 0, 0), (-9, -9, 9), 4, "shank", joined=("thigh",))
    between, creases = lines_of(upper, lower)
    assert between == []
    (run,) = creases
    assert run.fades in {(True, False), (False, True)}
    assert 3 < length(creases) < 10


def test_a_crease_goes_on_from_one_half_of_a_sleeve_to_the_other():
    """Before a shirt, of which only the upper half has grown: its line must not fade where the lower half begins."""
    shirt = stick((0, -24, -20), (0, 24, -20), 14, "shirt", joined=("upper",))
    upper = stick((0, 0, 10), (0, 13, 10), 4, "upper", joined=("shirt", "lower"))
    lower = stick((0, 0, 10), (0, -13, 10), 4, "lower", joined=("upper",))
    between, creases = lines_of(shirt, upper, lower)
    assert between == []
    assert {run.owner for run in creases} == {1, 2}
    assert {run.fades for run in creases} == {(False, False)}


def test_of_two_surfaces_the_nearer_draws_the_line():
    between, _ = lines_of(ball((0, 0, 30), 3, "hand", material="glove"), ball((0, 0, 0), 10, "trunk"))
    assert [run.owner for run in between] == [0]
    between, _ = lines_of(ball((0, 0, 0), 10, "trunk"), ball((0, 0, 30), 3, "hand", material="glove"))
    assert [run.owner for run in between] == [1]


def test_gaps_are_closed_and_specks_dropped():
    mask = np.zeros(40, bool)
    mask[5:15] = mask[17:25] = True
    mask[30:32] = True
    mended = ink.mend(mask, gap=4, shortest=5)
    assert mended.tolist() == [5 <= at < 25 for at in range(40)]
    whole = np.ones(10, bool)
    assert ink.mend(whole, 3, 3) is whole
    assert not ink.mend(~whole, 3, 3).any()


def test_stretches_run_on_past_the_end_of_a_ring():
    mask = np.array([True, False, True, True])
    assert list(ink.stretches(mask)) == [(2, 5)]


def test_limbs_are_of_one_material_and_grown_together():
    field = part_field(ball((0, 0, 0), 1), FRONT)
    surfaces = [
        SeenPart("torso", "shirt", frozenset({"arm_l"}), field),
        SeenPart("fore_l", "skin", frozenset({"arm_l"}), field),
        SeenPart("arm_r", "skin", frozenset(), field),
        SeenPart("arm_l", "skin", frozenset(), field),
        SeenPart("hips_l", "leg", frozenset({"hips_r"}), field, whole="hips"),
        SeenPart("thigh_l", "leg", frozenset({"hips"}), field),
    ]
    assert ink.kinship_of(surfaces).limbs.tolist() == [0, 1, 2, 1, 3, 3]


def test_a_cover_knows_what_is_on_top():
    fields = [part_field(ball((0, 0, 0), 5), FRONT), part_field(ball((0, 0, 20), 2), FRONT)]
    cover = ink.cover(fields)
    owner, depth = cover.at(np.array([[0.2, 0.3], [15, 0], [40, 0], [-900, 900]]))
    assert owner.tolist() == [1, 0, -1, -1]
    assert depth[0] == pytest.approx(88, abs=0.1)
