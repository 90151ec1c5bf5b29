"""Hand a given version over: a code for the phone, a sheet for the wall. And the templates to start from."""

import uuid

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.models import PairingCode
from hipcare.clinics.services.texts import wording_of
from hipcare.http import SignedInRequest
from programmes.handouts.archive import given_versions
from programmes.handouts.since import last_sheet
from programmes.models import Template, Version
from programmes.unsigned import unsigned

QUIET_ZONE = 4  # modules of white around a QR code, as ISO/IEC 18004 asks for


@audience(Audience.STAFF)
@require_GET
def handover(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the code to scan or type, and the sheet to print."""
    version = get_object_or_404(given_versions().visible_to(request.user), pk=pk)
    codes = PairingCode.objects.visible_to(request.user).select_related("device").order_by("-made_at")
    code = codes.filter(patient=version.patient).first()
    link = code.link if code and code.is_open else ""
    record(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    newer = Version.objects.visible_to(request.user).current().filter(programme=version.programme_id)
    context = {
        "version": version,
        "patient": version.patient,
        "rows": version.prescriptions.all(),
        "unsigned": unsigned(version.patient.clinic, version.prescriptions.all()),
        "code": code,
        "link": link,
        "qr": qr(link) if link else "",
        "last": last_sheet(version),
        "clinic_is_unsigned": wording_of(version.patient.clinic).signature is None,
        "newer": newer.filter(number__gt=version.number).first(),
    }
    return render(request, "programmes/handover.html", context)


@audience(Audience.STAFF)
@require_GET
def template_list(request: SignedInRequest) -> HttpResponse:
    """Show the templates with their exercises and doses."""
    templates = Template.objects.visible_to(request.user).current().prefetch_related("items__exercise")
    return render(request, "programmes/template_list.html", {"templates": templates})


def qr(text: str) -> str:
    """Return ``text`` as a QR code, black on white with its quiet zone, as an address that an ``<img>`` can show."""
    drawn: str = segno.make_qr(text, error="m").svg_data_uri(border=QUIET_ZONE, light="#fff", scale=4)
    return drawn
