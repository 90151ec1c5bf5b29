"""What the patient tells the physiotherapist between visits: not a conversation, and it says so before it asks."""

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from programmes.forms.message_form import MessageForm
from programmes.models import PatientMessage
from programmes.pages.today_page import version_to_follow
from programmes.services.telling import keep_message, take_back


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
@keeps_words
def tell(request: SignedInRequest) -> HttpResponse:
    """Show what was told, and keep one more, once."""
    form = MessageForm(request.POST) if request.method == "POST" else MessageForm.blank()
    if form.is_valid() and _is_kept(request, form):
        return redirect(page_of_what_is_kept())
    if "message" in form.errors:
        form.with_fresh_id()
    return _page(request, form)


def page_of_what_is_kept() -> str:
    """Return the address of the page with, at its end, what makes it say that something was just kept."""
    return f"{reverse('programmes:tell')}#kept"


def _is_kept(request: SignedInRequest, form: MessageForm) -> bool:
    sent = form.cleaned_data
    try:
        keep_message(message_id=sent["message"], patient=request.user.patient, text=sent["text"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        form.with_fresh_id()
        return False
    except ObjectDoesNotExist:
        raise Http404 from None
    return True


@audience(Audience.PATIENT)
@require_http_methods(["GET"])
def tell_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one that was told, to be changed; once it is read there is nothing to change."""
    message = get_object_or_404(PatientMessage.objects.visible_to(request.user), pk=pk)
    if message.is_read:
        return redirect("programmes:tell")
    return _page(request, MessageForm(initial={"message": message.pk, "text": message.text}), changing=message)


@audience(Audience.PATIENT)
@require_POST
def tell_take_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    message = PatientMessage.objects.visible_to(request.user).filter(pk=pk).first()
    try:
        if message:
            take_back(message=message)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Taken back."))
    return redirect("programmes:tell")


def _page(request: SignedInRequest, form: MessageForm, changing: PatientMessage | None = None) -> HttpResponse:
    today = timezone.localdate()
    followed = version_to_follow(request.user)
    review_on = followed.version.review_on if followed else None
    context = {
        "form": form,
        "changing": changing,
        "told": PatientMessage.objects.visible_to(request.user).select_related("read_by"),
        "patient": request.user.patient,
        "reads_on": review_on if review_on and review_on >= today else None,
    }
    return render(request, "programmes/patient/tell.html", context, status=422 if form.errors else 200)
