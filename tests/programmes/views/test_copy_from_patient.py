"""A draft begun with another patient's programme: what goes along, on whose side, and who reads where it came from."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from exercises.sides import Side, SideMode
from hipcare.audit.models import Entry
from programmes.models import Version
from programmes.services import drafts
from programmes.services.copying import OtherDraftError, copy_from_patient
from programmes.services.drafts import Edits
from programmes.services.undoing import put_back_draft
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PhysioFactory,
    PrescriptionFactory,
    given_version,
    pin,
)
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PhysioFactory()


@pytest.fixture
def source(by):
    """Return Zoe Zahn's version 1: a left hip, a leg each way, notes, a rhythm, a goal, a review date."""
    other = PatientFactory(clinic=by.clinic, first_name="Zoe", last_name="Zahn", affected_side="left")
    draft = DraftFactory(programme__patient=other, goal="Dance", note="Zoe, mind the step.", reason="", weekdays="024")
    draft.times_a_day, draft.name = 2, "Hip osteoarthritis"
    rows = [(SideMode.EACH_SIDE, Side.LEFT), (SideMode.EACH_SIDE, Side.RIGHT), (SideMode.BILATERAL, Side.BOTH)]
    for order, (mode, side) in enumerate(rows, start=1):
        exercise = ExerciseFactory(name=f"Exercise {order}", side_mode=mode)
        PrescriptionFactory(
            version=draft, exercise=exercise, order=order, side=side, sets=order, note="For Zoe.", weekdays="024",
            times_a_day=2, text=exercise.pinned_text(),
        )  # fmt: skip
    return pin(draft)


@pytest.fixture
def patient(by):
    return PatientFactory(clinic=by.clinic, physiotherapist=by, first_name="Ruth", affected_side="right")


def where(patient, source):
    return reverse("programmes:copy_from", args=[patient.pk, source.patient.pk])


def copied(patient, source, by, seen=""):
    return copy_from_patient(version=source, patient=patient, seen=seen, by=by)


def test_rows_doses_and_rhythm_go_along_on_the_new_patients_side(by, patient, source):
    draft = copied(patient, source, by).draft
    draft.refresh_from_db()
    rows = list(draft.prescriptions.all())
    assert [(row.name, row.sets, row.side) for row in rows] == [
        *(("Exercise 1", 1, "right"), ("Exercise 2", 2, "left"), ("Exercise 3", 3, "both"))
    ]
    assert (draft.weekdays, draft.times_a_day, {row.weekdays for row in rows}) == ("024", 2, {"024"})
    assert (draft.goal, draft.note, draft.reason, draft.review_on, {row.note for row in rows}) == (
        "",
        "",
        "",
        None,
        {""},
    )
    assert (draft.copied_from, draft.name) == (source, "Hip osteoarthritis")
    assert source.prescriptions.first().side == "left"


def test_the_other_patients_first_day_stays_behind(by, patient, source):
    draft = DraftFactory(
        programme__patient=PatientFactory(clinic=by.clinic), weekdays="", every_other_day=True,
        starts_on=dt.date(2026, 12, 1), times_a_day=1,
    )  # fmt: skip
    given = pin(draft)
    assert copied(patient, given, by).draft.starts_on is None


def test_the_leg_that_is_not_sore_stays_open_until_it_is_chosen(by, source):
    draft = copied(PatientFactory(clinic=by.clinic, affected_side=""), source, by).draft
    assert [row.side for row in draft.prescriptions.all()] == ["", "", "both"]
    drafts.save_draft(draft=draft, by=by, edits=Edits(affected_side="left"))
    assert [row.side for row in draft.prescriptions.all()] == ["left", "", "both"]


def test_choosing_whom_is_no_look_and_leads_to_the_versions(by, patient, source):
    client = client_of(by)
    address = reverse("programmes:choose_source", args=[patient.pk])
    page = client.get(address)
    assert [one.full_name for one in page.context["choice"].patients] == ["Zoe Zahn"]
    found = client.post(address, {"find": "yes", "q": "zahn"})
    assert (found.status_code, "Zoe Zahn" in text_of(found)) == (200, True)
    refused = client.post(address, {"patient": str(patient.pk)})
    assert (refused.status_code, "Choose a patient of the list" in text_of(refused)) == (422, True)
    assert not Entry.objects.filter(action=Entry.Action.LOOK).exists()
    assert client.post(address, {"patient": str(source.patient.pk)}).url == where(patient, source)


def test_page_shows_the_versions_and_is_a_look_at_the_other_patient(by, patient, source):
    words = text_of(client_of(by).get(where(patient, source)))
    assert "Copy Zoe Zahn’s programme?" in words
    assert "Version 1 , Hip osteoarthritis" in words
    assert "Follow Ruth’s own: right hip" in words
    assert "Exercise 2: 2 × 10 · right leg · twice a day · Mon Wed Fri" in words
    assert "mind the step" not in words
    look = Entry.objects.get(action=Entry.Action.LOOK)
    assert (look.patient, look.actor) == (source.patient.pk, by.pk)


def test_copying_opens_the_builder_that_says_where_it_came_from(by, patient, source):
    client = client_of(by)
    answer = client.post(where(patient, source), {"version": str(source.pk), "draft": ""})
    words = text_of(client.get(answer.url))
    assert "Started from Zoe Zahn’s version 1" in words
    draft = Version.objects.drafts().get()
    drafts.save_draft(draft=draft, by=by, edits=Edits(rows={draft.prescriptions.first().pk: {"sets": 9}}))
    assert "Started from Zoe Zahn’s version 1 , 1 row differs" in text_of(client.get(answer.url))


def test_the_new_patient_never_reads_whose_it_was(by, patient, source):
    copied(patient, source, by)
    pin(Version.objects.drafts().get())
    assert "Copied from Zoe Zahn’s version 1" in text_of(
        client_of(by).get(reverse("programmes:history", args=[patient.pk]))
    )
    assert "Zahn" not in text_of(client_of(patient.user).get(reverse("programmes:today")))


def test_of_somebody_who_was_erased_nothing_but_another_patient_is_said(by, patient, source):
    draft = copied(patient, source, by).draft
    Version.objects.filter(pk=draft.pk).update(copied_from_id="00000000-0000-4000-8000-000000000000")
    page = client_of(by).get(reverse("programmes:builder", args=[draft.pk]))
    assert "Started from another patient’s programme" in text_of(page)
    drafts.save_draft(draft=draft, by=by, edits=Edits(version={"goal": "Walk"}))


def test_a_draft_that_is_there_is_told_of_and_comes_back(by, patient, source):
    there = drafts.open_draft(patient=patient, by=by)
    PrescriptionFactory(version=there, exercise__name="Clamshell", sets=4)
    client = client_of(by)
    assert "There is a draft, begun by" in text_of(client.get(where(patient, source)))
    stale = client.post(where(patient, source), {"version": str(source.pk), "draft": ""})
    assert (stale.status_code, "The draft has changed since" in text_of(stale)) == (422, True)
    assert [row.name for row in there.prescriptions.all()] == ["Clamshell"]
    stamp = Version.objects.get(pk=there.pk).stamp
    client.post(where(patient, source), {"version": str(source.pk), "draft": stamp})
    assert there.prescriptions.count() == 3
    client.post(reverse("programmes:draft_template", args=[there.pk]), {"template": "before"})
    assert [(row.name, row.sets) for row in there.prescriptions.all()] == [("Clamshell", 4)]
    there.refresh_from_db()
    assert there.copied_from_id is None


def test_twice_changes_nothing_the_second_time(by, patient, source):
    copied(patient, source, by)
    with pytest.raises(OtherDraftError):
        copied(patient, source, by)


def test_a_copied_draft_thrown_away_and_put_back_knows_where_it_came_from(by, patient, source):
    contents = drafts.discard_draft(draft=copied(patient, source, by).draft, by=by)
    back = put_back_draft(patient=patient, contents=contents, by=by)
    assert back.copied_from_id == source.pk


def test_exercises_that_left_the_library_are_left_out_and_named(by, patient, source):
    ExerciseFactory._meta.model.objects.filter(name="Exercise 1").update(retired=True)
    client = client_of(by)
    answer = client.post(where(patient, source), {"version": str(source.pk), "draft": ""}, follow=True)
    assert "Exercise 1 is no longer in the library. It was left out." in text_of(answer)
    assert Version.objects.drafts().get().prescriptions.count() == 2


@pytest.mark.parametrize("version", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_no_version_chosen_is_said(by, patient, source, version):
    answer = client_of(by).post(where(patient, source), {"version": version, "draft": ""})
    assert (answer.status_code, "Choose one of the versions." in text_of(answer)) == (422, True)


def test_other_clinics_own_versions_and_drafts_cannot_be_copied(by, patient, source):
    client, stranger = client_of(by), given_version()
    assert client.get(where(patient, stranger)).status_code == 404
    assert client_of(PhysioFactory()).get(where(patient, source)).status_code == 404
    assert client.get(reverse("programmes:copy_from", args=[patient.pk, patient.pk])).status_code == 404
    answer = client.post(where(patient, source), {"version": str(stranger.pk), "draft": ""})
    assert answer.status_code == 422
    nothing = reverse("programmes:copy_from", args=[patient.pk, PatientFactory(clinic=by.clinic).pk])
    assert "Nothing has been given to" in text_of(client.get(nothing))


def test_an_archived_patient_gets_nothing(by, patient, source):
    patient.archived_at = timezone.now()
    patient.save()
    client_of(by).post(where(patient, source), {"version": str(source.pk), "draft": ""})
    assert not Version.objects.drafts().exists()


@pytest.mark.parametrize("number", [1, 3])
def test_versions_cost_the_same_for_one_and_three(by, patient, number, django_assert_num_queries):
    programme = given_version(patient=PatientFactory(clinic=by.clinic)).programme
    for more in range(2, number + 1):
        given_version(programme=programme, number=more)
    client = client_of(by)
    with django_assert_num_queries(9):
        client.get(reverse("programmes:copy_from", args=[patient.pk, programme.patient.pk]))
