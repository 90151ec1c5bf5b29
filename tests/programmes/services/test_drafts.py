import datetime as dt
import threading

import pytest
import time_machine
from django.db import IntegrityError, connection

from exercises.sides import SideMode
from hipcare.audit.models import Entry
from programmes.models import Prescription, Programme, Version
from programmes.models.version import FrozenError
from programmes.services import drafts, starting_points
from programmes.services.drafts import DraftGoneError, Edits, TooManyError
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PrescriptionFactory,
    ProgrammeFactory,
    TemplateFactory,
    given_version,
)

pytestmark = pytest.mark.django_db


def by_of(draft):
    return draft.programme.patient.physiotherapist


def names(draft):
    return [row.name for row in draft.prescriptions.all()]


def places(draft):
    return list(draft.prescriptions.values_list("order", flat=True))


def trail(patient):
    return list(Entry.objects.about(patient).values_list("action", "subject", "actor"))


def draft_with(*exercise_names, **prescription):
    draft = DraftFactory()
    for place, name in enumerate(exercise_names, start=1):
        PrescriptionFactory(version=draft, order=place, exercise__name=name, **prescription)
    return draft


# Opening


def test_open_draft_of_a_new_patient_is_blank_and_in_the_trail():
    patient = PatientFactory()
    draft = drafts.open_draft(patient=patient, by=patient.physiotherapist)
    assert (draft.patient, draft.number, draft.made_by) == (patient, None, patient.physiotherapist)
    assert places(draft) == []
    assert trail(patient) == [("change", "version", patient.physiotherapist_id)]


def test_open_draft_continues_the_one_there_is_and_leaves_no_second_row():
    patient = PatientFactory()
    first = drafts.open_draft(patient=patient, by=patient.physiotherapist)
    again = drafts.open_draft(patient=patient, by=patient.physiotherapist)
    assert again == first
    assert len(trail(patient)) == 1


def test_open_draft_copies_the_current_version_with_every_dose():
    dose = {"sets": 3, "reps": 8, "reps_to": 12, "hold_s": 5, "hold_to_s": 9, "rest_s": 30, "load": "red band"}
    given = given_version(exercises=2, **dose, tempo="slowly", side="left", note="Mind the step.", times_a_day=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    assert draft.review_on == given.review_on
    assert [row.line for row in draft.prescriptions.all()] == [row.line for row in given.prescriptions.all()]
    assert [row.note for row in draft.prescriptions.all()] == ["Mind the step."] * 2
    assert [row.text for row in draft.prescriptions.all()] == [{}, {}]


def test_open_draft_copies_the_newest_version_only():
    old = given_version()
    new = given_version(programme=old.programme, number=2, exercises=2)
    draft = drafts.open_draft(patient=old.patient, by=old.given_by)
    assert names(draft) == names(new)


def test_open_draft_asks_again_for_a_review_date_that_has_passed():
    given = given_version()
    day = given.review_on + dt.timedelta(days=1)
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    assert draft.review_on is None


@pytest.mark.django_db(transaction=True)
def test_open_draft_twice_at_once_gives_one_draft():
    patient = PatientFactory()
    found, start = [], threading.Barrier(4)

    def open_it():
        start.wait()
        try:
            found.append(drafts.open_draft(patient=patient, by=patient.physiotherapist).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Version.objects.count() == 1
    assert len(trail(patient)) == 1


# Rows


def test_add_exercise_goes_last_with_its_usual_dose_and_the_same_days():
    draft = draft_with("Bridge", weekdays="6", times_a_day=3)
    exercise = ExerciseFactory(sets=1, reps=10, hold_s=3, hold_to_s=5, side_mode=SideMode.AFFECTED_ONLY)
    row = drafts.add_exercise(draft=draft, exercise=exercise, by=by_of(draft))
    assert (row.order, row.side, row.dose) == (2, "right", exercise.dose)
    assert (row.weekdays, row.times_a_day) == ("6", 3)


def test_add_exercise_that_is_there_already_changes_nothing():
    draft = draft_with("Bridge")
    row = draft.prescriptions.get()
    assert drafts.add_exercise(draft=draft, exercise=row.exercise, by=by_of(draft)) == row
    assert trail(draft.patient) == []


def test_add_exercise_that_is_there_already_still_keeps_what_was_typed():
    draft = draft_with("Bridge")
    exercise = draft.prescriptions.get().exercise
    drafts.add_exercise(draft=draft, exercise=exercise, by=by_of(draft), edits=Edits(version={"goal": "Walk the dog."}))
    draft.refresh_from_db()
    assert draft.goal == "Walk the dog."
    assert len(trail(draft.patient)) == 1


def test_add_exercise_refuses_the_thirteenth():
    draft = draft_with(*[f"Exercise {n}" for n in range(12)])
    with pytest.raises(TooManyError, match="at most 12"):
        drafts.add_exercise(draft=draft, exercise=ExerciseFactory(), by=by_of(draft))
    assert draft.prescriptions.count() == 12


@pytest.mark.parametrize(
    ("row", "direction", "order", "said"),
    [
        (0, "down", ["Clamshell", "Bridge", "Lift"], (2, 3)),
        (2, "up", ["Bridge", "Lift", "Clamshell"], (2, 3)),
        (0, "up", ["Bridge", "Clamshell", "Lift"], (1, 3)),
        (2, "down", ["Bridge", "Clamshell", "Lift"], (3, 3)),
    ],
)
def test_move_prescription_changes_places_and_stops_at_the_ends(row, direction, order, said):
    draft = draft_with("Bridge", "Clamshell", "Lift")
    moved = draft.prescriptions.all()[row]
    assert drafts.move_prescription(prescription=moved, direction=direction, by=by_of(draft)) == said
    assert (names(draft), places(draft)) == (order, [1, 2, 3])
    assert len(trail(draft.patient)) == (order != ["Bridge", "Clamshell", "Lift"])


def test_move_prescription_that_was_removed_meanwhile_changes_nothing():
    draft = draft_with("Bridge", "Clamshell")
    row = draft.prescriptions.first()
    Prescription.objects.filter(pk=row.pk).delete()
    drafts.move_prescription(prescription=row, direction="down", by=by_of(draft))
    assert names(draft) == ["Clamshell"]


def test_remove_prescription_closes_the_gap_and_can_be_sent_twice():
    draft = draft_with("Bridge", "Clamshell", "Lift")
    row = draft.prescriptions.first()
    drafts.remove_prescription(prescription=row, by=by_of(draft))
    drafts.remove_prescription(prescription=row, by=by_of(draft))
    assert (names(draft), places(draft)) == (["Clamshell", "Lift"], [1, 2])
    assert len(trail(draft.patient)) == 1


# Saving


def test_save_draft_writes_rows_schedule_and_version_with_one_row_in_the_trail():
    draft = draft_with("Bridge", "Clamshell")
    row = draft.prescriptions.first()
    schedule = {"weekdays": "06", "times_a_day": 2, "days_a_week": None, "as_needed": False}
    edits = Edits(version={"goal": "Walk the dog."}, rows={row.pk: {"sets": 4}}, schedule=schedule)
    assert drafts.save_draft(draft=draft, by=by_of(draft), edits=edits)
    draft.refresh_from_db()
    assert draft.goal == "Walk the dog."
    assert [(row.sets, row.weekdays, row.times_a_day) for row in draft.prescriptions.all()] == [
        (4, "06", 2),
        (1, "06", 2),
    ]
    assert trail(draft.patient) == [("change", "version", by_of(draft).pk)]


def test_save_draft_of_what_is_there_already_leaves_no_trace():
    draft = draft_with("Bridge")
    row = draft.prescriptions.get()
    saved_at = Version.objects.get(pk=draft.pk).saved_at
    assert not drafts.save_draft(
        draft=draft, by=by_of(draft), edits=Edits(version={"goal": ""}, rows={row.pk: {"sets": 1}})
    )
    assert trail(draft.patient) == []
    assert Version.objects.get(pk=draft.pk).saved_at == saved_at


def test_save_draft_leaves_rows_of_other_drafts_alone():
    draft, stranger = draft_with("Bridge"), draft_with("Clamshell")
    theirs = stranger.prescriptions.get()
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(rows={theirs.pk: {"sets": 9}}))
    assert stranger.prescriptions.get().sets == 1


def test_save_draft_answers_once_which_hip_it_is():
    draft = DraftFactory(programme__patient__affected_side="")
    PrescriptionFactory(version=draft, side="", exercise__side_mode=SideMode.AFFECTED_ONLY)
    PrescriptionFactory(version=draft, side="each")
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(affected_side="left"))
    drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits(affected_side="right"))
    draft.patient.refresh_from_db()
    assert draft.patient.affected_side == "left"
    assert [row.side for row in draft.prescriptions.all()] == ["left", "each"]
    assert trail(draft.patient) == [("change", "patient", by_of(draft).pk)]


# Ending


def test_discard_draft_takes_an_empty_programme_with_it():
    draft = draft_with("Bridge")
    drafts.discard_draft(draft=draft, by=by_of(draft))
    assert not Programme.objects.exists()
    assert trail(draft.programme.patient) == [("change", "version", by_of(draft).pk)]


def test_discard_draft_leaves_given_versions():
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    drafts.discard_draft(draft=draft, by=given.given_by)
    assert list(Version.objects.all()) == [given]


def actions(draft):
    row, by = draft.prescriptions.first(), by_of(draft)
    return {
        "save": lambda: drafts.save_draft(draft=draft, by=by, edits=Edits(version={"goal": "x"})),
        "template": lambda: starting_points.start_from_template(draft=draft, template=TemplateFactory(), by=by),
        "in use": lambda: starting_points.start_from_current_version(draft=draft, by=by),
        "blank": lambda: starting_points.start_blank(draft=draft, by=by),
        "add": lambda: drafts.add_exercise(draft=draft, exercise=ExerciseFactory(), by=by),
        "move": lambda: drafts.move_prescription(prescription=row, direction="down", by=by),
        "remove": lambda: drafts.remove_prescription(prescription=row, by=by),
        "discard": lambda: drafts.discard_draft(draft=draft, by=by),
    }


ACTIONS = ["save", "template", "in use", "blank", "add", "move", "remove", "discard"]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_given_version_refuses_every_action(action):
    given = given_version(exercises=2)
    before = names(given)
    with pytest.raises(FrozenError, match="frozen"):
        actions(given)[action]()
    assert names(given) == before
    assert trail(given.patient) == []


def test_a_discarded_draft_refuses_with_its_own_words():
    draft = draft_with("Bridge")
    Version.objects.filter(pk=draft.pk).delete()
    with pytest.raises(DraftGoneError, match="thrown away"):
        drafts.save_draft(draft=draft, by=by_of(draft), edits=Edits())


def test_a_programme_has_one_draft_at_a_time():
    programme = ProgrammeFactory()
    DraftFactory(programme=programme)
    with pytest.raises(IntegrityError):
        DraftFactory(programme=programme)
