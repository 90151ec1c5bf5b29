"""A patient's own pages: today, one exercise, what was saved, and putting it right."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.models import User
from hipcare.clinics.views.pair import SCANNED
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest, sent_again
from hipcare.stamps import held
from programmes.forms.sessions import CorrectionForm, NewSessionForm
from programmes.models import PerformedExercise, Prescription, Session, Version
from programmes.pages.today_page import TodayPage, advice_for, bands_of, carried, current_version, versions_for
from programmes.rules import day as day_rules
from programmes.rules.arrival import BACK_DATING, day_called, days_to_choose
from programmes.rules.dosage import plain_sentence
from programmes.rules.schedule import frequency_sentence
from programmes.services.sessions import (
    ALREADY_SAVED,
    TOO_LATE,
    DayNotKnownError,
    How,
    Saved,
    correct_session,
    save_session,
)
from programmes.unsigned import sample_words


@audience(Audience.PATIENT)
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Show what is due, to be ticked and saved. ``?done=`` ticks what the exercise's own page says is done."""
    day = timezone.localdate()
    page = TodayPage(
        user=request.user,
        day=day,
        version=current_version(request.user, day),
        again=bool({"again", "done"} & request.GET.keys()),
        once_more="once-more" in request.GET,
        scanned=request.session.get(SCANNED),
        ticked=set(request.GET.getlist("done")),
    )
    return _today(request, page, NewSessionForm.blank(day=day, ticked=sorted(page.ticked)))


def _today(request: SignedInRequest, page: TodayPage, form: NewSessionForm) -> HttpResponse:
    context = {"page": page, "form": form, "patient": request.user.patient, "version": page.version}
    status = 422 if form.is_bound else 200
    return render(request, "programmes/patient/today.html", context, status=status)


@audience(Audience.PATIENT)
@require_POST
@keeps_words
def session_save(request: SignedInRequest) -> HttpResponse:
    """Save a session, once; a 2xx or a redirect means that it is on disk."""
    today = timezone.localdate()
    version = get_object_or_404(versions_for(request.user, today), pk=_uuid(request.POST.get("version")))
    form = NewSessionForm(request.POST)
    if form.is_valid():
        session_id, day = form.cleaned_data["session"], form.day_meant(today)
        try:
            saved = save_session(session_id=session_id, version=version, report=form.report, day=day, today=today)
        except DayNotKnownError:
            return _ask_which_day(request, form, today)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            return _to_what_is_saved(request, saved)
    form.with_fresh_page()
    page = TodayPage(request.user, _day_of(form, today), version, once_more=True, ticked=form.ticked)
    return _today(request, page, form)


def _to_what_is_saved(request: SignedInRequest, saved: Saved) -> HttpResponse:
    """Lead to what is kept, and say what became of what was sent where it is not simply that."""
    words = {How.CORRECTED: ALREADY_SAVED, How.BESIDE: TOO_LATE}
    if saved.how in words:
        messages.info(request, words[saved.how])
    return redirect("programmes:session_saved", saved.session.pk)


def _ask_which_day(request: SignedInRequest, form: NewSessionForm, today: dt.date) -> HttpResponse:
    """Ask which day a session is for, with everything that was typed on the page."""
    opened = form.day_opened
    near = {today, today - dt.timedelta(days=1), opened}
    days = [(day, day_called(day, today)) for day in days_to_choose(today)]
    context = {
        "form": form,
        "opened": opened,
        "today": today,
        "near": [one for one in days if one[0] in near],
        "far": [one for one in days if one[0] not in near],
        "kept": sent_again(request, but={"which_day"}),
        "report": form.report,
        "patient": request.user.patient,
    }
    return render(request, "programmes/patient/session_day.html", context, status=409)


def _day_of(form: NewSessionForm, today: dt.date) -> dt.date:
    """Return the day a refused form is for; today where that is none that can be saved."""
    day: dt.date = form.cleaned_data.get("day") or today
    return day if today - BACK_DATING <= day <= today else today


def _uuid(text: str | None) -> uuid.UUID:
    """Return ``text`` as a UUID; what is none names nothing that exists."""
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        raise Http404 from None


@audience(Audience.PATIENT)
@require_GET
def today_exercise(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how one exercise is done."""
    version = get_object_or_404(
        Version.objects.visible_to(request.user).select_related("programme", "given_by"), prescriptions=pk
    )
    rows = day_rules.in_order(version.prescriptions.all())
    row = next(row for row in rows if row.pk == pk)
    ticked, once_more = set(request.GET.getlist("done")), "once-more" in request.GET
    context = {
        "row": row,
        "number": rows.index(row) + 1,
        "total": len(rows),
        "before": carried(ticked, once_more=once_more),
        "after": carried({*ticked, str(pk)}, once_more=once_more),
        "tiles": day_rules.tiles(row.dose),
        **_from_the_clinic(request.user, version, row),
        "version": version,
        "patient": request.user.patient,
        "easings": day_rules.ways(row.easings),
        "sentence": plain_sentence(row.dose, row.side),
        "how_often": frequency_sentence(row.frequency) if row.frequency else "",
        **{key: row.in_words(key) for key in ("start_position", "stop_if", "why")},
    }
    return render(request, "programmes/patient/exercise.html", context)


def _from_the_clinic(user: User, version: Version, row: Prescription) -> dict[str, Any]:
    """Return what the clinic says beside an exercise's own words."""
    return {
        "advice": advice_for(user, version),
        "hip_rules": user.clinic.hip_rules(version.precautions),
        "sample": sample_words(user.clinic, [row]),
    }


@audience(Audience.PATIENT)
@require_GET
def session_saved(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what was saved, how the week looks, and who reads it when."""
    session = _session(request, pk)
    return render(request, "programmes/patient/session_saved.html", _saved(request, session))


def _saved(request: SignedInRequest, session: Session) -> dict[str, Any]:
    day, today = session.local_date, timezone.localdate()
    page = TodayPage(request.user, day, session.version)
    rows, done, is_replaced = page.rows, page.done, session.is_for_a_replaced_version
    is_this_week = day_rules.monday_of(day) == day_rules.monday_of(today)
    following = day_rules.next_day(rows, max(day, today), done if is_this_week else {})
    outcomes = [row.outcome for row in session.performed.all()]
    given_at, review_on = session.version.given_at, session.version.review_on
    return {
        "session": session,
        "page": page,
        "done_count": outcomes.count(PerformedExercise.Outcome.DONE),
        "week": day_rules.week_of(
            day,
            rows,
            set().union(*done.values()),
            since=timezone.localdate(given_at),
            part=day_rules.part_days(rows, done),
        ),
        "can_do_the_rest": day == today and bool(page.open) and not is_replaced,
        "is_replaced": is_replaced,
        "next_day": day_rules.day_in_words(following, today) if following else "",
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
                return _to_what_is_saved(request, Saved(session, how))
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
