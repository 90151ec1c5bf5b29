"""Who of those who share a phone is here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.clinics.backends import change_to, people_here
from hipcare.clinics.middleware import here_is
from hipcare.places import TODAY


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Ask who is here, or take the answer: it needs no code, for all of them got in on this phone with one."""
    people = people_here(request)
    if not people:
        return redirect("pair")
    chosen = next((one for one in people if str(one.pk) == request.POST.get("device")), None)
    if chosen is None:
        return render(request, "clinics/who.html", {"people": people, "clinic": people[0].patient.clinic})
    if not request.user.is_authenticated or request.user.device != chosen:
        change_to(request, chosen)
    return here_is(redirect(TODAY), chosen)
