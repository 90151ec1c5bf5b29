"""Keep what a patient says of the morning after a session."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.models import NextDay, Session
from programmes.models.next_day import can_be_answered_until
from programmes.services.summaries import renew_summary

NOT_YET_MORNING = _("The next morning has not come yet. Nothing was changed.")
TOO_LATE_TO_SAY = _("It is too late to answer this. Nothing was changed.")


@transaction.atomic
def say_next_day(*, session: Session, answer: str, today: dt.date, at: dt.datetime) -> NextDay:
    """Keep an answer, once; another one within the time for corrections takes its place, and the first stays known.

    Raises ``ValidationError`` with words for the patient when it comes too early or too late.
    """
    if session.local_date >= today:
        raise ValidationError(NOT_YET_MORNING)
    if at > can_be_answered_until(session):
        raise ValidationError(TOO_LATE_TO_SAY)
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    said = NextDay.objects.filter(session=session).first()
    if said is not None and said.answer == answer:
        return said
    first = (said.answered_first or said.answer) if said else ""
    said = NextDay(session=session, answer=answer, answered_at=at, answered_first=first)
    said.save()
    renew_summary(session.version.programme.patient_id)
    return said
