"""What patients read of the library: plain words, short sentences, no dose in a step, words that fit the picture."""

import json
import re

from exercises.library.loading import WITH_LEGS
from exercises.readability import grade, sentences
from exercises.sides import SideMode
from exercises.wording import in_words, with_change
from tests.exercises.library.content import BY_SLUG, LEGS, POSES, ROWS, STARTERS
from tests.exercises.library.test_doses_and_sources import GUIDE
from tests.plain_words import CLINIC_WORDS, longest_sentence
from tests.walks import for_each


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
def test_circles_leave_the_other_way_to_the_dose(row):
    assert "other way" not in " ".join(row["steps"])
    assert with_change(row["steps"], "left", row["position"], 2)[-1].endswith("Do the other way too.")


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
