"""A clinic's own rules in words, where it has changed ours."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models.clinic import Clinic
from hipcare.clinics.precautions import KINDS_WITH_RULES, RuleList
from hipcare.columns import Line, Name, Texts

if TYPE_CHECKING:
    from hipcare.clinics.models.user import User


class PrecautionListQuerySet(models.QuerySet["PrecautionList"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(clinic=user.clinic_id) if user.is_clinic_staff else self.none()


class PrecautionList(models.Model):
    """The rules of one kind as a clinic has them. A kind without a row has ours, and follows every release."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="precaution_lists")
    kind = models.CharField(max_length=10, choices=[(kind, kind.capitalize()) for kind in KINDS_WITH_RULES])
    heading = Name(max_length=40)
    rules = Texts(default=list)
    source = Line("where these rules come from", max_length=200)
    review_on = models.DateField("look at them again on")
    changed_by = models.ForeignKey("clinics.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PrecautionListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "kind"], name="one_precaution_list_per_kind"),
            models.CheckConstraint(
                name="precaution_lists_are_of_a_kind_with_rules", condition=Q(kind__in=KINDS_WITH_RULES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} rules"

    @property
    def words(self) -> RuleList:
        return RuleList(self.heading, tuple(self.rules), self.source, self.review_on)
