"""A patient's own weeks, to look back at; each day has a page of its own."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.pages.past_weeks import PastWeeks


@audience(Audience.PATIENT)
@require_GET
def my_weeks(request: SignedInRequest) -> HttpResponse:
    """Show the last weeks, or with ``?to=`` those up to a day."""
    today = timezone.localdate()
    page = PastWeeks(request.user, today, _day(request.GET.get("to"), today))
    context = {"page": page, "patient": request.user.patient}
    return render(request, "programmes/patient/weeks.html", context)


def _day(text: str | None, today: dt.date) -> dt.date:
    if text is None:
        return today
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if found > today or found.year < 2000:
        raise Http404
    return found
