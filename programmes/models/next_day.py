"""How the hip was on the morning after a session, as the patient says."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hipcare.clinics.models import Patient, User
from programmes.models.session import Session


class NextDayQuerySet(models.QuerySet["NextDay"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(session__version__programme__patient__in=Patient.objects.visible_to(user))


class NextDay(models.Model):
    """One answer for one session; where there is no row, nothing is known."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_SURE = "not_sure", _("Not sure yet")

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="next_day")
    answer = models.CharField("is the hip back to its usual", max_length=8, choices=Answer)
    answered_at = models.DateTimeField()
    answered_first = models.CharField("what was said before it was corrected", max_length=8, choices=Answer, blank=True)

    objects = NextDayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.session_id}: {self.answer}"


def can_be_answered_until(session: Session) -> dt.datetime:
    return session.can_be_corrected_until
