"""What js/page.js does when htmx meets trouble. The browser's own complaints are expected here, so no ``new_page``."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

WORDS = "We could not reach HipCare. This may not be saved. Check your connection and try again."


@pytest.fixture
def patients(browser, server):
    """Return the list of patients, signed in as a physiotherapist."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("priya@alderlane.example")
    page.get_by_label("Password", exact=True).fill("alder-lane-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/patients/$"))
    yield page
    context.close()


def sort(page):
    """Ask htmx for the list in another order."""
    chooser = page.locator("#patients select").first
    other = chooser.locator("option:not(:checked)").first.get_attribute("value")
    chooser.select_option(other)


def test_page_knows_that_scripts_run(patients):
    expect(patients.locator("html")).to_have_class("scripted")


def test_lost_line_is_said_and_taken_back_once_it_is_there_again(patients):
    trouble = patients.locator("[data-hc-trouble]")
    expect(trouble).to_be_hidden()
    patients.route("**/patients/**", lambda route: route.abort())
    sort(patients)
    expect(trouble).to_have_text(WORDS)
    patients.unroute("**/patients/**")
    sort(patients)
    expect(trouble).to_be_hidden()


def test_broken_answer_is_said_and_swaps_nothing_in(patients):
    patients.route("**/patients/**", lambda route: route.fulfill(status=503, body="<p>away</p>"))
    sort(patients)
    expect(patients.locator("[data-hc-trouble]")).to_have_text(WORDS)
    expect(patients.get_by_text("away", exact=True)).to_have_count(0)


def test_signed_out_meanwhile_leads_to_the_sign_in_page_as_a_whole(patients):
    patients.context.clear_cookies()
    sort(patients)
    expect(patients).to_have_url(re.compile("/accounts/login/"))
    expect(patients.get_by_role("heading", name="Sign in")).to_have_count(1)
