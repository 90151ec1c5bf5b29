"""For staff: the clinic's own usual dose of an exercise, set, changed, or put back to the library's."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from exercises.models import Exercise, UsualDose
from exercises.wording import usual_line
from hipcare.access import Audience, audience
from hipcare.clinics.models import User
from hipcare.clinics.services.progression_lists import progression_rules_of
from hipcare.http import SignedInRequest
from hipcare.moments import short_date_and_time
from programmes.builder.forms.usual_form import UsualForm
from programmes.services.dosing import UsualDoseMovedError, put_usual_dose_back, set_usual_dose, stamp_of

PAGE = "exercises:detail"
UNTOUCHED = "Programmes, drafts and templates stay as they are."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def usual_dose(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the page, and do what its button says. What is wrong, or shown no longer, saves nothing."""
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user), pk=pk)
    own = UsualDose.objects.visible_to(request.user).filter(exercise=exercise).select_related("changed_by").first()
    sent = request.POST if request.method == "POST" else None
    form = UsualForm(exercise, own or exercise, request.user.clinic.bands, sent)
    if exercise.retired:
        if sent is None:
            return redirect(PAGE, pk)
        form.add_error(None, "This exercise is no longer in use: nobody can add it. Nothing was saved.")
        return _page(request, form, own, 409)
    try:
        if sent is not None and (done := _saved(request, exercise, form)):
            messages.success(request, f"{done} {UNTOUCHED}")
            return redirect(PAGE, pk)
    except UsualDoseMovedError as moved:
        words = _what_moved(moved, exercise, request.user)
        form.add_error(None, f"{words} Nothing is saved yet. Press again to do it.")
        return _page(request, form, moved.own, 409)
    return _page(request, form, own, 200 if sent is None else 422)


def _saved(request: SignedInRequest, exercise: Exercise, form: UsualForm) -> str:
    """Do what the button says. Return that in words, or "" where something has to be put right first."""
    seen = request.POST.get("seen", "")
    if request.POST.get("do") == "back":
        put_usual_dose_back(exercise=exercise, by=request.user, seen=seen)
        return f"The usual dose of {exercise.name} is the library’s again."
    if not form.is_valid():
        return ""
    own = set_usual_dose(exercise=exercise, by=request.user, dose=form.item_columns(), seen=seen)
    if own is None:
        return f"That is the library’s dose: {exercise.name} follows the library."
    return f"Saved: {exercise.name} starts with {usual_line(own.dose, exercise.side_mode)}."


def _what_moved(moved: UsualDoseMovedError, exercise: Exercise, by: User) -> str:
    """Return who changed it while the page was open, as a sentence."""
    who = "You" if moved.who == by else moved.who.name if moved.who else "A colleague"
    if moved.own is None:
        return f"{who} put it back to the library’s while this page was open."
    line = usual_line(moved.own.dose, exercise.side_mode)
    return f"{who} set it to “{line}” while this page was open ({short_date_and_time(moved.own.changed_at)})."


def _page(request: SignedInRequest, form: UsualForm, own: UsualDose | None, status: int) -> HttpResponse:
    exercise = form.row.exercise
    shown = {
        "form": form,
        "exercise": exercise,
        "own": own,
        "own_line": usual_line(own.dose, exercise.side_mode) if own else "",
        "seen": stamp_of(own),
        "progression_rules": progression_rules_of(request.user.clinic),
    }
    return render(request, "programmes/usual_dose.html", shown, status=status)
