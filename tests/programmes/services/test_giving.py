import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from exercises.sides import SideMode
from hipcare.audit.models import Entry
from hipcare.clinics.models import PairingCode
from programmes.models import Prescription, Version
from programmes.models.version import FrozenError
from programmes.services import drafts, giving
from programmes.services.drafts import Edits
from programmes.services.giving import CannotGiveError
from tests.factories import DraftFactory, PrescriptionFactory, given_version, sign_all_in

pytestmark = pytest.mark.django_db


def ready_draft(*, rows=1, **prescription):
    """Return a draft that lacks nothing."""
    draft = DraftFactory(review_on=timezone.localdate() + dt.timedelta(days=14))
    for place in range(1, rows + 1):
        PrescriptionFactory(version=draft, order=place, **prescription)
    return sign_all_in(draft)


def give(draft, **kwargs):
    return giving.give_version(draft=draft, by=draft.programme.patient.physiotherapist, **kwargs)


def refused(draft, **kwargs):
    with pytest.raises(CannotGiveError) as refusal:
        give(draft, **kwargs)
    assert Version.objects.get(pk=draft.pk).number is None
    assert not PairingCode.objects.exists()
    assert not Entry.objects.exists()
    return {one.field: one.words for one in refusal.value.missing}


def test_give_version_numbers_it_pins_its_words_and_opens_the_way_in():
    draft = ready_draft(rows=2)
    patient = draft.patient
    given = give(draft)
    given.refresh_from_db()
    assert (given.number, given.given_by, given.reason) == (1, patient.physiotherapist, "")
    assert (given.affected_side, given.hip_precautions) == ("right", "none")
    assert (given.pain_fine_up_to, given.pain_ok_up_to) == (2, 5)
    assert [row.text for row in given.prescriptions.all()] == [
        row.exercise.pinned_text() for row in given.prescriptions.all()
    ]
    code = PairingCode.objects.get()
    assert (code.patient, code.is_open) == (patient, True)
    entry = Entry.objects.get()
    assert (entry.action, entry.subject_id, entry.patient) == ("give", given.pk, patient.pk)


def test_a_given_version_keeps_its_words_when_the_library_changes():
    given = give(ready_draft())
    exercise = given.prescriptions.get().exercise
    name = exercise.name
    exercise.name = "Something else"
    exercise.save()
    assert given.prescriptions.get().name == name


def test_words_given_before_movements_were_told_are_still_shown():
    row = ready_draft().prescriptions.get()
    row.text = {key: words for key, words in row.exercise.pinned_text().items() if key != "movement_alt"}
    assert row.movement_alt == f"{row.start_alt} {row.end_alt}"
    row.text = {}
    assert row.movement_alt == "The right knee lifts and comes down."


def test_give_version_twice_gives_once():
    draft = ready_draft()
    assert give(draft) == give(draft)
    assert list(Version.objects.values_list("number", flat=True)) == [1]
    assert PairingCode.objects.count() == 1
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_give_version_in_two_tabs_at_once_gives_once():
    draft = ready_draft()
    given, start = [], threading.Barrier(3)

    def give_it():
        start.wait()
        try:
            given.append(give(draft).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=give_it) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [1, 1, 1]
    assert PairingCode.objects.count() == 1
    assert Entry.objects.count() == 1


def test_the_next_version_has_the_next_number_and_a_reason():
    first = give(ready_draft())
    draft = drafts.open_draft(patient=first.patient, by=first.given_by)
    row = draft.prescriptions.get()
    edits = Edits(rows={row.pk: {"sets": 3}})
    second = give(draft, reason="Manages one round with ease.", edits=edits)
    assert (second.number, second.reason) == (2, "Manages one round with ease.")
    assert second.prescriptions.get().sets == 3
    assert Version.objects.current().get() == second
    assert [code.is_open for code in PairingCode.objects.order_by("made_at")] == [False, True]


def test_the_reason_is_needed_from_version_2_on():
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    assert "reason" in {one.field for one in giving.missing_to_give(draft)}
    draft.reason = "   "
    assert "reason" in {one.field for one in giving.missing_to_give(draft)}


def test_an_unchanged_copy_is_refused():
    given = given_version(exercises=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    with pytest.raises(CannotGiveError, match="Nothing has changed since version 1"):
        give(draft, reason="Because.")


def test_a_new_order_is_a_change():
    given = given_version(exercises=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    drafts.move_prescription(prescription=draft.prescriptions.first(), direction="down", by=given.given_by)
    assert give(draft, reason="Standing first.").number == 2


def test_a_fact_around_the_programme_is_a_change():
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    given.patient.hip_precautions = "posterior"
    given.patient.save()
    assert give(draft, reason="After the operation.").hip_precautions == "posterior"


def test_an_empty_draft_is_refused():
    assert "add at least one exercise" in refused(ready_draft(rows=0))["rows"]


def test_thirteen_exercises_are_refused():
    draft = ready_draft(rows=13)
    assert "at most 12" in refused(draft, confirmed=["13 exercises"])["rows"]


@pytest.mark.parametrize(
    "frequency", [{"weekdays": ""}, {"times_a_day": None}, {"weekdays": "", "days_a_week": 3, "times_a_day": None}]
)
def test_a_missing_frequency_is_refused(frequency):
    assert refused(ready_draft(**frequency)) == {"weekdays": "Choose the days and how many times a day."}


@pytest.mark.parametrize(
    "frequency", [{"as_needed": True, "weekdays": "", "times_a_day": None}, {"weekdays": "", "days_a_week": 3}]
)
def test_each_kind_of_frequency_is_enough(frequency):
    assert give(ready_draft(**frequency)).number == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "Choose a review date."), (0, "after today"), (-3, "after today"), (367, "within a year")],
)
def test_the_review_date_is_needed_and_lies_ahead(days, words):
    draft = ready_draft()
    draft.review_on = days if days is None else timezone.localdate() + dt.timedelta(days=days)
    draft.save()
    assert words in refused(draft)["review_on"]


def test_the_clinics_help_numbers_are_needed():
    draft = ready_draft()
    clinic = draft.patient.clinic
    clinic.phone = clinic.urgent_phone = ""
    clinic.save()
    assert "clinic phone and urgent advice number" in refused(draft)["clinic"]


def test_hip_precautions_are_needed():
    draft = ready_draft()
    draft.patient.hip_precautions = ""
    draft.patient.save()
    assert "“None”" in refused(draft)["hip_precautions"]


def test_affected_only_with_no_side_is_refused():
    draft = ready_draft(rows=2, side="", exercise__side_mode=SideMode.AFFECTED_ONLY)
    one, other = draft.prescriptions.all()
    assert refused(draft) == {
        f"{one.pk}-side": f"Choose the leg for {one.name}.",
        f"{other.pk}-side": f"Choose the leg for {other.name}.",
    }


@pytest.mark.parametrize("side", ["", "left"])
def test_affected_only_is_refused_while_nobody_says_which_hip_it_is(side):
    draft = ready_draft(side=side, exercise__name="Leg lift", exercise__side_mode=SideMode.AFFECTED_ONLY)
    draft.patient.affected_side = ""
    draft.patient.save()
    assert refused(draft) == {"affected_side": "Say which hip is sore. Leg lift is for the sore leg only."}


def test_an_unknown_side_is_no_hindrance_where_both_legs_have_their_turn():
    draft = ready_draft()
    draft.patient.affected_side = ""
    draft.patient.save()
    assert give(draft).affected_side == ""


def test_a_prescriber_without_a_name_is_refused():
    draft = ready_draft()
    draft.patient.physiotherapist.name = " "
    draft.patient.physiotherapist.save()
    assert "has no name" in refused(draft)["you"]


def test_unusual_values_ask_once():
    draft = ready_draft(exercise__name="Bridge", sets=6, reps=20, reps_to=40)
    assert giving.unusual(draft) == ["Bridge: 20–40 reps and 6 sets"]
    assert "Yes, this is right" in refused(draft)["is_right"]
    assert "is_right" in refused(draft, confirmed=["Bridge: 31 reps"]), "said of another value"
    assert give(draft, confirmed=["Bridge: 20–40 reps and 6 sets"]).number == 1


@pytest.mark.parametrize(
    ("affected", "side", "asked"),
    [
        ("right", "right", []),
        ("right", "left", ["Leg lift: left leg, not right leg"]),
        ("both", "in_turn", []),
        ("both", "left", ["Leg lift: left leg, not each leg in turn"]),
        ("", "left", []),
    ],
)
def test_the_other_leg_is_unusual_where_it_is_for_the_sore_one_only(affected, side, asked):
    draft = ready_draft(side=side, exercise__name="Leg lift", exercise__side_mode=SideMode.AFFECTED_ONLY)
    draft.patient.affected_side = affected
    draft.patient.save()
    assert giving.unusual(draft) == asked


def test_one_leg_of_two_is_not_unusual_where_each_has_its_turn():
    assert giving.unusual(ready_draft(side="left")) == []


@pytest.mark.parametrize(
    ("sides", "asks"),
    [
        (("left", "right"), False),
        (("each", "right"), True),
        (("left", "each"), True),
        (("each", "in_turn"), True),
        (("both", "left"), False),
    ],
)
def test_one_leg_in_two_rows_is_asked_about(sides, asks):
    draft = ready_draft(rows=2)
    first, second = draft.prescriptions.order_by("order")
    bridge = first.exercise
    bridge.name = "Bridge"
    bridge.save()
    for row, side in zip((first, second), sides, strict=True):
        draft.prescriptions.filter(pk=row.pk).update(exercise=bridge, side=side)
    named = {"left": "left leg", "right": "right leg", "each": "each leg", "in_turn": "each leg in turn"}
    words = [f"Bridge: one leg does both “{named.get(sides[0])}” and “{named.get(sides[1])}”"]
    assert giving.unusual(draft) == (words if asks else [])


def test_more_than_six_exercises_are_unusual():
    assert giving.unusual(ready_draft(rows=6)) == []
    assert giving.unusual(ready_draft(rows=7)) == ["7 exercises"]


def test_a_refused_give_keeps_no_edits():
    draft = ready_draft(rows=0)
    refused(draft, edits=Edits(version={"goal": "Walk."}))
    assert Version.objects.get(pk=draft.pk).goal == ""


@pytest.mark.parametrize("change", ["version", "row", "delete version", "delete row"])
def test_a_given_version_cannot_be_saved_or_deleted(change):
    given = give(ready_draft())
    row = given.prescriptions.get()
    with pytest.raises(FrozenError):
        {"version": given.save, "row": row.save, "delete version": given.delete, "delete row": row.delete}[change]()


@pytest.mark.parametrize("model", [Version, Prescription])
def test_the_database_refuses_an_update_of_a_given_version(model):
    given = give(ready_draft())
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        model.objects.update(**({"goal": "x"} if model is Version else {"sets": 9}))
    assert given.prescriptions.get().sets == 1
