"""For staff: a patient's programme saved as a template of the clinic's own."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.http import SignedInRequest
from programmes.forms.new_template_form import SaveAsTemplateForm
from programmes.models import Version
from programmes.services.own_templates import (
    ChangedMeanwhileError,
    Keeping,
    NameTakenError,
    items_of_version,
    save_as_template,
)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def version_to_template(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask what a template made of a version, given or draft, is called and what goes along; make it."""
    seen = Version.objects.visible_to(request.user).select_related("programme__patient__clinic")
    version = get_object_or_404(seen, pk=pk)
    form = SaveAsTemplateForm(version, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _saved(request, version, form)
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
        except ChangedMeanwhileError as refusal:
            form.add_error(None, str(refusal))
    if not form.is_bound:
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    items = items_of_version(version, Keeping(exercise_notes=True))
    gone = [row.exercise_name for row in version.prescriptions.select_related("exercise") if row.exercise.retired]
    shown = {"form": form, "version": version, "patient": version.patient, "items": items, "left_out": gone}
    return render(request, "programmes/template_save.html", shown, status=422 if form.is_bound else 200)


def _saved(request: SignedInRequest, version: Version, form: SaveAsTemplateForm) -> HttpResponse:
    saved = save_as_template(
        version=version, seen=request.POST.get("draft", ""), new=form.new, keeping=form.keeping, by=request.user
    )
    messages.success(request, f"Saved as the template “{saved.name}”. No programme was changed.")
    return redirect(f"{reverse('programmes:template_list')}#template-{saved.pk}")
