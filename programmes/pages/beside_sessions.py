"""What stands beside what a patient saved: the morning after, and whether anybody has looked at it."""

import datetime as dt

from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import LookedAt, Session
from programmes.models.next_day import can_be_answered_until


def asks_of_the_morning_after(user: User, today: dt.date) -> Session | None:
    """Return the newest session of the last day before ``today``, while it has no answer and one can still be given."""
    before = Session.objects.visible_to(user).filter(local_date__lt=today).select_related("next_day")
    last = before.order_by("-local_date", "-received_at").first()
    if last is None or hasattr(last, "next_day") or timezone.now() > can_be_answered_until(last):
        return None
    answered = Session.objects.visible_to(user).filter(local_date=last.local_date, next_day__isnull=False)
    return None if answered.exists() else last


def last_look(user: User) -> LookedAt | None:
    """Return when somebody last read what this patient saved; a look at somebody who had saved nothing is none."""
    return LookedAt.objects.visible_to(user).exclude(up_to=None).select_related("by", "up_to").first()
