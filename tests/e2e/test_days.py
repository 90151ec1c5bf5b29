"""The days of a patient in a real browser: filling one in, and being asked for which day it was."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_patient_phone import looked_at, to_go
from tests.e2e.test_what_is_typed import new_phone, say  # noqa: F401 - a fixture

pytestmark = pytest.mark.e2e
# From now on it is tomorrow, and the page is seen again.
TOMORROW = """() => {
  const Real = Date, shift = 86400000;
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
  Object.defineProperty(document, "visibilityState", { get: () => "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize("width", [320, 390])
def test_a_tab_left_open_overnight_asks_before_the_next_tick(new_phone, width):  # noqa: F811
    page = new_phone(width=width)
    say(page)
    card = page.locator("[data-hc-which-day]")
    expect(card).to_be_hidden()
    page.evaluate(TOMORROW)

    expect(card).to_be_visible()
    looked_at(page)
    expect(card.get_by_role("heading")).to_be_focused()
    drawn = page.locator("input[name=day]").input_value()
    card.locator("[data-hc-that-day]").click()
    expect(card).to_be_hidden()
    expect(to_go(page)).to_have_text("4 to go")
    expect(page.locator("input[name=which_day]")).to_have_value(drawn)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 of 5 exercises is saved.")).to_be_visible()


def test_ticks_can_be_taken_away(new_phone):  # noqa: F811
    page = new_phone()
    say(page)
    page.evaluate(TOMORROW)
    page.get_by_role("button", name="Neither. Take the ticks away").click()
    expect(to_go(page)).to_have_text("5 to go")
    expect(page.get_by_label("Anything to tell Priya?")).to_have_value("")


def test_a_page_with_nothing_begun_is_drawn_anew(new_phone):  # noqa: F811
    page = new_phone()
    with page.expect_navigation():
        page.evaluate(TOMORROW)
    expect(page.locator("[data-hc-which-day]")).to_be_hidden()


# As a browser reads the page that does not know :has().
WITHOUT_HAS = """() => {
  const drop = (sheet) => [...sheet.cssRules].reverse().forEach((rule) => {
    if (rule.styleSheet) return drop(rule.styleSheet);
    const list = rule.parentStyleSheet, at = [...list.cssRules].indexOf(rule);
    if ((rule.conditionText ?? rule.selectorText ?? "").includes(":has(")) list.deleteRule(at);
  });
  [...document.styleSheets].forEach(drop);
}"""


def test_why_not_is_asked_of_what_is_not_ticked_and_of_all_by_a_browser_that_cannot_tell(new_phone):  # noqa: F811
    page = new_phone()
    page.locator("[data-hc-card] .done-box").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Change this").click()
    reasons = page.locator(".why-not")
    expect(reasons).to_have_count(5)
    expect(reasons.locator("visible=true")).to_have_count(4)
    page.evaluate(WITHOUT_HAS)
    expect(reasons.locator("visible=true")).to_have_count(5)
    reasons.nth(4).get_by_text("No time").click()
    page.get_by_role("button", name="Save the change").click()
    page.get_by_role("link", name="Change this").click()
    expect(page.locator(".why-not").nth(4).get_by_role("radio", name="No time")).to_be_checked()


@pytest.mark.parametrize("width", [320, 390, 820])
def test_each_day_is_a_button_big_enough_and_leads_to_its_page(new_phone, width):  # noqa: F811
    page = new_phone(width=width)
    days = page.locator(".last-days a")
    expect(days).to_have_count(7)
    for n in range(7):
        box = days.nth(n).bounding_box()
        assert min(box["width"], box["height"]) >= 48
    days.nth(5).click()
    expect(page).to_have_url(re.compile(r"/today/days/[\d-]+/$"))
    page.wait_for_load_state()
    looked_at(page)
    yesterday = page.url
    days.nth(3).click()
    expect(page.locator(".last-days [aria-current=page]")).to_have_count(1)
    assert page.url != yesterday
    days.nth(5).click()
    expect(page).to_have_url(yesterday)
    page.get_by_role("link", name="My weeks").click()
    expect(page.get_by_role("heading", name="My weeks")).to_be_visible()
    page.wait_for_load_state()
    looked_at(page)
    page.go_back()
    page.get_by_role("navigation").get_by_role("link", name="Today").click()
    expect(page).to_have_url(re.compile("/today/$"))
