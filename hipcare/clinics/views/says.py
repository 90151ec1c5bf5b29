"""What the clinic tells all its patients in sentences, and the signature under all that it says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.advice import SENTENCES, as_written
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.clinics.forms.text_forms import SentencesForm
from hipcare.clinics.services import texts
from hipcare.clinics.views.editing import clinic_held, say_saved
from hipcare.http import SignedInRequest

STATEMENT = (
    "I am a registered physiotherapist. I have read every word on this page, in the help list and in the hip rules. "
    "It may be said to patients of this clinic."
)
SAYS = "clinic_says"


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def clinic_says(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with clinic_held(request) as clinic:
        said = as_written(texts.wording_of(clinic).own)
        form = SentencesForm(request.POST if request.method == "POST" else None, initial=said)
        if request.method == "POST" and form.is_valid():
            texts.save_sentences(clinic=clinic, by=request.user, said=form.cleaned_data)
            say_saved(request, "Saved.", form.kept_words)
            return redirect(SAYS)
    return _says_page(request, form, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.LEAD)
@require_POST
def clinic_says_sign(request: SignedInRequest) -> HttpResponse:
    form = SigningForm(request.POST, statement=STATEMENT)
    if form.is_valid():
        said = form.cleaned_data
        try:
            texts.sign_texts(
                clinic=request.user.clinic,
                by=request.user,
                name=said["name"],
                registration_number=said["registration_number"],
                read=said["read"],
            )
        except texts.TextsChangedError:
            form.show_again(texts.wording_of(request.user.clinic).digest)
        else:
            messages.success(request, "Signed.")
            return redirect(SAYS)
    return _says_page(request, signing=form, status=422)


def _says_page(
    request: SignedInRequest, form: Any = None, *, signing: SigningForm | None = None, status: int = 200
) -> HttpResponse:
    clinic = request.user.clinic
    found = texts.wording_of(clinic)
    own = request.user
    signer = {"name": own.name, "read": found.digest}
    context = {
        "form": form or SentencesForm(initial=as_written(found.own)),
        "signing": signing or SigningForm(initial=signer, statement=STATEMENT),
        "wording": found,
        "said": [(one.label, as_written(found.own)[one.key]) for one in SENTENCES],
        "clinic": clinic,
        "statement": STATEMENT,
    }
    return render(request, "clinics/says.html", context, status=status)
