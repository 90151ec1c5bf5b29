"""What one patient has been given over time."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from hipcare.columns import Lines
from programmes.rules.adherence import Window

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from programmes.models.pause import Pause
    from programmes.models.version import Version, VersionQuerySet

LAST_WORD_LENGTH = 300


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def active(self) -> Self:
        return self.filter(status=Programme.Status.ACTIVE)


class Programme(models.Model):
    """What one patient has been given over time."""

    class Status(models.TextChoices):
        ACTIVE = "active", "active"
        ENDED = "ended", "ended"

    class EndReason(models.TextChoices):
        GOAL = "goal", "Goal reached"
        OWN = "own", "Goes on alone"
        REFERRED = "referred", "Sent on to somebody else"
        NO_HELP = "no_help", "It did not help"
        STAYED_AWAY = "away", "No longer comes"
        ASKED = "asked", "Asked to stop"
        OTHER = "other", "Another reason"
        MERGED = "merged", "Merged with another record"  # never chosen: two programmes were in use

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="programmes")
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    next_phase = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The place of the phase that is prepared, among those of the current version."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=8, choices=EndReason, blank=True)
    alone_since = models.DateField("the patient carries on alone since", null=True, blank=True)
    alone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_word = Lines("last word to the patient", max_length=LAST_WORD_LENGTH, blank=True)

    objects = ProgrammeQuerySet.as_manager()
    versions: "VersionQuerySet"
    pauses: "RelatedManager[Pause]"

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(status="active"), name="one_active_programme_per_patient"
            ),
        ]

    def __str__(self) -> str:
        return f"programme of {self.started_at:%Y-%m-%d}"

    @property
    def paused_days(self) -> tuple[Window, ...]:
        return tuple(pause.window for pause in self.pauses.all())

    @property
    def current(self) -> "Version | None":
        """The current version; None while nothing has been given, and once the programme has ended."""
        return self.versions.current().first()
