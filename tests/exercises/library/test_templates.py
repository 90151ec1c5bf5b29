"""The starter templates: short, gentle, held to the cautions of their condition."""

import json
import re

import pytest

from exercises.dosage import Dose, minutes_for
from tests.exercises.library.content import BY_SLUG, LISTS, PHASED, STARTERS, verdict
from tests.exercises.library.test_classes_and_relatives import kin

OF_CLASS = {
    "after-hip-replacement": "posterior",
    "hip-replacement-posterior": "posterior",
    "hip-replacement-anterior": "anterior",
    "outer-hip-pain": "outer_hip_pain",
    "outer-hip-pain-by-weeks": "outer_hip_pain",
    "thin-bones-and-falls": "thin_bones falls",
}


@pytest.mark.parametrize(("row", "items"), LISTS, ids=[row["slug"] for row, _items in LISTS])
def test_template_is_short_and_names_no_days(row, items):
    assert 2 <= len(items) <= 4
    assert row.keys() - {"note", "items", "phases"} == {"slug", "name", "description"}
    assert all(item.keys() <= {"exercise", "leg", "note", "dose", "rhythm"} for item in items)
    assert all(item.get("rhythm", {}).keys() <= {"times_a_day"} for item in items)


def test_templates_are_the_starters():
    assert [row["name"] for row in STARTERS] == [
        "Hip osteoarthritis",
        "Hip osteoarthritis, gentle",
        "Hip osteoarthritis, strong",
        "Outer hip pain (GTPS), first steps",
        "Outer hip pain (GTPS), by weeks",
        "After hip replacement",
        "Hip replacement, posterior, by weeks",
        "Hip replacement, anterior, by weeks",
        "Gentle start (no floor)",
        "Thin bones and falls",
        "Stiff hip",
        "Sitting only",
        "Five minutes a day",
        "Stronger hips",
    ]


def test_only_the_bridges_of_the_weeks_and_the_two_beside_the_usual_list_have_doses_of_their_own():
    own = {row["slug"] for row, items in LISTS if any("dose" in item for item in items)}
    assert own == {"hip-osteoarthritis-gentle", "hip-osteoarthritis-strong", "outer-hip-pain-by-weeks", "five-minutes"}


def test_phases_follow_on():
    assert {row["slug"]: [tuple(part["weeks"]) for part in row["phases"]] for row in PHASED} == {
        "outer-hip-pain-by-weeks": [(1, 1), (2, 2), (3, 8)],
        "hip-replacement-posterior": [(0, 2), (3, 6), (6, 12)],
        "hip-replacement-anterior": [(0, 2), (3, 6), (6, 12)],
    }


def test_doses_of_the_weeks_are_those_of_the_trial():
    """Table 3 of its protocol: push 3-5 x 5-15 s, twice a day; bridge 10, 10 slowly, 5; uneven bridge 5, 5-10 x 2."""
    by_week = [
        {item["exercise"]: {**BY_SLUG[item["exercise"]]["dose"], **item.get("dose", {})} for item in part["items"]}
        for part in next(row for row in STARTERS if row["slug"] == "outer-hip-pain-by-weeks")["phases"]
    ]
    assert [week["bridge"]["reps"] for week in by_week] == [10, 10, 5]
    uneven = [week.get("offset-bridge") for week in by_week]
    assert uneven[0] is None
    assert (uneven[1]["sets"], uneven[1]["reps"]) == (1, 5)
    assert (uneven[2]["sets"], uneven[2]["reps"], uneven[2]["reps_to"]) == (2, 5, 10)
    for week in by_week:
        push = week["static-abduction-press"]
        assert (push["reps"], push["reps_to"], push["hold_s"], push["hold_to_s"]) == (3, 5, 5, 15)


@pytest.mark.parametrize("slug", OF_CLASS)
def test_nothing_that_its_condition_forbids_stands_in_a_template(slug):
    verdicts = {
        (exercise["slug"], of): verdict(exercise, of) for exercise in used_in(slug) for of in OF_CLASS[slug].split()
    }
    assert {key for key, said in verdicts.items() if said not in {"nothing_special", "with_care"}} == set()


def test_every_template_for_a_condition_is_held_to_its_cautions():
    about = re.compile("replacement|outer-hip|thin-bones")
    assert {row["slug"] for row in STARTERS if about.search(row["slug"])} == OF_CLASS.keys()


def test_operated_leg_is_not_made_to_stand_alone():
    for row, items in LISTS:
        if "replacement" in row["slug"]:
            stands = {item["exercise"] for item in items if BY_SLUG[item["exercise"]]["position"] == "standing"}
            assert stands <= {item["exercise"] for item in items if item.get("leg") == "sore"}, row["slug"]


def used_in(slug):
    """Return the exercises of a template, in order, those of its phases one after the other."""
    return [BY_SLUG[item["exercise"]] for row, items in LISTS if row["slug"] == slug for item in items]


def test_template_for_sitting_only_stays_on_the_chair():
    assert {exercise["position"] for exercise in used_in("sitting-only")} == {"sitting"}
    assert not any("standing" in exercise["tags"] for exercise in used_in("sitting-only"))


def test_five_minutes_a_day_take_about_five_minutes():
    sides = {"each_side": "each", "affected_only": "left", "bilateral": "both"}
    items = next(items for row, items in LISTS if row["slug"] == "five-minutes")
    minutes = [
        minutes_for(Dose(**{**BY_SLUG[item["exercise"]]["dose"], **item.get("dose", {})}), sides[mode])
        for item in items
        for mode in [BY_SLUG[item["exercise"]]["side_mode"]]
    ]
    assert sum(minutes) <= 6  # each is rounded up


def test_template_after_hip_replacement_keeps_the_precautions():
    row = next(row for row in STARTERS if row["slug"] == "after-hip-replacement")
    for exercise in used_in("after-hip-replacement"):
        assert "bend_under_90" in exercise["tags"], exercise["slug"]
        assert not {"past_midline", "end_range_er", "side_lying"} & set(exercise["tags"]), exercise["slug"]
        assert verdict(exercise, "posterior") in {"nothing_special", "with_care"}
    notes = {item["exercise"]: item["note"] for item in row["items"]}
    assert notes["standing-hip-flexion"] == "Do not lift your knee above your hip."
    assert "half way" not in notes["heel-slide"], "the step and the picture say otherwise"
    stands = {exercise["slug"] for exercise in used_in("after-hip-replacement") if exercise["position"] == "standing"}
    sore_only = {item["exercise"] for item in row["items"] if item.get("leg") == "sore"}
    assert stands == sore_only, "the operated leg is not made to stand alone"


def test_gentle_template_needs_a_bed_and_a_chair_and_no_floor():
    for exercise in used_in("gentle-start"):
        assert {"no_floor", "no_equipment"} <= set(exercise["tags"])
        assert exercise["equipment"][0] in {"Bed", "Firm chair"}


def test_template_for_outer_hip_pain_stays_off_the_sore_tendon_and_claims_no_trial():
    used = used_in("outer-hip-pain")
    assert [exercise["slug"] for exercise in used] == ["static-abduction-press", "bridge", "sit-to-stand"]
    for exercise in used:
        assert not {"side_lying", "past_midline", "single_leg_stance", "end_range_er"} & set(exercise["tags"])
        assert verdict(exercise, "outer_hip_pain") != "do_not_use"
    assert "LEAP" not in json.dumps(STARTERS)


def test_what_is_said_to_everybody_is_said_by_templates_that_need_it():
    """Shoes where somebody stands, and walking about first only where nobody was just operated or is unsteady."""
    notes = {row["slug"]: row.get("note", "") for row in STARTERS}
    walks = {slug for slug, note in notes.items() if "Walk about" in note}
    assert walks == {"hip-osteoarthritis", "hip-osteoarthritis-strong", "stronger-hips"}
    shoes = {slug for slug, note in notes.items() if "Wear shoes to stand" in note}
    assert all(any(exercise["tags"].count("standing") for exercise in used_in(slug)) for slug in shoes)


def test_template_for_a_stiff_hip_stays_on_the_bed():
    assert {(exercise["position"], exercise["equipment"][0]) for exercise in used_in("stiff-hip")} == {("lying", "Bed")}


def test_template_for_stronger_hips_has_only_what_is_harder_than_something():
    harder = {other for _one, other in kin("harder")}
    assert {exercise["slug"] for exercise in used_in("stronger-hips")} <= harder
