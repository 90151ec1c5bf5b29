import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from exercises.models import Exercise, Relative
from tests.factories import ClinicFactory, ExerciseFactory, PhysioFactory


@pytest.mark.parametrize(
    "dose",
    [
        {"sets": 0},
        {"sets": 11},
        {"reps": 0},
        {"reps": 101},
        {"reps": 10, "reps_to": 10},
        {"reps": 10, "reps_to": 9},
        {"reps": 10, "reps_to": 101},
        {"hold_s": 301},
        {"hold_s": 20, "hold_to_s": 20},
        {"hold_s": 20, "hold_to_s": 301},
        {"rest_s": 601},
        {"directions": 0},
        {"directions": 3},
    ],
    ids=str,
)
def test_dose_outside_its_limits_cannot_exist(db, dose):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseFactory(**dose)
    with pytest.raises(ValidationError):
        ExerciseFactory.build(**dose).full_clean()


@pytest.mark.parametrize(
    "dose",
    [
        {"sets": 1, "reps": 1, "hold_s": 0, "rest_s": 0, "directions": 1},
        {"sets": 10, "reps": 99, "reps_to": 100, "hold_s": 299, "hold_to_s": 300, "rest_s": 600, "directions": 2},
    ],
    ids=["smallest", "largest"],
)
def test_dose_at_its_limits_is_kept(db, dose):
    exercise = ExerciseFactory(**dose)
    exercise.full_clean()
    exercise.refresh_from_db()
    assert {name: getattr(exercise.dose, name) for name in dose} == dose


def test_slug_is_taken_once_in_the_library_and_once_in_a_clinic(db):
    clinic = ClinicFactory()
    ExerciseFactory(slug="bridge")
    ExerciseFactory(slug="bridge", clinic=clinic)
    ExerciseFactory(slug="bridge", clinic=ClinicFactory())
    for owner in (None, clinic):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExerciseFactory(slug="bridge", clinic=owner)


def test_people_see_the_shared_library_and_their_own_clinics(db):
    physio = PhysioFactory()
    shared = ExerciseFactory()
    own = ExerciseFactory(clinic=physio.clinic)
    ExerciseFactory(clinic=ClinicFactory())
    assert set(Exercise.objects.visible_to(physio)) == {shared, own}


def test_retired_exercises_are_not_current(db):
    kept = ExerciseFactory()
    ExerciseFactory(retired=True)
    assert list(Exercise.objects.current()) == [kept]


@pytest.mark.parametrize("value", ["Lift.", [""], ["Lift.", 3], {"a": 1}, None])
def test_list_of_sentences_is_just_that(db, value):
    with pytest.raises(ValidationError) as error:
        ExerciseFactory.build(steps=value).full_clean()
    assert set(error.value.message_dict) == {"steps"}


@pytest.mark.parametrize("hold_range", [[2, 5], [3, 3], [0, 300], None])
def test_range_of_holds_includes_the_usual_one(hold_range):
    ExerciseFactory.build(hold_s=3, hold_range_s=hold_range).clean()


@pytest.mark.parametrize("hold_range", [[4, 5], [1, 2], [5, 2], [2], [2, 5, 6], ["2", "5"], 3, [-1, 5], [0, 301], []])
def test_range_without_the_usual_hold_is_refused(hold_range):
    with pytest.raises(ValidationError) as error:
        ExerciseFactory.build(hold_s=3, hold_range_s=hold_range).clean()
    assert set(error.value.message_dict) == {"hold_range_s"}


@pytest.mark.parametrize(
    ("names", "second"),
    [
        ({"clinical_name": "hip flexion"}, "hip flexion"),
        ({"also_called": ["march", "high knee"]}, "march"),
        ({"clinical_name": "hip flexion", "also_called": ["march"]}, "hip flexion"),
        ({}, ""),
    ],
)
def test_second_name_is_the_clinical_one_or_another(names, second):
    exercise = ExerciseFactory.build(name="Knee lift", **names)
    assert (exercise.second_name, str(exercise)) == (second, "Knee lift")


@pytest.mark.parametrize(
    ("mode", "line", "side"),
    [
        ("each_side", "1 × 10 · each leg", "right"),
        ("affected_only", "1 × 10 · sore leg only", "right"),
        ("bilateral", "1 × 10 · both legs together", "both"),
    ],
)
def test_usual_dose_says_how_it_treats_the_legs(mode, line, side):
    exercise = ExerciseFactory.build(side_mode=mode)
    assert (exercise.usual_dose_line(), exercise.figure_side) == (line, side)


def test_patients_words_follow_the_side():
    exercise = ExerciseFactory.build(
        steps=["Lie on your {other} side.", "Lift your {leg} leg."], stop_if=["it hurts", "you feel faint"]
    )
    read = exercise.read_for("left")
    assert read.steps == ["Lie on your right side.", "Lift your left leg."]
    assert read.stop == "it hurts, or you feel faint."
    assert read.end_alt == "The left knee is lifted."
    assert read.movement_alt == "The left knee lifts and comes down."
    assert read.sentences == [
        "Lie on your right side.",
        "Lift your left leg.",
        "Helps you climb stairs.",
        "Stop this exercise if it hurts, or you feel faint.",
    ]


def test_movement_nobody_has_written_is_the_two_pictures_in_words():
    read = ExerciseFactory.build(movement_alt="").read_for("left")
    assert read.movement_alt == "Standing tall, one hand on a chair. The left knee is lifted."


def test_pinned_text_is_all_that_a_patient_reads():
    exercise = ExerciseFactory.build()
    pinned = exercise.pinned_text()
    assert set(pinned) == set(Exercise.PINNED_FIELDS)
    assert pinned["steps"] == exercise.steps
    assert not {"cautions", "cautions_for", "harder", "swaps", "sources", "tags"} & set(pinned)


# Relatives


def test_relative_reads_as_a_sentence(db):
    bridge, squeeze = ExerciseFactory(name="Bridge"), ExerciseFactory(name="Bottom squeeze")
    relative = Relative.objects.create(exercise=bridge, other=squeeze, how="easier", order=1)
    assert str(relative) == "Bridge: Easier: Bottom squeeze"


@pytest.mark.parametrize(
    "wrong",
    [
        {"other": "bridge", "how": "no_floor", "order": 1},
        {"other": "clamshell", "how": "easier", "order": 1},
        {"other": "squeeze", "how": "easier", "order": 2},
        {"other": "squeeze", "how": "harder", "order": 1},
    ],
    ids=["itself", "place taken", "named twice", "easier and harder"],
)
def test_relatives_that_make_no_sense_cannot_exist(db, wrong):
    rows = {slug: ExerciseFactory(slug=slug) for slug in ("bridge", "squeeze", "clamshell")}
    Relative.objects.create(exercise=rows["bridge"], other=rows["squeeze"], how="easier", order=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relative.objects.create(exercise=rows["bridge"], **wrong | {"other": rows[wrong["other"]]})


def test_easier_relative_may_need_no_floor_too(db):
    circles, standing = ExerciseFactory(), ExerciseFactory()
    for how in ("easier", "no_floor"):
        Relative.objects.create(exercise=circles, other=standing, how=how, order=1)
    assert [relative.how for relative in circles.relatives.all()] == ["easier", "no_floor"]
