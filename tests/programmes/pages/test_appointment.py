import datetime as dt
import html

import pytest

from hipcare.clinics.models import Clinic, Patient
from programmes.models import NextDay, PatientMessage, Pause, Programme
from programmes.rules.adherence import Day, DayNote, Status
from programmes.wording.appointment_words import strip_in_words
from tests.factories import (
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    SessionFactory,
    given_version,
)

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
EVERY_DAY = "0123456"


@pytest.fixture
def clock(time_machine):
    """Stop the clock on a Monday at noon."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def physio(db, clock):
    return PhysioFactory()


@pytest.fixture
def patient(physio):
    return PatientFactory(clinic=physio.clinic, physiotherapist=physio, last_name="Ellis", clinic_number="AL-2041")


@pytest.fixture
def version(clock, patient):
    """Return what was given three weeks ago: Bridge and Clamshell, every day."""
    clock.move_to(NOON - dt.timedelta(days=21), tick=False)
    given = given_version(patient=patient, exercises=2, weekdays=EVERY_DAY)
    clock.move_to(NOON, tick=False)
    return given


def log(version, days_ago, *outcomes, reason="", answer="", **fields):
    day = NOON - dt.timedelta(days=days_ago)
    session = SessionFactory(version=version, **{"local_date": day.date(), "received_at": day, **fields})
    for row, outcome in zip(version.prescriptions.all(), outcomes, strict=True):
        PerformedExerciseFactory(
            session=session, prescription=row, outcome=outcome, reason=reason if outcome == "skipped" else ""
        )
    if answer:
        NextDay.objects.create(session=session, answer=answer, answered_at=day + dt.timedelta(days=1))
    return session


def summary_of(staff, patient, since=""):
    response = staff.get(f"/patients/{patient.pk}/appointment/", {"since": since} if since else {})
    assert response.status_code == 200
    return response


def text_of(staff, patient, since=""):
    response = summary_of(staff, patient, since)
    shown = html.unescape(
        response.content.decode().split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    )
    assert shown == response.context["summary"].text
    return shown


def in_one_line(text):
    return " ".join(text.split())


def test_who_it_is_stands_first(staff, patient):
    Patient.objects.filter(pk=patient.pk).update(
        hip_precautions="posterior", operated_side="left", hip_precautions_on=dt.date(2026, 11, 9)
    )
    lines = text_of(staff, patient).splitlines()
    assert lines[:2] == ["Margaret Ellis", "Born 4 March 1955 (71)"]
    assert lines[2] == "AL-2041. Right hip. Hip osteoarthritis"
    assert lines[3] == "Precautions: Posterior, left hip, checked 9 Nov 2026"


def test_programme_is_told_by_the_one_line_function(staff, patient, version):
    said = in_one_line(text_of(staff, patient))
    for row in version.prescriptions.all():
        assert f"- {row.name}: {row.line}" in said
    assert "Version 1, since 2 Nov 2026" in said
    assert "Review on 16 November 2026" in said


def test_counts_stand_with_their_window_and_with_who_says_so(staff, patient, version):
    log(version, 1, "done", "done", pain=4)
    log(version, 3, "done", "skipped", reason="too_sore", pain=6, answer="no")
    log(version, 20, "done", "done", pain=2, answer="yes")
    said = in_one_line(text_of(staff, patient))
    first, second = (row.name for row in version.prescriptions.all())
    assert "1 of 13 planned sessions, self-reported, 10 Nov to 23 Nov" in said
    assert "Days with any exercise: 2 of 14 days with a plan" in said
    assert f"times done of times planned: {first} 2 of 13, {second} 1 of 13" in said
    assert "Usual pain not asked yet → worst 6 of 10" in said
    assert "Worst of each day: 6 on 20 Nov and 4 on 22 Nov" in said
    assert "Not back to usual: 20 Nov" in said
    assert f"{second} (too sore): 20 Nov" in said
    longer = in_one_line(text_of(staff, patient, "4"))
    assert "2 of 21 planned sessions, self-reported, 27 Oct to 23 Nov" in longer
    assert "Back to usual: 3 Nov" in longer


@pytest.mark.parametrize(
    ("since", "window"),
    [
        ("", "10 Nov to 23 Nov"),
        ("2", "10 Nov to 23 Nov"),
        ("4", "27 Oct to 23 Nov"),
        ("6", "13 Oct to 23 Nov"),
        ("version", "2 Nov to 23 Nov"),
        ("1000000", "10 Nov to 23 Nov"),
    ],
)
def test_window_is_chosen(staff, patient, version, *, since, window):
    response = summary_of(staff, patient, since)
    assert window in in_one_line(response.context["summary"].text)
    nav = response.content.decode().split('<nav class="choices"')[1].split("</nav>")[0]
    assert nav.count('aria-current="true"') == 1
    assert [choice.label for choice in response.context["summary"].choices] == [
        "Last 2 weeks",
        "Last 4 weeks",
        "Last 6 weeks",
        "Since version 1, 2 Nov",
    ]


def test_strip_is_a_letter_a_day_with_its_key(staff, patient, version):
    log(version, 1, "done", "done")
    log(version, 2, "done", "skipped")
    log(version, 3, "skipped", "skipped")
    said = text_of(staff, patient)
    assert "- 10 Nov: o o o o o o o\n- 17 Nov: o o o n / x t\n" in said
    assert (
        "x all done; / part done; n logged, none done; o planned, nothing logged; t today, nothing logged yet"
        in in_one_line(said)
    )


def test_paused_days_are_among_the_days_with_exercise_only_where_something_was_done(staff, patient, version):
    log(version, 2, "done", "skipped")
    log(version, 3, "skipped", "skipped")
    first, last = (NOON.date() - dt.timedelta(days=n) for n in (3, 1))
    Pause.objects.create(programme=version.programme, first_day=first, last_day=last, made_by=version.made_by)
    said = in_one_line(text_of(staff, patient))
    assert "Days with any exercise: 1 of 12 days with a plan, paused days only where something was done" in said
    assert "17 Nov: o o o n / p t" in said


def test_a_first_day_that_is_not_over_says_so(staff, clock, patient):
    version = given_version(patient=patient, exercises=2, weekdays=EVERY_DAY)
    log(version, 0, "done", "skipped")
    said = in_one_line(text_of(staff, patient))
    assert "Today is not over yet: 1 of 2 done so far, self-reported, 10 Nov to 23 Nov" in said
    assert "No session was due" not in said
    assert "not due" not in said


def test_days_of_a_pause_and_days_before_the_plan_have_marks_of_their_own():
    days = [
        Day(NOON.date(), Status.REST, note, 0, 0) for note in (DayNote.NO_PLAN, DayNote.PAUSED, DayNote.NOT_PLANNED)
    ]
    assert strip_in_words(days) == ["23 Nov: . p -", "- not planned; p paused; . no plan"]


def test_what_the_patient_wrote_is_in_their_words(staff, patient, version):
    log(version, 1, "done", "done", note="Sore on the stairs,\nthen better.")
    PatientMessage.objects.create(patient=patient, text="May I swim?", written_at=NOON - dt.timedelta(days=2))
    looked_at = {"read_at": NOON, "read_by": patient.physiotherapist, "written_at": NOON - dt.timedelta(days=60)}
    PatientMessage.objects.create(patient=patient, text="Long ago.", **looked_at)
    said = in_one_line(text_of(staff, patient))
    assert "21 Nov 12:00: “May I swim?”" in said
    assert "22 Nov: “Sore on the stairs, then better.”" in said
    assert "Long ago" not in said


def test_what_does_not_fit_is_counted(staff, patient, version):
    for days_ago in range(9):
        log(version, days_ago, "done", "done", note=f"Note {days_ago}.")
    said = in_one_line(text_of(staff, patient))
    assert said.count("“Note") == 6
    assert "and 3 more on the patient’s page" in said


def test_no_line_of_the_text_is_long_and_nothing_is_lost(staff, patient, version):
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    log(version, 1, "done", "done", note=f"{'word ' * 60}{long}")
    said = text_of(staff, patient, "6")
    assert max(map(len, said.splitlines())) <= 72
    assert long in "".join(said.split())


def test_page_says_the_same_lines_as_the_text(staff, patient, version):
    log(version, 1, "done", "done", note="Better.", pain=3)
    response = summary_of(staff, patient)
    page = in_one_line(html.unescape(response.content.decode()))
    summary = response.context["summary"]
    for part in summary.parts:
        assert f"<h2>{part.title}</h2>" in page
        for line in [] if part.is_strip else part.lines:
            assert f"<bdi>{line}</bdi>" in page
    assert 'class="strip"' in page


def test_times_are_those_of_the_clinic(staff, physio, patient, version):
    Clinic.objects.filter(pk=physio.clinic_id).update(time_zone="Pacific/Auckland")
    PatientMessage.objects.create(patient=patient, text="Hello", written_at=NOON - dt.timedelta(hours=1))
    said = in_one_line(text_of(staff, patient))
    assert "24 Nov 00:00: “Hello”" in said
    assert "11 Nov to 24 Nov" in said


def test_ended_and_empty_say_so(staff, physio, patient, version):
    Programme.objects.update(status="ended", ended_at=NOON - dt.timedelta(days=5))
    assert "The programme ended on 18 November 2026" in in_one_line(text_of(staff, patient))
    nobody = PatientFactory(clinic=physio.clinic, physiotherapist=physio)
    page = summary_of(staff, nobody).content.decode()
    assert "No programme has been given yet." in page
    assert "Sessions" not in text_of(staff, nobody)
    assert "planned" not in text_of(staff, nobody)


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_depend_on_rows(staff, patient, rows, django_assert_num_queries):
    version = given_version(patient=patient, exercises=rows, weekdays=EVERY_DAY)
    for days_ago in range(rows):
        log(version, days_ago, *["skipped"] * rows, reason="no_time", answer="yes", note="Fine.", pain=3)
        PatientMessage.objects.create(patient=patient, text="Hello")
    with django_assert_num_queries(11):
        summary = summary_of(staff, patient).context["summary"]
    assert len(summary._sessions) == rows


def test_nothing_is_advised_or_judged(staff, patient, version):
    for days_ago in range(5):
        log(version, days_ago, "skipped", "skipped", reason="too_sore", pain=9, answer="no")
    said = text_of(staff, patient).lower()
    for word in ("should", "consider", "poor", "good", "risk", "alert", "worse", "better", "advise"):
        assert word not in said
