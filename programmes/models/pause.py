"""Days on which a programme is paused: they are counted nowhere, and the patient reads so."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hipcare.clinics.models import Patient, User
from hipcare.columns import Line, Lines
from programmes.models.programme import Programme
from programmes.rules.adherence import Window
from programmes.rules.pauses import NO_END

WHY_LENGTH, WORDS_LENGTH = 200, 300


class PauseQuerySet(models.QuerySet["Pause"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(programme__patient__in=Patient.objects.visible_to(user))


class Pause(models.Model):
    """From a day to a day, both included, or until somebody ends it. No two of a programme share a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pauses")
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True)
    why = Line(max_length=WHY_LENGTH, blank=True, help_text="For staff alone.")
    words = Lines("what the patient reads", max_length=WORDS_LENGTH, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="a_pause_ends_after_it_begins", condition=Q(last_day=None) | Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(fields=["programme", "first_day"], name="one_pause_begins_on_a_day"),
            models.UniqueConstraint(fields=["programme"], condition=Q(last_day=None), name="one_pause_without_an_end"),
        ]

    def __str__(self) -> str:
        return f"pause from {self.first_day:%Y-%m-%d}"

    @property
    def window(self) -> Window:
        return Window(self.first_day, self.last_day or NO_END)

    def holds(self, day: dt.date) -> bool:
        return day in self.window
