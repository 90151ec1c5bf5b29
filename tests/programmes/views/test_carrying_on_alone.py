"""After discharge a patient carries on alone: no review and no log is asked for, and the patient reads so."""

import datetime as dt

import pytest
from django.urls import reverse

from hipcare.audit.models import Entry
from programmes.models import PatientMessage, PatientSummary, Programme, Version
from programmes.services import drafts
from programmes.services.carrying_on import let_carry_on, take_back_into_care
from programmes.services.ending import AlreadyEndedError, end_programme
from programmes.services.giving import give_version
from programmes.services.summaries import renew_summary
from tests.factories import PatientFactory, SessionFactory, given_version, sign_all_in
from tests.programmes.drafts import text_of, two_weeks_from_now
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=60)


@pytest.fixture
def given(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC), tick=False)
    version = given_version(patient=PatientFactory(), weekdays="0123456")
    time_machine.move_to(NOON, tick=False)
    return version


def staff_of(version):
    return client_of(version.patient.physiotherapist)


def press(version):
    return staff_of(version).post(reverse("programmes:version_alone", args=[version.pk]), follow=True)


def press_back(version):
    return staff_of(version).post(reverse("programmes:alone_no_longer", args=[version.patient.pk]), follow=True)


def alone_since(version):
    return Programme.objects.get(pk=version.programme_id).alone_since


def listed(version):
    return text_of(staff_of(version).get(reverse("programmes:patient_list")))


def today_of(version):
    return text_of(client_of(version.patient.user).get(reverse("programmes:today")))


def test_it_is_asked_done_and_said(given):
    asked = text_of(staff_of(given).get(reverse("programmes:version_alone", args=[given.pk])))
    assert "Let Margaret carry on alone?" in asked
    done = text_of(press(given))
    assert "Margaret carries on alone. It can be taken back." in done
    assert "Carrying on alone since 23 Nov 2026." in done
    assert "Review 2" not in done
    programme = Programme.objects.get()
    assert (programme.alone_since, programme.alone_by) == (NOON.date(), given.patient.physiotherapist)
    assert programme.status == Programme.Status.ACTIVE
    assert Entry.objects.filter(action="change", subject="programme", fields=["alone_by", "alone_since"]).count() == 1


def test_the_list_asks_for_neither_review_nor_log_and_still_for_what_is_told(given, time_machine):
    press(given)
    time_machine.move_to(LATER, tick=False)
    assert "Carrying on alone since 23 Nov 2026" in listed(given)
    assert "days ago" not in listed(given)
    assert "May still be doing it" not in listed(given)
    PatientMessage.objects.create(patient=given.patient, text="It hurts at night.")
    for days in range(3):
        SessionFactory(version=given, local_date=LATER.date() - dt.timedelta(days=days), pain=9)
    renew_summary(given.patient.pk)
    assert "It hurts at night." in listed(given)
    assert "Pain above 5 in 3 of the last 3 sessions" in listed(given)
    take_back_into_care(patient=given.patient, by=given.patient.physiotherapist)
    assert "days ago" in listed(given)


def test_the_patient_reads_so_in_plain_words_until_it_is_taken_back(given):
    before = today_of(given)
    assert "Your next check" in before
    press(given)
    page = today_of(given)
    assert "You carry on by yourself now" in page
    assert "There is no next check with Priya." in page
    assert "Your next check" not in page
    assert "1 to go" in page, "it can be ticked as before"
    press_back(given)
    assert "You carry on by yourself" not in today_of(given)
    assert "Your next check" in today_of(given)


def test_pressed_twice_it_is_once_and_so_is_the_way_back(given, time_machine):
    press(given)
    time_machine.move_to(LATER, tick=False)
    press(given)
    assert alone_since(given) == NOON.date()
    assert "Margaret is in your care again." in text_of(press_back(given))
    assert "No programme is carried on alone now. Nothing was done." in text_of(press_back(given))
    assert Entry.objects.filter(subject="programme", action="change").count() == 2


def next_version(given):
    draft = sign_all_in(drafts.open_draft(patient=given.patient, by=given.patient.physiotherapist))
    Version.objects.filter(pk=draft.pk).update(review_on=two_weeks_from_now(), reason="More.")
    return give_version(draft=draft, by=given.patient.physiotherapist)


def test_a_new_version_brings_the_patient_back(given):
    press(given)
    following = next_version(given)
    assert alone_since(following) is None
    assert PatientSummary.objects.get().review_on == following.review_on


def test_from_an_old_page_nothing_is_done(given):
    following = next_version(given)
    assert "This programme has changed since you opened the page." in text_of(press(given))
    assert alone_since(given) is None
    end_programme(version=following, by=given.patient.physiotherapist, last_day=NOON.date(), why="own")
    with pytest.raises(AlreadyEndedError):
        let_carry_on(version=following, by=given.patient.physiotherapist)
    assert "No programme is carried on alone now." in text_of(press_back(given))


def test_an_ended_one_says_nothing_of_it(given):
    press(given)
    end_programme(version=given, by=given.patient.physiotherapist, last_day=NOON.date(), why="own")
    assert "You carry on by yourself" not in today_of(given)
    assert "Carrying on alone" not in listed(given)
