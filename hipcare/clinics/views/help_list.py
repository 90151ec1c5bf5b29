"""When to get help, as the clinic says it: staff read the list, a clinic lead changes it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics import help_signs
from hipcare.clinics.forms.text_forms import GROUPS, OwnSignForm, SignForm
from hipcare.clinics.models import Clinic
from hipcare.clinics.services import texts
from hipcare.clinics.views.editing import clinic_held, put_back, say_saved
from hipcare.http import SignedInRequest

HELP = "clinic_help"


@audience(Audience.STAFF)
@require_GET
def help_list(request: SignedInRequest) -> HttpResponse:
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
    if sign.why_hidden:
        return "Left out"
    if sign.is_own:
        return "Your own"
    was = ours[sign.key]
    return "" if (sign.words, sign.short) == (was.words, was.short) else "Changed"


@audience(Audience.LEAD)
@require_http_methods(["GET", "POST"])
def help_sign(request: SignedInRequest, key: str) -> HttpResponse:
    with clinic_held(request) as clinic:
        sign = _sign(clinic, key)
        kind: Any = OwnSignForm if sign.is_own else SignForm
        form = kind.of(sign, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                texts.save_sign(clinic=clinic, by=request.user, sign=sign, said=form.said)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                say_saved(request, "Help list saved.", form.kept_words)
                return redirect(HELP)
    return _sign_page(request, form, sign)


@audience(Audience.LEAD)
@require_http_methods(["GET", "POST"])
def help_sign_new(request: SignedInRequest) -> HttpResponse:
    form = OwnSignForm.of(None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        texts.add_sign(clinic=request.user.clinic, by=request.user, said=form.said)
        say_saved(request, "Sign added to the help list.")
        return redirect(HELP)
    return _sign_page(request, form, None)


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
    with clinic_held(request) as clinic:
        step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
        texts.move_sign(clinic=clinic, by=request.user, sign=_sign(clinic, key), step=step)
    return redirect(HELP)


@audience(Audience.LEAD)
@require_POST
def help_sign_put_back(request: SignedInRequest, key: str) -> HttpResponse:
    def write(clinic: Clinic) -> None:
        texts.put_back(clinic=clinic, by=request.user, sign=_sign(clinic, key))

    return put_back(write, request, said="Help list saved.", page=HELP)
