"""Start a draft again, from a template or otherwise."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.builder.forms.builder_forms import BuilderForms, posted_uuid
from programmes.builder.page import Said
from programmes.builder.views.answering import PAGE, answer, how_many, of_a_draft, sent_to
from programmes.models import Phase, Template, Version
from programmes.services import starting_points


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_template(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Start again from a template, the current version, nothing, or what was there before; it can be undone."""
    forms = sent_to(request, draft)
    start: dict[str, Any] = {"draft": draft, "by": request.user, "edits": forms.edits()}
    match request.POST.get("template"):
        case "current" | "in-use":  # in pages that were open while HipCare was upgraded
            replaced = starting_points.start_from_current_version(**start)
        case "blank":
            replaced = starting_points.start_blank(**start)
        case "before" if before := undo.replaced(request.session, draft):
            replaced = starting_points.start_from_contents(contents=before, **start)
        case chosen:
            template, phase = _chosen(request, chosen or "")
            replaced = starting_points.start_from_template(template=template, phase=phase, **start)
    undo.keep_replaced(request.session, draft, replaced)
    return answer(draft, request, forms, _what_is_there)


def _what_is_there(shown: BuilderForms) -> Said:
    """Say how many exercises; the next step is the days, where nobody has chosen them yet."""
    rows = [form.row for form in shown.rows]
    is_open = any(row.frequency is None for row in rows)
    return Said(how_many(len(rows)), "quick-daily" if is_open else "tray")


def _chosen(request: SignedInRequest, chosen: str) -> tuple[Template, Phase | None]:
    """Return the template and the phase that a button named: "<template>/2", or the template alone."""
    pk, _, place = chosen.partition("/")
    template = get_object_or_404(Template.objects.visible_to(request.user).current(), pk=posted_uuid(pk))
    return template, get_object_or_404(template.phases, order=place if place.isdecimal() else 0) if place else None
