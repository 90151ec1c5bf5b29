"""Write to the trail, one call for one thing a person did; and say who changed a field last."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from hipcare.audit.models import Entry

ENTRIES_LOOKED_AT = 200


def add_to_trail(
    *,
    actor: Any,
    action: Entry.Action,
    subject: models.Model,
    patient: Any = None,
    fields: Collection[str] | None = None,
    at: dt.datetime | None = None,
) -> Entry:
    """Add one row: ``actor`` (a User) did ``action`` to ``subject``, part of ``patient``'s record if any.

    ``fields`` are the names of what was changed in it, where that is known; never what they say. It was done ``at``
    a moment, else just now.
    """
    return Entry.objects.create(
        at=at or timezone.now(),
        clinic=actor.clinic_id,
        actor=actor.pk,
        action=action,
        subject=subject._meta.model_name or "",
        subject_id=subject.pk,
        patient=patient.pk if patient is not None else None,
        fields=None if fields is None else sorted(fields),
    )


def differences(before: models.Model, after: models.Model) -> list[str]:
    """Return the names of the fields in which two states of one row differ."""
    names = [field.attname for field in before._meta.concrete_fields]
    changed = {name for name in names if getattr(before, name) != getattr(after, name)}
    return [field.name for field in before._meta.concrete_fields if field.attname in changed]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Who changed a field last, and when; ``who`` is a User's id and name."""

    actor: uuid.UUID | None
    name: str
    at: dt.datetime


def last_change(subject: models.Model, field: str) -> FieldChange | None:
    """Return who changed ``field`` of ``subject`` last, so far as the trail says.

    A row that names no fields is asked only where none names this one.
    """
    rows = list(
        Entry.objects.filter(
            subject=subject._meta.model_name, subject_id=subject.pk, action=Entry.Action.CHANGE
        ).order_by("-at")[:ENTRIES_LOOKED_AT]
    )
    naming = [row for row in rows if row.fields is not None and field in row.fields]
    found = next(iter(naming or [row for row in rows if row.fields is None]), None)
    if found is None:
        return None
    people = get_user_model()._default_manager.filter(pk=found.actor).values_list("name", flat=True)
    return FieldChange(found.actor, people.first() or "", found.at)
