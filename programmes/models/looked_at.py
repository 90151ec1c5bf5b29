"""That a member of staff has read what a patient saved."""

from typing import Self

from django.db import models
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from programmes.models.session import Session


class LookedAtQuerySet(models.QuerySet["LookedAt"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class LookedAt(models.Model):
    """Who read it, when, and up to which session: the newest that had arrived by then, if any had."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="looked_at")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    up_to = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="+")

    objects = LookedAtQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.patient_id} at {self.at:%Y-%m-%d %H:%M}"

    def covers(self, session: Session) -> bool:
        """Whether ``session`` was read as it is now: it had come by then, and has not been changed since."""
        return session.received_at <= self.at and (session.corrected_at is None or session.corrected_at <= self.at)
