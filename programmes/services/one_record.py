"""Make one record of two that are of the same person: one stays, the other is archived and leads to it.

What is frozen is not touched: versions, prescriptions and sheets belong to a programme, sessions to a version, and the
programme is what moves. The trail keeps both ids. It cannot be undone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Device, Helper, PairingCode, Patient, User
from hipcare.clinics.services.registration import correct_patient
from programmes.models import Activity, LookedAt, Measurement, PatientMessage, Programme, Session, Version
from programmes.pages.kept import digest_of
from programmes.services.summaries import renew_summary, renew_summary_of

MOVED: tuple[Any, ...] = (LookedAt, PatientMessage, Measurement, Helper, PairingCode)
FACTS: Mapping[str, tuple[str, ...]] = {
    "name": ("first_name", "last_name"),
    "born": ("date_of_birth",),
    "number": ("clinic_number",),
    "phone": ("phone",),
    "physiotherapist": ("physiotherapist_id",),
    "hip": ("affected_side",),
    "condition": ("condition",),
    "precautions": (
        *("hip_precautions", "hip_precautions_note", "operated_side"),
        *("hip_precautions_since", "hip_precautions_review_on"),
    ),
    "pain": ("usual_pain",),
    "print": ("large_print",),
    "language": ("language",),
    "person": ("person",),
}
"""What a record says of a person, each with its columns, which are taken together."""


class CannotMergeError(RuntimeError):
    """The two cannot be one now; it says why."""


class RecordChangedError(RuntimeError):
    """One of the two records is not as the page showed it."""

    def __init__(self) -> None:
        super().__init__("One of the two records has changed since you opened the page. Nothing was done: look again.")


def said_of(patient: Patient, fact: str) -> tuple[Any, ...]:
    return tuple(getattr(patient, column) for column in FACTS[fact])


def why_not_merged(kept: Patient, other: Patient) -> str:
    """Return why the two cannot be made one, "" where they can."""
    if kept.pk == other.pk or kept.clinic_id != other.clinic_id:
        return "Choose another record of this clinic."
    if kept.merged_into_id or other.merged_into_id:
        return "One of the two records was merged already."
    if kept.archived_at:
        return "The record that stays is archived. Bring it back first, or keep the other one."
    if Version.objects.drafts().filter(programme__patient__in=[kept, other]).exists():
        return "There is a draft. Give it or discard it first, then merge."
    return ""


def currents_of(kept: Patient, other: Patient) -> list[Version]:
    """Return the current versions of both, that which stays first: the one given last."""
    found = Version.objects.current().filter(programme__patient__in=[kept, other]).select_related("programme")
    return sorted(found, key=lambda one: one.given_at or timezone.now(), reverse=True)


def numbers_of(other: Patient) -> dict[str, int]:
    """Return how much of what would move."""
    return {
        "programmes": Programme.objects.filter(patient=other).count(),
        "sessions": Session.objects.filter(version__programme__patient=other).count(),
        "messages": PatientMessage.objects.filter(patient=other).count(),
        "measurements": Measurement.objects.filter(patient=other).count(),
        "activities": Activity.objects.filter(patient=other).count(),
        "helpers": Helper.objects.active().filter(patient=other).count(),
        "devices": Device.objects.live().filter(patient=other).count(),
    }


def state_of(kept: Patient, other: Patient) -> str:
    """Return what differs as soon as a page that compares the two is out of date."""
    current = [version.pk for version in currents_of(kept, other)]
    said = [[said_of(one, fact) for fact in FACTS] for one in (kept, other)]
    return digest_of(said, kept.archived_at, other.archived_at, numbers_of(other), current)


@transaction.atomic
def merge_records(*, kept: Patient, other: Patient, taken: Iterable[str], seen: str, by: User) -> None:
    """Move all that is of ``other`` to ``kept``, which takes over those of ``FACTS`` that are ``taken`` from it.

    Raises ``RecordChangedError`` where ``state_of`` the two is no longer what was ``seen``; ``CannotMergeError``.
    """
    rows = Patient.objects.select_for_update(of=("self",)).select_related("clinic").order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[kept.pk, other.pk])}
    kept, other = locked[kept.pk], locked[other.pk]
    if refusal := why_not_merged(kept, other):
        raise CannotMergeError(refusal)
    if state_of(kept, other) != seen:
        raise RecordChangedError
    now = timezone.now()
    _end_all_but_the_newest(kept, other, by, now)
    _move(kept, other)
    other.merged_into, other.archived_at = kept, other.archived_at or now
    other.save(update_fields=["merged_into", "archived_at"])
    for fact in taken:
        for column, value in zip(FACTS[fact], said_of(other, fact), strict=True):
            setattr(kept, column, value)
    correct_patient(patient=kept, by=by)
    renew_summary_of(other)
    renew_summary(kept.pk)
    for whose in (kept, other):
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=other, patient=whose, fields=["merged_into"])


def _end_all_but_the_newest(kept: Patient, other: Patient, by: User, now: dt.datetime) -> None:
    stays = next(iter(currents_of(kept, other)), None)
    active = Programme.objects.active().filter(patient__in=[kept, other])
    if active.count() > 1:
        ended = active.exclude(pk=stays.programme_id) if stays else active.filter(patient=other)
        ended.update(status=Programme.Status.ENDED, ended_at=now, ended_by=by, end_reason=Programme.EndReason.MERGED)


def _move(kept: Patient, other: Patient) -> None:
    Programme.objects.filter(patient=other).update(patient=kept)
    for model in MOVED:
        model.objects.filter(patient=other).update(patient=kept)
    last = Activity.objects.filter(patient=kept).aggregate(last=Max("place"))["last"] or 0
    first = Activity.objects.filter(patient=other).order_by("place").values_list("place", flat=True).first() or 0
    Activity.objects.filter(patient=other).update(patient=kept, place=F("place") + last + 1 - first)
    moved = Device.objects.filter(patient=other)
    moved.filter(paired_as=None).update(paired_as=other.user_id)
    moved.update(patient=kept)
