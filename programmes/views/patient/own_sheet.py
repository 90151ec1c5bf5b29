"""The patient's own sheet, byte for byte as it was handed over."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.handouts.archive import is_intact
from programmes.models import Handout
from programmes.views.staff.handouts import as_pdf, name_of


@audience(Audience.PATIENT)
@require_GET
def own_sheet(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    sheets = Handout.objects.visible_to(request.user).select_related("version")
    handout = get_object_or_404(sheets, pk=pk)
    if not is_intact(handout):
        raise Http404
    return as_pdf(bytes(handout.pdf), name_of(handout))
