"""Keep that a patient has seen what changed with their plan."""

import datetime as dt

from django.db import transaction

from programmes.models import SeenNews, Version
from programmes.services.summaries import renew_summary


@transaction.atomic
def mark_news_seen(*, version: Version, at: dt.datetime) -> SeenNews:
    """Keep it, once; pressed again on this phone or another, nothing changes."""
    seen, is_new = SeenNews.objects.get_or_create(version=version, defaults={"seen_at": at})
    if is_new:
        renew_summary(version.programme.patient_id)
    return seen
