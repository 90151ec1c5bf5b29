"""Drafts and what the builder's page sends, for the tests of the builder."""

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import Version
from programmes.rules.merging import Stamp
from programmes.services.draft_values import values_of
from tests.factories import (
    DraftFactory,
    PatientFactory,
    PrescriptionFactory,
    sign_all_in,
)
from tests.structure.world import client_of

HTMX = {"HX-Request": "true"}


def two_weeks_from_now():
    return timezone.localdate() + dt.timedelta(days=14)


def draft_of(patient=None, *names, **prescription):
    draft = DraftFactory(programme__patient=patient or PatientFactory(), review_on=two_weeks_from_now())
    for place, name in enumerate(names, start=1):
        PrescriptionFactory(version=draft, order=place, exercise__name=name, **prescription)
    return sign_all_in(draft)


def physio_of(draft):
    return client_of(draft.programme.patient.physiotherapist)


def form_of(draft, whole=None, **row):
    """Return what the page sends when nothing was changed, save ``whole`` and, in the first exercise, ``row``."""
    data = {"rhythm": "named", "weekdays": ["0", "2", "4"], "times_a_day": "1", "goal": draft.goal, "note": draft.note}
    data |= {"review_on": draft.review_on.isoformat() if draft.review_on else "", "reason": draft.reason}
    for place, one in enumerate(draft.prescriptions.all()):
        values = {"sets": one.sets, "reps": one.reps, "hold_s": "", "rest_s": ""}
        values |= {"side": one.side, "load": "", "tempo": "", "progression": one.progression, "note": one.note} | (
            row if place == 0 else {}
        )
        data |= {f"{one.pk}-{name}": value for name, value in values.items()}
    return data | (whole or {})


def stamp_of(draft, window="a"):
    """Return what the page drawn of ``draft`` now, in that window, sends to say what it showed."""
    fresh = Version.objects.get(pk=draft.pk)
    return str(Stamp(window, values_of(fresh, list(fresh.prescriptions.all()))))


def url(name, draft, *more):
    return reverse(f"programmes:{name}", args=[draft.pk, *more])


def names(draft):
    return [row.name for row in draft.prescriptions.all()]


def trail():
    return list(Entry.objects.order_by("at").values_list("action", "subject"))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi>", "", answer.content.decode())))
