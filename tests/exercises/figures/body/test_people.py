"""The people a figure may be drawn as."""

import re

import pytest

from exercises.figures.body.people import DEFAULT, PEOPLE, Beard, HairStyle, Sleeves
from exercises.figures.marks.palettes import contrast, lightness

EVERYBODY = tuple(PEOPLE.values())
PALE = ("shirt", "shirt_s", "shoe", "shoe_s", "sole", "sole_s", "sock", "sock_s")


def test_people_default_exists_and_there_are_enough_to_choose_from():
    assert DEFAULT in PEOPLE
    assert len(PEOPLE) >= 6


def test_people_keys_say_nothing_of_the_person_and_fit_an_address():
    for key, person in PEOPLE.items():
        assert key == person.key
        assert re.fullmatch(r"[a-z]{1,12}", key)
        assert key not in person.words.lower()


def test_people_words_tell_them_apart():
    words = [person.words for person in EVERYBODY]
    assert len(set(words)) == len(words)
    assert all(len(line) <= 70 for line in words)


def test_people_are_of_both_sexes_of_several_ages_and_skins():
    older = [person.words for person in EVERYBODY if person.face.lines]
    assert sum("woman" in line.lower() for line in older) >= 2
    assert sum(re.search(r"\bman\b", line) is not None for line in older) >= 2
    assert len({person.skin for person in EVERYBODY}) >= 4
    assert {person.hair_style for person in EVERYBODY} == set(HairStyle)
    assert {person.face.beard for person in EVERYBODY} == set(Beard)


def test_people_who_cover_their_hair_wear_long_sleeves_and_others_do_too():
    long = {person.hair_style for person in EVERYBODY if person.clothes.sleeves is Sleeves.LONG}
    short = {person.hair_style for person in EVERYBODY if person.clothes.sleeves is Sleeves.SHORT}
    assert HairStyle.HEADSCARF in long - short
    assert len(long) >= 2
    assert short


@pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))
def test_people_colours_are_written_in_full(person):
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in person.colours().values())


@pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))
def test_people_features_stand_out_from_skin_and_shade(person):
    worn = person.colours()
    for feature in ("feature", "skin_line", "eye"):
        assert contrast(worn[feature], worn["skin"]) >= 2, feature
    assert contrast(worn["lip"], worn["skin"]) >= 1.7
    assert contrast(worn["crease"], worn["skin"]) >= 1.5
    assert contrast(worn["eye_white"], worn["eye"]) >= 10
    assert contrast(worn["brow"], worn["skin"]) >= 1.3


@pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))
def test_people_clothes_leave_the_working_leg_the_one_dark_area(person):
    worn = person.colours()
    for material in PALE:
        assert lightness(worn[material]) >= 75, material
        assert contrast("#cd4518", worn[material]) >= 2.3, material


@pytest.mark.parametrize("person", EVERYBODY, ids=list(PEOPLE))
def test_people_shades_are_darker_than_what_they_shade(person):
    worn = person.colours()
    for material in ("skin", "hair", "shirt", "shoe", "sole", "sock"):
        assert lightness(worn[f"{material}_s"]) < lightness(worn[material]) - 2, material


def test_people_called_stout_are_so_in_front():
    for person in EVERYBODY:
        assert ("stout" in person.words) == (person.build.belly >= 4), person.key
