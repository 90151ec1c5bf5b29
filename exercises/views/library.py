"""The library, for staff: find an exercise, look at one. No patient is in it, so looks leave no trail."""

import uuid
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from exercises.dosage import minutes_for
from exercises.forms import LibraryFilter, query_of
from exercises.library import signing
from exercises.models import Exercise, Relative, UsualDose
from exercises.readability import grade
from exercises.search import Search, find, is_only_weighed_up
from exercises.sides import Side, SideMode, side_for
from exercises.signing_page import sign, signing_form, withdraw
from exercises.wording import leg, usual_line
from hipcare.access import Audience, audience
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.http import SignedInRequest, is_htmx


def _ways_out(library: list[Exercise], search: Search) -> list[dict[str, object]]:
    """Return, for a search that finds nothing, which one filter to take away and how many that leaves."""
    return [
        {"name": name, "count": len(find(library, less)), "query": urlencode(query_of(less), doseq=True)}
        for name, less in search.without_each()
        if find(library, less)
    ]


@audience(Audience.STAFF)
@require_GET
def exercise_list(request: SignedInRequest) -> HttpResponse:
    library = list(Exercise.objects.visible_to(request.user).current())
    form = LibraryFilter(request.GET)
    search = form.search() if form.is_valid() else None
    found = find(library, search) if search is not None else []
    context = {
        "form": form,
        "search": search,
        "exercises": found,
        "weighed_up": {one.pk for one in found if search and search.words and is_only_weighed_up(one, search.words)},
        "total": len(library),
        "ways_out": _ways_out(library, search) if search and not found else [],
        "swapped": is_htmx(request),
        "unsigned": signing.unsigned(request.user.clinic, library),
    }
    return render(request, "exercises/partials/found.html" if is_htmx(request) else "exercises/list.html", context)


@audience(Audience.STAFF)
@require_GET
def exercise_detail(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one exercise for the leg in the address; picture, words and side come from that one value."""
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user), pk=pk)
    if is_htmx(request):
        return render(request, "exercises/partials/exercise.html", _shown(request, exercise))
    return _detail(request, exercise)


def _detail(request: SignedInRequest, exercise: Exercise, sent: SigningForm | None = None) -> HttpResponse:
    (standing,) = signing.standings(request.user, [exercise])
    context = {
        **_shown(request, exercise),
        **_usual(request, exercise),
        "standing": standing,
        "form": sent or (signing_form(request, [exercise]) if request.user.is_lead else None),
        "sign_url": reverse("exercises:sign_one", args=[exercise.pk]),
        "withdraw_url": reverse("exercises:withdraw_one", args=[exercise.pk]),
    }
    return render(request, "exercises/detail.html", context, status=422 if sent else 200)


def _usual(request: SignedInRequest, exercise: Exercise) -> dict[str, Any]:
    """Return the usual dose: the clinic's own, where it has set one, else the library's."""
    own = UsualDose.objects.visible_to(request.user).filter(exercise=exercise).select_related("changed_by").first()
    usual = own or exercise
    return {
        "own_dose": own,
        "usual": usual,
        "usual_dose_line": usual_line(usual.dose, exercise.side_mode),
        "minutes": minutes_for(usual.dose, side_for(exercise.side_mode, "")),
    }


def _shown(request: SignedInRequest, exercise: Exercise) -> dict[str, Any]:
    side = _side(request, exercise)
    read = exercise.read_for(side)
    return {
        "exercise": exercise,
        "side": side,
        "leg_words": leg(side),
        "legs": [Side.LEFT, Side.RIGHT] if side != Side.BOTH else [],
        "read": read,
        "trained": exercise.moves_and_trains(side),
        "grade": grade(" ".join(read.sentences)),
        "relatives": _relatives(request, exercise),
    }


def _relatives(request: SignedInRequest, exercise: Exercise) -> list[tuple[str, list[Exercise]]]:
    """Return the relatives that can still be chosen, by how they differ: ``[("Easier", […]), ("Harder", […])]``."""
    still_here = Exercise.objects.visible_to(request.user).current()
    rows = exercise.relatives.filter(other__in=still_here).select_related("other")
    together = groupby(rows, key=lambda row: row.how)
    return [(str(Relative.How(how).label), [row.other for row in group]) for how, group in together]


def _side(request: HttpRequest, exercise: Exercise) -> str:
    """Return the leg to show: both where they work together, else the one asked for, else the right one."""
    if exercise.side_mode == SideMode.BILATERAL:
        return Side.BOTH
    asked = request.GET.get("side", "")
    return asked if asked in (Side.LEFT, Side.RIGHT) else Side.RIGHT


@audience(Audience.LEAD)
@require_POST
def sign_one(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user), pk=pk)
    form = signing_form(request, [exercise])
    return redirect("exercises:detail", pk) if sign(request, form, [exercise]) else _detail(request, exercise, form)


@audience(Audience.LEAD)
@require_POST
def withdraw_one(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user), pk=pk)
    return withdraw(request, [exercise], reverse("exercises:detail", args=[pk]))
