"""A programme is paused from a day to a day: nothing is asked for, the patient reads so, and what is logged is kept."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse

from hipcare.audit.models import Entry
from programmes.models import PatientSummary, Pause
from programmes.services.ending import end_programme
from programmes.services.looking import mark_looked_at
from programmes.services.review_facts import count_facts_of
from tests.factories import PatientFactory, PauseFactory, SessionFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
GIVEN = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC)
TUESDAY, SUNDAY = dt.date(2026, 11, 24), dt.date(2026, 12, 6)
WORDS = "Get well first.\nPriya will see you on 7 December."


@pytest.fixture
def given(time_machine):
    """Return the current version of a patient, every day, given two weeks ago; it is noon on a Monday."""
    time_machine.move_to(GIVEN, tick=False)
    version = given_version(patient=PatientFactory(), weekdays="0123456")
    time_machine.move_to(NOON, tick=False)
    return version


def staff_of(version):
    return client_of(version.patient.physiotherapist)


def pause_it(version, **sent):
    data = {"first_day": "2026-11-24", "last_day": "2026-12-06", "why": "Chest infection.", "words": WORDS, **sent}
    return staff_of(version).post(reverse("programmes:version_pause", args=[version.pk]), data)


def page_of(pause):
    return reverse("programmes:pause_change", args=[pause.programme.patient_id, pause.pk])


def button(pause, name):
    return reverse(f"programmes:{name}", args=[pause.programme.patient_id, pause.pk])


def today_of(version):
    return text_of(client_of(version.patient.user).get(reverse("programmes:today")))


def kept(version):
    return PatientSummary.objects.get(patient=version.patient)


def test_it_is_asked_made_and_said(given):
    page = text_of(staff_of(given).get(reverse("programmes:version_pause", args=[given.pk])))
    assert "Pause Margaret’s programme" in page
    assert "Review date Stays" in page
    answer = pause_it(given)
    assert answer.url == reverse("programmes:patient", args=[given.patient.pk])
    made = Pause.objects.get()
    assert (made.first_day, made.last_day, made.why, made.words) == (TUESDAY, SUNDAY, "Chest infection.", WORDS)
    assert (made.made_by, made.programme) == (given.patient.physiotherapist, given.programme)
    shown = text_of(staff_of(given).get(answer.url))
    assert "Paused from Tue 24 Nov until Sun 6 Dec. Chest infection. Change the pause" in shown
    versions = text_of(staff_of(given).get(reverse("programmes:history", args=[given.patient.pk])))
    assert versions.index("24 Nov 2026 to 6 Dec 2026, by Priya Nair") < versions.index("Given 9 Nov 2026")
    assert Entry.objects.filter(action="change", subject="pause", patient=given.patient.pk).count() == 1


def test_the_patient_reads_the_words_and_not_why_and_may_still_tick(given, time_machine):
    pause_it(given)
    assert "paused" not in today_of(given), "it has not begun"
    time_machine.move_to(NOON + dt.timedelta(days=1), tick=False)
    page = today_of(given)
    assert "Your plan is paused until Sunday 6 December" in page
    assert "Get well first." in page
    assert "Chest infection" not in page
    assert given.prescriptions.first().name in page, "the exercises can be read"
    assert "Next: Monday 7 December." in page
    client = client_of(given.patient.user)
    assert "to go" in text_of(client.get(reverse("programmes:today") + "?again"))
    time_machine.move_to(NOON + dt.timedelta(days=14), tick=False)
    assert "Your plan is paused" not in today_of(given)
    assert "1 to go" in today_of(given)


def test_what_is_logged_in_a_pause_is_kept_as_extra(given, time_machine):
    pause_it(given)
    time_machine.move_to(NOON + dt.timedelta(days=1), tick=False)
    client, row = client_of(given.patient.user), given.prescriptions.get()
    sent = {"session": "7b3c0f9e-35a2-4a83-9f0a-0f9d9c2a7f11", "version": given.pk, "day": TUESDAY, "done": [row.pk]}
    saved = client.post(reverse("programmes:session_save"), sent)
    assert saved.status_code == 302
    page = text_of(staff_of(given).get(reverse("programmes:patient", args=[given.patient.pk])))
    assert "0 of 13 planned" in page, "the days before the pause"
    assert "1 extra" in page
    assert "Your plan is paused until" in today_of(given)


def test_until_somebody_ends_it(given):
    pause_it(given, first_day="2026-11-23", last_day="", words="")
    made = Pause.objects.get()
    assert made.last_day is None
    assert "Your plan is paused for now" in today_of(given)
    assert "Next:" not in today_of(given)
    assert "until it is ended" in text_of(staff_of(given).get(reverse("programmes:history", args=[given.patient.pk])))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"first_day": ""}, "Choose the first day."),
        ({"first_day": "soon"}, "Write the day as"),
        ({"last_day": "2026-11-23"}, "This is before the first day."),
        ({"first_day": "2026-11-08"}, "The programme began on 9 November 2026."),
        ({"first_day": "2028-01-01", "last_day": ""}, "This is more than a year ahead."),
        ({"last_day": "2028-01-01"}, "This is more than a year. Leave it empty"),
        ({"why": "x" * 201}, "This has 201 letters. Keep it to 200."),
        ({"words": "x" * 301}, "This has 301 letters. Keep it to 300."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(given, sent, said):
    answer = pause_it(given, **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert sent.get("why", "Chest infection.") in answer.content.decode()
    assert not Pause.objects.exists()


@pytest.mark.parametrize("days", [("2026-12-06", ""), ("2026-11-20", "2026-11-24"), ("2026-11-25", "2026-11-26")])
def test_two_pauses_share_no_day(given, days):
    pause_it(given)
    answer = pause_it(given, first_day=days[0], last_day=days[1])
    assert answer.status_code == 422
    assert "There is a pause from 24 November 2026 to 6 December 2026 already. Change that one." in text_of(answer)
    assert Pause.objects.count() == 1
    assert pause_it(given, first_day="2026-12-07", last_day="2026-12-08").status_code == 302


def test_pressed_twice_there_is_one(given):
    assert pause_it(given).url == pause_it(given).url
    assert Pause.objects.count() == 1
    assert Entry.objects.filter(subject="pause").count() == 1


def test_a_page_of_a_programme_that_has_ended_does_nothing(given):
    end_programme(version=given, by=given.patient.physiotherapist, last_day=NOON.date(), why="goal")
    answer = staff_of(given).post(
        reverse("programmes:version_pause", args=[given.pk]), {"first_day": "2026-11-23"}, follow=True
    )
    assert "This programme has changed since you opened the page." in text_of(answer)
    assert not Pause.objects.exists()


def sent_from(page, **changed):
    form = page.context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return {**shown, "stamp": form.stamp, **changed}


def test_it_can_be_changed_and_two_who_do_lose_nothing(given):
    made = PauseFactory(programme=given.programme, first_day=TUESDAY, last_day=SUNDAY, why="Flu.")
    staff = staff_of(given)
    first, second = staff.get(page_of(made)), staff.get(page_of(made))
    assert "The pause of Margaret’s programme" in text_of(first)
    staff.post(page_of(made), sent_from(first, why="Chest infection."))
    done = staff.post(page_of(made), sent_from(second, last_day="2026-12-10"), follow=True)
    assert "The pause is changed. Meanwhile Priya Nair changed: why. That is kept." in text_of(done)
    made.refresh_from_db()
    assert (made.why, made.last_day) == ("Chest infection.", dt.date(2026, 12, 10))
    refused = staff.post(page_of(made), sent_from(second, last_day="2026-12-20"))
    assert refused.status_code == 409
    assert "You changed this too" in text_of(refused)


def test_it_is_ended_early_and_its_days_stay(given):
    made = PauseFactory(programme=given.programme, first_day=dt.date(2026, 11, 20), last_day=None)
    assert "Go on from today" in text_of(staff_of(given).get(page_of(made)))
    for said in ("The pause is over. The programme goes on from today.", "This pause is not running today."):
        assert said in text_of(staff_of(given).post(button(made, "pause_end"), follow=True))
    made.refresh_from_db()
    assert made.last_day == dt.date(2026, 11, 22)
    assert "1 to go" in today_of(given)


def test_ended_on_its_first_day_it_never_was(given):
    made = PauseFactory(programme=given.programme, first_day=NOON.date(), last_day=None)
    staff_of(given).post(button(made, "pause_end"))
    assert not Pause.objects.exists()


def test_one_that_is_to_come_is_not_ended(given):
    made = PauseFactory(programme=given.programme, first_day=TUESDAY, last_day=SUNDAY)
    assert "Go on from today" not in text_of(staff_of(given).get(page_of(made)))
    staff_of(given).post(button(made, "pause_end"))
    assert Pause.objects.get().last_day == SUNDAY


def test_it_is_taken_back_and_a_page_that_still_shows_it_says_so(given):
    made = PauseFactory(programme=given.programme, first_day=dt.date(2026, 11, 20), last_day=None)
    staff, page = staff_of(given), page_of(made)
    shown = staff.get(page)
    assert "The pause is taken back." in text_of(staff.post(button(made, "pause_take_back"), follow=True))
    for late in (button(made, "pause_take_back"), button(made, "pause_end"), page):
        answer = staff.post(late, sent_from(shown), follow=True)
        assert "This pause was taken back meanwhile. Nothing was done." in text_of(answer)
    assert not Pause.objects.exists()


def test_those_of_a_programme_that_has_ended_stay(given):
    made = PauseFactory(programme=given.programme, first_day=dt.date(2026, 11, 20), last_day=dt.date(2026, 11, 21))
    end_programme(version=given, by=given.patient.physiotherapist, last_day=NOON.date(), why="goal")
    assert "Change the pause" not in text_of(
        staff_of(given).get(reverse("programmes:history", args=[given.patient.pk]))
    )
    for late in ("pause_take_back", "pause_end", "pause_change"):
        answer = staff_of(given).post(button(made, late), follow=True)
        assert "This programme has ended. Its pauses stay as they are." in text_of(answer)
    assert Pause.objects.count() == 1


def test_the_list_says_so_and_asks_for_no_log(given, time_machine):
    """Two weeks without a log: a fact. In a pause it stands until somebody looked; after it silence counts anew."""

    def listed():
        return text_of(staff_of(given).get(reverse("programmes:patient_list")))

    assert "No log for 14 days May still" in listed()
    mark_looked_at(patient=given.patient, by=given.patient.physiotherapist, at=NOON)
    pause_it(given)
    assert "May still be doing it" not in listed()
    time_machine.move_to(NOON + dt.timedelta(days=9), tick=False)
    assert "Paused until 6 Dec" in listed()
    assert "Tue 24 Nov: paused" in listed()
    assert "May still be doing it" not in listed()
    time_machine.move_to(NOON + dt.timedelta(days=19), tick=False)
    assert "May still be doing it" not in listed(), "six days after the pause"
    time_machine.move_to(NOON + dt.timedelta(days=20), tick=False)
    assert "No log for 7 days May still" in listed()
    assert "Paused until" not in listed()


def test_silence_before_a_pause_counts_its_own_days_alone(given, time_machine):
    pause_it(given)
    time_machine.move_to(NOON + dt.timedelta(days=9), tick=False)
    assert "No log for 14 days" in text_of(staff_of(given).get(reverse("programmes:patient_list")))


def test_cut_offs_of_the_clinic_changed_in_a_pause_ask_for_nobody(given, time_machine):
    SessionFactory(version=given, local_date=NOON.date())
    pause_it(given)
    time_machine.move_to(NOON + dt.timedelta(days=9), tick=False)
    clinic = given.patient.clinic
    clinic.look_quiet_days = 5
    clinic.save()
    before = kept(given).quiet_since
    count_facts_of(clinic)
    assert kept(given).quiet_since == before == SUNDAY


def test_weeks_of_the_patient_say_paused(given, time_machine):
    pause_it(given)
    time_machine.move_to(NOON + dt.timedelta(days=9), tick=False)
    weeks = text_of(client_of(given.patient.user).get(reverse("programmes:weeks")))
    assert weeks.count("Paused.") == 9
    assert "Planned, not filled in." in weeks


@pytest.mark.django_db(transaction=True)
def test_two_who_pause_at_once_make_one(transactional_db):
    version = given_version(patient=PatientFactory())
    days = {"first_day": dt.date.today().isoformat(), "last_day": ""}  # noqa: DTZ011 - the server's clock
    answers = []

    def press(why):
        try:
            sent = staff_of(version).post(
                reverse("programmes:version_pause", args=[version.pk]), {**days, "why": why, "words": ""}
            )
            answers.append(sent.status_code)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=[why]) for why in ("Flu.", "A journey.")]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert sorted(answers) == [302, 422]
    assert Pause.objects.count() == 1
