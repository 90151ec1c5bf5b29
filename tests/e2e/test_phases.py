"""The phases of a template, one after the other: each given by a person, none by itself; no old page undoes it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import follow, plus, sign_in

pytestmark = pytest.mark.e2e

TEMPLATE = "Hip replacement, posterior, by weeks"
NEW_PATIENT = """
import datetime as dt, uuid
from hipcare.clinics.models import Patient, User
from hipcare.clinics.services.registration import register_patient
priya = User.objects.get(email="priya@alderlane.example")
today = dt.date.today()
patient = Patient(
    clinic=priya.clinic, physiotherapist=priya, first_name="Ingrid", last_name=f"Weeks {uuid.uuid4().hex[:6]}",
    date_of_birth=dt.date(1956, 4, 2), affected_side="left", condition="Hip replacement", operated_side="left",
    hip_precautions="posterior", hip_precautions_since=today, hip_precautions_review_on=today + dt.timedelta(42),
)
register_patient(patient=patient, by=priya)
print("PATIENT", patient.pk)
"""


@pytest.fixture
def record(server):
    """Return the address of the record of somebody with a new hip."""
    return f"/patients/{re.search(r'PATIENT (.+)', server.manage('shell', '-c', NEW_PATIENT))[1]}/"


@pytest.fixture
def desk(new_page, record):
    """Return the record of a patient who has been given the first phase."""
    page = at_the_desk(new_page)
    page.goto(record)
    follow(page, page.get_by_role("button", name="Make a programme"))
    page.get_by_role("button", name=TEMPLATE, exact=True).click()
    expect(page.locator(".phase-now")).to_contain_text("Phase 1 of 3: Weeks 0 to 2")
    page.get_by_role("button", name="Every day").click()
    page.get_by_role("button", name="Review in 2 weeks").click()
    expect(page.get_by_label("Review on")).not_to_have_value("")
    give(page)
    return page


def at_the_desk(new_page):
    page = new_page(width=1280)
    sign_in(page)
    return page


def give(page):
    page.get_by_role("button", name="Give to patient").click()
    page.wait_for_url(re.compile("/handover/$"))


def paired(new_page, desk):
    """Return the patient's phone, paired by the code on the handover page that is open."""
    phone = new_page()
    phone.goto(desk.locator("[data-hc-copy]").get_attribute("data-hc-copy"))
    follow(phone, phone.get_by_role("button", name="Yes, this is me"))
    return phone


def exercises_on(phone):
    phone.goto("/today/")
    return phone.locator(".exercise-card h3").all_inner_texts()


def phase_on(page, record):
    page.goto(record)
    return page.locator("section.phase")


def test_the_next_phase_is_prepared_changed_and_given_by_a_person_alone(new_page, desk, record):
    phone = paired(new_page, desk)
    first = exercises_on(phone)
    assert ("Bottom squeeze" in first, "Bridge" in first) == (True, False)
    phase = phase_on(desk, record)
    expect(phase).to_contain_text("Phase 1 of 3: Weeks 0 to 2")
    expect(phase).to_contain_text("Next: Weeks 3 to 6. Prepared, not given. It begins when you give it.")
    follow(desk, phase.get_by_role("button", name="Open Weeks 3 to 6"))
    expect(desk.get_by_role("heading", name=re.compile("version 2, draft"))).to_be_visible()
    expect(desk.locator(".rows h3", has_text="Bridge")).to_be_visible()
    expect(desk.get_by_label("What you changed and why")).to_have_value("Next phase: weeks 3 to 6")
    plus(desk, "Sets, Bridge").click()
    desk.wait_for_load_state("networkidle")
    assert exercises_on(phone) == first, "a draft gives nothing"
    give(desk)
    second = exercises_on(phone)
    assert ("Bottom squeeze" in second, "Bridge" in second) == (False, True)
    expect(phone.get_by_role("heading", name=re.compile("changed your plan"))).to_be_visible()
    phase = phase_on(desk, record)
    expect(phase).to_contain_text("Phase 2 of 3: Weeks 3 to 6")
    expect(phase).to_contain_text("Next: Weeks 6 to 12. Prepared, not given.")


def test_opened_and_given_in_two_windows_it_is_one_draft_and_one_version(new_page, desk, record):
    other = at_the_desk(new_page)
    for page in (desk, other):
        phase_on(page, record)
    for page in (desk, other):
        follow(page, page.get_by_role("button", name="Open Weeks 3 to 6"))
    assert desk.url == other.url
    expect(phase_on(desk, record)).to_contain_text("Open as the draft above, not given.")
    expect(desk.get_by_role("button", name="Skip Weeks 3 to 6")).to_have_count(0)
    desk.goto(other.url)
    for page in (desk, other):
        give(page)
    phase = phase_on(other, record)
    expect(phase).to_contain_text("Phase 2 of 3: Weeks 3 to 6")
    expect(phase).to_contain_text("Next: Weeks 6 to 12. Prepared, not given.")
    expect(other.get_by_text("Version 3")).to_have_count(0)


def test_an_old_page_opens_and_skips_nothing(new_page, desk, record):
    stale = at_the_desk(new_page)
    phase_on(stale, record)
    follow(desk, phase_on(desk, record).get_by_role("button", name="Skip Weeks 3 to 6"))
    expect(desk.locator("section.phase")).to_contain_text("Next: Weeks 6 to 12. Prepared, not given.")
    follow(stale, stale.get_by_role("button", name="Open Weeks 3 to 6"))
    expect(stale.get_by_text("This programme has changed since you opened the page. Nothing was done")).to_be_visible()
    expect(stale.locator("section.phase")).to_contain_text("Next: Weeks 6 to 12. Prepared, not given.")
    expect(stale.get_by_role("button", name="Change programme").first).to_be_visible()
    follow(desk, desk.get_by_role("button", name="Stop following the phases"))
    expect(desk.locator("section.phase")).to_contain_text("No phase is prepared.")
    follow(desk, desk.get_by_role("button", name="Go on with Weeks 3 to 6"))
    expect(desk.locator("section.phase")).to_contain_text("Next: Weeks 3 to 6. Prepared, not given.")
