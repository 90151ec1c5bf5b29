"""A patient's summary says what the rows say: after every service, on any later day, and in whatever order."""

import datetime as dt
import random
import uuid
import zoneinfo
from contextlib import suppress
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from programmes.models import PatientSummary, PerformedExercise, Programme, Session, Version
from programmes.pages import fortnight
from programmes.pages.list_query import ListQuery
from programmes.pages.patient_list import caseload
from programmes.rules.recent import unpack
from programmes.services.drafts import Edits, add_exercise, discard_draft, open_draft, save_draft
from programmes.services.giving import give_version, unusual
from programmes.services.sessions import Report, correct_session, save_session
from programmes.services.summaries import rebuild_summaries, renew_summary
from programmes.services.undoing import put_back_draft
from tests.factories import (
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    SessionFactory,
    given_version,
    sign_all_in,
)

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def patient(db, clock):
    return PatientFactory()


def row_of(patient, day):
    """Return the patient's row in the clinic's list on ``day``."""
    found = caseload(reader=patient.physiotherapist, asked=ListQuery(), today=day)
    return next(row for row in found.rows if row.patient.pk == patient.pk)


def fresh(patient, day):
    """Return what the row is to say, from the rows that people wrote: as the list was made before it had sums."""
    versions = list(Version.objects.filter(programme__patient=patient).select_related("programme"))
    given = sorted((v for v in versions if v.is_given and v.programme.status == "active"), key=lambda v: v.number)
    everything = list(Session.objects.filter(version__in=versions).order_by("-local_date", "-received_at", "-pk"))
    window = fortnight.window_to(day)
    last = everything[0] if everything else None
    of_late = [one for one in everything if one.local_date >= window.first or one.local_date == last.local_date]
    outcomes = [one.outcome for one in last.performed.all()] if last else []
    counted = fortnight.counted(versions, everything, day)
    return {
        "version": given[-1].number if given else None,
        "name": given[-1].name if given else "",
        "review": given[-1].review_on if given else None,
        "since": given[0].given_at if given else None,
        "draft": any(not version.is_given for version in versions),
        "ended": any(version.is_given for version in versions) and not given,
        "last": (last and last.local_date, outcomes.count("done"), len(outcomes)),
        "pain": next((one.pain for one in of_late if one.pain is not None), None),
        "counted": (counted.planned, counted.done, counted.extra, counted.days),
    }


def told(patient, day):
    row = row_of(patient, day)
    summary, counted = row.summary, row.counted
    return {
        "version": summary.version_number,
        "name": summary.programme_name,
        "review": summary.review_on,
        "since": summary.programme_since,
        "draft": summary.has_draft,
        "ended": row.has_ended,
        "last": (summary.last_day, summary.last_done, summary.last_total),
        "pain": row.pain and row.pain.last,
        "counted": (counted.planned, counted.done, counted.extra, counted.days),
    }


# A walk through all that people do


class Walk:
    """Things that people do with one patient's programme, one after the other; what is refused changes nothing."""

    def __init__(self, patient, clock, seed):
        self.patient, self.by, self.clock = patient, patient.physiotherapist, clock
        self.chance, self.now = random.Random(seed), NOON
        self.thrown_away = None
        self.exercises = ExerciseFactory.create_batch(3)

    def a_while(self):
        self.now += dt.timedelta(hours=self.chance.choice([1, 5, 26, 50, 24 * 9]))
        self.clock.move_to(self.now, tick=False)

    def draft(self):
        draft = open_draft(patient=self.patient, by=self.by)
        add_exercise(draft=draft, exercise=self.chance.choice(self.exercises), by=self.by)
        return draft

    def discard(self):
        if draft := Version.objects.drafts().first():
            self.thrown_away = discard_draft(draft=draft, by=self.by)

    def put_back(self):
        if self.thrown_away and not Version.objects.drafts().exists():
            put_back_draft(patient=self.patient, contents=self.thrown_away, by=self.by)

    def give(self):
        draft = self.draft()
        rhythm = self.chance.choice(
            [
                {"weekdays": "024", "days_a_week": None, "times_a_day": 1, "as_needed": False},
                {"weekdays": "0123456", "days_a_week": None, "times_a_day": 2, "as_needed": False},
                {"weekdays": "", "days_a_week": 3, "times_a_day": 1, "as_needed": False},
                {"weekdays": "", "days_a_week": None, "times_a_day": None, "as_needed": True},
            ]
        )
        review_on = timezone.localdate() + dt.timedelta(days=self.chance.randint(1, 30))
        edits = Edits(version={"review_on": review_on, "goal": str(self.chance.random())}, schedule=rhythm)
        save_draft(draft=draft, by=self.by, edits=edits)
        sign_all_in(draft)
        give_version(draft=draft, by=self.by, reason="Better.", confirmed=unusual(draft))

    def session(self):
        if version := Version.objects.given().order_by("?").first():
            rows = [row.pk for row in version.prescriptions.all()]
            today = timezone.localdate()
            save_session(
                session_id=uuid.uuid4(),
                version=version,
                report=self.report(rows),
                day=today - dt.timedelta(days=self.chance.randint(0, 7)),
                today=today,
            )

    def correction(self):
        if session := Session.objects.order_by("-received_at").first():
            rows = [row.pk for row in session.version.prescriptions.all()]
            correct_session(session=session, report=self.report(rows), day=session.local_date - dt.timedelta(days=1))

    def report(self, rows):
        return Report(
            frozenset(self.chance.sample(rows, self.chance.randint(0, len(rows)))),
            source=self.chance.choice(["web", "paper"]),
            pain=self.chance.choice([None, 0, 7]),
            effort="easy",
            note=self.chance.choice(["", "Sore\nat night."]),
        )


STEPS = ["a_while", "draft", "discard", "put_back", "give", "session", "session", "session", "correction"]


@pytest.mark.parametrize("seed", range(8))
def test_summary_says_what_the_rows_say_after_every_step_and_on_every_day(patient, clock, seed):
    walk = Walk(patient, clock, seed)
    for step in ["give", "session", *walk.chance.choices(STEPS, k=24)]:
        with suppress(ValidationError):  # such as a correction to more than 7 days ago
            getattr(walk, step)()
        today = walk.now.date()
        for day in (today, today + dt.timedelta(days=1), today + dt.timedelta(days=15)):
            assert told(patient, day) == fresh(patient, day), step
        assert all(found == [] for found in rebuild_summaries([patient.pk])), step
    assert Session.objects.exists()


# Days end, zones differ


def test_a_day_that_ends_is_counted_without_anything_being_written(patient, clock):
    given_version(patient=patient, weekdays="0123456")
    before = PatientSummary.objects.get(pk=patient.pk).recent
    assert row_of(patient, NOON.date()).counted.planned == 0
    clock.move_to(NOON + dt.timedelta(hours=13), tick=False)
    tomorrow = NOON.date() + dt.timedelta(days=1)
    assert row_of(patient, tomorrow).counted.planned == 1
    assert row_of(patient, tomorrow + dt.timedelta(days=7)).facts[0].what == "No log for 8 days"
    assert PatientSummary.objects.get(pk=patient.pk).recent == before


@pytest.mark.parametrize(("zone", "first"), [("Pacific/Kiritimati", 24), ("Pacific/Pago_Pago", 23)])
def test_the_day_a_plan_begins_is_the_clinics_also_if_its_zone_changes(patient, zone, first):
    given_version(patient=patient, weekdays="0123456")
    given, _logs = unpack(PatientSummary.objects.get(pk=patient.pk).recent)
    assert [plan.in_zone(zoneinfo.ZoneInfo(zone)).first.day for plan in given] == [first]


def test_old_plans_and_logs_are_not_kept(patient, clock):
    version = given_version(patient=patient, weekdays="0123456")
    PerformedExerciseFactory(session=SessionFactory(version=version), prescription=version.prescriptions.get())
    programme = version.programme
    clock.move_to(NOON + dt.timedelta(days=60), tick=False)
    given_version(programme=programme, number=2, weekdays="0123456")
    clock.move_to(NOON + dt.timedelta(days=90), tick=False)
    plans, logs = unpack(renew_summary(patient.pk).recent)
    assert (len(plans), logs) == (1, [])


# Who has one, who sees it


def test_patient_without_a_programme_has_none_and_stands_in_the_list(patient):
    assert not PatientSummary.objects.exists()
    assert row_of(patient, NOON.date()).facts == []


def test_summaries_are_seen_by_the_clinics_staff_and_the_patient(patient):
    given_version(patient=patient)
    stranger = PatientFactory()
    for user, number in [(patient.physiotherapist, 1), (patient.user, 1), (stranger.user, 0)]:
        assert PatientSummary.objects.visible_to(user).count() == number
    assert PatientSummary.objects.visible_to(stranger.physiotherapist).count() == 0


# Written anew


def test_command_writes_summaries_anew_and_says_what_differed(patient):
    version = given_version(patient=patient, weekdays="0123456")
    given_version(patient=PatientFactory(clinic=patient.clinic))
    Session.objects.create(version=version, local_date=NOON.date(), pain=4)  # past every service
    out = StringIO()
    call_command("rebuild_summaries", stdout=out)
    assert out.getvalue() == (
        "2 summaries written anew, 1 of them differed: entries 1, last_day 1, pain 1, pain_on 1, recent 1.\n"
    )
    assert told(patient, NOON.date()) == fresh(patient, NOON.date())
    out = StringIO()
    call_command("rebuild_summaries", stdout=out)
    assert out.getvalue() == "2 summaries written anew, all as they were.\n"


@pytest.mark.django_db(transaction=True)
def test_migration_fills_what_the_services_would_have_written(clock):
    patients = [PatientFactory() for _ in range(3)]
    for seed, patient in enumerate(patients[:2]):
        walk = Walk(patient, clock, seed)
        for step in ["give", "session", "a_while", "give", "session", "draft", "session"]:
            getattr(walk, step)()
    Programme.objects.filter(patient=patients[1]).update(status="ended", ended_at=timezone.now())
    renew_summary(patients[1].pk)
    columns = [field.attname for field in PatientSummary._meta.concrete_fields if field.name != "state"]
    kept = list(PatientSummary.objects.order_by("pk").values_list(*columns))
    MigrationExecutor(connection).migrate([("programmes", "0010_large_print")])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert list(PatientSummary.objects.order_by("pk").values_list(*columns)) == kept
    assert len(kept) == 2
    assert PerformedExercise.objects.exists()
