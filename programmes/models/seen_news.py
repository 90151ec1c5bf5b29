"""That a patient has seen what changed with a version."""

from typing import Self

from django.db import models

from hipcare.clinics.models import Patient, User
from programmes.models.version import Version


class SeenNewsQuerySet(models.QuerySet["SeenNews"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(version__programme__patient__in=Patient.objects.visible_to(user))


class SeenNews(models.Model):
    """One row for each version whose changes the patient said they have seen."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="seen")
    seen_at = models.DateTimeField()

    objects = SeenNewsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.version_id} at {self.seen_at:%Y-%m-%d %H:%M}"
