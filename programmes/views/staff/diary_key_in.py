"""For staff: a paper diary keyed in, on the grid that it is printed on."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.moments import hour_and_minute
from hipcare.problems import problems_of
from programmes.forms.diary_day_form import DiaryDayForm
from programmes.forms.diary_form import DiaryChoiceForm, before_it_was_given
from programmes.models import Version
from programmes.pages.diary_page import DiaryPage, likely_first_day
from programmes.services.keying import ArchivedPatientError, KeyedIn, Keying, key_in
from programmes.wording.diary_words import overruled_in_words


@audience(Audience.STAFF)
@require_GET
def diary_choose(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask of which version the sheet is, and with which day it begins; then show its grid."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    given = list(Version.objects.visible_to(request.user).current_first().filter(programme__patient=patient))
    asked, today = request.GET.get("version", ""), timezone.localdate()
    chosen = next((one for one in given if str(one.pk) == asked), given[0] if given else None)
    first = likely_first_day(given, chosen, today) if chosen else None
    form = DiaryChoiceForm(given, today, first, request.GET if "first" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("programmes:diary", form.cleaned_data["version"], form.cleaned_data["first"].isoformat())
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    form.initial["version"] = chosen and str(chosen.pk)
    shown = {"form": form, "patient": patient, "has_any": bool(given)}
    return render(request, "programmes/diary_choose.html", shown, status=422 if form.is_bound else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def diary(request: SignedInRequest, pk: uuid.UUID, first: str) -> HttpResponse:
    """Show the grid of a diary; posted, keep each day that is right, and show what is not as it was typed."""
    page = _page(request, pk, first)
    if request.method == "GET":
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=page.version, patient=page.version.patient)
        return _shown(request, page, _forms(page))
    forms = _forms(page, request.POST)
    try:
        keyed = _keyed_in(request, page, forms)
    except ArchivedPatientError as refusal:
        messages.error(request, str(refusal))
        return _shown(request, page, forms, status=422)
    for words in _overruled(keyed):
        messages.warning(request, words)
    if any(form.problems for form in forms):
        return _shown(request, page, forms, status=422)
    messages.success(request, f"Saved {hour_and_minute(timezone.now())}.")
    return redirect("programmes:diary", pk, first)


@audience(Audience.STAFF)
@require_POST
def diary_keyed(request: SignedInRequest, pk: uuid.UUID, first: str) -> HttpResponse:
    """Keep what a script sends of some days: 200 and what they say now; 422 and what is wrong, in words by day."""
    page = _page(request, pk, first)
    forms = [form for form in _forms(page, request.POST) if form.is_sent]
    try:
        keyed = _keyed_in(request, page, forms)
    except ArchivedPatientError as refusal:
        return JsonResponse({"wrong": {"": [str(refusal)]}}, status=422)
    now = DiaryPage(page.version, page.first, page.today)
    fresh = {form.prefix: form for form in _forms(now)}
    wrong = {form.prefix: [one.words for one in problems_of(form)] for form in forms}
    told = {
        "saved": hour_and_minute(timezone.now()),
        "days": {day.isoformat(): _as_fields(fresh[day.isoformat()]) for day in keyed},
        "wrong": {day: words for day, words in wrong.items() if words},
        "news": _overruled(keyed),
        "so_far": now.so_far,
    }
    return JsonResponse(told, status=422 if told["wrong"] else 200)


def _page(request: SignedInRequest, pk: uuid.UUID, first: str) -> DiaryPage:
    seen = Version.objects.visible_to(request.user).given().select_related("programme__patient__clinic")
    version = get_object_or_404(seen.prefetch_related("prescriptions"), pk=pk)
    today = timezone.localdate()
    try:
        day = dt.date.fromisoformat(first)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != first or day.year < 2000 or day > today or before_it_was_given(version, day):
        raise Http404
    return DiaryPage(version, day, today)


def _forms(page: DiaryPage, sent: QueryDict | None = None) -> list[DiaryDayForm]:
    return [
        DiaryDayForm(day, page.rows, page.marks[day.date], sent, closed=page.why_closed(day)) for day in page.grid.days
    ]


def _keyed_in(request: SignedInRequest, page: DiaryPage, forms: Iterable[DiaryDayForm]) -> dict[dt.date, KeyedIn]:
    """Keep the days that were sent and are right."""
    right = [form for form in forms if form.is_sent and form.is_valid()]
    days = {form.day.date: Keying(form.was, form.mine) for form in right}
    return key_in(version=page.version, days=days, by=request.user, today=page.today)


def _overruled(keyed: dict[dt.date, KeyedIn]) -> list[str]:
    return [
        overruled_in_words(one.answer, day, one.theirs, one.mine, one.by.name)
        for day, kept in keyed.items()
        for one in kept.overruled
    ]


def _as_fields(form: DiaryDayForm) -> dict[str, object]:
    """Return what stands in a row, by the names of its fields, and the stamp it carries from now on."""
    boxes = [one.value for cell in form.cells for one in cell.boxes if one.is_ticked]
    numbers = {cell.number.name: cell.number.value for cell in form.cells if cell.number}
    texts = {form.add_prefix("pain"): form.pain_typed, form.add_prefix("words"): form.words_typed, **numbers}
    mornings = [one.value for one in form.mornings if one.is_ticked]
    lists = {form.add_prefix("ticked"): boxes, form.add_prefix("morning"): mornings}
    return {"texts": texts, "lists": lists, "was": form.stamp}


def _shown(request: SignedInRequest, page: DiaryPage, forms: list[DiaryDayForm], status: int = 200) -> HttpResponse:
    errors = [one for form in forms for one in form.problems]
    shown = {"page": page, "version": page.version, "patient": page.version.patient, "forms": forms, "errors": errors}
    return render(request, "programmes/diary.html", shown, status=status)
