"""What a patient's hip makes hard for them, in their own words."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from hipcare.columns import Name

ACTIVITY_LENGTH = 80


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def asked(self) -> Self:
        """Return those that are still asked about."""
        return self.filter(retired_at=None)


class Activity(models.Model):
    """One activity. It is asked about until somebody retires it, and never deleted: its scores stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of its own: that of an_activity_has_a_place_of_its_own begins with it.
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="activities", db_index=False)
    name = Name("activity, in the patient’s words", max_length=ACTIVITY_LENGTH)
    place = models.PositiveSmallIntegerField(editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["patient", "place"], name="an_activity_has_a_place_of_its_own"),
            models.CheckConstraint(
                name="a_retired_activity_says_by_whom",
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityRevision(models.Model):
    """What an activity was called before its name was put right."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="revisions")
    name = Name(max_length=ACTIVITY_LENGTH)
    replaced_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["replaced_at"]

    def __str__(self) -> str:
        return f"{self.name}, until {self.replaced_at:%Y-%m-%d %H:%M}"
