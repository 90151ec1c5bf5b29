"""A made-up clinic to look round in: ``fixtures/demo``, put in through the same services that people use.

Days in the file are counted from today, so that there are always two weeks to look at. ``sessions`` are the
patient's latest, newest first, one for each day on which something was due; null is a day without a log.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exercises.models import Exercise, Topic
from hipcare.clinics.demo_people import PASSWORD
from hipcare.clinics.models import Clinic, Patient, User
from hipcare.clinics.services.registration import register_patient
from programmes.models import Template, Version
from programmes.services.draft_values import Edits
from programmes.services.drafts import add_exercise, open_draft, remove_prescription, save_draft
from programmes.services.giving import give_version, unusual
from programmes.services.sessions import Report, save_session
from programmes.services.starting_points import start_from_template

FILE = Path(settings.BASE_DIR) / "fixtures" / "demo" / "clinic.json"
HOUR_OF_GIVING, HOUR_OF_LOGGING = 9, 18


class NoDemoHereError(RuntimeError):
    """The demo clinic is for a computer of one's own, with nobody in it yet."""


@transaction.atomic
def load_demo_clinic(*, today: dt.date) -> Clinic:
    if not settings.LOCAL_RUN:
        raise NoDemoHereError("Its password is known to all: it is loaded on a local run only (LOCAL_RUN=1).")
    if Clinic.objects.exists():
        raise NoDemoHereError("There is a clinic already. An empty database: make run-fresh")
    told = json.loads(FILE.read_text(encoding="utf-8"))
    clinic = Clinic(is_demo=True, **told["clinic"])
    clinic.full_clean()
    clinic.save()
    staff = [User.objects.create_staff(clinic=clinic, password=PASSWORD, **person) for person in told["staff"]]
    for person in told["patients"]:
        _bring_in(person, staff[0], today)
    return clinic


def _bring_in(told: dict[str, Any], physiotherapist: User, today: dt.date) -> None:
    versions, sessions = told.pop("versions", []), told.pop("sessions", [])
    operated, look_again = told.pop("operated_days_ago", None), told.pop("precautions_review_in", None)
    patient = Patient(
        hip_precautions_since=None if operated is None else today - dt.timedelta(days=operated),
        hip_precautions_review_on=None if look_again is None else today + dt.timedelta(days=look_again),
        clinic=physiotherapist.clinic,
        physiotherapist=physiotherapist,
        **{**told, "date_of_birth": dt.date.fromisoformat(told["date_of_birth"])},
    )
    first_visit = max((version["days_ago"] for version in versions), default=0)
    met_on = today - dt.timedelta(days=first_visit)
    register_patient(patient=patient, by=physiotherapist, at=moment(patient.clinic, met_on, HOUR_OF_GIVING))
    given = [_give(version, patient, today) for version in versions]
    due_days = (day for day in _days_back(today) if given and day > _day_given(given[0]))
    for day, session in zip(_due(due_days, given), sessions, strict=False):
        if session is not None:
            _log(session, _current_on(given, day), day)


def _give(told: dict[str, Any], patient: Patient, today: dt.date) -> Version:
    by = patient.physiotherapist
    then = Edits(at=moment(patient.clinic, today - dt.timedelta(days=told["days_ago"]), HOUR_OF_GIVING))
    draft = open_draft(patient=patient, by=by, at=then.at)
    if "template" in told:
        template = Template.objects.get(clinic=None, slug=told["template"])
        start_from_template(draft=draft, template=template, by=by, edits=then)
    for slug in told.get("remove", []):
        row = draft.prescriptions.get(exercise__slug=slug)
        remove_prescription(prescription=row, by=by, edits=then)
    for slug in told.get("add", []):
        add_exercise(draft=draft, exercise=Exercise.objects.get(clinic=None, slug=slug), by=by, edits=then)
    save_draft(draft=draft, by=by, edits=replace(then, **_edits(told, draft, today)))
    return give_version(draft=draft, by=by, reason=told.get("reason", ""), confirmed=unusual(draft), edits=then)


def _edits(told: dict[str, Any], draft: Version, today: dt.date) -> dict[str, Any]:
    doses = told.get("doses", {})
    schedule = {"weekdays": told["weekdays"], "times_a_day": told.get("times_a_day", 1)} if "weekdays" in told else {}
    return {
        "version": {
            "review_on": today + dt.timedelta(days=told["review_in"]),
            **{name: told[name] for name in ("goal", "note") if name in told},
            **({"topics": _topics(told["topics"])} if "topics" in told else {}),
        },
        "rows": {row.pk: doses.get(row.exercise.slug, {}) for row in draft.prescriptions.select_related("exercise")},
        "schedule": schedule,
    }


def _topics(slugs: list[str]) -> list[str]:
    """Return the topics of the library as a draft keeps them."""
    return [str(Topic.objects.get(clinic=None, slug=slug).pk) for slug in slugs]


def _log(told: dict[str, Any], version: Version, day: dt.date) -> None:
    told, done = {**told}, told["done"]
    del told["done"]
    due = [row.pk for row in version.prescriptions.all() if row.is_due_on(day)]
    save_session(
        session_id=uuid.uuid4(),
        version=version,
        report=Report(frozenset(due[:done]), **told),
        day=day,
        today=day,
        at=moment(version.patient.clinic, day, HOUR_OF_LOGGING),
    )


def _days_back(today: dt.date) -> Iterator[dt.date]:
    return (today - dt.timedelta(days=n) for n in range(1, 29))


def _due(days: Iterator[dt.date], given: list[Version]) -> Iterator[dt.date]:
    """Yield those of ``days`` on which the current version asks for something."""
    for day in days:
        if any(row.is_due_on(day) for row in _current_on(given, day).prescriptions.all()):
            yield day


def _current_on(given: list[Version], day: dt.date) -> Version:
    """Return the version the patient followed on ``day``; the first one's own day counts as its first."""
    return max((version for version in given if _day_given(version) <= day), key=_day_given)


def _day_given(version: Version) -> dt.date:
    return timezone.localdate(version.given_at, timezone=version.patient.clinic.zone)


def moment(clinic: Clinic, day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clinic.zone)
