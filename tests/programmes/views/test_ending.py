"""A programme is ended on purpose, with a last word, and can be taken up again."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import PatientSummary, Programme, Version
from programmes.services import drafts
from programmes.services.ending import AlreadyEndedError, AnotherRunsError, end_programme, take_up_again
from programmes.services.giving import give_version
from tests.factories import PatientFactory, PhysioFactory, given_version, sign_all_in
from tests.programmes.drafts import text_of, two_weeks_from_now
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
GIVEN = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def given(time_machine):
    """Return the current version of a patient, given two weeks ago; the clock stands at noon on a Monday."""
    time_machine.move_to(GIVEN, tick=False)
    version = given_version(patient=PatientFactory())
    time_machine.move_to(NOON, tick=False)
    return version


def staff_of(version):
    return client_of(version.patient.physiotherapist)


def end(version, **sent):
    data = {"last_day": "2026-11-23", "why": "goal", "last_word": "You walked to the sea.", **sent}
    return staff_of(version).post(reverse("programmes:version_end", args=[version.pk]), data)


def programme_of(version):
    return Programme.objects.get(pk=version.programme_id)


def test_it_is_asked_ended_and_said(given):
    page = text_of(staff_of(given).get(reverse("programmes:version_end", args=[given.pk])))
    assert "End Margaret’s programme?" in page
    answer = end(given)
    assert answer.url == reverse("programmes:patient", args=[given.patient.pk])
    ended = programme_of(given)
    assert (ended.status, ended.ended_at, ended.end_reason) == (Programme.Status.ENDED, NOON, "goal")
    assert ended.ended_by == given.patient.physiotherapist
    shown = text_of(staff_of(given).get(answer.url))
    assert "The last one has ended on 23 November 2026. Goal reached. Last word: “You walked to the sea.”" in shown
    assert Version.objects.current().filter(programme=ended).count() == 0
    summary = PatientSummary.objects.get(patient=given.patient)
    assert summary.version_number is None, "the list knows"
    assert Entry.objects.filter(action=Entry.Action.CHANGE, subject="programme", patient=given.patient.pk).exists()


def test_the_patient_reads_the_last_word(given):
    end(given, last_word="You walked to the sea.\nKeep the bridge.")
    page = client_of(given.patient.user).get(reverse("programmes:today")).content.decode()
    assert "You walked to the sea.<br>Keep the bridge." in page
    take_up_again(patient=given.patient, by=given.patient.physiotherapist)
    assert "A last word" not in client_of(given.patient.user).get(reverse("programmes:today")).content.decode()


def test_a_day_that_is_over_ends_it_at_its_end_where_the_clinic_is(given):
    end(given, last_day="2026-11-20")
    assert timezone.localtime(programme_of(given).ended_at, given.patient.clinic.zone).date() == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"last_day": "2026-11-24"}, "This day has not come yet."),
        ({"last_day": "2026-11-08"}, "This version was given on 9 November 2026."),
        ({"last_day": ""}, "Choose the last day."),
        ({"last_day": "soon"}, "Write the day as"),
        ({"why": ""}, "Choose why it ends."),
        ({"why": "bored"}, "Choose one of the list."),
        ({"last_word": "x" * 301}, "This has 301 letters. Keep it to 300."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(given, sent, said):
    answer = end(given, **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert sent.get("last_word", "You walked to the sea.") in answer.content.decode()
    assert programme_of(given).status == Programme.Status.ACTIVE


def test_its_draft_is_thrown_away_and_can_be_had_back(given):
    drafts.open_draft(patient=given.patient, by=given.patient.physiotherapist)
    staff = staff_of(given)
    assert "Is thrown away" in text_of(staff.get(reverse("programmes:version_end", args=[given.pk])))
    staff.post(reverse("programmes:version_end", args=[given.pk]), {"last_day": "2026-11-23", "why": "own"})
    assert not Version.objects.drafts().exists()
    staff.post(reverse("programmes:draft_restore", args=[given.patient.pk]))
    back = Version.objects.drafts().get()
    assert [row.name for row in back.prescriptions.all()] == [row.name for row in given.prescriptions.all()]


def test_a_page_of_an_older_version_and_a_second_press_do_nothing(given):
    draft = sign_all_in(drafts.open_draft(patient=given.patient, by=given.patient.physiotherapist))
    Version.objects.filter(pk=draft.pk).update(review_on=two_weeks_from_now(), reason="More.")
    draft = give_version(draft=draft, by=given.patient.physiotherapist)
    staff, data = staff_of(given), {"last_day": "2026-11-23", "why": "goal"}
    answer = staff.post(reverse("programmes:version_end", args=[given.pk]), data, follow=True)
    assert "This programme has changed since you opened the page." in text_of(answer)
    assert programme_of(given).status == Programme.Status.ACTIVE
    end(draft)
    first = programme_of(draft).ended_at
    with pytest.raises(AlreadyEndedError):
        end_programme(version=draft, by=PhysioFactory(), last_day=NOON.date(), why="own")
    assert programme_of(draft).ended_at == first


def test_it_is_taken_up_again_as_it_was(given):
    end(given)
    address = reverse("programmes:programme_again", args=[given.patient.pk])
    assert "Take up the last one again" in text_of(
        staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk]))
    )
    for _pressed in range(2):
        staff_of(given).post(address)
        again = programme_of(given)
        assert (again.status, again.ended_at, again.ended_by, again.last_word) == ("active", None, None, "")
    assert again.current == given


def test_it_is_not_taken_up_beside_another_one(given):
    end(given)
    drafts.open_draft(patient=given.patient, by=given.patient.physiotherapist)
    with pytest.raises(AnotherRunsError):
        take_up_again(patient=given.patient, by=given.patient.physiotherapist)


def test_who_never_had_a_programme_has_none_to_take_up():
    patient = PatientFactory()
    take_up_again(patient=patient, by=patient.physiotherapist)
    assert not patient.programmes.exists()


@pytest.mark.django_db(transaction=True)
def test_ended_by_two_at_once_it_is_ended_once(transactional_db):
    version = given_version(patient=PatientFactory())
    by, refused = version.patient.physiotherapist, []

    def press():
        try:
            end_programme(version=version, by=by, last_day=timezone.localdate(), why="goal")
        except AlreadyEndedError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert len(refused) == 1
    assert Entry.objects.filter(subject="programme").count() == 1
