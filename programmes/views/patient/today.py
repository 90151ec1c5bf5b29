"""Today: what is due, to be ticked and saved."""

import datetime as dt
import uuid
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.session_keys import SCANNED
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest, sent_again, uuid_or_404
from programmes.forms.session_form import NewSessionForm
from programmes.models import Version
from programmes.models.prescription import name_in_place
from programmes.pages.kept import CHANGING, filled, keep, tag_of, take
from programmes.pages.kept_today import key_of_today, right_for
from programmes.pages.today_page import EmptyToday, Followed, TodayPage, version_to_follow, versions_for
from programmes.rules.arrival import BACK_DATING, days_to_choose
from programmes.services.sessions import (
    DayNotKnownError,
    save_session,
)
from programmes.views.patient.saved import say_if_beside_another, to_what_is_saved
from programmes.wording.answer_words import answers_for_patient
from programmes.wording.dates import day_called


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Show what is due, to be ticked and saved. ``?done=`` ticks what the exercise's own page says is done."""
    day = timezone.localdate()
    key = key_of_today(request.user, day) if _is_plain(request) else ""
    if key and (kept := take(key)):
        return _answer(request, kept)
    followed = version_to_follow(request.user)
    if followed is None:
        context = {"page": EmptyToday(request.user, day), "patient": request.user.patient}
        return render(request, "programmes/patient/no_plan.html", context)
    if key:
        return _keep(request, key, TodayPage.of(followed, request.user, day))
    page = today_as_asked(request, followed, day)
    return _today(request, page, NewSessionForm.blank(day=day, ticked=sorted(page.ticked)))


def today_as_asked(request: SignedInRequest, followed: Followed, day: dt.date) -> TodayPage:
    """Return Today with what the address says is ticked, or asked for again."""
    return TodayPage.of(
        followed,
        request.user,
        day,
        again=bool({"again", "done"} & request.GET.keys()),
        once_more="once-more" in request.GET,
        scanned=request.session.get(SCANNED),
        ticked=set(request.GET.getlist("done")),
    )


def _is_plain(request: SignedInRequest) -> bool:
    """Say whether nothing but the patient's plan decides what is shown: no ticks, no sheet just scanned, no message."""
    return not (request.GET or request.session.get(SCANNED) or len(get_messages(request)))


def _keep(request: SignedInRequest, key: str, page: TodayPage) -> HttpResponse:
    """Draw the page to be kept. What changed while it was drawn is in the page and not in its key: then it is not."""
    form = NewSessionForm(initial={**CHANGING, "day": page.day.date.isoformat()})
    context = {**_context(request, page, form), "csrf_token": CHANGING["csrf"]}
    drawn = render_to_string("programmes/patient/today.html", context, request)
    if key_of_today(request.user, page.day.date) == key:
        keep(key, drawn, right_for(page))
    return _answer(request, drawn)


def _answer(request: SignedInRequest, kept: str) -> HttpResponse:
    """Answer with a kept page; 304 to a phone's worker that has the same, with a token that is still good."""
    token, opened = get_token(request), str(int(timezone.now().timestamp()))
    tag = tag_of(kept, request.META["CSRF_COOKIE"])
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    page = filled(kept, csrf=token, session=str(uuid.uuid4()), opened=opened)
    return HttpResponse(page, headers={"ETag": tag})


def _context(request: SignedInRequest, page: TodayPage, form: NewSessionForm) -> dict[str, Any]:
    return {"page": page, "form": form, "patient": request.user.patient, "version": page.version}


def _today(request: SignedInRequest, page: TodayPage, form: NewSessionForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "programmes/patient/today.html", _context(request, page, form), status=status)


@audience(Audience.PATIENT_OR_HELPER)
@require_POST
@keeps_words
def session_save(request: SignedInRequest) -> HttpResponse:
    """Save a session, once; a 2xx or a redirect means that it is on disk."""
    today = timezone.localdate()
    version = get_object_or_404(versions_for(request.user), pk=uuid_or_404(request.POST.get("version")))
    form = NewSessionForm(request.POST)
    if form.is_valid():
        session_id, day = form.cleaned_data["session"], form.day_meant(today)
        try:
            report = form.report.by(request.user.helper)
            saved = save_session(session_id=session_id, version=version, report=report, day=day, today=today)
        except DayNotKnownError:
            return _ask_which_day(request, version, form, today)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            say_if_beside_another(saved, request, form.cleaned_data["opened"])
            return to_what_is_saved(saved, request, sent=session_id)
    form.with_fresh_page()
    day = _day_of(form, today)
    page = TodayPage.of(Followed.of(version), request.user, day, once_more=True, ticked=form.ticked)
    return _today(request, page, form)


def _ask_which_day(request: SignedInRequest, version: Version, form: NewSessionForm, today: dt.date) -> HttpResponse:
    """Ask which day a session is for, with everything that was typed on the page."""
    opened, said = form.day_opened, form.report.said
    hurt = name_in_place(version.prescriptions.all(), said.hurt)
    near = {today, today - dt.timedelta(days=1), opened}
    days = [(day, day_called(day, today)) for day in days_to_choose(today)]
    context = {
        "form": form,
        "opened": opened,
        "today": today,
        "near": [one for one in days if one[0] in near],
        "far": [one for one in days if one[0] not in near],
        "kept": sent_again(request, but={"which_day"}),
        "said": said,
        "answers": answers_for_patient(said, hurt),
        "done_count": len(form.report.ticked),
        "patient": request.user.patient,
    }
    return render(request, "programmes/patient/session_day.html", context, status=409)


def _day_of(form: NewSessionForm, today: dt.date) -> dt.date:
    """Return the day a refused form is for; today where that is none that can be saved."""
    day: dt.date = form.cleaned_data.get("day") or today
    return day if today - BACK_DATING <= day <= today else today
