"""What was saved, and putting it right."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hipcare.access import Audience, audience, behind_pin
from hipcare.clinics.models import User
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.moments import weekday_and_date
from hipcare.stamps import held
from programmes.forms.session_form import CorrectionForm, PhonesOwnForm
from programmes.models import Session
from programmes.pages.pain_guide import pain_guide
from programmes.pages.saved_page import rows_to_tick
from programmes.services.sessions import (
    ALREADY_SAVED,
    ANOTHER_TOO,
    TOO_LATE,
    Saved,
    SaveResult,
    correct_session,
    has_come_since,
)


def say_if_beside_another(saved: Saved, request: SignedInRequest, opened: dt.datetime | None) -> None:
    """Say so where the same day was saved from elsewhere since this page was ``opened``: nothing is doubled unsaid."""
    if saved.how is SaveResult.NEW and has_come_since(saved.session, opened):
        messages.info(request, ANOTHER_TOO)


def say_which_day(saved: Saved, request: SignedInRequest) -> None:
    """Say to a helper for which day it is, where it is not today: the page of a past day is the patient's alone."""
    day = saved.session.local_date
    if request.user.helper and day != timezone.localdate():
        messages.success(request, _("Saved for %(day)s.") % {"day": weekday_and_date(day)})


def to_what_is_saved(saved: Saved, request: SignedInRequest, *, sent: uuid.UUID | None = None) -> HttpResponse:
    """Lead to what is kept, and say what became of what was sent where it is not simply that.

    ``sent`` is the id under which the phone keeps it, where that is not the session's: then the phone is told.
    """
    words = {SaveResult.CORRECTED: ALREADY_SAVED, SaveResult.BESIDE: TOO_LATE}
    if saved.how in words:
        messages.info(request, words[saved.how])
    say_which_day(saved, request)
    page = reverse("programmes:session_saved", args=[saved.session.pk])
    return redirect(page if sent in {None, saved.session.pk} else f"{page}?sent={sent}")


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def session_saved(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead to the page of its day, which shows what was saved."""
    sent = request.GET.urlencode()
    return redirect(f"{_page_of(_session(request, pk), request.user)}{'?' * bool(sent)}{sent}")


def _page_of(session: Session, user: User) -> str:
    is_today = session.local_date == timezone.localdate() or user.helper
    return reverse("programmes:today") if is_today else reverse("programmes:day", args=[session.local_date.isoformat()])


def _session(request: SignedInRequest, pk: uuid.UUID) -> Session:
    own = Session.objects.visible_to(request.user)
    return get_object_or_404(own.select_related("version__programme").prefetch_related("performed"), pk=pk)


@audience(Audience.PATIENT_OR_HELPER)
@behind_pin
@require_http_methods(["GET", "POST"])
@keeps_words
def session_change(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a saved session right, within 48 hours; what comes later is kept beside it."""
    theirs = Session.objects.visible_to(request.user).to_change_by(request.user)
    with held(request, theirs.select_related("version__programme")) as own:
        session = get_object_or_404(own.prefetch_related("performed"), pk=pk)
        form = CorrectionForm(session, request.POST if request.method == "POST" else None, timezone.localdate())
        if form.is_valid():
            try:
                saved = correct_session(
                    session=session, report=form.report.by(request.user.helper), day=form.day_chosen
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            except ObjectDoesNotExist:
                raise Http404 from None
            else:
                how = (
                    SaveResult.SAME if saved.how is SaveResult.CORRECTED else saved.how
                )  # who presses "Save the change" knows it
                return to_what_is_saved(Saved(session, how), request, sent=PhonesOwnForm(request.POST).kept_under)
    return _change(request, session, form)


def _change(request: SignedInRequest, session: Session, form: CorrectionForm) -> HttpResponse:
    guide, rows = pain_guide(request.user.clinic, session.version), rows_to_tick(session)
    context = {
        "session": session,
        "form": form,
        "rows": rows,
        "rows_and_reasons": [(row, form.reasons_shown.get(str(row.pk), "")) for row in rows],
        "reasons": form.reason_choices,
        "patient": request.user.patient,
        "bands": guide.bands,
        "advice": guide.advice,
    }
    status = form.refusal_status if form.is_bound else 200
    return render(request, "programmes/patient/session_change.html", context, status=status)
