"""Give a draft."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.http import SignedInRequest
from programmes.builder.views.answering import PAGE, go_to, of_a_draft, refuse, sent_to, version_of
from programmes.handouts.beforehand import draw_for
from programmes.models import Version
from programmes.services import drafts
from programmes.services.giving import CannotGiveError, Missing, give_version

UNSEEN = "This programme was changed since you opened this page. Look at what changed, then give it."


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def draft_give(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    handover = reverse("programmes:handover", args=[pk])
    if version_of(request, pk).is_given:
        return go_to(handover, request)
    refused = _give(request, pk)
    if (version := Version.objects.visible_to(request.user).given().filter(pk=pk).first()) is None:
        return refused
    draw_for(version)
    return go_to(handover, request)


@of_a_draft
def _give(request: SignedInRequest, draft: Version) -> HttpResponse:
    forms = sent_to(request, draft)
    missing = [Missing("rows", UNSEEN)] if forms.gone or forms.unseen or forms.merged.news else []
    if forms.is_right() and not missing:
        try:
            give_version(draft=draft, by=request.user, confirmed=forms.confirmed, edits=forms.edits())
        except CannotGiveError as refusal:
            missing = refusal.missing
        else:
            return HttpResponse()  # the way to the handover page is the caller's
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    return refuse(draft, request, forms, missing, asked="give")
