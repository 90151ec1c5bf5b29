"""The table: every address, every method, every visitor, and the answer each is to get.

A new address needs a line here, or the suite fails. Someone else's row 404, one's own in the wrong role 403,
nobody 302 to the sign-in page; what is PUBLIC answers everybody the same.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

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
    def expected(self) -> dict[str, int]:
        """The answer by visitor; another patient of the same clinic is as much a stranger as any."""
        return {
            Visitor.NOBODY.value: self.nobody,
            Visitor.STRANGER_PATIENT.value: self.stranger_patient,
            Visitor.FELLOW_PATIENT.value: self.stranger_patient,
            Visitor.STRANGER_PHYSIO.value: self.stranger_physio,
            Visitor.OWN_PATIENT.value: self.own_patient,
            Visitor.OWN_PHYSIO.value: self.own_physio,
            Visitor.OWN_LEAD.value: self.own_lead,
        }


GET, POST = "GET", "POST"


def a_session(world: World) -> dict[str, Any]:
    """Return the own patient's session of today."""
    ticked = [world.prescription.pk]
    return {"session": uuid.uuid4(), "version": world.given.pk, "day": timezone.localdate(), "done": ticked}


def pain_of_3(_world: World) -> dict[str, Any]:
    """Return a correction."""
    return {"pain": "3"}


def blank(_world: World) -> dict[str, Any]:
    """Return the starting point that holds nothing."""
    return {"template": "blank"}


def own_exercise(world: World) -> dict[str, Any]:
    """Return an exercise to add."""
    return {"exercise": world.exercise.pk}


# fmt: off
ROWS = [
    #   address                                              nobody  stranger      own
    #                                                                patient physio  patient physio lead
    Row("",                                            GET,  302,    302,    302,    302,    302,   302),
    Row("help/",                                       GET,  200,    200,    200,    200,    200,   200),
    Row("j",                                           GET,  200,    200,    200,    200,    200,   200),
    Row("j",                                           POST, 422,    422,    409,    422,    409,   409),
    Row("j/yes",                                       GET,  302,    302,    302,    302,    302,   302),
    Row("j/yes",                                       POST, 302,    302,    302,    302,    302,   302),
    Row("unpair/",                                     POST, 302,    302,    403,    302,    403,   403),
    Row("today/",                                      GET,  302,    200,    403,    200,    403,   403),
    Row("today/exercises/<uuid:pk>/",                  GET,  302,    404,    403,    200,    403,   403),
    Row("today/save/",                                 POST, 302,    404,    403,    302,    403,   403, a_session),
    Row("sessions/<uuid:pk>/",                         GET,  302,    404,    403,    200,    403,   403),
    Row("sessions/<uuid:pk>/change/",                  GET,  302,    404,    403,    200,    403,   403),
    Row("sessions/<uuid:pk>/change/",                  POST, 302,    404,    403,    302,    403,   403, pain_of_3),
    Row("patients/",                                   GET,  302,    403,    200,    403,    200,   200),
    Row("patients/<uuid:pk>/",                         GET,  302,    403,    404,    403,    200,   200),
    Row("patients/<uuid:pk>/draft/",                   POST, 302,    403,    404,    403,    302,   302),
    Row("drafts/<uuid:pk>/",                           GET,  302,    403,    404,    403,    200,   200),
    Row("drafts/<uuid:pk>/save/",                      POST, 302,    403,    404,    403,    302,   302),
    Row("drafts/<uuid:pk>/template/",                  POST, 302,    403,    404,    403,    302,   302, blank),
    Row("drafts/<uuid:pk>/add/",                       POST, 302,    403,    404,    403,    302,   302, own_exercise),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/remove/",    POST, 302,    403,    404,    403,    302,   302),
    Row("drafts/<uuid:pk>/rows/<uuid:row>/<str:direction>/", POST, 302, 403, 404,    403,    302,   302),
    Row("drafts/<uuid:pk>/discard/",                   POST, 302,    403,    404,    403,    302,   302),
    Row("drafts/<uuid:pk>/give/",                      POST, 302,    403,    404,    403,    422,   422),
    Row("versions/<uuid:pk>/handover/",                GET,  302,    403,    404,    403,    200,   200),
    Row("templates/",                                  GET,  302,    403,    200,    403,    200,   200),
    Row("exercises/",                                  GET,  302,    403,    200,    403,    200,   200),
    Row("exercises/<uuid:pk>/",                        GET,  302,    403,    404,    403,    200,   200),
]
# fmt: on

# The pages that show staff one patient's record; each opening leaves one row in the audit trail.
LOOKS: set[str] = {"patients/<uuid:pk>/", "drafts/<uuid:pk>/", "versions/<uuid:pk>/handover/"}
