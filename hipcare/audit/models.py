"""The append-only trail: who looked at, changed, gave or printed what, and when.

Rows hold identifiers, never what was read or typed, so the trail may outlive an erased patient. The database
itself refuses to change or delete a row (``hipcare.triggers``).
"""

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> Self:
        """Return the trail of a clinic lead's clinic; nobody else reads it."""
        return self.filter(clinic=user.clinic_id) if user.is_lead else self.none()

    def about(self, patient: Any) -> Self:
        return self.filter(patient=patient.pk)

    def update(self, **_kwargs: Any) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


class AppendOnlyError(RuntimeError):
    """The audit trail cannot be changed."""

    def __init__(self) -> None:
        super().__init__("The audit trail is append-only.")


class Entry(models.Model):
    """One look, change, give, print or pairing, by one person."""

    class Action(models.TextChoices):
        LOOK = "look", "looked at"
        CHANGE = "change", "changed"
        GIVE = "give", "gave"
        PRINT = "print", "printed"
        REPRINT = "reprint", "printed again"
        PAIR = "pair", "paired a device"
        UNPAIR = "unpair", "removed a device"
        DELETE = "delete", "deleted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    clinic = models.UUIDField("clinic", editable=False)
    actor = models.UUIDField("who", null=True, editable=False)
    action = models.CharField(max_length=10, choices=Action, editable=False)
    subject = models.CharField("what kind of thing", max_length=40, editable=False)
    subject_id = models.UUIDField("which one", null=True, editable=False)
    patient = models.UUIDField("whose record", null=True, editable=False)
    fields = models.JSONField("which fields, by name", null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["clinic", "-at"], name="audit_by_clinic"),
            models.Index(fields=["patient", "-at"], name="audit_by_patient"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

    def save(self, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(force_insert=True, **{k: v for k, v in kwargs.items() if k != "force_insert"})

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError
