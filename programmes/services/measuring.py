"""Keep what was measured with a patient, once; put it right or take it back, with what was there kept.

The trail knows which fields, and never what they say. All of a patient's measures are written one after the other.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.folding import fold
from programmes.models import Activity, ActivityRevision, ActivityScore, Measurement, MeasurementRevision
from programmes.rules.measured import MOST_ACTIVITIES

TOO_MANY = f"{MOST_ACTIVITIES} activities at most. Stop asking about one first."
TAKEN_BACK = "This was taken back meanwhile. Put it back first."
SAME_NAME = "Another activity is called that."


@dataclass(frozen=True, slots=True)
class Sayings:
    """What a page says of one day: columns of ``Measurement``, scores by activity, activities to add with a score."""

    measured_on: dt.date
    pain: int | None = None
    felt_change: int | None = None
    felt_since: dt.date | None = None
    stands: int | None = None
    seat_height: int | None = None
    hands_used: bool | None = None
    walking_aid: str = ""
    counted_by: str = ""
    scores: Mapping[uuid.UUID, int] = field(default_factory=dict)
    added: Sequence[tuple[str, int | None]] = ()

    @property
    def columns(self) -> dict[str, Any]:
        beside = {"scores", "added"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in beside}


def _held(patient: Patient) -> Patient:
    """Return the patient, held until the end: nobody else writes their measures meanwhile."""
    held = Patient.objects.select_for_update().get(pk=patient.pk)
    if held.archived_at:
        raise ValidationError(ARCHIVED)
    return held


@transaction.atomic
def keep_measurement(*, measurement_id: uuid.UUID, patient: Patient, said: Sayings, by: User) -> Measurement:
    """Keep what was measured on a day; the same id with other words puts it right.

    Raises ``ValidationError`` where it was taken back meanwhile, there would be too many activities, or the patient is
    archived; ``Measurement.DoesNotExist`` where the id is another patient's.
    """
    patient = _held(patient)
    found = Measurement.objects.filter(pk=measurement_id).first()
    if found and found.patient_id != patient.pk:
        raise Measurement.DoesNotExist
    if found:
        return correct_measurement(measurement=found, said=said, by=by)
    measurement = Measurement.objects.create(pk=measurement_id, patient=patient, by=by, **said.columns)
    _write_scores(measurement, said, by)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=measurement, patient=patient)
    return measurement


@transaction.atomic
def correct_measurement(*, measurement: Measurement, said: Sayings, by: User) -> Measurement:
    """Put a measurement right; what it said is kept as a revision. Saying the same again changes nothing."""
    patient = _held(measurement.patient)
    found = Measurement.objects.select_for_update().get(pk=measurement.pk)
    if found.taken_back_at:
        raise ValidationError(TAKEN_BACK)
    was = found.contents
    for name, value in said.columns.items():
        setattr(found, name, value)
    found.save()
    _write_scores(found, said, by)
    now = found.contents
    changed = {name for name in now if now[name] != was[name]}
    if changed:
        MeasurementRevision.objects.create(measurement=found, was=was, by=by)
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=found, patient=patient, fields=changed)
    return found


def _write_scores(measurement: Measurement, said: Sayings, by: User) -> None:
    scores = dict(said.scores)
    for name, score in said.added:
        activity = _activity_called(name, measurement.patient, by)
        if score is not None:
            scores[activity.pk] = score
    own = Activity.objects.filter(patient=measurement.patient_id, pk__in=scores)
    measurement.scores.all().delete()
    ActivityScore.objects.bulk_create(
        ActivityScore(measurement=measurement, activity=one, score=scores[one.pk]) for one in own
    )


def _activity_called(name: str, patient: Patient, by: User) -> Activity:
    """Return the patient's activity of this name: the one there is, asked about again if need be, or a new one."""
    there = list(Activity.objects.filter(patient=patient))
    found = next((one for one in there if fold(one.name) == fold(name)), None)
    if found:
        return found if found.retired_at is None else take_up_activity(activity=found, by=by)
    _leave_room(there)
    place = max((one.place for one in there), default=0) + 1
    activity = Activity.objects.create(patient=patient, name=name, place=place, added_by=by)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=activity, patient=patient)
    return activity


def _leave_room(there: Sequence[Activity]) -> None:
    if sum(one.retired_at is None for one in there) >= MOST_ACTIVITIES:
        raise ValidationError(TOO_MANY)


@transaction.atomic
def take_back_measurement(*, measurement: Measurement, by: User) -> Measurement:
    """Take a measurement out of what is shown; it stays, and can be put back. Pressed twice, once."""
    return _mark_taken_back(measurement, by, at=timezone.now())


@transaction.atomic
def put_back_measurement(*, measurement: Measurement, by: User) -> Measurement:
    return _mark_taken_back(measurement, by, at=None)


def _mark_taken_back(measurement: Measurement, by: User, *, at: dt.datetime | None) -> Measurement:
    patient = _held(measurement.patient)
    found = Measurement.objects.select_for_update().get(pk=measurement.pk)
    if (found.taken_back_at is None) == (at is None):
        return found
    found.taken_back_at, found.taken_back_by = at, by if at else None
    found.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=found, patient=patient, fields={"taken_back_at"})
    return found


@transaction.atomic
def rename_activity(*, activity: Activity, name: str, by: User) -> Activity:
    """Put right what an activity is called; its scores go on under the new name, and the old one is kept.

    Raises ``ValidationError`` where another activity of the patient is called that.
    """
    patient = _held(activity.patient)
    found = Activity.objects.select_for_update().get(pk=activity.pk)
    if found.name == name:
        return found
    others = Activity.objects.filter(patient=patient).exclude(pk=found.pk)
    if any(fold(one.name) == fold(name) for one in others):
        raise ValidationError(SAME_NAME)
    ActivityRevision.objects.create(activity=found, name=found.name, by=by)
    found.name = name
    return _save_activity(found, by, "name")


@transaction.atomic
def retire_activity(*, activity: Activity, by: User) -> Activity:
    """Ask about an activity no longer; its scores stay in sight. Pressed twice, once."""
    _held(activity.patient)
    found = Activity.objects.select_for_update().get(pk=activity.pk)
    if found.retired_at:
        return found
    found.retired_at, found.retired_by = timezone.now(), by
    return _save_activity(found, by, "retired_at")


@transaction.atomic
def take_up_activity(*, activity: Activity, by: User) -> Activity:
    """Ask about a retired activity again. Raises ``ValidationError`` where there are as many as can be."""
    patient = _held(activity.patient)
    found = Activity.objects.select_for_update().get(pk=activity.pk)
    if found.retired_at is None:
        return found
    _leave_room(list(Activity.objects.filter(patient=patient)))
    found.retired_at = found.retired_by = None
    return _save_activity(found, by, "retired_at")


def _save_activity(activity: Activity, by: User, changed: str) -> Activity:
    activity.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=activity, patient=activity.patient, fields={changed})
    return activity
