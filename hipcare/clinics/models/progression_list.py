"""A clinic's own progression rules, where it has changed our list."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from hipcare.clinics.models.clinic import Clinic
from hipcare.clinics.progression import OURS
from hipcare.columns import Texts

if TYPE_CHECKING:
    from hipcare.clinics.models.user import User


class ProgressionListQuerySet(models.QuerySet["ProgressionList"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(clinic=user.clinic_id) if user.is_clinic_staff else self.none()

    def rules_of(self, clinic: Clinic) -> list[str]:
        """Return what physiotherapists of ``clinic`` choose from: its own list, or ours."""
        own = self.filter(clinic=clinic.pk).values_list("rules", flat=True).first()
        return list(OURS) if own is None else own


class ProgressionList(models.Model):
    """The progression rules of a clinic, in their order. A clinic without a row has ours, and follows every release."""

    clinic = models.OneToOneField(Clinic, primary_key=True, on_delete=models.CASCADE, related_name="progression_list")
    rules = Texts(default=list)
    changed_by = models.ForeignKey("clinics.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ProgressionListQuerySet.as_manager()

    def __str__(self) -> str:
        return "progression rules"
