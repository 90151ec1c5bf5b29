"""The pages anybody may read: the way home, and when to get help."""

from typing import Any

from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from hipcare.access import LOST, Audience, Lost, audience
from hipcare.clinics import help_signs
from hipcare.clinics.backends import cut_off_device, people_here
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.texts import wording_of
from hipcare.outage import is_outage
from hipcare.places import home_of

HELP = "clinics/help.html"


@audience(Audience.PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        if cut_off_device(request) or people_here(request):
            return redirect(f"{reverse('pair')}?{LOST}={Lost.PAGE.value}")
        return render(request, "clinics/front.html")
    return redirect(home_of(request.user))


@audience(Audience.PUBLIC)
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Show when to get help: the same list for everyone, with the numbers of the person's clinic.

    It is there also while the database is away, as for somebody who is not signed in.
    """
    try:
        return render(request, HELP, _help_for(request.user if request.user.is_authenticated else None))
    except DatabaseTrouble as trouble:
        if not is_outage(trouble):
            raise
    return HttpResponse(render_to_string(HELP, _help_for(None)))


def _help_for(person: User | None) -> dict[str, Any]:
    clinic = person.clinic if person else Clinic()
    found = wording_of(clinic)
    return {
        "clinic": clinic,
        "signs": help_signs.shown(found.signs, clinic.pain_ok_up_to),
        "signature": found.signature,
        "physio": person.patient.physiotherapist.called if person and person.is_patient else "",
        "is_patient": bool(person and person.is_patient),
    }
