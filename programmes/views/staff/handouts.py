"""Paper: one click gives the PDF."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.handouts.archive import DamagedSheetError, print_handout, reprint_handout
from programmes.handouts.layouts import FULL, LAYOUTS
from programmes.handouts.renderer.pool import RendererError
from programmes.handouts.since import last_sheet
from programmes.handouts.versions import with_everything
from programmes.models import Handout, Version


@audience(Audience.STAFF)
@require_POST
def print_version(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    version = get_object_or_404(Version.objects.visible_to(request.user).given(), pk=pk)
    layout = LAYOUTS.get(request.POST.get("layout", FULL.name))
    if layout is None:
        raise Http404
    try:
        handout = print_handout(version=version, by=request.user, layout=layout)
    except RendererError:
        context = {"version": version, "layout": layout, "last": last_sheet(with_everything(version), layout)}
        return render(request, "programmes/print_failed.html", context, status=503)
    except DamagedSheetError:
        return render(request, "programmes/print_damaged.html", {"version": version}, status=503)
    return as_pdf(bytes(handout.pdf), name_of(handout))


@audience(Audience.STAFF)
@require_POST
def reprint(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    sheets = Handout.objects.visible_to(request.user).select_related("version__programme__patient")
    handout = get_object_or_404(sheets, pk=pk)
    try:
        reprint_handout(handout=handout, by=request.user)
    except DamagedSheetError:
        return render(request, "programmes/print_damaged.html", {"version": handout.version}, status=503)
    return as_pdf(bytes(handout.pdf), name_of(handout))


def name_of(handout: Handout) -> str:
    """Return a name for the file that says which sheet it is, not whose."""
    printed = timezone.localdate(handout.printed_at).isoformat()
    return f"exercise-sheet-v{handout.version.number}-{printed}-{handout.pk.hex[:8]}.pdf"


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """Answer with the file, to look at in the browser."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        # The site's policy would strip the styles from the browser's own viewer; a sheet has nothing to run or fetch.
        "Content-Security-Policy": "frame-ancestors 'none'",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
