"""The clinic's bands: the colours that a dose chooses from, lightest first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.trail import last_change
from hipcare.clinics.bands import BANDS, MOST_BANDS, moved
from hipcare.clinics.forms.band_form import BandForm
from hipcare.clinics.models import Clinic
from hipcare.clinics.services.band_lists import save_bands, where_bands_are
from hipcare.clinics.views.editing import clinic_held
from hipcare.http import SignedInRequest

LIST = "clinic_bands"
STEPS = {"up": -1, "down": 1}


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def band_list(request: SignedInRequest) -> HttpResponse:
    """Show the list; add a colour, at its end."""
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with clinic_held(request) as clinic:
        form = BandForm(clinic.bands, posted=request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _saved(request, clinic, form)
    return _page(request, clinic, form)


@audience(Audience.LEAD)
@require_POST
def band_change(request: SignedInRequest) -> HttpResponse:
    """Call a colour otherwise, move it, or take it away: by its name and the place in which it was seen."""
    band, do = request.POST.get("band", ""), request.POST.get("do", "")
    with clinic_held(request) as clinic:
        if do == "take-away":
            return _taken_away(request, clinic, band)
        if do in STEPS:
            seen = request.POST.get("place", "")
            place = int(seen) + STEPS[do] if seen.isdecimal() and len(seen) < 3 else 0
            save_bands(clinic=clinic, by=request.user, bands=moved(clinic.bands, band, place))
            return redirect(LIST)
        form = BandForm(clinic.bands, band, request.POST)
        if form.is_valid():
            return _saved(request, clinic, form)
    return _page(request, clinic, form)


@audience(Audience.LEAD)
@require_POST
def bands_put_back(request: SignedInRequest) -> HttpResponse:
    with clinic_held(request) as clinic:
        save_bands(clinic=clinic, by=request.user, bands=BANDS)
    messages.success(request, "The colours are ours again.")
    return redirect(LIST)


def _saved(request: SignedInRequest, clinic: Clinic, form: BandForm) -> HttpResponse:
    save_bands(clinic=clinic, by=request.user, bands=form.list_with_it)
    messages.success(request, f"“{form.cleaned_data['colour']}” is in the list.{_still(clinic, form.band)}")
    return redirect(LIST)


def _taken_away(request: SignedInRequest, clinic: Clinic, band: str) -> HttpResponse:
    if band not in clinic.bands:  # pressed twice, or on an old page
        messages.success(request, "This colour is not in the list now.")
        return redirect(LIST)
    left = [one for one in clinic.bands if one != band]
    if not left:
        messages.error(request, "The last colour stays. Add another one first.")
        return redirect(LIST)
    save_bands(clinic=clinic, by=request.user, bands=left)
    messages.success(request, f"“{band}” is not in the list now.{_still(clinic, band)}")
    return redirect(LIST)


def _still(clinic: Clinic, band: str) -> str:
    """Return a sentence on where a colour still stands that the list has no more."""
    uses = [] if not band or band in clinic.bands else where_bands_are(clinic).get(band, [])
    return f" It stays as it was written in {', '.join(uses)}." if uses else ""


def _page(request: SignedInRequest, clinic: Clinic, form: BandForm) -> HttpResponse:
    """Draw the page; ``form`` is what was sent, or asks for a new colour."""
    bands, uses = list(clinic.bands), where_bands_are(clinic)
    is_new = form.band not in bands
    rows = [
        {"band": one, "form": form if one == form.band else BandForm(bands, one), "uses": uses.get(one, [])}
        for one in bands
    ]
    page: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "new": form if is_new else BandForm(bands),
        "is_full": len(bands) >= MOST_BANDS,
        "ours": BANDS,
        "is_own": bands != list(BANDS),
        "changed": last_change(clinic, "bands") if bands != list(BANDS) else None,
    }
    return render(request, "clinics/bands.html", page, status=422 if form.is_bound else 200)
