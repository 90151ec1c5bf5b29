"""The shared library's content: the guide's seven to the letter, 19 relatives of theirs, words patients can read."""

import json
import re
from dataclasses import replace

import pytest
from django.conf import settings

from exercises.cautions import CautionClass, cautions_of
from exercises.dosage import Dose, minutes_for
from exercises.library.loading import EXERCISES, FOLDER, SOURCES, WITH_LEGS, load_exercises
from exercises.models import Exercise
from exercises.readability import grade, sentences
from exercises.sides import SideMode
from exercises.wording import dose_line, in_words, load_in_words
from programmes.services.templates import TEMPLATES
from tests.plain_words import CLINIC_WORDS, longest_sentence
from tests.walks import for_each

ROWS = json.loads((FOLDER / EXERCISES).read_text(encoding="utf-8"))
BY_SLUG = {row["slug"]: row for row in ROWS}
POSES = settings.BASE_DIR / "exercises" / "figures" / "poses"
REGISTER = {row["slug"]: row for row in json.loads((FOLDER / SOURCES).read_text(encoding="utf-8"))}
STARTERS = json.loads((FOLDER / TEMPLATES).read_text(encoding="utf-8"))

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
LEGS = ("left", "right")
HOLD_RANGES = {"bridge": [2, 5], "clamshell": [1, 2]}


def verdict(row, caution_class):
    """Return what an exercise comes to for a class of patients."""
    return row["cautions_for"][caution_class]["verdict"]


@pytest.fixture
def library(db):
    load_exercises()
    return {exercise.slug: exercise for exercise in Exercise.objects.all()}


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
    assert {slug: library[slug].minutes for slug in GUIDE} == {
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


def patient_texts():
    """Yield each text a patient reads: where it stands, and the words for the right and for the left leg."""
    for row in ROWS:
        for key in (
            "steps",
            "why",
            "feel",
            "mistakes",
            "easings",
            "start_position",
            "start_alt",
            "end_alt",
            "movement_alt",
            "equipment",
        ):
            for text in row[key] if isinstance(row[key], list) else [row[key]]:
                yield f"{row['slug']}: {key}", text
    for row in STARTERS:
        for part in row.get("phases", [row]):
            yield f"{row['slug']}: note", part.get("note", row.get("note", ""))
            for item in part["items"]:
                if "note" in item:
                    yield f"{row['slug']}: {item['exercise']}", item["note"]


TEXTS = {f"{where}: {in_words(text, side)}": in_words(text, side) for where, text in patient_texts() for side in LEGS}
STOPS = [f"Stop this exercise if {text}." for row in ROWS for text in row["stop_if"]]


def test_patients_texts_are_easy_to_read():
    assert {where: grade(text) for where, text in TEXTS.items() if grade(text) > 6} == {}


def test_safety_texts_are_easier_still():
    assert {text: grade(text) for text in STOPS if grade(text) > 5} == {}


def test_patients_sentences_are_short():
    assert [text for text in [*TEXTS.values(), *STOPS] if longest_sentence(text) > 15] == []


def test_patients_texts_have_no_clinic_words():
    assert [text for text in [*TEXTS.values(), *STOPS] if CLINIC_WORDS.search(text)] == []


def test_whole_exercise_reads_easily(library):
    grades = {slug: grade(" ".join(library[slug].read_for(side).sentences)) for slug in library for side in LEGS}
    assert {slug: level for slug, level in grades.items() if level > 6} == {}


VERBS = {
    "Bend", "Breathe", "Bring", "Do", "Draw", "Face", "Hold", "Keep", "Kneel", "Lean", "Let", "Lie", "Lift", "Loop",
    "Lower", "Make", "Move", "Press", "Push", "Put", "Rest", "Sit", "Slide", "Squeeze", "Stand", "Stay", "Stop", "Take",
    "Use", "Wear",
}  # fmt: skip


@for_each(ROWS)
def test_steps_begin_with_the_verb_and_hold_no_dose(row):
    for step in row["steps"]:
        for sentence in re.split(r"(?<=\.)\s+", step):
            assert sentence.split()[0].strip(".") in VERBS, sentence
            assert sentence.endswith(".")
        assert not re.search(r"\d", step), "doses come from the numbers"
        assert len(in_words(step, "right")) <= 60
    assert 4 <= len(row["steps"]) <= 5
    assert len(in_words(row["steps"][-1], "right")) <= 48, "the change of legs still follows"
    for way in [*row["easings"], *row["harder"], *row.get("swaps", [])]:
        assert way.split()[0] in VERBS, way
        assert not way.endswith(".")


@for_each(ROWS)
def test_every_exercise_has_two_or_three_easings(row):
    assert 2 <= len(row["easings"]) <= 3
    assert len({*row["easings"], *row["harder"], *row["mistakes"]}) == sum(
        len(row[key]) for key in ("easings", "harder", "mistakes")
    )


def test_no_two_exercises_that_differ_are_told_in_the_same_words():
    """An easing of one is never a step of another: two exercises, two instructions."""
    steps = {sentence for row in ROWS for step in row["steps"] for sentence in sentences(step)}
    assert {easing for row in ROWS for easing in row["easings"] if f"{easing}." in steps} == set()
    lifts = [BY_SLUG[slug]["steps"][3] for slug in ("clamshell", "clamshell-small", "clamshell-band")]
    assert ["as high as you can, hips still" in lift for lift in lifts] == [True, False, False]
    assert ["just a little" in lift for lift in lifts] == [False, True, False]
    assert len(set(lifts)) == 3


@for_each(ROWS)
def test_every_exercise_says_how_to_breathe_and_where_it_is_felt(row):
    told = " ".join(row["steps"])
    assert re.search(r"\b[Bb]reath", told)
    assert row["feel"].endswith(".")
    assert len(row["feel"]) <= 50
    assert "{" not in row["feel"]


@for_each([row for row in ROWS if row["position"] in ("standing", "sitting", "kneeling")])
def test_feet_knees_or_hands_have_a_place(row):
    assert re.search(r"\b(feet|knees)\b", " ".join(row["steps"])) or "Stand tall" in row["steps"][0]


LIMITS = {
    "standing-hip-flexion": "no higher than your hip",
    "standing-knee-lift-ankle-weight": "no higher than your hip",
    "standing-hip-extension": "a little",
    "standing-hip-abduction": "a little",
    "standing-toe-slide-back": "Keep your toes down",
    "standing-hip-circles": "well below your hip",
    "side-lying-hip-abduction": "no higher than your shoulder",
    "clamshell": "hips still",
    "clamshell-small": "a hand’s width",
    "clamshell-band": "hips still",
    "bridge": "to a straight line",
    "bridge-half-height": "a hand’s width",
    "bridge-marching": "a little",
    "quadruped-hip-circles": "as big as a saucer",
    "lying-knee-circles": "as big as a saucer",
    "heel-slide": "Stop where it gets tight",
    "seated-march": "a hand’s width",
    "seated-figure-four": "very gently",
    "lying-figure-four": "away from your face",
    "static-abduction-press": "not too hard",
    "seated-band-press-out": "as wide as your hips",
    "sit-to-stand": "nose over your toes",
}


@for_each(sorted(LIMITS))
def test_steps_say_how_far_it_goes(slug):
    assert LIMITS[slug] in " ".join(BY_SLUG[slug]["steps"])


@for_each([row for row in ROWS if row["position"] == "standing"])
def test_standing_work_holds_what_cannot_slide(row):
    assert re.search(r"worktop|heavy chair against a wall", row["steps"][0])
    assert "Chair" not in " ".join(row["equipment"])


@for_each([row for row in ROWS if row["dose"].get("directions") == 2])
def test_circles_go_both_ways(row):
    assert "Do the other way too." in row["steps"][-1]


def test_departures_from_the_guide_are_said_where_there_is_a_guide():
    assert {slug for slug, row in BY_SLUG.items() if "unlike_guide" in row} == set(GUIDE)
    assert "as high as comfortably possible" in BY_SLUG["standing-hip-flexion"]["unlike_guide"]


def test_belt_goes_on_before_lying_down():
    for slug, thing in (("static-abduction-press", "belt"), ("clamshell-band", "band")):
        on, lie = (next(n for n, step in enumerate(BY_SLUG[slug]["steps"]) if word in step) for word in (thing, "Lie"))
        assert on < lie


@for_each(ROWS)
def test_nothing_is_needed_that_no_step_uses(row):
    """What lies between the knees, round the legs or under them is put there by a step."""
    told = " ".join(row["steps"])
    assert "between your knees" not in " ".join(row["equipment"])
    for thing in ("belt", "loop band", "cushion", "weight"):
        assert (thing in " ".join(row["equipment"]).lower()) == (thing.removeprefix("loop ") in told)


@for_each(ROWS)
def test_one_sided_words_follow_the_leg(row):
    """Left and right are never written out in the library: they come from the side alone."""
    for key in (*WITH_LEGS, "mistakes", "easings", "harder", "why", "stop_if"):
        assert not re.search(r"\b(left|right|affected)\b", json.dumps(row[key]), re.IGNORECASE), key
    if row["side_mode"] != SideMode.BILATERAL:
        assert "{leg}" in json.dumps(row["steps"])
        assert "{leg}" in row["end_alt"]
        assert "{leg}" in row["movement_alt"]
    else:
        assert not re.search(r"{(leg|other)}", json.dumps(row))


@for_each(ROWS)
def test_pictures_and_movement_are_told_in_words(row):
    """The movement is told whole, beginning to end, so that it stands alone; the end is not told as the start."""
    assert row["start_alt"] != row["end_alt"]
    assert len(sentences(row["movement_alt"])) >= 2
    for key in ("start_alt", "end_alt", "movement_alt"):
        assert row[key].endswith(".")
        assert len(in_words(row[key], "right")) <= 200


def test_every_exercise_has_a_pose_file_and_every_pose_file_an_exercise():
    assert {path.stem for path in POSES.glob("*.json")} == set(BY_SLUG)


@for_each(ROWS)
def test_words_and_picture_have_the_same_legs_and_the_same_things(row):
    """The coloured legs are those the words are about, and whatever is drawn is named."""
    pose = json.loads((POSES / f"{row['slug']}.json").read_text(encoding="utf-8"))
    assert (pose["legs"] == "both") == (row["side_mode"] == SideMode.BILATERAL)
    drawn = {prop["type"] for prop in pose["props"]} - {"floor", "pillow"}
    assert {thing for thing in drawn if thing not in row["start_alt"]} == set()
    assert {thing for thing in ("bed", "mat", "chair", "worktop") if f" {thing}" in row["start_alt"]} <= drawn


@for_each([row for row in ROWS if row["position"] == "standing"])
def test_standing_exercises_start_with_a_hand_hold(row):
    assert re.search(r"\bHold\b", row["steps"][0])


def test_knee_lift_stays_below_the_hip():
    row = next(row for row in ROWS if row["slug"] == "standing-hip-flexion")
    assert "no higher than your hip" in " ".join(row["steps"])


def test_leg_lift_lies_on_the_other_side():
    row = next(row for row in ROWS if row["slug"] == "side-lying-hip-abduction")
    assert in_words(row["steps"][0], "right").startswith("Lie on your left side")
    assert in_words(row["steps"][0], "left").startswith("Lie on your right side")


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


# Templates


PHASED = [row for row in STARTERS if "phases" in row]
LISTS = [(row, part["items"]) for row in STARTERS for part in row.get("phases", [row])]
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
