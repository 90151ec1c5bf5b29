"""The guide's seven to the letter; where every other dose comes from, and sources that can be found again."""

import json
from dataclasses import replace

import pytest

from exercises.dosage import minutes_for
from exercises.sides import SideMode, side_for
from exercises.wording import dose_line, load_in_words
from tests.exercises.library.content import REGISTER, ROWS
from tests.walks import for_each

# The guide's seven: slug, name shown, dose, how it treats the legs.
GUIDE = {
    "standing-hip-flexion": ("Standing knee lift (hip flexion)", "1 × 10", "each_side"),
    "standing-hip-extension": ("Standing leg back (hip extension)", "1 × 10", "each_side"),
    "side-lying-hip-abduction": ("Side-lying leg lift (hip abduction)", "1 × 10", "affected_only"),
    "seated-figure-four": ("Seated figure-four stretch (seated piriformis stretch)", "hold 20–30 s", "each_side"),
    "bridge": ("Bridge", "1 × 10 · hold 3 s", "bilateral"),
    "clamshell": ("Clamshell", "1 × 10 · hold 1 s", "each_side"),
    "quadruped-hip-circles": ("Hip circles on hands and knees", "1 × 10 · each direction", "each_side"),
}
DOSES = {  # sets, reps, reps_to, hold_s, hold_to_s, rest_s, directions
    "standing-hip-flexion": (1, 10, None, 0, None, 0, 1),
    "standing-hip-extension": (1, 10, None, 0, None, 0, 1),
    "side-lying-hip-abduction": (1, 10, None, 0, None, 0, 1),
    "seated-figure-four": (1, 1, None, 20, 30, 0, 1),
    "bridge": (1, 10, None, 3, None, 0, 1),
    "clamshell": (1, 10, None, 1, None, 0, 1),
    "quadruped-hip-circles": (1, 10, None, 0, None, 0, 2),
}
GUIDES_WORDS = {
    "standing-hip-flexion": "repeat 10 times and switch legs",
    "standing-hip-extension": "repeat 10 times and switch legs",
    "side-lying-hip-abduction": "lie on your unaffected side, repeat 10 times",
    "seated-figure-four": "hold for 20-30 seconds, then switch legs",
    "bridge": "hold for a few seconds, repeat 10 times",
    "clamshell": "hold for a moment, repeat 10 times on each side",
    "quadruped-hip-circles": "10 circles in each direction, then switch legs",
}


# What the published programme of the LEAP trial says, for those of its exercises that we have.
LEAP = {
    "static-abduction-press": "1 × 3–5 · hold 5–15 s",
    "offset-bridge": "1 × 5",
    "single-leg-bridge": "2 × 5–10",
}
LIKE_THE_GUIDES = {  # the dose of the guide's exercise that each is a kind of
    "buttock-squeeze": "bridge",
    "bridge-half-height": "bridge",
    "clamshell-small": "clamshell",
    "clamshell-band": "clamshell",
    "lying-figure-four": "seated-figure-four",
    "lying-knee-circles": "quadruped-hip-circles",
    "standing-hip-circles": "quadruped-hip-circles",
}
BOTH_LEGS = {"bridge", "bridge-half-height", "buttock-squeeze", "seated-band-press-out", "sit-to-stand"}
HOLD_RANGES = {"bridge": [2, 5], "clamshell": [1, 2]}


def test_library_opens_with_the_guides_seven(library):
    assert {row["slug"] for row in ROWS[:7]} == set(GUIDE)
    assert len(library) == len(ROWS) == 26


def test_names_doses_and_legs_are_the_guides(library):
    rows = {slug: library[slug] for slug in GUIDE}
    shown = {
        slug: (
            f"{row.name} ({row.clinical_name})" if row.clinical_name else row.name,
            dose_line(row.dose),
            row.side_mode,
        )
        for slug, row in rows.items()
    }
    assert shown == GUIDE


def test_every_number_of_the_guides_doses_is_the_guides(library):
    doses = {slug: library[slug].dose for slug in GUIDE}
    numbers = {
        slug: (dose.sets, dose.reps, dose.reps_to, dose.hold_s, dose.hold_to_s, dose.rest_s, dose.directions)
        for slug, dose in doses.items()
    }
    assert numbers == DOSES
    assert {(dose.load, dose.tempo) for dose in doses.values()} == {("", "")}


def test_holds_the_guide_leaves_open_keep_their_range(library):
    assert {slug: row.hold_range_s for slug, row in library.items() if row.hold_range_s} == HOLD_RANGES


def test_doses_are_told_in_the_guides_words_where_it_has_any(library):
    assert {slug: row.guide_dose for slug, row in library.items() if row.guide_dose} == GUIDES_WORDS


@for_each(ROWS)
def test_one_source_says_where_the_dose_comes_from(row):
    [source] = [one["source"] for one in row["sources"] if one["for"].startswith("the dose")]
    assert (source == "leap-protocol") == (row["slug"] in LEAP)
    assert (source == "guide") == (row["slug"] in {*GUIDE, *LIKE_THE_GUIDES})
    assert (source == "expert-opinion") == (row["slug"] not in {*LEAP, *GUIDE, *LIKE_THE_GUIDES})


@for_each(ROWS)
def test_every_exercise_has_a_source_to_find_again_and_the_guidelines(row):
    named = [one["source"] for one in row["sources"]]
    assert len(set(named)) == len(named)
    assert {"nice-ng226", "eular-2023"} <= set(named)
    assert [one for one in named if REGISTER[one].get("at", "").startswith("https://")]


@for_each(sorted(REGISTER))
def test_sources_can_be_found_or_say_what_is_left_to_check(slug):
    source = REGISTER[slug]
    assert ("read_on" in source) == ("at" in source) == ("to_check" not in source)
    assert "undated" not in json.dumps(source)


def test_sources_are_named_as_they_were_printed():
    assert REGISTER["macaskill-2014"]["title"].startswith("Gluteal muscle activity during weightbearing")
    assert REGISTER["willcox-2013"]["title"].startswith("The Influence of Varying Hip Angle and Pelvis Position")
    assert REGISTER["leap-protocol"]["at"].endswith("10.1186/s12891-016-1043-6")
    assert REGISTER["leap-2018"]["at"].endswith("10.1136/bmj.k1662")


def test_doses_that_are_not_the_guides_are_leaps_or_of_the_same_kind_or_plain(library):
    for slug, row in library.items():
        if slug in GUIDE:
            continue
        like = LIKE_THE_GUIDES.get(slug)
        expected = LEAP.get(slug) or (dose_line(library[like].dose) if like else "1 × 10")
        assert dose_line(replace(row.dose, load="", load_g=None)) == expected, slug
    assert {slug: load_in_words(row.dose) for slug, row in library.items() if load_in_words(row.dose)} == {
        "standing-knee-lift-ankle-weight": "0.5 kg at the ankle"
    }


def test_both_legs_work_together_in_these_and_no_others(library):
    assert {slug for slug, row in library.items() if row.side_mode == SideMode.BILATERAL} == BOTH_LEGS
    assert [slug for slug, row in library.items() if row.side_mode == SideMode.AFFECTED_ONLY] == [
        "side-lying-hip-abduction"
    ]


def test_minutes_come_from_the_doses(library):
    assert {slug: minutes_for(library[slug].dose, side_for(library[slug].side_mode, "")) for slug in GUIDE} == {
        "bridge": 3,
        "clamshell": 3,
        "standing-hip-flexion": 3,
        "standing-hip-extension": 3,
        "side-lying-hip-abduction": 2,
        "seated-figure-four": 3,
        "quadruped-hip-circles": 4,
    }


@pytest.mark.parametrize("slug", ["quadruped-hip-circles", "lying-knee-circles", "standing-hip-circles"])
def test_circles_come_to_forty(library, slug):
    circles = library[slug]
    legs = 2 if circles.side_mode == SideMode.EACH_SIDE else 1
    assert circles.sets * circles.reps * circles.directions * legs == 40
