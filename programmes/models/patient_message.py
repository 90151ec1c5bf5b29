"""What a patient tells the physiotherapist outside a session, for the next visit; nobody answers it here."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from hipcare.columns import Lines

MESSAGE_LENGTH = 1000


class PatientMessageQuerySet(models.QuerySet["PatientMessage"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class PatientMessage(models.Model):
    """A thought between visits. It is the patient's to change or take back until somebody has read it.

    The client makes the id, so that sending it twice changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="messages")
    text = Lines(max_length=MESSAGE_LENGTH)
    written_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PatientMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                name="a_message_read_says_by_whom",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"message of {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
