"""What is signed and what is not, all of it on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from exercises.library import signing
from exercises.signing_page import sign, signing_form, withdraw
from hipcare.access import Audience, audience
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.http import SignedInRequest


@audience(Audience.STAFF)
@require_GET
def signatures(request: SignedInRequest) -> HttpResponse:
    return _page(request)


def _page(request: SignedInRequest, sent: SigningForm | None = None) -> HttpResponse:
    found = signing.standings(request.user, signing.to_be_signed(request.user))
    left = [one.text for one in found if one.signature is None]
    context = {
        "unsigned": [one for one in found if one.signature is None],
        "signed": [one for one in found if one.signature is not None],
        "total": len(found),
        "form": sent or (signing_form(request, left) if request.user.is_lead else None),
        "sign_url": reverse("exercises:sign_all"),
    }
    return render(request, "exercises/signatures.html", context, status=422 if sent else 200)


@audience(Audience.LEAD)
@require_POST
def sign_all(request: SignedInRequest) -> HttpResponse:
    found = signing.standings(request.user, signing.to_be_signed(request.user))
    left = [one.text for one in found if one.signature is None]
    form = signing_form(request, left)
    return redirect("exercises:signatures") if sign(request, form, left) else _page(request, form)


@audience(Audience.LEAD)
@require_POST
def withdraw_all(request: SignedInRequest) -> HttpResponse:
    return withdraw(request, signing.ever_signed(request.user), reverse("exercises:signatures"))
