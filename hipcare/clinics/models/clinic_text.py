"""What a clinic says to its patients in the place of our wording, and the signatures under it."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from hipcare.clinics.help_signs import SignGroup
from hipcare.clinics.models.clinic import Clinic
from hipcare.columns import Line, Name

if TYPE_CHECKING:
    import datetime as dt

    from hipcare.clinics.models.user import User

ADVICE = "advice"
"""The group of the clinic's sentences (``hipcare.clinics.advice``); the other groups are of signs to get help for."""


class OwnClinicsQuerySet(models.QuerySet):  # type: ignore[type-arg]  # of either model below
    def visible_to(self, user: "User") -> Self:
        return self.filter(clinic=user.clinic_id)


class ClinicText(models.Model):
    """One sentence or sign as a clinic has it. What is empty is as ours, and follows our releases.

    A sign that is not in our list is the clinic's own. ``why_hidden`` says why a sign is left out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="texts")
    group = models.CharField(max_length=10, choices=[(ADVICE, ADVICE), *((one.value, one.value) for one in SignGroup)])
    key = models.CharField(max_length=40)
    words = Line(max_length=200, blank=True)
    short = Line(max_length=60, blank=True)
    source = Line(max_length=250, blank=True)
    review_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(null=True, blank=True)
    after_operation = models.BooleanField(default=False)
    why_hidden = Line(max_length=200, blank=True)
    changed_by = models.ForeignKey("clinics.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = OwnClinicsQuerySet.as_manager()

    class Meta:
        ordering = ["group", "order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "group", "key"], name="a_clinic_has_each_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.key}"


class TextSignature(models.Model):
    """A registered physiotherapist's name under all the clinic says; it covers no word that changes later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="text_signatures")
    words = models.CharField("digest of what was signed", max_length=64, editable=False)
    name = Name("full name", max_length=80)
    registration_number = Line("registration number", max_length=30)
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey("clinics.User", on_delete=models.PROTECT, related_name="+")

    objects = OwnClinicsQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]

    def __str__(self) -> str:
        return f"signed by {self.name}, {self.signed_at:%Y-%m-%d}"

    @property
    def signed_on(self) -> "dt.date":
        return timezone.localdate(self.signed_at, self.clinic.zone)
