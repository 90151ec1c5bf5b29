"""What every page has, whoever reads it."""

import json
import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import override_settings
from django.urls import reverse

from hipcare.places import STAFF_BAR, place_in_bar
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory
from tests.structure.world import client_of


@pytest.fixture
def clinic(db):
    return ClinicFactory(name="Alder Lane", phone="01632 960 118")


@pytest.fixture
def staff_page(clinic):
    physio = PhysioFactory(clinic=clinic, name="Priya Nair")
    return client_of(physio).get(reverse("programmes:patient_list")).content.decode()


@pytest.fixture
def patient_page(clinic):
    return client_of(PatientFactory(clinic=clinic).user).get(reverse("help")).content.decode()


@pytest.fixture
def plain_page(client):
    return client.get("/nowhere/").content.decode()


@pytest.fixture(params=["staff_page", "patient_page", "plain_page"])
def any_page(db, request):
    return request.getfixturevalue(request.param)


def test_page_names_its_language_and_fits_a_phone(any_page):
    assert re.search(r'<html lang="en-GB"( data-hc-person="[0-9a-f]{32}" data-hc-release="\w+")?>', any_page)
    assert "width=device-width, initial-scale=1" in any_page
    assert "maximum-scale" not in any_page


def test_page_starts_with_a_way_past_its_head(any_page):
    body = any_page[any_page.index("<body") :]
    assert re.search(r"<(a|button|input)\b[^>]*>", body)[0] == '<a class="skip" href="#main">'
    assert '<main id="main"' in body


def test_page_has_one_main_heading_and_a_title_of_the_site(any_page):
    assert len(re.findall(r"<h1\b", any_page)) == 1
    assert re.search(r"<title>\S.* - HipCare</title>", any_page)


def test_halves_of_the_style_are_served_apart(staff_page, patient_page, plain_page):
    assert ["css/staff.css" in page for page in (staff_page, patient_page, plain_page)] == [True, False, False]
    assert ["css/patient.css" in page for page in (staff_page, patient_page, plain_page)] == [False, True, True]


def test_htmx_may_run_nothing_that_a_page_carries(staff_page):
    config = json.loads(re.search(r"content='(\{.*?\})'", staff_page)[1])
    assert config["allowEval"] is False
    assert config["allowScriptTags"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0


def test_htmx_swaps_in_a_refused_form():
    config = json.loads(re.search(r"content='(\{.*?\})'", get_template("partials/htmx.html").render())[1])
    refused = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], "422"))
    broken = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], "503"))
    assert (refused["swap"], broken["swap"], broken["error"]) == (True, False, True)


def test_staff_bar_has_four_places_search_and_who_one_is(staff_page):
    nav = re.search(r'<nav aria-label="Main">(.*?)</nav>', staff_page, re.DOTALL)[1]
    assert re.findall(r">(\w+)</a>", nav) == ["Patients", "Exercises", "Templates", "Clinic"]
    assert re.search(r'role="search" method="post" action="/patients/search/"', staff_page)
    assert ">PN<" in staff_page
    assert "Priya Nair<small>Alder Lane</small>" in staff_page


def test_staff_bar_signs_out_by_a_button_that_posts(staff_page):
    assert re.search(r'<form method="post" action="/accounts/logout/">', staff_page)


@pytest.mark.parametrize("name", ["programmes:patient_list", "exercises:list", "clinic_settings"])
def test_staff_bar_marks_the_place_one_is_in(clinic, name):
    page = client_of(LeadFactory(clinic=clinic)).get(reverse(name)).content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="page"', page) == [reverse(name)]


@pytest.mark.parametrize(
    ("view_name", "place"),
    [
        ("programmes:builder", "Patients"),
        ("patient_edit", "Patients"),
        ("programmes:template_list", "Templates"),
        ("exercises:detail", "Exercises"),
        ("programmes:usual_dose", "Exercises"),
        ("mfa_index", ""),
        ("", ""),
    ],
)
def test_deeper_pages_belong_to_a_place(view_name, place):
    assert place_in_bar(view_name) == place


def test_deeper_page_says_that_it_is_inside_the_place(clinic):
    page = client_of(PhysioFactory(clinic=clinic)).get(reverse("patient_create")).content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="true"', page) == [reverse("programmes:patient_list")]


def test_every_place_is_a_page(db):
    assert [reverse(name) for name in STAFF_BAR.values()] == ["/patients/", "/exercises/", "/templates/", "/clinic/"]


def test_patients_page_ends_with_the_clinics_phone(patient_page):
    assert 'href="tel:+441632960118"' in patient_page


def test_made_up_clinic_says_so_on_every_page(db):
    clinic = ClinicFactory(is_demo=True)
    for person, name in [
        (PhysioFactory(clinic=clinic), "clinic_settings"),
        (PatientFactory(clinic=clinic).user, "help"),
    ]:
        page = client_of(person).get(reverse(name)).content.decode()
        assert "Made-up clinic. Nothing here is real." in page


def test_real_clinic_says_nothing_of_the_kind(staff_page, patient_page):
    assert "Made-up clinic" not in staff_page + patient_page


# error pages


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "429", "500", "503"])
def test_error_page_needs_no_request(name):
    page = get_template(f"{name}.html").render()
    assert page.count("<h1") == 1
    assert 'href="/help/"' in page
    assert '<header class="wrap topbar">' in page


def test_page_not_found_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/nowhere/").status_code == 404


def test_page_of_another_clinic_looks_like_any_page_not_found(clinic):
    answer = client_of(PhysioFactory()).get("/patients/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404
    assert "We cannot find that page" in answer.content.decode()


def test_form_that_was_open_too_long_says_how_to_go_on(db):
    from django.test import Client  # noqa: PLC0415 - a browser that checks tokens, unlike the others here

    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


# files with hashed names


def test_all_our_files_can_be_given_hashed_names(tmp_path):
    """As in production: a style sheet that names a file that is not there would stop the collecting."""
    from django.core.management import call_command  # noqa: PLC0415

    storages = {"staticfiles": {"BACKEND": "hipcare.stylesheets.StaticStorage"}}
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    named = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {"css/patient.css", "css/staff.css", "js/page.js"} <= set(named)
    sheets = {name: (tmp_path / hashed).read_text() for name, hashed in named.items() if name.endswith(".css")}
    assert [name for name, sheet in sheets.items() if "@import" in sheet or "/*" in sheet] == []
    assert re.search(r'url\("\.\./fonts/hipcare-hyperlegible-var\.\w+\.woff2"\)', sheets["css/patient.css"])
    assert re.search(r'url\("\.\./\.\./img/qr-example\.\w+\.svg"\)', sheets["css/patient/pairing.css"])
    assert sheets["css/patient.css"].index("--hc-paper") < sheets["css/patient.css"].index(".btn {")


def test_settings_hash_names_in_production():
    assert "staticfiles" in settings.STORAGES


def test_patient_carries_no_library_at_all(patient_page):
    assert re.findall(r"vendor/|htmx|bootstrap", patient_page) == []
    assert re.search(r'<meta name="description" content="\S', patient_page)
