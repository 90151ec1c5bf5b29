"""Heads: made once for a person, carried to where the head is."""

from dataclasses import replace

import numpy as np
import pytest

from exercises.figures.body import head
from exercises.figures.body.parts import reach, reflection
from exercises.figures.body.people import PEOPLE, Beard, HairStyle
from exercises.figures.body.skull import HOME
from exercises.figures.marks.palettes import PALETTES, colours
from exercises.figures.skeleton.geometry import MIRROR, Frame, about_x, about_y, about_z

EVERYBODY = tuple(PEOPLE.values())
TURNED = Frame(about_y(30) @ about_x(50) @ about_z(-20), np.array([12.0, 80.0, -7.0]))
everybody = pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))


def frames(place):
    neck = Frame(place.axes, place.at((0, -9, 0)))
    return {"head": place, "neck": neck, "chest": Frame(place.axes, place.at((0, -40, 2)))}


def named(parts, name):
    return [part for part in parts if part.name == name]


def swapped(name):
    return {"l": f"{name[:-1]}r", "r": f"{name[:-1]}l"}.get(name[-1], name) if name[-2:-1] == "_" else name


@everybody
def test_head_is_made_of_sound_ellipsoids_few_enough_to_draw_fast(person):
    made = head.parts(frames(TURNED), person)
    assert sum(len(part.centres) for part in made) <= 170
    for part in made:
        assert np.isfinite(part.centres).all()
        assert np.isfinite(part.shapes).all()
        assert (np.linalg.eigvalsh(part.shapes) > 0).all()


@everybody
@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_head_materials_have_colours(person, palette):
    known = colours(palette, person.colours(), "one")
    used = {part.material for part in head.parts(frames(HOME), person)}
    used |= {stroke.material for stroke in head.strokes(frames(HOME), person)}
    assert used <= known.keys()


@everybody
def test_head_is_carried_rigidly(person):
    for here, there in zip(head.parts(frames(HOME), person), head.parts(frames(TURNED), person), strict=True):
        assert np.allclose(TURNED.at(here.centres), there.centres, atol=1e-9)
        assert np.allclose(TURNED.axes @ here.shapes @ TURNED.axes.T, there.shapes, atol=1e-9)
    for here, there in zip(head.strokes(frames(HOME), person), head.strokes(frames(TURNED), person), strict=True):
        assert np.allclose(TURNED.at(here.points), there.points, atol=1e-9)
        assert (here.material, here.width) == (there.material, there.width)


@everybody
def test_head_without_its_parting_is_the_same_on_both_sides(person):
    made = [part for part in head.parts(frames(HOME), person) if part.name != "hair"]
    for part in made:
        other = reflection(part)
        (twin,) = named(made, swapped(part.name))
        for side in np.eye(3)[:2]:
            assert reach(other, side) == pytest.approx(reach(twin, side), abs=1e-9)
        assert len(other.centres) == len(twin.centres)


@everybody
def test_face_lines_reflect_onto_each_other(person):
    lines = [line for line in head.strokes(frames(HOME), person) if line.material != "hair_s"]
    for line in lines:
        reflected = line.points @ MIRROR
        twins = [other.points for other in lines if other.points.shape == reflected.shape]
        assert any(np.allclose(reflected, twin) or np.allclose(reflected, twin[::-1]) for twin in twins)


@everybody
def test_head_keeps_its_size(person):
    made = head.parts(frames(HOME), person)
    (skull,), (jaw,) = named(made, "head"), named(made, "jaw")
    assert 22 <= reach(skull, (0, 1, 0)) + reach(jaw, (0, -1, 0)) <= 24
    hair = [part for part in made if part.name == "hair"]
    assert max(reach(part, (0, 0, -1)) for part in hair) <= 12, "a head that lies would float or sink"


@everybody
def test_face_lines_lie_on_the_face(person):
    made = head.parts(frames(HOME), person)
    front = max(reach(part, (0, 0, 1)) for part in made if not part.decal)
    for line in head.strokes(frames(HOME), person):
        assert np.isfinite(line.points).all()
        assert 0.2 <= line.width <= 1.3
        assert line.points[:, 2].max() <= front + 0.3


@everybody
def test_eyes_are_painted_on_and_look_to_the_front(person):
    eyes = [part for part in head.parts(frames(HOME), person) if part.decal]
    assert [part.name for part in eyes] == ["eye_white_l", "eye_l", "eye_white_r", "eye_r"]
    assert all(part.centres[:, 2].min() > 7 for part in eyes)


def test_ears_have_lines_only_where_hair_leaves_them_free():
    def lines(style):
        drawn = head.strokes(frames(HOME), replace(PEOPLE["alder"], hair_style=style))
        return sum(line.material != "hair_s" for line in drawn)

    assert lines(HairStyle.CROP) == lines(HairStyle.BOB) + 2
    assert not named(head.parts(frames(HOME), PEOPLE["hazel"]), "ear_l")


def test_headscarf_hangs_over_the_shoulders():
    drawn = [part for part in head.parts(frames(HOME), PEOPLE["hazel"]) if part.name == "hair"]
    assert max(reach(part, (0, -1, 0)) for part in drawn) > 15


def test_beards_and_glasses_belong_to_who_has_them():
    for person in EVERYBODY:
        made = head.parts(frames(HOME), person)
        lines = {line.material for line in head.strokes(frames(HOME), person)}
        assert bool(named(made, "beard")) == (person.face.beard is Beard.SHORT)
        assert ("beard" in lines) == (person.face.beard is Beard.MOUSTACHE)
        assert ("glasses" in lines) == person.face.glasses


def test_head_shapes_are_made_once_for_a_person():
    head.parts(frames(HOME), EVERYBODY[0])
    before = head._parts.cache_info().misses
    head.parts(frames(TURNED), EVERYBODY[0])
    assert head._parts.cache_info().misses == before
