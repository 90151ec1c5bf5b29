"""Gate 2 fails closed: a view that names no audience answers nobody, and the checks refuse to pass it."""

import pytest
from django.core import checks
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from hipcare.access import Audience, audience, every_view_declares_an_audience, for_audience
from hipcare.urls import urlpatterns as site
from tests.factories import LeadFactory, PatientFactory, PhysioFactory
from tests.structure.world import client_of


def forgotten(request):
    return HttpResponse("seen")


@audience(Audience.LEAD)
def for_leads(request):
    return HttpResponse("seen")


@audience(Audience.PUBLIC)
def for_all(request):
    return HttpResponse("seen")


@audience(Audience.SIGNED_IN)
def for_people(request):
    return HttpResponse("seen")


urlpatterns = [
    path("forgotten/", forgotten),
    path("leads/", for_leads),
    path("all/", for_all),
    path("people/", for_people),
    *for_audience(Audience.PATIENT, [path("for-patients/", lambda _request: HttpResponse("seen"))]),
    *site,  # the page that says no leads to the others
]

here = override_settings(ROOT_URLCONF=__name__)


@here
def test_forgotten_audience_is_an_error_of_the_checks():
    (error,) = every_view_declares_an_audience()
    assert (error.id, error.level) == ("hipcare.E001", checks.ERROR)
    assert "forgotten/" in error.msg


def test_site_has_no_view_without_an_audience():
    assert every_view_declares_an_audience() == []


def test_check_runs_with_every_command():
    assert every_view_declares_an_audience in checks.registry.registry.registered_checks


@here
@pytest.mark.parametrize("make", [PhysioFactory, LeadFactory, lambda: PatientFactory().user])
def test_forgotten_audience_answers_403_to_everybody(db, make):
    assert client_of(make()).get("/forgotten/").status_code == 403


@here
def test_forgotten_audience_sends_nobody_to_sign_in(db):
    assert client_of(None).get("/forgotten/").status_code == 302


@here
@pytest.mark.parametrize(
    ("path_", "nobody", "patient", "physio", "lead"),
    [
        ("/all/", 200, 200, 200, 200),
        ("/people/", 302, 200, 200, 200),
        ("/for-patients/", 302, 200, 403, 403),
        ("/leads/", 302, 403, 403, 200),
    ],
)
def test_audience_admits_its_own(db, path_, nobody, patient, physio, lead):
    people = [None, PatientFactory().user, PhysioFactory(), LeadFactory()]
    assert [client_of(person).get(path_).status_code for person in people] == [nobody, patient, physio, lead]


@here
def test_public_page_asks_the_database_nothing_about_nobody(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client_of(None).get("/all/")
