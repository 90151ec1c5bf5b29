"""What was saved, and putting it right."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hipcare.access import Audience, audience
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.stamps import held
from programmes.forms.sessions import CorrectionForm
from programmes.models import PerformedExercise, Session
from programmes.pages.today_page import TodayPage, advice_for, bands_of
from programmes.rules import day as day_rules
from programmes.services.sessions import (
    ALREADY_SAVED,
    TOO_LATE,
    How,
    Saved,
    correct_session,
)
from programmes.wording.dates import day_ahead
from programmes.wording.today import mark_in_words


def to_what_is_saved(saved: Saved, request: SignedInRequest) -> HttpResponse:
    """Lead to what is kept, and say what became of what was sent where it is not simply that."""
    words = {How.CORRECTED: ALREADY_SAVED, How.BESIDE: TOO_LATE}
    if saved.how in words:
        messages.info(request, words[saved.how])
    return redirect("programmes:session_saved", saved.session.pk)


@audience(Audience.PATIENT)
@require_GET
def session_saved(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what was saved, how the week looks, and who reads it when."""
    session = _session(request, pk)
    return render(request, "programmes/patient/session_saved.html", _saved(request, session))


def _saved(request: SignedInRequest, session: Session) -> dict[str, Any]:
    day, today = session.local_date, timezone.localdate()
    page = TodayPage(request.user, day, session.version)
    rows, done, is_under_a_version_before = page.rows, page.done, session.is_under_a_version_before
    is_this_week = day_rules.monday_of(day) == day_rules.monday_of(today)
    following = day_rules.next_day(rows, max(day, today), done if is_this_week else {})
    outcomes = [row.outcome for row in session.performed.all()]
    given_at, review_on = session.version.given_at, session.version.review_on
    week = day_rules.week_of(day, rows, done, since=timezone.localdate(given_at))
    return {
        "session": session,
        "page": page,
        "done_count": outcomes.count(PerformedExercise.Outcome.DONE),
        "week": week,
        "week_days": [(one, mark_in_words(one.mark)) for one in week.days],
        "can_do_the_rest": day == today and bool(page.open) and not is_under_a_version_before,
        "is_under_a_version_before": is_under_a_version_before,
        "next_day": day_ahead(following, today) if following else "",
        "patient": request.user.patient,
        "is_this_week": is_this_week,
        "is_before_review": review_on is not None and review_on >= today,
    }


def _session(request: SignedInRequest, pk: uuid.UUID) -> Session:
    own = Session.objects.visible_to(request.user)
    return get_object_or_404(own.select_related("version__programme").prefetch_related("performed"), pk=pk)


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
@keeps_words
def session_change(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a saved session right, within 48 hours; what comes later is kept beside it."""
    with held(request, Session.objects.visible_to(request.user).select_related("version__programme")) as own:
        session = get_object_or_404(own.prefetch_related("performed"), pk=pk)
        form = CorrectionForm(session, request.POST if request.method == "POST" else None, timezone.localdate())
        if form.is_valid():
            try:
                saved = correct_session(session=session, report=form.report, day=form.day_chosen)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            except ObjectDoesNotExist:
                raise Http404 from None
            else:
                how = How.SAME if saved.how is How.CORRECTED else saved.how  # who presses "Save the change" knows it
                return to_what_is_saved(Saved(session, how), request)
    return _change(request, session, form)


def _change(request: SignedInRequest, session: Session, form: CorrectionForm) -> HttpResponse:
    rows = list(session.version.prescriptions.all())
    known = {row.prescription_id for row in session.performed.all()}
    shown = [row for row in rows if row.pk in known or row.is_due_on(session.local_date) or row.as_needed]
    context = {
        "session": session,
        "form": form,
        "rows": day_rules.in_order(shown or rows),
        "patient": request.user.patient,
        "bands": bands_of(session.version),
        "advice": advice_for(request.user, session.version),
    }
    status = form.refusal_status if form.is_bound else 200
    return render(request, "programmes/patient/session_change.html", context, status=status)
