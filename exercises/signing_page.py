"""What every page does on which something is signed."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from exercises.library import signing
from exercises.library.signing import Signed
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.http import SignedInRequest


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
