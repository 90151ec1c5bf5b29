"""The main job, end to end, as its three users do it: one story in a real browser against a real server.

Set ``SCREENSHOTS`` to a folder to keep a picture of each screen on the way.
"""

import os
import re
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from tests.e2e.staff import follow, plus, sign_in
from tests.programmes.handouts.sheets import pages_of

pytestmark = pytest.mark.e2e

SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Person:
    """Somebody at a browser, who counts what they press."""

    def __init__(self, page, name):
        self.page, self.name, self.pressed = page, name, 0

    def press(self, what):
        what.click()
        self.pressed += 1

    def picture(self, screen):
        if SCREENSHOTS:
            folder = Path(SCREENSHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{self.name}-{screen}.png", full_page=True)


@pytest.fixture
def physio(new_page):
    return Person(new_page(width=1280), "desk")


@pytest.fixture
def patient(new_page):
    return Person(new_page(width=390), "phone")


def test_a_programme_is_given_done_seen_printed_and_changed(physio, patient, server):
    open_the_list(physio)
    record = add_patient(physio)
    link, sheet = give_a_template(physio, record)
    assert "Graham" in sheet
    assert "Testworth" not in sheet
    assert "Page 1 of 2" in sheet

    pair_by_qr(patient, link)
    do_today(patient)
    see_the_session(physio, record)
    change_the_programme(physio, record)
    see_what_changed(patient)
    old_code_is_refused(patient, link)


def open_the_list(physio):
    physio.page.goto("/")
    physio.page.get_by_role("link", name="I work at a clinic").click()
    physio.picture("1-sign-in")
    sign_in(physio.page)
    physio.picture("2-patients")


def add_patient(physio):
    page = physio.page
    page.get_by_role("link", name="New patient").click()
    page.get_by_role("button", name="Save patient").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_focused()
    physio.picture("3-new-patient-error")
    page.get_by_label("First name").fill("Graham")
    page.get_by_label("Last name").fill("Testworth")
    for part, value in (("Day", "19"), ("Month", "8"), ("Year", "1951")):
        page.get_by_role("group", name="Date of birth").get_by_label(part, exact=True).fill(value)
    page.get_by_role("group", name="Sore side").get_by_text("Left hip", exact=True).click()
    page.get_by_label("Condition").fill("Hip osteoarthritis")
    page.get_by_label("Hip precautions").select_option("none")
    page.get_by_role("button", name="Save patient").click()
    expect(page.get_by_role("heading", name="Graham Testworth", level=1)).to_be_visible()
    physio.picture("4-patient-empty")
    return page.url


def give_a_template(physio, record):
    """From the patient's page to a given programme with its code and PDF: at most six presses, no dose typed."""
    page = physio.page
    physio.pressed = 0
    physio.press(page.get_by_role("button", name="Make a programme"))
    expect(page.get_by_role("heading", name="Start from")).to_be_visible()
    physio.picture("5-builder-empty")
    physio.press(page.get_by_role("button", name="Hip osteoarthritis", exact=True))
    expect(page.get_by_role("heading", name="Bridge", exact=True, level=3)).to_have_count(2)
    physio.press(page.get_by_role("button", name="Mon, Wed, Fri"))
    expect(page.get_by_role("checkbox", name="Mon", exact=True)).to_be_checked()
    physio.press(page.get_by_role("button", name="Review in 2 weeks"))
    expect(page.get_by_label("Review on")).not_to_have_value("")
    physio.picture("6-builder")
    physio.press(page.get_by_role("button", name="Give to patient"))
    expect(page.get_by_role("heading", name="Give to Graham", level=1)).to_be_visible()
    physio.picture("7-handover")
    link = page.locator("[data-hc-copy]").get_attribute("data-hc-copy")
    sheet = print_sheet(physio)
    assert physio.pressed <= 6
    return link, sheet


def print_sheet(physio):
    """Press Print and return the text of the PDF that comes; printing again gives the same bytes."""
    page = physio.page
    button = page.get_by_role("button", name=re.compile("^Print ?: full sheet$"))
    with page.context.expect_event("response", lambda answer: "/print/" in answer.url) as came:
        physio.press(button)
    answer = came.value
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    again = [
        requests.post(answer.url, cookies=cookies, data={"csrfmiddlewaretoken": token}, timeout=60).content
        for _ in range(2)
    ]
    assert again[0][:5] == b"%PDF-"
    assert again[0] == again[1]
    return " ".join(pages_of(again[0]))


def pair_by_qr(patient, link):
    page = patient.page
    page.goto(link)
    expect(page.get_by_role("heading", name="Is this for Graham?")).to_be_visible()
    assert "#" not in page.url
    patient.picture("1-is-this-you")
    follow(page, page.get_by_role("button", name="Yes, this is me"))
    expect(page.get_by_text(re.compile("^Good .*, Graham$"))).to_be_visible()


def do_today(patient):
    page = patient.page
    open_ticks = page.locator("label.done-box")
    if not open_ticks.count():  # a rest day: the plan can be looked at, and done all the same
        patient.picture("2-rest-day")
        follow(page, page.get_by_role("link", name="I want to do some anyway"))
    patient.picture("2-today")
    patient.pressed = 0
    exercises = open_ticks.count()
    for _ in range(exercises):
        patient.press(page.locator("[data-hc-card]:not(.is-ticked) label.done-box:visible").first)
    expect(page.get_by_role("heading", name="How did it go?")).to_be_attached()
    patient.press(page.locator(".pain label", has_text=re.compile("^3$")))
    patient.press(page.get_by_text("Somewhat hard"))
    page.get_by_label("Anything to tell Priya").fill("Better on the bed than the floor.")
    patient.picture("3-how-did-it-go")
    patient.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", name="Saved. Thank you")).to_be_visible()
    patient.picture("4-saved")
    assert patient.pressed == exercises + 3
    page.goto("/help/")
    expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    patient.picture("5-help")


def see_the_session(physio, record):
    page = physio.page
    page.goto(record)
    expect(page.get_by_text("Better on the bed than the floor.").first).to_be_visible()
    physio.picture("8-patient-full")


def change_the_programme(physio, record):
    page = physio.page
    page.get_by_role("button", name="Change programme").click()
    plus(page, "Sets, Bridge").click()
    expect(page.locator("#builder-changes")).to_contain_text("Bridge")
    page.get_by_role("button", name="Give to patient").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("What you changed and why").fill("You manage ten with ease.")
    physio.picture("9-builder-version-2")
    page.get_by_role("button", name="Give to patient").click()
    expect(page.get_by_text("Version 2 is saved")).to_be_visible()
    sheet = print_sheet(physio)
    assert "Bridge is now 2 sets of 10. It was 10 times." in " ".join(sheet.split())
    page.goto(record)
    expect(page.get_by_text("You manage ten with ease.").first).to_be_visible()


def see_what_changed(patient):
    page = patient.page
    page.goto("/today/")
    expect(page.get_by_text(re.compile("changed your plan")).first).to_be_visible()
    patient.picture("6-today-version-2")


def old_code_is_refused(patient, link):
    page = patient.page.context.browser.new_context(base_url=patient.page.url).new_page()
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("This code has been used")
    page.context.close()
