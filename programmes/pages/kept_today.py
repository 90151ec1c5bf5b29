"""Today as it was drawn before, as long as nothing it shows has changed: most openings change nothing.

The key holds all that the page is drawn from. What the patient was given and has done stands in it as the state of
their summary, which every service that writes either renews in the same transaction. Kept in the memory of this
process alone, as it tells of somebody's health.
"""

import datetime as dt
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from hipcare.clinics.models import User
from hipcare.clinics.precautions import KINDS_WITH_RULES
from programmes.models import LookedAt, Pause, Version
from programmes.models.next_day import can_be_answered_until
from programmes.pages.kept import digest_of, values_of
from programmes.pages.today_page import BETWEEN_ROUNDS, TodayPage


def key_of_today(user: User, day: dt.date) -> str:
    """Return what tells this page of ``user`` from any other: a digest of all it depends on.

    "" where no page can be kept: without a plan, and without a summary whose state would tell of what was done.
    """
    given = _given(user)
    if given is None or given[-1] is None:
        return ""
    told = user.device.told if user.device else ()
    return digest_of(day, timezone.localtime().hour, _people(user), told, given, _clinics_words(user, given[0]))


def stamp_of_pages(user: User) -> str:
    """Return what changes when a phone has to fetch its pages anew: a digest of all they show but what was done."""
    given = _given(user)
    words = _clinics_words(user, given[0]) if given else []
    return digest_of(_people(user), user.shows_past, given[:-1] if given else (), words)


def right_for(page: TodayPage) -> dt.timedelta:
    """Return how long until the page says something else although nobody wrote: a greeting, a correction ends."""
    now = timezone.localtime()
    next_hour = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    ends = [session.can_be_corrected_until for session in page.sessions]
    ends += [session.received_at + BETWEEN_ROUNDS for session in page.sessions]
    ends += [can_be_answered_until(page.morning_after)] if page.morning_after else []
    return min([next_hour, *(end for end in ends if end > now)]) - now


def _people(user: User) -> tuple[Any, ...]:
    return tuple(values_of(one) for one in (user, user.clinic, user.patient, user.patient.physiotherapist))


def _given(user: User) -> tuple[Any, ...] | None:
    """Return what the version that is followed is, what can change beside it, and the state of what was done."""
    looks = LookedAt.objects.filter(patient=OuterRef("programme__patient"))
    pauses = Pause.objects.filter(programme=OuterRef("programme")).order_by().values("programme")
    versions = Version.objects.visible_to(user).annotate(
        looked=Subquery(looks.values("by__called")[:1]),
        pauses=Subquery(pauses.annotate(number=Count("pk")).values("number")),
        pauses_changed=Subquery(pauses.annotate(last=Max("changed_at")).values("last")),
    )
    found = versions.current_first().values_list(
        "hip_precautions",
        "pk",
        "programme__status",
        "programme__ended_at",
        "programme__last_word",
        "programme__alone_since",
        "given_by__called",
        "given_by__name",
        "looked",
        "pauses",
        "pauses_changed",
        "programme__patient__summary__state",
    )
    return found.first()


def _clinics_words(user: User, hip_precautions: str) -> list[Any]:
    clinic = user.clinic
    asked: list[Any] = [clinic.texts.values_list("pk", "group", "key", "words")]
    if hip_precautions in KINDS_WITH_RULES:
        asked.append(clinic.precaution_lists.values_list("pk", "kind", "heading", "rules"))
    if clinic.is_demo:
        asked.append(clinic.signatures.values_list("pk", "exercise", "words", "withdrawn_at"))
    return [sorted(rows, key=str) for rows in asked]
