"""A clinic's own usual dose of an exercise, where it has set one: what a new row starts with."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone

from exercises.dose_columns import Dosage
from hipcare.clinics.models import Clinic, User


class UsualDoseQuerySet(models.QuerySet["UsualDose"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(clinic=user.clinic_id) if user.is_clinic_staff else self.none()

    def by_exercise(self, clinic: Clinic) -> "dict[uuid.UUID, UsualDose]":
        """Return those of ``clinic`` by the exercise that each is of."""
        return {one.exercise_id: one for one in self.filter(clinic=clinic)}


class UsualDose(Dosage):
    """The usual dose of one exercise in one clinic. Without a row it is the library's, and follows every release.

    It says how much and when to go on, never which leg: that is the exercise's. One of an exercise that was retired
    stays, for the day on which that is back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="usual_doses")
    exercise = models.ForeignKey("exercises.Exercise", on_delete=models.CASCADE, related_name="usual_doses")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = UsualDoseQuerySet.as_manager()

    class Meta(Dosage.Meta):
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "exercise"], name="one_usual_dose_per_clinic_and_exercise"),
        ]

    def __str__(self) -> str:
        return "usual dose"


def usual_dose_of(exercise: Dosage, clinic: Clinic) -> Dosage:
    """Return what holds the usual dose of an exercise in ``clinic``: the clinic's own, else the exercise itself."""
    return UsualDose.objects.filter(clinic=clinic, exercise=exercise.pk).first() or exercise
