"""What every button of the builder does around its own act.

Every button sends the whole form. Its view first keeps what is right in it, then acts, then answers with the builder
alone for htmx, or sends the browser back to the page; what is wrong stays as it was typed.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from hipcare.http import SignedInRequest, is_htmx
from programmes.builder import page, undo
from programmes.builder.forms.builder_forms import BuilderForms
from programmes.builder.news import news
from programmes.builder.page import NOTHING_SAID, Said
from programmes.models import Version
from programmes.models.version import FrozenError
from programmes.services import drafts
from programmes.services.drafts import DraftGoneError
from programmes.services.giving import Missing

PAGE = "programmes:builder"
FULL = "programmes/builder.html"
SWAP = "programmes/partials/builder_swap.html"
GONE = "An exercise you wrote in is no longer in this programme. What you wrote for it was not saved."
GIVEN = "This version was given meanwhile, so it no longer changes. Press “Change programme” for the next one."


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the draft that ``pk`` names; send the person to the patient's page when it is no draft any more.

    While a form is taken in, nobody else writes in that draft: what it is put together with is what is there.
    """

    @wraps(view)
    def with_draft(request: SignedInRequest, pk: uuid.UUID, **kwargs: Any) -> HttpResponse:
        draft = version_of(request, pk)
        words = GIVEN
        try:
            if not draft.is_given:
                if request.method != "POST":
                    return view(request, draft, **kwargs)
                with transaction.atomic():
                    return view(request, drafts.locked(draft), **kwargs)
        except FrozenError as refusal:
            words = str(refusal) if isinstance(refusal, DraftGoneError) else GIVEN
        messages.error(request, words)
        return go_to(reverse("programmes:patient", args=[draft.patient.pk]), request)

    return with_draft


def version_of(request: SignedInRequest, pk: uuid.UUID) -> Version:
    seen = Version.objects.visible_to(request.user).select_related("programme__patient__clinic")
    return get_object_or_404(seen, pk=pk)


def sent_to(request: SignedInRequest, draft: Version) -> BuilderForms:
    return BuilderForms(draft, page.today_of(draft), request.POST, request.user)


def answer(
    draft: Version,
    request: SignedInRequest,
    sent: BuilderForms,
    said: Callable[[BuilderForms], Said] = lambda _shown: NOTHING_SAID,
    *,
    is_quiet: bool = False,
) -> HttpResponse:
    """Show the builder after an action: the partial for htmx, the page where something is wrong, else go back to it.

    A quiet answer takes the focus nowhere: nobody pressed a button. What is to choose is spoken, when it is new.
    """
    draft = version_of(request, draft.pk)
    shown = BuilderForms(draft, page.today_of(draft)).with_errors_of(sent)
    words = said(shown)
    words = replace(words, words=" ".join([*filter(None, [words.words]), *(one.words for one in sent.new_conflicts)]))
    _tell(request, sent)
    if not is_htmx(request) and shown.is_right():
        return redirect(_address(request, draft) + (f"#{words.focus}" if words.focus else ""))
    context = page.page(draft, shown, request, said=words)
    context["problems"] = [] if is_quiet else context["problems"]
    return render(request, SWAP if is_htmx(request) else FULL, context, status=200 if shown.is_right() else 422)


def refuse(
    draft: Version, request: SignedInRequest, sent: BuilderForms, missing: list[Missing], *, asked: str = ""
) -> HttpResponse:
    """Show the builder with everything that has to be put right, at its field and in the summary.

    Where it was ``asked`` to "give", each save says again what Give would still miss.
    """
    draft = version_of(request, draft.pk)
    _tell(request, sent)
    shown = BuilderForms(draft, page.today_of(draft)).as_sent(sent)
    rest = shown.show(missing)
    context = page.page(draft, shown, request, missing=rest) | {"asked": asked}
    return render(request, SWAP if is_htmx(request) else FULL, context, status=422)


def _tell(request: SignedInRequest, sent: BuilderForms) -> None:
    """Say what others did meanwhile; what was written in an exercise that is gone can be put back with it."""
    if sent.gone and not sent.stamp.was:
        messages.warning(request, GONE)
    for row in sent.lost:
        undo.keep_removed(request.session, sent.draft, drafts.contents_of(row))
    for sentence in news(sent):
        messages.warning(request, sentence)


def _address(request: SignedInRequest, draft: Version) -> str:
    """Return the builder's address, with the library as it was narrowed, and all rows where they were asked for."""
    narrowed = [(name, value) for name in ("q", "position") for value in request.POST.getlist(name) if value]
    if page.wants_all(request):
        narrowed.append(("view", "full"))
    address = reverse("programmes:builder", args=[draft.pk])
    return f"{address}?{urlencode(narrowed)}" if narrowed else address


def go_to(address: str, request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


def how_many(rows: int) -> str:
    return f"{rows} exercise{'' if rows == 1 else 's'} in the programme."
