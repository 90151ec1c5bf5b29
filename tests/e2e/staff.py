"""The demo clinic's staff at a browser."""

import re

from playwright.sync_api import expect

PASSWORD = "alder-lane-demo"


def sign_in(page, who="priya"):
    """Sign in as ``who`` on the sign-in page that is open, or from the start."""
    if not page.url.startswith("http"):
        page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(f"{who}@alderlane.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Patients", level=1)).to_be_visible()


def find_patient(page, words):
    """Search by the field on every staff page."""
    page.get_by_label("Find a patient").fill(words)
    page.get_by_label("Find a patient").press("Enter")
    page.wait_for_url("**/patients/?found=")


def follow(page, what):
    """Press ``what``, a link or a button that leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        what.click()


def open_builder(page, name, *exercises):
    """Go from the list of patients to the builder of ``name``, and put just these ``exercises`` into it."""
    page.goto("/patients/")
    follow(page, page.get_by_role("link", name=name, exact=True))
    ways_on = re.compile("^(Make a programme|Change programme|Go on with the draft)$")
    follow(page, page.get_by_role("button", name=ways_on).first)
    expect(page.get_by_role("button", name="Give to patient")).to_be_visible()
    if page.locator(".rows > li").count():
        page.get_by_text("Start again", exact=True).click()
        page.get_by_role("button", name="Blank", exact=True).click()
        expect(page.locator("#builder-said")).to_have_text("0 exercises in the programme.")
    for exercise in exercises:
        page.get_by_role("button", name=f"Add {exercise}", exact=True).click()
        expect(page.locator(".rows h3", has_text=exercise)).to_be_visible()


def plus(page, field):
    """Return the + beside a number, for mouse and touch; ``field`` is as it is read out: "Sets, Bridge"."""
    return page.locator(f"[data-hc-stepper='{field}'] [data-hc-step='1']")
