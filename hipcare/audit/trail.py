"""Write to the trail. One call for one thing a person did."""

from typing import Any

from django.db import models

from hipcare.audit.models import Entry


def record(*, actor: Any, action: Entry.Action, subject: models.Model, patient: Any = None) -> Entry:
    """Add one row: ``actor`` (a User) did ``action`` to ``subject``, part of ``patient``'s record if any."""
    return Entry.objects.create(
        clinic=actor.clinic_id,
        actor=actor.pk,
        action=action,
        subject=subject._meta.model_name or "",
        subject_id=subject.pk,
        patient=patient.pk if patient is not None else None,
    )
