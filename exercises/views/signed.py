"""What is signed and what is not: all of it on one page, and what signing on any page does."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from exercises.library import signing
from exercises.library.signing import Signed
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


def signing_form(request: SignedInRequest, texts: Sequence[Signed]) -> SigningForm:
    """Return the form, with name and number as this person wrote them last."""
    last = signing.last_signer(request.user)
    start = {"name": last.name, "registration_number": last.registration_number} if last else {}
    return SigningForm(
        request.POST if request.method == "POST" else None,
        initial={"name": request.user.name, **start, "read": signing.digest_of(texts)},
        statement=signing.statement(texts),
    )


def sign(request: SignedInRequest, form: SigningForm, texts: Sequence[Signed]) -> bool:
    """Sign if the form is right and what was read is what stands there; else the form says why not."""
    if not form.is_valid():
        return False
    said = {name: form.cleaned_data[name] for name in ("name", "registration_number", "read")}
    try:
        signed = signing.sign(texts=texts, by=request.user, **said)
    except signing.WordsChangedError:
        form.show_again(signing.digest_of(texts))
        return False
    if signed:
        topics = sum(one.topic_id is not None for one in signed)
        messages.success(request, f"{signing.counted(len(signed) - topics, topics)} signed.")
    return True


def withdraw(request: SignedInRequest, texts: Sequence[Signed], back: str) -> HttpResponse:
    signing.withdraw(texts=texts, by=request.user)
    messages.success(request, "Signature withdrawn. What patients have already been given stays with them.")
    return redirect(back)
