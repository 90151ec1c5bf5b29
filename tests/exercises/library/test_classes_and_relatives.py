"""What an exercise is for each class of patients, and which exercises are easier, harder or without the floor."""

import json
import re

import pytest

from exercises.cautions import CautionClass, cautions_of
from exercises.library.loading import FOLDER, SOURCES
from tests.exercises.library.content import BY_SLUG, ROWS, verdict
from tests.walks import for_each


@for_each(ROWS)
def test_every_exercise_says_what_it_is_for_every_class(row):
    assert [*row["cautions_for"]] == CautionClass.values
    assert [caution.of for caution in cautions_of(row["cautions_for"])] == [*CautionClass]
    for entry in row["cautions_for"].values():
        assert entry["why"].endswith(".")
        assert entry["why"][0].isupper()


def those_with(**what):
    """Return the slugs of the exercises with a tag or in a position."""
    [(key, value)] = what.items()
    return {row["slug"] for row in ROWS if (value in row["tags"] if key == "tag" else row["position"] == value)}


SQUAT_OR_BEND_UNDER_LOAD = {"sit-to-stand", "seated-figure-four", "lying-figure-four", "quadruped-hip-circles"}
BRIDGES = {"bridge", "bridge-half-height", "bridge-marching", "offset-bridge", "single-leg-bridge"}
WIDE = {"side-lying-hip-abduction", "standing-hip-abduction", "knee-drop-out"}
CLAMSHELLS = {"clamshell", "clamshell-small", "clamshell-band"}


@pytest.mark.parametrize(
    ("caution_class", "slugs"),
    [
        ("thin_bones", BRIDGES | SQUAT_OR_BEND_UNDER_LOAD),
        ("falls", those_with(position="standing") | {"sit-to-stand", "seated-march", "seated-band-press-out"}),
        ("falls", those_with(tag="floor")),
        ("outer_hip_pain", those_with(tag="single_leg_stance") | those_with(position="side_lying") | BRIDGES),
        ("outer_hip_pain", those_with(tag="past_midline")),
        ("pregnancy", those_with(position="lying") | those_with(tag="single_leg_stance") | WIDE | CLAMSHELLS),
        ("knee_replacement", those_with(position="kneeling") | BRIDGES | SQUAT_OR_BEND_UNDER_LOAD | {"heel-slide"}),
    ],
)
def test_what_could_hurt_a_class_is_never_nothing_special(caution_class, slugs):
    assert slugs
    assert {slug for slug in slugs if verdict(BY_SLUG[slug], caution_class) == "nothing_special"} == set()


@for_each(sorted(those_with(position="lying")))
def test_lying_flat_is_named_for_late_pregnancy(slug):
    assert "lying flat" in BY_SLUG[slug]["cautions_for"]["pregnancy"]["why"]


@for_each(ROWS)
def test_cautions_talk_to_clinicians_and_not_of_the_making(row):
    told = json.dumps([row["cautions_for"], row["cautions"]])
    assert not re.search(r"\b(we|our|draw|drawn|guide|trial|LEAP|teaching|library)\b", told, re.IGNORECASE)
    assert "guide" not in row["clinical_name"]


def test_leg_that_is_trained_is_named_where_the_other_leg_moves():
    told = {row["slug"]: row["works"] for row in ROWS if "works" in row}
    assert told == {
        "bridge-marching": "other",
        "standing-hip-abduction": "other",
        "standing-hip-extension": "both",
        "standing-hip-flexion": "both",
        "standing-hip-circles": "both",
        "standing-knee-lift-ankle-weight": "both",
        "standing-toe-slide-back": "both",
    }
    of_the_other_leg = {row["slug"] for row in ROWS if any("Standing leg" in muscle for muscle in row["muscles"])}
    assert set(told) == of_the_other_leg


@for_each(ROWS)
def test_clinicians_find_what_they_weigh_up(row):
    assert row["cautions"][-1] == (
        "Suspected fracture, infection or clot, or limits on weight through the leg: do not start."
    )
    assert row["sources"]
    assert row["needs"]
    assert row["muscles"]
    assert {"no_floor", "floor"} & set(row["tags"])
    assert row["kind"] in row["tags"]
    assert len({"bend_under_90", "bend_over_90"} & set(row["tags"])) == 1
    needs_things = any(re.search("band|belt|weight", thing) for thing in row["equipment"])
    assert ("no_equipment" in row["tags"]) == ("floor" not in row["tags"] and not needs_things)
    assert "not a registered physiotherapist" in row["reviewed_by"], "nobody is made up as a real person"
    assert row["reviewed_on"] < row["review_on"]


@pytest.mark.parametrize(
    ("slug", "tag"),
    [
        ("seated-figure-four", "bend_over_90"),
        ("quadruped-hip-circles", "bend_over_90"),
        ("lying-figure-four", "past_midline"),
        ("standing-hip-circles", "standing"),
    ],
)
def test_what_breaks_hip_precautions_says_so(slug, tag):
    row = next(row for row in ROWS if row["slug"] == slug)
    assert [verdict(row, one) for one in ("posterior", "anterior")] == ["do_not_use", "do_not_use"]
    assert tag in row["tags"]


@for_each(sorted(FOLDER.glob("*")))
def test_library_files_are_plain_text_without_addresses(path):
    text = path.read_text(encoding="utf-8")
    assert "\r" not in text
    if path.name != SOURCES:  # the register of what was read, where
        assert "http" not in text
        assert not re.search(r"\bwww\.", text)


# Relatives


def kin(how):
    """Yield who is named as easier, harder or without the floor, and by whom."""
    for row in ROWS:
        for other in row["relatives"].get(how, []):
            yield row["slug"], other


@for_each(ROWS)
def test_every_exercise_has_a_relative_and_is_one(row):
    named = [other for others in row["relatives"].values() for other in others]
    assert named
    assert any(row["slug"] in others for other in ROWS for others in other["relatives"].values())


def test_easier_and_harder_are_the_two_ends_of_one_thing():
    assert {(one, other) for one, other in kin("easier")} == {(one, other) for other, one in kin("harder")}


def test_nothing_is_easier_than_itself_in_the_end():
    easier = {row["slug"]: set(row["relatives"].get("easier", [])) for row in ROWS}
    while easier:
        easiest = {slug for slug, others in easier.items() if not others & easier.keys()}
        assert easiest, f"these go round in a circle: {sorted(easier)}"
        easier = {slug: others for slug, others in easier.items() if slug not in easiest}


def test_who_needs_the_floor_has_a_relative_that_does_not():
    assert {other for _one, other in kin("no_floor") if "no_floor" not in BY_SLUG[other]["tags"]} == set()
    assert {row["slug"] for row in ROWS if "floor" in row["tags"]} <= {one for one, _other in kin("no_floor")}
