"""Colours: the working leg is the one dark area, in every palette and for everybody."""

import pytest

from exercises.figures.body.people import PEOPLE
from exercises.figures.marks.palettes import COLOUR, DARK, GREY, PALETTES, colours, contrast, grey_of, lightness

PROPS = ("wood", "mat", "mattress", "counter", "cupboard", "pillow", "cushion", "floor")
CLOTHES = ("shirt", "rest", "shoe", "sole", "sock")
BESIDE_A_LEG = (
    *CLOTHES,
    *(f"{cloth}_s" for cloth in CLOTHES),
    *("skin", "skin_s", "eye_white", "band", "band_s", "weight", "weight_s"),
    *PROPS,
    *(f"{prop}{tone}" for prop in ("wood", "mat", "counter", "cupboard") for tone in ("_s", "_d")),
    *("mattress_s", "pillow_s", "cushion_s", "ghost"),
)
"""All a working leg may lie before or behind. Hair keeps its own darkness: an outline as dark as ink is round it."""


def everybody(palette, legs="one"):
    return [(key, colours(palette, person.colours(), legs)) for key, person in PEOPLE.items()]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#cd4518", "#c9d4de", 3.1),
        ("#cd4518", "#fff000", 3.97),
    ],
)
def test_contrast_is_counted_as_wcag_does(first, second, expected):
    assert contrast(first, second) == contrast(second, first) == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize("level", [0, 5, 30, 62.5, 100])
def test_a_grey_is_as_light_as_asked(level):
    assert lightness(grey_of(level)) == pytest.approx(level, abs=0.4)


def test_in_grey_the_working_leg_stands_out_from_everything_beside_it():
    for key, found in everybody(GREY):
        for dark in ("leg_r", "leg_r_s"):
            low = {name: contrast(found[dark], found[name]) for name in BESIDE_A_LEG}
            assert min(low.values()) >= 3, (key, dark, min(low, key=low.get))


def test_in_grey_a_band_is_told_from_both_legs_it_goes_round():
    for key, found in everybody(GREY):
        assert contrast(found["band"], found["leg_r"]) >= 3, key
        assert contrast(found["band"], found["leg_l"]) >= 2, key
        assert contrast(found["outline"], found["band"]) >= 4.5, key


def test_in_grey_hair_about_as_dark_as_the_leg_is_set_off_by_its_outline():
    """Where a leg crosses dark hair, the line between them is clearly darker than both."""
    dark = {key: found for key, found in everybody(GREY) if contrast(found["hair"], found["leg_r"]) < 3}
    assert dark
    for key, found in dark.items():
        assert min(contrast(found["outline"], found[name]) for name in ("hair", "leg_r")) >= 2, key


def test_in_grey_there_is_no_colour():
    for _, found in everybody(GREY):
        assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in found.values())


def test_in_colour_the_working_leg_stands_out_from_clothes_and_props():
    for key, found in everybody(COLOUR):
        low = {name: contrast(found["leg_r"], found[name]) for name in (*CLOTHES, *PROPS)}
        assert min(low.values()) >= 3, (key, min(low, key=low.get))


def test_all_that_is_worn_beside_the_working_leg_is_pale():
    for key, found in everybody(COLOUR):
        assert all(lightness(found[name]) >= 75 for name in (*CLOTHES, *PROPS)), key


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_dark_skin_is_parted_from_the_working_leg_by_the_outline(palette):
    """Where skin is about as dark as the leg colour, the inked line between them is darker or paler than both."""
    for key, found in everybody(palette):
        if contrast(found["leg_r"], found["skin"]) < 3:
            line = found["ink"]
            assert min(contrast(line, found["leg_r"]), contrast(line, found["skin"])) >= 2, key


def test_on_dark_ground_figure_leg_and_arrow_are_seen():
    for key, found in everybody(DARK):
        assert contrast(found["outline"], DARK.ground) >= 7, key
        assert contrast(found["outline"], found["leg_r"]) >= 3, key
        assert contrast(found["leg_r"], DARK.ground) >= 3, key
        assert contrast(found["arrow"], DARK.ground) >= 7, key
        assert contrast(found["ghost_ink"], DARK.ground) >= 4.5, key
        assert contrast(found["badge_ink"], found["badge"]) >= 7, key


@pytest.mark.parametrize("palette", [COLOUR, GREY], ids=["colour", "grey"])
def test_on_white_outline_and_arrow_are_seen(palette):
    for _, found in everybody(palette):
        assert contrast(found["outline"], palette.ground) >= 7
        assert contrast(found["arrow"], palette.ground) >= 7
        assert contrast(found["badge_ink"], found["badge"]) >= 7


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_working_legs_are_coloured_and_only_they(palette):
    worn = next(iter(PEOPLE.values())).colours()
    one, both = colours(palette, worn, "one"), colours(palette, worn, "both")
    assert one["leg_r"] == both["leg_r"] == both["leg_l"] == palette.colours["accent"]
    assert one["leg_l"] == palette.colours["rest"] != one["leg_r"]


def test_every_person_has_a_colour_for_the_same_materials():
    names = {
        frozenset(colours(palette, person.colours(), "one"))
        for palette in PALETTES.values()
        for person in PEOPLE.values()
    }
    assert len(names) == 1
