"""What the clinic says to its patients: staff read it, a clinic lead changes and signs it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics import help_signs
from hipcare.clinics.advice import SENTENCES, as_written
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.clinics.forms.text_forms import GROUPS, OwnSignForm, SentencesForm, SignForm
from hipcare.clinics.models import Clinic
from hipcare.clinics.services import texts
from hipcare.http import SignedInRequest
from hipcare.stamps import held

STATEMENT = (
    "I am a registered physiotherapist. I have read every word on this page, in the help list and in the hip rules. "
    "It may be said to patients of this clinic."
)
HELP, SAYS = "clinic_help", "clinic_says"


@audience(Audience.STAFF)
@require_GET
def help_list(request: SignedInRequest) -> HttpResponse:
    """Show the help list with sources and review dates, and how patients see it on a phone and on paper."""
    clinic = request.user.clinic
    signs = texts.signs_for(clinic)
    okay = clinic.pain_ok_up_to
    shown = help_signs.shown(signs, okay)
    ours = {sign.key: sign for sign in help_signs.OURS}
    groups = [
        {
            "heading": heading,
            "rows": [(one.filled(okay), _standing(one, ours)) for one in signs if one.group == group],
            "shown": shown[group],
        }
        for group, heading in GROUPS
    ]
    return render(request, "clinics/help_list.html", {"groups": groups, "clinic": clinic})


def _standing(sign: help_signs.Sign, ours: dict[str, help_signs.Sign]) -> str:
    """Return what to mark a sign with: whether it is left out, the clinic's own, or changed."""
    if sign.why_hidden:
        return "Left out"
    if sign.is_own:
        return "Your own"
    was = ours[sign.key]
    return "" if (sign.words, sign.short) == (was.words, was.short) else "Changed"


@audience(Audience.LEAD)
@require_http_methods(["GET", "POST"])
def help_sign(request: SignedInRequest, key: str) -> HttpResponse:
    """Change one sign of the help list, or leave it out with a reason."""
    with held(request, Clinic.objects.visible_to(request.user)) as own:
        clinic = get_object_or_404(own)
        sign = _sign(clinic, key)
        kind: Any = OwnSignForm if sign.is_own else SignForm
        form = kind.of(sign, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                texts.save_sign(clinic=clinic, by=request.user, sign=sign, said=form.said)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                _say(request, "Help list saved.", form.kept_words)
                return redirect(HELP)
    return _sign_page(request, form, sign)


@audience(Audience.LEAD)
@require_http_methods(["GET", "POST"])
def help_sign_new(request: SignedInRequest) -> HttpResponse:
    """Add a sign of the clinic's own."""
    form = OwnSignForm.of(None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        texts.add_sign(clinic=request.user.clinic, by=request.user, said=form.said)
        _say(request, "Sign added to the help list.")
        return redirect(HELP)
    return _sign_page(request, form, None)


def _say(request: SignedInRequest, *words: str) -> None:
    """Say what was saved, and whether it has to be signed again."""
    said = (*words, texts.asks_to_sign(request.user.clinic))
    messages.success(request, " ".join(part for part in said if part))


def _sign_page(request: SignedInRequest, form: Any, sign: help_signs.Sign | None) -> HttpResponse:
    ours = next((one for one in help_signs.OURS if sign and one.key == sign.key), None)
    status = form.refusal_status if form.is_bound else 200
    return render(request, "clinics/help_sign.html", {"form": form, "sign": sign, "ours": ours}, status=status)


def _sign(clinic: Clinic, key: str) -> help_signs.Sign:
    sign = texts.sign_of(clinic, key)
    if sign is None:
        raise Http404
    return sign


@audience(Audience.LEAD)
@require_POST
def help_sign_move(request: SignedInRequest, key: str) -> HttpResponse:
    """Move a sign one place up or down among those of its group."""
    with held(request, Clinic.objects.visible_to(request.user)) as own:
        clinic = get_object_or_404(own)
        step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
        texts.move_sign(clinic=clinic, by=request.user, sign=_sign(clinic, key), step=step)
    return redirect(HELP)


@audience(Audience.LEAD)
@require_POST
def help_sign_put_back(request: SignedInRequest, key: str) -> HttpResponse:
    """Let a sign be as ours again, or take one of the clinic's own away."""
    with held(request, Clinic.objects.visible_to(request.user)) as own:
        clinic = get_object_or_404(own)
        try:
            texts.put_back(clinic=clinic, by=request.user, sign=_sign(clinic, key))
        except ValidationError as refusal:
            messages.error(request, f"{' '.join(refusal.messages)}. Nothing was changed.")
        else:
            _say(request, "Help list saved.")
    return redirect(HELP)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def clinic_says(request: SignedInRequest) -> HttpResponse:
    """Show the clinic's sentences, whether they are signed, and to a lead the forms to change and to sign them."""
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with held(request, Clinic.objects.visible_to(request.user)) as rows:
        clinic = get_object_or_404(rows)
        said = as_written(texts.wording_of(clinic).own)
        form = SentencesForm(request.POST if request.method == "POST" else None, initial=said)
        if request.method == "POST" and form.is_valid():
            texts.save_sentences(clinic=clinic, by=request.user, said=form.cleaned_data)
            _say(request, "Saved.", form.kept_words)
            return redirect(SAYS)
    return _says_page(request, form, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.LEAD)
@require_POST
def clinic_says_sign(request: SignedInRequest) -> HttpResponse:
    """Sign all that the clinic says, as it was read."""
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
