"""Somebody who helps a patient: a daughter, a husband, a carer. They come in by a code of their own, in their name."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Max
from django.utils import timezone

from hipcare.clinics.models.patient import Patient
from hipcare.clinics.models.user import User
from hipcare.columns import Name

HELPER_NAME_LENGTH = 40


class HelperQuerySet(models.QuerySet["Helper"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def active(self) -> Self:
        return self.filter(stopped_at=None)

    def with_last_use(self) -> Self:
        """Bring when each was last here, as ``last_used_at``: None for who has not come in yet."""
        return self.annotate(last_used_at=Max("devices__last_used_at"))


class Helper(models.Model):
    """One person who helps one patient. The row stays when they stop: what they entered says so for good.

    Who comes back under the same name is the same helper: then what still waits on their phone can be sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="helpers")
    name = Name(max_length=HELPER_NAME_LENGTH)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def clinic_id(self) -> uuid.UUID:
        """Whose trail says what they did."""
        return self.patient.clinic_id
