"""The table: every address, every method, every visitor, and the answer each is to get.

A new address needs a line here, or the suite fails. Someone else's row 404, one's own in the wrong role 403,
nobody 302 to the sign-in page; what is PUBLIC answers everybody the same.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from programmes.forms.session_form import CorrectionForm
from programmes.models import Session
from tests.structure.world import Visitor, World


@dataclass(frozen=True)
class Row:
    """One address and method; the six numbers are the columns of ``ROWS`` below."""

    route: str
    method: str
    nobody: int
    stranger_patient: int
    stranger_physio: int
    own_patient: int
    own_physio: int
    own_lead: int
    posted: Callable[[World], dict[str, Any]] = field(default=lambda _world: {}, compare=False)

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"

    @property
    def own_helper(self) -> int:
        """What who helps the patient gets: as the patient where it is for anybody, or said to be; else nothing."""
        if self.route in ONLY_THEIR_OWN:
            return 404
        is_public = self.stranger_physio != 403 and self.own_physio != 403
        return self.own_patient if is_public or self.route in HELPERS_TOO else 403

    @property
    def expected(self) -> dict[str, int]:
        """The answer by visitor; another patient of the same clinic is as much a stranger as any."""
        return {
            Visitor.NOBODY.value: self.nobody,
            Visitor.STRANGER_PATIENT.value: self.stranger_patient,
            Visitor.FELLOW_PATIENT.value: self.stranger_patient,
            Visitor.STRANGER_PHYSIO.value: self.stranger_physio,
            Visitor.OWN_PATIENT.value: self.own_patient,
            Visitor.OWN_HELPER.value: self.own_helper,
            Visitor.OWN_PHYSIO.value: self.own_physio,
            Visitor.OWN_LEAD.value: self.own_lead,
        }


GET, POST = "GET", "POST"


def a_session(world: World) -> dict[str, Any]:
    """Return the own patient's session of today."""
    ticked = [world.prescription.pk]
    return {"session": uuid.uuid4(), "version": world.given.pk, "day": timezone.localdate(), "done": ticked}


def from_a_phone(world: World) -> dict[str, Any]:
    """Return the same as a script sends it, for whoever sends it: their version it is or is not."""
    return a_session(world)


def pain_of_3(world: World) -> dict[str, Any]:
    """Return a correction."""
    page = CorrectionForm(Session.objects.get(pk=world.session.pk), None, timezone.localdate())
    return {"pain": "3", "stamp": page.stamp}


def yes(_world: World) -> dict[str, Any]:
    """Return an answer to the question of the morning after."""
    return {"answer": "yes"}


def blank(_world: World) -> dict[str, Any]:
    """Return the starting point that holds nothing."""
    return {"template": "blank"}


def pain_measured(_world: World) -> dict[str, Any]:
    """Return the measures of a day."""
    return {"measurement": uuid.uuid4(), "measured_on": timezone.localdate(), "pain": "3"}


def own_exercise(world: World) -> dict[str, Any]:
    """Return an exercise to add, or to take instead."""
    return {"exercise": world.exercise.pk}


# fmt: off
ROWS = [
    #   address                                                         nobody  stranger      own
    #                                                                         patient physio patient physio lead
    # anybody
    Row("healthz",                                               GET,  200, 200, 200, 200, 200, 200),
    Row("",                                                      GET,  200, 302, 302, 302, 302, 302),
    Row("help/",                                                 GET,  200, 200, 200, 200, 200, 200),
    Row("j",                                                     GET,  200, 200, 200, 200, 200, 200),
    Row("j",                                                     POST, 422, 422, 409, 422, 409, 409),
    Row("j/yes",                                                 GET,  302, 302, 302, 302, 302, 302),
    Row("j/yes",                                                 POST, 302, 302, 302, 302, 302, 302),
    # a patient's own
    Row("who/",                                                  GET,  302, 200, 302, 200, 302, 302),
    Row("who/",                                                  POST, 302, 200, 302, 200, 302, 302),
    Row("phone/",                                                GET,  302, 200, 403, 200, 403, 403),
    Row("phone/add/",                                            GET,  302, 200, 403, 200, 403, 403),
    Row("phone/add/",                                            POST, 302, 302, 403, 302, 403, 403),
    Row("phone/leave/",                                          GET,  302, 200, 403, 200, 403, 403),
    Row("phone/<uuid:pk>/remove/",                               GET,  302, 404, 403, 200, 403, 403),
    Row("phone/<uuid:pk>/remove/",                               POST, 302, 404, 403, 302, 403, 403),
    Row("phone/helpers/",                                        GET,  302, 200, 403, 200, 403, 403),
    Row("phone/helpers/",                                        POST, 302, 422, 403, 422, 403, 403),
    Row("phone/helpers/<uuid:pk>/",                              GET,  302, 404, 403, 200, 403, 403),
    Row("phone/helpers/<uuid:pk>/",                              POST, 302, 404, 403, 302, 403, 403),
    Row("phone/helpers/<uuid:pk>/stop/",                         GET,  302, 404, 403, 200, 403, 403),
    Row("phone/helpers/<uuid:pk>/stop/",                         POST, 302, 404, 403, 302, 403, 403),
    Row("phone/pin/",                                            GET,  302, 200, 403, 200, 403, 403),
    Row("phone/pin/",                                            POST, 302, 422, 403, 422, 403, 403),
    Row("phone/pin/remove/",                                     POST, 302, 302, 403, 302, 403, 403),
    Row("unpair/",                                               POST, 302, 302, 403, 302, 403, 403),
    Row("today/",                                                GET,  302, 200, 403, 200, 403, 403),
    Row("today/days/<str:date>/",                                GET,  302, 200, 403, 200, 403, 403),
    Row("today/days/<str:date>/",                                POST, 302, 422, 403, 422, 403, 403, blank),
    Row("today/weeks/",                                          GET,  302, 200, 403, 200, 403, 403),
    Row("today/sheet/<uuid:pk>/",                                GET,  302, 404, 403, 200, 403, 403),
    Row("today/next-day/<uuid:pk>/",                             POST, 302, 404, 403, 302, 403, 403, yes),
    Row("today/news/<uuid:pk>/",                                 POST, 302, 404, 403, 302, 403, 403),
    Row("today/exercises/<uuid:pk>/",                            GET,  302, 404, 403, 200, 403, 403),
    Row("today/topics/<uuid:pk>/<int:place>/",                   GET,  302, 404, 403, 200, 403, 403),
    Row("today/here/",                                           GET,  200, 200, 200, 200, 200, 200),
    Row("today/waiting/",                                        GET,  200, 200, 200, 200, 200, 200),
    Row("today/no-signal/",                                      GET,  200, 200, 200, 200, 200, 200),
    Row("sw.js",                                                 GET,  200, 200, 200, 200, 200, 200),
    Row("manifest.webmanifest",                                  GET,  200, 200, 200, 200, 200, 200),
    Row("today/pages/",                                          GET,  302, 200, 403, 200, 403, 403),
    Row("today/send/",                                           POST, 302, 422, 403, 200, 403, 403, from_a_phone),
    Row("today/save/",                                           POST, 302, 404, 403, 302, 403, 403, a_session),
    Row("today/tell/",                                           GET,  302, 200, 403, 200, 403, 403),
    Row("today/tell/",                                           POST, 302, 422, 403, 422, 403, 403),
    Row("today/tell/send/",                                      POST, 302, 422, 403, 422, 403, 403),
    Row("today/tell/<uuid:pk>/",                                 GET,  302, 404, 403, 200, 403, 403),
    Row("today/tell/<uuid:pk>/take-back/",                       POST, 302, 302, 403, 302, 403, 403),
    Row("messages/<uuid:pk>/looked-at/",                         POST, 302, 403, 404, 403, 302, 302),
    Row("sessions/<uuid:pk>/",                                   GET,  302, 404, 403, 302, 403, 403),
    Row("sessions/<uuid:pk>/change/",                            GET,  302, 404, 403, 200, 403, 403),
    Row("sessions/<uuid:pk>/change/",                            POST, 302, 404, 403, 302, 403, 403, pain_of_3),
    # the clinic and its patients
    Row("clinic/",                                               GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/",                                               POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/going-on/",                                      GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/going-on/",                                      POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/going-on/put-back/",                             POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/review-list/",                                   GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/review-list/",                                   POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/bands/",                                         GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/bands/",                                         POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/bands/change/",                                  POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/bands/put-back/",                                POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/help/",                                          GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/help/new/",                                      GET,  302, 403, 403, 403, 403, 200),
    Row("clinic/help/new/",                                      POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/help/<slug:key>/",                               GET,  302, 403, 403, 403, 403, 200),
    Row("clinic/help/<slug:key>/",                               POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/help/<slug:key>/move/",                          POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/help/<slug:key>/put-back/",                      POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/hip-rules/",                                     GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/hip-rules/<slug:kind>/",                         GET,  302, 403, 403, 403, 403, 200),
    Row("clinic/hip-rules/<slug:kind>/",                         POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/hip-rules/<slug:kind>/put-back/",                POST, 302, 403, 403, 403, 403, 302),
    Row("clinic/says/",                                          GET,  302, 403, 200, 403, 200, 200),
    Row("clinic/says/",                                          POST, 302, 403, 403, 403, 403, 422),
    Row("clinic/says/sign/",                                     POST, 302, 403, 403, 403, 403, 422),
    Row("staff/<uuid:pk>/called/",                               GET,  302, 403, 404, 403, 200, 200),
    Row("staff/<uuid:pk>/called/",                               POST, 302, 403, 404, 403, 302, 302),
    Row("patients/",                                             GET,  302, 403, 200, 403, 200, 200),
    Row("patients/search/",                                      POST, 302, 403, 302, 403, 302, 302),
    Row("patients/new/",                                         GET,  302, 403, 200, 403, 200, 200),
    Row("patients/new/",                                         POST, 302, 403, 422, 403, 422, 422),
    Row("patients/<uuid:pk>/",                                   GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/edit/",                              GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/edit/",                              POST, 302, 403, 404, 403, 422, 422),
    Row("patients/<uuid:pk>/code/",                              POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/helpers/",                           GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/helpers/",                           POST, 302, 403, 404, 403, 422, 422),
    Row("helpers/<uuid:pk>/",                                    GET,  302, 403, 404, 403, 200, 200),
    Row("helpers/<uuid:pk>/",                                    POST, 302, 403, 404, 403, 302, 302),
    Row("helpers/<uuid:pk>/stop/",                               POST, 302, 403, 404, 403, 302, 302),
    Row("devices/<uuid:pk>/unpair/",                             POST, 302, 403, 404, 403, 302, 302),
    # the library
    Row("exercises/",                                            GET,  302, 403, 200, 403, 200, 200),
    Row("exercises/<uuid:pk>/",                                  GET,  302, 403, 404, 403, 200, 200),
    Row("exercises/signed/",                                     GET,  302, 403, 200, 403, 200, 200),
    Row("exercises/sign/",                                       POST, 302, 403, 403, 403, 403, 422),
    Row("exercises/withdraw/",                                   POST, 302, 403, 403, 403, 403, 302),
    Row("exercises/<uuid:pk>/usual-dose/",                       GET,  302, 403, 404, 403, 200, 200),
    Row("exercises/<uuid:pk>/usual-dose/",                       POST, 302, 403, 404, 403, 422, 422),
    Row("exercises/<uuid:pk>/sign/",                             POST, 302, 403, 403, 403, 403, 422),
    Row("exercises/<uuid:pk>/withdraw/",                         POST, 302, 403, 403, 403, 403, 302),
    Row("topics/",                                               GET,  302, 403, 200, 403, 200, 200),
    Row("topics/<uuid:pk>/",                                     GET,  302, 403, 404, 403, 200, 200),
    Row("topics/<uuid:pk>/leaflet/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("topics/<uuid:pk>/sign/",                                POST, 302, 403, 403, 403, 403, 422),
    Row("topics/<uuid:pk>/withdraw/",                            POST, 302, 403, 403, 403, 403, 302),
    Row("templates/",                                            GET,  302, 403, 200, 403, 200, 200),
    Row("templates/<uuid:pk>/",                                  GET,  302, 403, 404, 403, 200, 200),
    Row("templates/<uuid:pk>/",                                  POST, 302, 403, 404, 403, 302, 302),
    Row("templates/<uuid:pk>/copy/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("templates/<uuid:pk>/copy/",                             POST, 302, 403, 404, 403, 422, 422),
    Row("templates/<uuid:pk>/give/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("templates/<uuid:pk>/give/",                             POST, 302, 403, 404, 403, 422, 422),
    Row("templates/<uuid:pk>/delete/",                           POST, 302, 403, 404, 403, 302, 302),
    Row("templates/<uuid:pk>/put-back/",                         POST, 302, 403, 404, 403, 302, 302),
    Row("pictures/<slug:person>/<slug:slug>/<slug:side>/<slug:kind>/<slug:of>.svg", GET,  302, 200, 200, 200, 200, 200),
    Row("pictures/<slug:person>/<slug:slug>/<slug:side>/animation/<slug:of>/<slug:pace>.svg",
                                                                 GET,  302, 200, 200, 200, 200, 200),
    # writing and giving
    Row("patients/<uuid:pk>/looked-at/",                         POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/looked-at/undo/",                    POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/archive/",                           GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/archive/",                           POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/delete/",                            GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/delete/",                            POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/merge/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/merge/",                             POST, 302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/merge/<uuid:other>/",                GET,  302, 403, 404, 403, 409, 409),
    Row("patients/<uuid:pk>/merge/<uuid:other>/",                POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/back/",                              POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/programme/again/",                   POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/alone/no-longer/",                   POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/pauses/<uuid:pause>/",               GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/pauses/<uuid:pause>/",               POST, 302, 403, 404, 403, 422, 422),
    Row("patients/<uuid:pk>/pauses/<uuid:pause>/end/",           POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/pauses/<uuid:pause>/take-back/",     POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/diary/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/versions/",                          GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/appointment/",                       GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/copy-from/",                         GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/copy-from/",                         POST, 302, 403, 404, 403, 422, 422),
    Row("patients/<uuid:pk>/copy-from/<uuid:source>/",           GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/copy-from/<uuid:source>/",           POST, 302, 403, 404, 403, 422, 422),
    Row("patients/<uuid:pk>/timeline/",                          GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/draft/",                             POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/draft/put-back/",                    POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/phase/choose/",                      POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/phase/open/",                        POST, 302, 403, 404, 403, 302, 302),
    Row("patients/<uuid:pk>/measures/",                          GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/measures/new/",                      GET,  302, 403, 404, 403, 200, 200),
    Row("patients/<uuid:pk>/measures/new/",                      POST, 302, 403, 404, 403, 302, 302, pain_measured),
    Row("measurements/<uuid:pk>/",                               GET,  302, 403, 404, 403, 200, 200),
    Row("measurements/<uuid:pk>/",                               POST, 302, 403, 404, 403, 422, 422),
    Row("measurements/<uuid:pk>/take-back/",                     POST, 302, 403, 404, 403, 302, 302),
    Row("measurements/<uuid:pk>/put-back/",                      POST, 302, 403, 404, 403, 302, 302),
    Row("activities/<uuid:pk>/",                                 GET,  302, 403, 404, 403, 200, 200),
    Row("activities/<uuid:pk>/",                                 POST, 302, 403, 404, 403, 422, 422),
    Row("activities/<uuid:pk>/retire/",                          POST, 302, 403, 404, 403, 302, 302),
    Row("activities/<uuid:pk>/again/",                           POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/",                                     GET,  302, 403, 404, 403, 200, 200),
    Row("drafts/<uuid:pk>/save/",                                POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/template/",                            POST, 302, 403, 404, 403, 302, 302, blank),
    Row("drafts/<uuid:pk>/add/",                                 POST, 302, 403, 404, 403, 302, 302, own_exercise),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/<str:direction>/",     POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/remove/",              POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/legs/<str:how>/",      POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/swap/",                POST, 302, 403, 404, 403, 302, 302, own_exercise),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/put-back/",            POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/discard/",                             POST, 302, 403, 404, 403, 302, 302),
    Row("drafts/<uuid:pk>/give/",                                POST, 302, 403, 404, 403, 422, 422),
    Row("versions/<uuid:pk>/handover/",                          GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/teach-back/",                        POST, 302, 403, 404, 403, 302, 302),
    Row("versions/<uuid:pk>/end/",                               GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/end/",                               POST, 302, 403, 404, 403, 422, 422),
    Row("versions/<uuid:pk>/alone/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/alone/",                             POST, 302, 403, 404, 403, 302, 302),
    Row("versions/<uuid:pk>/pause/",                             GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/pause/",                             POST, 302, 403, 404, 403, 422, 422),
    Row("versions/<uuid:pk>/copy/",                              GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/copy/",                              POST, 302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/diary/<str:first>/",                 GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/diary/<str:first>/",                 POST, 302, 403, 404, 403, 302, 302),
    Row("versions/<uuid:pk>/diary/<str:first>/keyed/",           POST, 302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/save-as-template/",                  GET,  302, 403, 404, 403, 200, 200),
    Row("versions/<uuid:pk>/save-as-template/",                  POST, 302, 403, 404, 403, 422, 422),
    Row("versions/<uuid:pk>/print/",                             POST, 302, 403, 404, 403, 200, 200),
    Row("sheets/<uuid:pk>/",                                     POST, 302, 403, 404, 403, 200, 200),
    # accounts of staff: django-allauth's pages; where a password is to be typed again they lead there, 302
    Row("accounts/logout/",                                      GET,  302, 403, 200, 403, 200, 200),
    Row("accounts/logout/",                                      POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/login/",                                       GET,  200, 302, 302, 302, 302, 302),
    Row("accounts/login/",                                       POST, 200, 302, 302, 302, 302, 302),
    Row("accounts/inactive/",                                    GET,  200, 200, 200, 200, 200, 200),
    Row("accounts/password/reset/",                              GET,  200, 200, 200, 200, 200, 200),
    Row("accounts/password/reset/",                              POST, 200, 200, 200, 200, 200, 200),
    Row("accounts/password/reset/done/",                         GET,  200, 200, 200, 200, 200, 200),
    Row(r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", GET,  200, 200, 200, 200, 200, 200),
    Row(r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", POST, 200, 200, 200, 200, 200, 200),
    Row("accounts/password/reset/key/done/",                     GET,  200, 200, 200, 200, 200, 200),
    Row("accounts/2fa/authenticate/",                            GET,  302, 302, 302, 302, 302, 302),
    Row("accounts/2fa/authenticate/",                            POST, 302, 302, 302, 302, 302, 302),
    Row("accounts/2fa/webauthn/login/",                          GET,  302, 302, 302, 302, 302, 302),
    Row("accounts/2fa/webauthn/login/",                          POST, 302, 302, 302, 302, 302, 302),
    Row("accounts/reauthenticate/",                              GET,  302, 403, 200, 403, 200, 200),
    Row("accounts/reauthenticate/",                              POST, 302, 403, 200, 403, 200, 200),
    Row("accounts/password/change/",                             GET,  302, 403, 200, 403, 200, 200),
    Row("accounts/password/change/",                             POST, 302, 403, 200, 403, 200, 200),
    Row("accounts/password/set/",                                GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/password/set/",                                POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/",                                         GET,  302, 403, 200, 403, 200, 200),
    Row("accounts/2fa/reauthenticate/",                          GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/reauthenticate/",                          POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/totp/activate/",                           GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/totp/activate/",                           POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/totp/deactivate/",                         GET,  302, 403, 404, 403, 404, 404),
    Row("accounts/2fa/totp/deactivate/",                         POST, 302, 403, 404, 403, 404, 404),
    Row("accounts/2fa/recovery-codes/",                          GET,  302, 403, 404, 403, 404, 404),
    Row("accounts/2fa/recovery-codes/generate/",                 GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/recovery-codes/generate/",                 POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/recovery-codes/download/",                 GET,  302, 403, 404, 403, 404, 404),
    Row("accounts/2fa/recovery-codes/download/",                 POST, 302, 403, 404, 403, 404, 404),
    Row("accounts/2fa/webauthn/",                                GET,  302, 403, 200, 403, 200, 200),
    Row("accounts/2fa/webauthn/add/",                            GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/add/",                            POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/reauthenticate/",                 GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/reauthenticate/",                 POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/keys/<int:pk>/remove/",           GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/keys/<int:pk>/remove/",           POST, 302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/keys/<int:pk>/edit/",             GET,  302, 403, 302, 403, 302, 302),
    Row("accounts/2fa/webauthn/keys/<int:pk>/edit/",             POST, 302, 403, 302, 403, 302, 302),
]
# fmt: on

# What a helper may do as the patient may; what is not here is closed to them.
HELPERS_TOO = {
    "phone/leave/",
    "unpair/",
    "today/",
    "today/exercises/<uuid:pk>/",
    "today/topics/<uuid:pk>/<int:place>/",
    "today/pages/",
    "today/send/",
    "today/save/",
    "sessions/<uuid:pk>/",
}

ONLY_THEIR_OWN = {"sessions/<uuid:pk>/change/"}  # what they entered themselves

# The pages that show staff one patient's record; each opening leaves one row in the audit trail.
LOOKS = {
    "patients/<uuid:pk>/",
    "patients/<uuid:pk>/archive/",
    "patients/<uuid:pk>/delete/",
    "patients/<uuid:pk>/diary/",
    "patients/<uuid:pk>/merge/",
    "patients/<uuid:pk>/merge/<uuid:other>/",
    "patients/<uuid:pk>/versions/",
    "patients/<uuid:pk>/appointment/",
    "patients/<uuid:pk>/measures/",
    "patients/<uuid:pk>/measures/new/",
    "measurements/<uuid:pk>/",
    "activities/<uuid:pk>/",
    "patients/<uuid:pk>/timeline/",
    "patients/<uuid:pk>/edit/",
    "drafts/<uuid:pk>/",
    "versions/<uuid:pk>/handover/",
    "versions/<uuid:pk>/copy/",
    "versions/<uuid:pk>/diary/<str:first>/",
    "versions/<uuid:pk>/end/",
    "versions/<uuid:pk>/pause/",
    "versions/<uuid:pk>/alone/",
    "patients/<uuid:pk>/pauses/<uuid:pause>/",
    "versions/<uuid:pk>/save-as-template/",
}

# Of these, the pages that show the record of another patient than the one in the address.
LOOKS_AT_ANOTHER = {"patients/<uuid:pk>/copy-from/<uuid:source>/"}
LOOKS |= LOOKS_AT_ANOTHER
