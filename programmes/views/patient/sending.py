"""What a phone's script asks and sends: who is here, what may have waited for a signal, the list of that.

The script keeps a session, or a message, until it is answered 200. Every other answer says in JSON why, or is none of
ours.
"""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience, without_pin
from hipcare.clinics.models import User
from hipcare.http import SignedInRequest, uuid_or_404
from programmes.forms.message_form import MessageForm
from programmes.forms.session_form import OUT_OF_DATE, NewSessionForm
from programmes.pages.today_page import versions_for
from programmes.rules.arrival import BACK_DATING
from programmes.services.sessions import DayNotKnownError, Saved, save_session
from programmes.services.telling import keep_message
from programmes.views.patient.saved import say_if_beside_another, say_which_day
from programmes.views.patient.tell import page_of_what_is_kept
from programmes.wording.waiting import words_of_what_waits

OF_ANOTHER = {"ask": "person"}
ANY = str(uuid.UUID(int=0))
SAVED_ON = {"fill": "programmes:day", "change": "programmes:session_change"}
"""The pages of what is kept on a phone and goes by no queue, by what it is; ``ANY`` stands for which."""


@audience(Audience.PUBLIC)
@require_GET
def who_is_here(request: HttpRequest) -> HttpResponse:
    """Tell the script under what this person's things are kept, "" for nobody, with a token to send and the time."""
    person = request.user.kept_under if isinstance(request.user, User) and request.user.is_patient else ""
    return JsonResponse({"person": person, "token": get_token(request), "now": int(timezone.now().timestamp())})


@audience(Audience.PATIENT_OR_HELPER)
@require_POST
def session_send(request: SignedInRequest) -> HttpResponse:
    """Save a session once: 200 and its page; 409 and what is asked; 422 and the reasons, in words for the patient.

    It is taken only as the person's whose phone made it.
    """
    if not _is_own(request):
        return JsonResponse(OF_ANOTHER, status=409)
    form, today = NewSessionForm(request.POST), timezone.localdate()
    try:
        saved = _saved(request, form, today)
    except DayNotKnownError:
        return _which_day(request, form, today)
    except ValidationError as refusal:
        return _refused(*refusal.messages)
    except (ObjectDoesNotExist, Http404):
        called = request.user.patient.physiotherapist.called
        return _refused(_("We cannot find the plan this is for. Tell %(called)s about it.") % {"called": called})
    say_if_beside_another(saved, request, form.cleaned_data["opened"])
    say_which_day(saved, request)
    return JsonResponse({"page": reverse("programmes:session_saved", args=[saved.session.pk])})


@audience(Audience.PATIENT)
@without_pin
@require_POST
def message_send(request: SignedInRequest) -> HttpResponse:
    """Keep a message once, with the same answers as for a session. Read meanwhile it stays, with this one beside it."""
    if not _is_own(request):
        return JsonResponse(OF_ANOTHER, status=409)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _refused(*words_of(form))
    sent = form.cleaned_data
    try:
        keep_message(message_id=sent["message"], patient=request.user.patient, text=sent["text"], waited=True)
    except ObjectDoesNotExist:
        return _refused(OUT_OF_DATE)
    return JsonResponse({"page": page_of_what_is_kept()})


def _is_own(request: SignedInRequest) -> bool:
    return request.POST.get("person", "") in {"", request.user.kept_under}


def _saved(request: SignedInRequest, form: NewSessionForm, today: dt.date) -> Saved:
    version = get_object_or_404(versions_for(request.user), pk=uuid_or_404(request.POST.get("version")))
    if not form.is_valid():
        raise ValidationError(words_of(form))
    return save_session(
        session_id=form.cleaned_data["session"],
        version=version,
        report=form.report.by(request.user.helper),
        day=form.day_meant(today),
        today=today,
    )


def words_of(form: Form) -> list[str]:
    """Return all that a form is refused for."""
    return [str(words) for errors in form.errors.values() for words in errors]


def _which_day(request: SignedInRequest, form: NewSessionForm, today: dt.date) -> HttpResponse:
    opened = form.day_opened
    if opened is None or opened >= today - BACK_DATING:
        return JsonResponse({"ask": "day"}, status=409)
    called = request.user.patient.physiotherapist.called
    return _refused(_("Too long ago to save. Tell %(called)s about it.") % {"called": called})


def _refused(*reasons: Any) -> HttpResponse:
    return JsonResponse({"reasons": [str(words) for words in reasons]}, status=422)


@audience(Audience.PUBLIC)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what this phone keeps: the list itself is on the phone alone."""
    pages = {what: reverse(name, args=[ANY]) for what, name in SAVED_ON.items()}
    return render(request, "programmes/patient/waiting.html", {"words_of_list": words_of_what_waits(), "pages": pages})
