"""A past day: what was saved of it, and filling it in up to 7 days later."""

import datetime as dt
import uuid

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from programmes.forms.session_form import DayForm
from programmes.models import Prescription
from programmes.pages.pain_guide import pain_guide
from programmes.pages.past_day import AskedOfDay, PastDay
from programmes.services.sessions import save_session


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
@keeps_words
def day(request: SignedInRequest, date: str) -> HttpResponse:
    """Show a day before today; posted, fill it in. Today has a page of its own, and no day to come has one."""
    page = PastDay(request.user, _day(date), timezone.localdate())
    if page.date == page.today:
        return redirect("programmes:today")
    form = DayForm(request.POST if request.method == "POST" else None, initial={"session": uuid.uuid4()})
    if form.is_valid() and page.version is not None:
        try:
            save_session(
                session_id=form.cleaned_data["session"],
                version=page.version,
                report=form.report,
                day=page.date,
                today=page.today,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            return redirect("programmes:day", date)
    return _day_page(request, page, form)


def _day(text: str) -> dt.date:
    """Return ``text`` as a day up to today; anything else names no page."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if found > timezone.localdate() or found.isoformat() != text or found.year < 2000:
        raise Http404
    return found


def _day_page(request: SignedInRequest, page: PastDay, form: DayForm) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "asked": [_asked(row, form) for row in page.asked],
        "others": [_asked(row, form) for row in page.others],
        "which": [*page.asked, *page.others],
        "reasons": form.reason_choices,
        "guide": pain_guide(request.user.clinic, page.version) if page.version else pain_guide(request.user.clinic),
        "patient": request.user.patient,
    }
    return render(request, "programmes/patient/day.html", context, status=422 if form.is_bound else 200)


def _asked(row: Prescription, form: DayForm) -> AskedOfDay:
    return AskedOfDay(row, form.did.get(str(row.pk), ""), form.reasons.get(str(row.pk), ""))
