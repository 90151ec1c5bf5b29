"""The sheets that were handed over, kept byte for byte."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import PairingCode, Patient, PersonChoice, User
from programmes.models.version import FrozenError, Version


class HandoutQuerySet(models.QuerySet["Handout"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(version__programme__patient__in=Patient.objects.visible_to(user))

    def without_bytes(self) -> Self:
        """Leave the PDF in the database, for lists."""
        return self.defer("pdf")


class Handout(models.Model):
    """A printed version: the PDF itself, so that it can be printed again exactly."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="handouts")
    layout = models.CharField("name of its layout", max_length=10, default="full")
    pairing_code = models.ForeignKey(
        PairingCode, null=True, blank=True, on_delete=models.PROTECT, related_name="handouts"
    )
    printed_at = models.DateTimeField(default=timezone.now)
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.CharField("person in the pictures", max_length=8, default=PersonChoice.MAPLE)
    in_grey = models.BooleanField("pictures without colour", default=False)
    printed_key = models.CharField(
        "what it was printed from", max_length=64, blank=True, editable=False, help_text="Empty: not known."
    )
    printed_parts = models.JSONField("a digest of each part", default=dict, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["-printed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "layout", "printed_key"],
                condition=~Q(printed_key=""),
                name="one_sheet_of_a_version_is_the_same",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layout} sheet, {self.printed_at:%Y-%m-%d}"

    def save(self, **kwargs: Any) -> None:
        """Insert only: a sheet that was handed over does not change."""
        if not self._state.adding:
            raise FrozenError
        super().save(**kwargs)
