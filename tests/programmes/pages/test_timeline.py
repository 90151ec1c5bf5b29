import datetime as dt

import pytest

from hipcare.clinics.models import Clinic
from programmes.models import Handout, LookedAt, Measurement, NextDay, PatientMessage, Pause, Programme
from programmes.pages.timeline_page import KINDS, Timeline
from tests.factories import (
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    ProgrammeFactory,
    SessionFactory,
    given_version,
)

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TODAY = NOON.date()


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
    return PatientFactory(clinic=physio.clinic, physiotherapist=physio, last_name="Ellis")


@pytest.fixture
def give(clock, patient):
    """Return how to give ``patient`` a version, some days ago."""

    def _give(days_ago, number=1, programme=None, exercises=1):
        clock.move_to(NOON - dt.timedelta(days=days_ago), tick=False)
        programme = programme or ProgrammeFactory(patient=patient)
        given = given_version(programme=programme, number=number, exercises=exercises)
        clock.move_to(NOON, tick=False)
        return given

    return _give


def ago(days, hours=0):
    return NOON - dt.timedelta(days=days, hours=hours)


def log(version, days_ago, outcome="done", reason="", **fields):
    at = ago(days_ago)
    session = SessionFactory(version=version, **{"local_date": at.date(), "received_at": at, **fields})
    for row in version.prescriptions.all():
        PerformedExerciseFactory(session=session, prescription=row, outcome=outcome, reason=reason)
    return session


def print_sheet(version, at):
    fields = {"printed_by": version.given_by, "printed_at": at, "pages": 2, "sha256": "0" * 64, "pdf": b"%PDF"}
    return Handout.objects.create(version=version, **fields)


def everything(version, days_ago):
    """Let one thing of each kind happen, days ago."""
    patient, by = version.patient, version.given_by
    session = log(version, days_ago, "skipped", "too_sore", pain=6, note="Sore.")
    NextDay.objects.create(session=session, answer="no", answered_at=ago(days_ago, 2))
    PatientMessage.objects.create(patient=patient, text="May I swim?", written_at=ago(days_ago, 3))
    LookedAt.objects.create(patient=patient, by=by, at=ago(days_ago, 1), up_to=session)
    print_sheet(version, ago(days_ago, 4))
    Measurement.objects.create(patient=patient, measured_on=ago(days_ago).date(), pain=4, by=by)


def look(staff, patient, **query):
    response = staff.get(f"/patients/{patient.pk}/timeline/", query)
    assert response.status_code == 200
    return response


def said(response):
    return [
        (f"{one.day:%d}", one.what, one.who, one.lines)
        for _day, together in response.context["timeline"].days
        for one in together
    ]


def test_everything_stands_by_day_newest_first(staff, give, patient, physio):
    version = give(21, exercises=2)
    everything(version, 5)
    name = version.prescriptions.first().name
    second = version.prescriptions.last().name
    who = version.given_by.name
    assert said(look(staff, patient)) == [
        (
            "18",
            "0 of 2 exercises done",
            "",
            ("Pain 6, effort not said", f"Not ticked: {name} (too sore), {second} (too sore)", "Phone", "“Sore.”"),
        ),
        ("18", "Looked at the sessions up to 18 Nov", who, ()),
        ("18", "Next morning: hip not back to its usual", "", ("About the session of 18 Nov",)),
        ("18", "Told between visits", "", ("“May I swim?”",)),
        ("18", "Printed: full sheet, version 1", who, ()),
        ("18", "Measured", who, ("Pain in the last 24 hours, on average: 4 out of 10",)),
        ("16", "Review date of version 1", "", ()),
        ("02", "Version 1 given", who, ("First version.",)),
    ]


def test_a_session_says_how_it_came(staff, give, patient):
    log(give(9), 3, source="paper")
    assert said(look(staff, patient))[0][3] == ("Pain not said, effort not said", "Paper diary")


def test_versions_ends_and_pauses_say_who_and_why(staff, give, patient, physio):
    first = give(20)
    give(10, number=2, programme=first.programme)
    why = {"why": "Away", "words": "Have a good holiday.", "made_by": physio}
    Pause.objects.create(
        programme=first.programme, first_day=ago(9).date(), last_day=ago(7).date(), made_at=ago(9), **why
    )
    Programme.objects.update(
        status="ended", ended_at=ago(2), ended_by=physio, end_reason="goal", last_word="Keep walking."
    )
    found = {what: (day, who, lines) for day, what, who, lines in said(look(staff, patient))}
    assert found["Programme ended"] == ("21", physio.name, ("Goal reached", "“Keep walking.”"))
    assert found["Pause begins, up to 16 Nov"] == ("14", physio.name, ("Away", "“Have a good holiday.”"))
    assert found["Last day of the pause"][0] == "16"
    assert found["Version 2 given"][2][-1] == "Reason: Manages ten with ease."


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_shows_that_kind_alone(staff, give, patient, physio, kind):
    version = give(21)
    everything(version, 5)
    Programme.objects.update(status="ended", ended_at=ago(1), ended_by=physio, end_reason="goal")
    response = look(staff, patient, kind=kind)
    label = KINDS[kind][0]
    assert {one.kind for _day, together in response.context["timeline"].days for one in together} == {label}
    assert f'kind={kind}" aria-current="true"' in response.content.decode()


def test_a_page_is_a_month_and_leads_to_those_beside_it(staff, give, patient):
    version = give(60)
    log(version, 30)
    log(version, 1)
    page = look(staff, patient)
    assert [day for day, what, *_rest in said(page) if "exercise" in what] == ["22"]
    assert "month=2026-10" in page.content.decode()
    older = look(staff, patient, month="2026-10", kind="sessions")
    assert [day for day, *_rest in said(older)] == ["24"]
    text = older.content.decode()
    assert "month=2026-11" in text
    assert "kind=sessions" in text
    first = look(staff, patient, month="2026-09")
    assert [what for _day, what, *_rest in said(first)] == ["Version 1 given"]
    assert first.context["timeline"].earlier is None


@pytest.mark.parametrize("month", ["", "2027-05", "0001-01", "nonsense", "2026-13", "99999-01"])
def test_month_that_is_none_is_this_one(physio, patient, month):
    assert Timeline(patient, TODAY, month).window.first == dt.date(2026, 11, 1)


def test_days_are_those_of_the_clinic(staff, physio, patient):
    Clinic.objects.filter(pk=physio.clinic_id).update(time_zone="Pacific/Auckland")
    PatientMessage.objects.create(
        patient=patient, text="Hello", written_at=dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC)
    )
    assert [day for day, *_rest in said(look(staff, patient))] == ["01"]


def test_a_strangers_patient_has_none_and_others_things_are_not_in_it(staff, physio, patient):
    stranger = given_version()
    everything(stranger, 3)
    assert staff.get(f"/patients/{stranger.patient.pk}/timeline/").status_code == 404
    page = look(staff, patient)
    assert said(page) == []
    assert "Nothing in this month." in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_depend_on_rows(staff, give, patient, rows, django_assert_num_queries):
    version = give(20, exercises=rows)
    for days_ago in range(1, rows + 1):
        everything(version, days_ago)
    with django_assert_num_queries(19):
        page = look(staff, patient)
    assert len([what for _day, what, *_rest in said(page) if what == "Told between visits"]) == rows
