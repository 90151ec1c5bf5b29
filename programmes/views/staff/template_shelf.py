"""For staff: the list of templates, shared and own; one copied to be changed, deleted, put back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.forms.new_template_form import NewTemplateForm
from programmes.models import Template
from programmes.pages.template_cards import template_list_of
from programmes.services.own_templates import NameTakenError, copy_template, put_back_template, take_out

SHELF = "programmes:template_list"


@audience(Audience.STAFF)
@require_GET
def template_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "programmes/template_list.html", {"list": template_list_of(request.user, request.GET)})


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def template_copy(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask what a copy is called, and make it: the shared ones are not the clinic's to change."""
    template = get_object_or_404(Template.objects.visible_to(request.user).current(), pk=pk)
    form = NewTemplateForm(request.POST if request.method == "POST" else None, description=template.description)
    if form.is_bound and form.is_valid():
        try:
            copy = copy_template(template=template, new=form.new, by=request.user)
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"“{copy.name}” is yours to change.")
            return redirect("programmes:template_edit", pk=copy.pk)
    shown = {"form": form, "template": template}
    return render(request, "programmes/template_copy.html", shown, status=422 if form.is_bound else 200)


@audience(Audience.STAFF)
@require_POST
def template_delete(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    template = get_object_or_404(Template.objects.visible_to(request.user).own(), pk=pk)
    take_out(template=template, by=request.user)
    messages.success(request, f"“{template.name}” is deleted. It stands under “Deleted”, and can be put back.")
    return redirect(SHELF)


@audience(Audience.STAFF)
@require_POST
def template_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    template = get_object_or_404(Template.objects.visible_to(request.user).own(), pk=pk)
    try:
        put_back_template(template=template, by=request.user)
    except NameTakenError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse(SHELF)}?show=deleted")
    return _to_card(template)


def _to_card(template: Template) -> HttpResponse:
    return redirect(f"{reverse(SHELF)}#template-{template.pk}")
