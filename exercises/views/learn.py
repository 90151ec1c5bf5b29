"""Learn, for staff: find a topic, look at one, sign it. No patient is in it, so looks leave no trail."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from exercises.forms import TopicFilter
from exercises.library import signing
from exercises.models import Topic
from exercises.readability import grade
from exercises.search import find_topics
from exercises.signing_page import sign, signing_form, withdraw
from exercises.topics import TopicReading
from hipcare.access import Audience, audience
from hipcare.clinics.forms.signing_form import SigningForm
from hipcare.http import SignedInRequest, is_htmx


@audience(Audience.STAFF)
@require_GET
def topic_list(request: SignedInRequest) -> HttpResponse:
    every = list(Topic.objects.visible_to(request.user).current())
    form = TopicFilter(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"q": "", "about": [], "sure": []}
    found = find_topics(every, asked["q"], asked["about"], asked["sure"])
    context = {
        "form": form,
        "is_narrowed": any(asked.values()),
        "topics": [(one, one.read, _measured(one.read)) for one in found],
        "total": len(every),
        "swapped": is_htmx(request),
        "unsigned": signing.unsigned(request.user.clinic, every),
    }
    return render(request, "exercises/partials/topics.html" if is_htmx(request) else "exercises/topics.html", context)


@audience(Audience.STAFF)
@require_GET
def topic(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return _topic(request, get_object_or_404(Topic.objects.visible_to(request.user), pk=pk))


def _topic(request: SignedInRequest, topic: Topic, sent: SigningForm | None = None) -> HttpResponse:
    (standing,) = signing.standings(request.user, [topic])
    context: dict[str, Any] = {
        "topic": topic,
        "read": topic.read,
        "grade": _measured(topic.read),
        "standing": standing,
        "form": sent or (signing_form(request, [topic]) if request.user.is_lead else None),
        "sign_url": reverse("exercises:sign_topic", args=[topic.pk]),
        "withdraw_url": reverse("exercises:withdraw_topic", args=[topic.pk]),
    }
    return render(request, "exercises/topic.html", context, status=422 if sent else 200)


def _measured(read: TopicReading) -> float:
    return grade(" ".join(read.sentences))


@audience(Audience.LEAD)
@require_POST
def sign_topic(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    form = signing_form(request, [topic])
    return redirect("exercises:topic", pk) if sign(request, form, [topic]) else _topic(request, topic, form)


@audience(Audience.LEAD)
@require_POST
def withdraw_topic(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    return withdraw(request, [topic], reverse("exercises:topic", args=[pk]))
