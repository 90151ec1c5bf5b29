"""All versions of a programme, two of them side by side, and an old one copied forward."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hipcare.audit.models import Entry
from programmes.models import Programme, Version
from programmes.pages.history_page import history_of
from programmes.services import drafts
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PhysioFactory,
    PrescriptionFactory,
    ProgrammeFactory,
    pin,
)
from tests.programmes.drafts import physio_of, text_of, two_weeks_from_now
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercises():
    return {name: ExerciseFactory(name=name) for name in ("Bridge", "Leg back", "Squat")}


@pytest.fixture
def programme(exercises):
    """Return a programme of two versions: a dose raised, one exercise stopped and one new, the days moved."""
    programme = ProgrammeFactory()
    first = DraftFactory(programme=programme, goal="Walk to the sea", name="Hip osteoarthritis", weekdays="024")
    put(first, exercises["Bridge"], sets=1, reps=10, side="both", note="Slowly.", weekdays="024")
    put(first, exercises["Leg back"], sets=1, reps=10, side="left", weekdays="024")
    pin(first, number=1, review_on=dt.date(2026, 12, 7))
    second = DraftFactory(programme=programme, goal="Walk to the sea", note="Hold the worktop.", weekdays="0123456")
    put(second, exercises["Bridge"], sets=2, reps=10, side="both", note="Slowly.", weekdays="0123456")
    put(second, exercises["Squat"], sets=1, reps=8, side="both", weekdays="1", own_days=True)
    pin(second, number=2, review_on=dt.date(2026, 12, 21), reason="Manages 10 with ease.")
    return programme


def put(draft, exercise, **row):
    order = draft.prescriptions.count() + 1
    return PrescriptionFactory(version=draft, exercise=exercise, order=order, text=exercise.pinned_text(), **row)


def version(programme, number):
    return programme.versions.get(number=number)


def look(programme, *ticked, **query):
    address = reverse("programmes:history", args=[programme.patient.pk])
    sent = urlencode([("version", one.pk) for one in ticked] + list(query.items()))
    return client_of(programme.patient.physiotherapist).get(f"{address}?{sent}")


def lines_of(programme, **how):
    found = history_of(programme.patient, **how).comparison
    return {line.name: (" / ".join(line.was), " / ".join(line.now), line.chip) for line in found.lines}


def test_the_newest_two_stand_side_by_side(programme):
    lines = lines_of(programme)
    assert list(lines)[:3] == ["Bridge", "Squat", "Leg back"]
    assert lines["Bridge"] == ("1 × 10 · both legs / “Slowly.”", "2 × 10 · both legs / “Slowly.”", "Changed")
    assert lines["Squat"] == ("Not in it", "1 × 8 · both legs · Tue", "New")
    assert lines["Leg back"] == ("1 × 10 · left leg", "Not in it", "Stopped")
    assert lines["Days"] == ("Mon Wed Fri", "Every day", "Changed")
    assert lines["Times a day"] == ("Once a day", "Once a day", "")
    assert lines["Review on"] == ("7 December 2026", "21 December 2026", "Changed")
    assert lines["Goal"] == ("“Walk to the sea”", "“Walk to the sea”", "")
    assert lines["Note"] == ("None", "“Hold the worktop.”", "Changed")
    assert "Phase" not in lines, "neither follows phases"


def test_only_what_changed_can_be_shown(programme):
    assert {chip for _was, _now, chip in lines_of(programme, is_shortened=True).values()} == {
        "Changed",
        "New",
        "Stopped",
    }


def test_a_row_that_follows_the_programme_is_not_changed_by_its_days_alone(exercises):
    programme = ProgrammeFactory()
    for number, days in ((1, "024"), (2, "13")):
        draft = DraftFactory(programme=programme, weekdays=days)
        put(draft, exercises["Bridge"], side="both", weekdays=days)
        pin(draft, number=number, reason="Other days.")
    lines = lines_of(programme)
    assert lines["Bridge"][2] == ""
    assert lines["Days"] == ("Mon Wed Fri", "Tue Thu", "Changed")


def test_a_note_alone_is_a_change(exercises):
    programme = ProgrammeFactory()
    for number, note in ((1, ""), (2, "Hold the chair.")):
        draft = DraftFactory(programme=programme, weekdays="0")
        put(draft, exercises["Bridge"], side="both", weekdays="0", note=note)
        pin(draft, number=number, reason="A note.")
    assert lines_of(programme)["Bridge"] == ("1 × 10 · both legs", "1 × 10 · both legs / “Hold the chair.”", "Changed")


def test_the_same_exercise_for_each_leg_is_compared_leg_by_leg(exercises):
    programme = ProgrammeFactory()
    for number, reps in ((1, 10), (2, 12)):
        draft = DraftFactory(programme=programme, weekdays="0")
        for side in ("left", "right"):
            put(draft, exercises["Leg back"], side=side, weekdays="0", reps=reps if side == "right" else 8)
        pin(draft, number=number, reason="More on the right.")
    lines = lines_of(programme)
    assert lines["Leg back (left leg)"][2] == ""
    assert lines["Leg back (right leg)"] == ("1 × 10 · right leg", "1 × 12 · right leg", "Changed")


def test_any_two_can_be_ticked_and_the_earlier_stands_first(programme, exercises):
    third = DraftFactory(programme=programme, weekdays="0")
    put(third, exercises["Bridge"], side="both", weekdays="0")
    pin(third, number=3, reason="Less.")
    shown = text_of(look(programme, third, version(programme, 1)))
    assert "Version 1 and version 3" in shown
    assert "Version 1 and version 3" in text_of(look(programme, version(programme, 1), third))


def test_where_not_two_are_ticked_it_says_what_to_do_and_keeps_the_ticks(programme):
    answer = look(programme, version(programme, 1))
    assert "Tick two versions, then press" in text_of(answer)
    assert answer.content.decode().count("checked") == 1


def test_an_address_with_what_is_no_version_shows_the_newest_two(programme):
    address = reverse("programmes:history", args=[programme.patient.pk])
    answer = client_of(programme.patient.physiotherapist).get(address, {"version": ["nonsense", "\x00"]})
    assert answer.status_code == 200
    assert "Version 1 and version 2" in text_of(answer)


def test_one_version_and_none(exercises):
    patient = PatientFactory()
    staff = client_of(patient.physiotherapist)
    address = reverse("programmes:history", args=[patient.pk])
    assert "Nothing has been given yet." in text_of(staff.get(address))
    draft = DraftFactory(programme=ProgrammeFactory(patient=patient), weekdays="0")
    put(draft, exercises["Bridge"], side="both", weekdays="0")
    pin(draft, number=1)
    shown = text_of(staff.get(address))
    assert "1 version" in shown
    assert "Compare" not in shown


def test_the_number_of_queries_does_not_grow_with_versions(programme, exercises):
    def asked():
        with CaptureQueriesContext(connection) as asked:
            history_of(programme.patient)
        return len(asked)

    two = asked()
    for number in (3, 4, 5):
        draft = DraftFactory(programme=programme, weekdays="0")
        put(draft, exercises["Bridge"], side="both", weekdays="0", sets=number)
        pin(draft, number=number, reason="More.")
    assert asked() == two


def test_looking_is_in_the_trail(programme):
    look(programme)
    assert Entry.objects.filter(action=Entry.Action.LOOK, patient=programme.patient.pk).count() == 1


# Copying forward


def copy(programme, number, *, seen=None, staff=None):
    staff = staff or client_of(programme.patient.physiotherapist)
    draft = Version.objects.drafts().filter(programme__patient=programme.patient).first()
    stamp = (draft.stamp if draft else "") if seen is None else seen
    return staff.post(reverse("programmes:version_copy", args=[version(programme, number).pk]), {"draft": stamp})


def test_an_old_version_opens_as_a_draft_without_its_review_date(programme):
    answer = copy(programme, 1)
    draft = programme.versions.get(number=None)
    assert answer.url == reverse("programmes:builder", args=[draft.pk])
    assert [(row.name, row.sets, row.note) for row in draft.prescriptions.all()] == [
        ("Bridge", 1, "Slowly."),
        ("Leg back", 1, ""),
    ]
    assert (draft.name, draft.weekdays, draft.review_on) == ("Hip osteoarthritis", "024", None)
    assert draft.goal == "Walk to the sea"
    assert version(programme, 1).prescriptions.count() == 2
    assert programme.current.number == 2, "nothing is given by it"


def test_a_draft_that_is_there_gives_way_and_comes_back_as_it_was(programme):
    draft = drafts.open_draft(patient=programme.patient, by=programme.patient.physiotherapist)
    Version.objects.filter(pk=draft.pk).update(review_on=two_weeks_from_now())
    staff = client_of(programme.patient.physiotherapist)
    shown = text_of(staff.get(reverse("programmes:version_copy", args=[version(programme, 1).pk])))
    assert "There is a draft, begun by" in shown

    copy(programme, 1, staff=staff)
    draft.refresh_from_db()
    assert [row.name for row in draft.prescriptions.all()] == ["Bridge", "Leg back"]
    assert draft.review_on == two_weeks_from_now(), "what was chosen there stays"
    staff.post(reverse("programmes:draft_template", args=[draft.pk]), {"template": "before"})
    assert [row.name for row in draft.prescriptions.all()] == ["Bridge", "Squat"]


@pytest.mark.parametrize("seen", ["", "another"])
def test_a_draft_that_the_page_did_not_show_is_left_alone(programme, seen):
    draft = drafts.open_draft(patient=programme.patient, by=programme.patient.physiotherapist)
    answer = copy(programme, 1, seen=seen)
    assert "Nothing was copied: look at it again." in text_of(answer)
    assert [row.name for row in draft.prescriptions.all()] == ["Bridge", "Squat"]


def test_pressed_twice_it_is_copied_once(programme):
    copy(programme, 1, seen="")
    assert "Nothing was copied" in text_of(copy(programme, 1, seen=""))
    assert programme.versions.drafts().count() == 1


def test_what_left_the_library_is_left_out_and_said(programme, exercises):
    exercises["Leg back"].retired = True
    exercises["Leg back"].save()
    staff = client_of(programme.patient.physiotherapist)
    answer = staff.post(reverse("programmes:version_copy", args=[version(programme, 1).pk]), {"draft": ""}, follow=True)
    assert "Leg back is no longer in the library. It was left out." in text_of(answer)
    assert [row.name for row in programme.versions.get(number=None).prescriptions.all()] == ["Bridge"]


def test_words_that_changed_since_are_named(programme, exercises):
    exercises["Bridge"].why = "Helps you get up from a chair."
    exercises["Bridge"].save()
    staff = client_of(programme.patient.physiotherapist)
    shown = text_of(staff.get(reverse("programmes:version_copy", args=[version(programme, 1).pk])))
    assert "As they read today. Changed since: Bridge" in shown


def test_after_a_programme_has_ended_a_version_of_it_starts_the_next(programme):
    Programme.objects.filter(pk=programme.pk).update(status=Programme.Status.ENDED, ended_at=programme.started_at)
    copy(programme, 2)
    draft = Version.objects.drafts().get(programme__patient=programme.patient)
    assert draft.programme_id != programme.pk
    assert [row.name for row in draft.prescriptions.all()] == ["Bridge", "Squat"]


def test_a_draft_is_no_version_to_copy(programme):
    draft = drafts.open_draft(patient=programme.patient, by=programme.patient.physiotherapist)
    assert physio_of(draft).get(reverse("programmes:version_copy", args=[draft.pk])).status_code == 404


def test_another_clinic_sees_nothing(programme):
    stranger = client_of(PhysioFactory())
    assert stranger.get(reverse("programmes:history", args=[programme.patient.pk])).status_code == 404
    assert stranger.post(reverse("programmes:version_copy", args=[version(programme, 1).pk])).status_code == 404
