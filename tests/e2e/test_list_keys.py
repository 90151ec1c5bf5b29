"""The list of patients read by single keys: move, unfold, say that it was looked at, take that back, open."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import sign_in

pytestmark = pytest.mark.e2e


@pytest.fixture
def patients(new_page):
    """Return the list, with its keys ready."""
    page = new_page(width=1280)
    sign_in(page)
    expect(page.locator("html[data-hc-keys=ready]")).to_have_count(1)
    return page


def row(page, name):
    return page.locator("[data-hc-row]").filter(has=page.get_by_role("link", name=name, exact=True))


def settled(page):
    """Wait until what an answer brought is bound to its buttons; before that they work as without a script."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling")).to_have_count(0)


def test_a_row_is_read_looked_at_and_opened_without_a_mouse(patients):
    first = patients.locator("[data-hc-row]").first
    name = first.locator("th a").first.inner_text()
    patients.keyboard.press("j")
    expect(first.locator("th a").first).to_be_focused()
    patients.keyboard.press("j")
    expect(patients.locator("[data-hc-row]").nth(1)).to_have_class("is-current")
    patients.keyboard.press("k")
    expect(first.locator("th a").first).to_be_focused()

    patients.keyboard.press("e")
    expect(row(patients, name).locator("[data-hc-entries]")).to_have_attribute("aria-expanded", "true")
    settled(patients)
    patients.keyboard.press("l")
    expect(row(patients, name).locator("[data-hc-undo]")).to_be_focused()
    expect(row(patients, name).get_by_text("by you")).to_be_visible()
    settled(patients)
    patients.keyboard.press("u")
    expect(row(patients, name).locator("[data-hc-look]")).to_be_focused()

    patients.keyboard.press("j")
    patients.keyboard.press("k")
    expect(row(patients, name).locator("th a").first).to_be_focused()
    patients.keyboard.press("Enter")
    expect(patients.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_keys_can_be_turned_off_and_stay_off(patients):
    patients.get_by_role("button", name="Turn keys off").click()
    patients.reload()
    expect(patients.get_by_role("button", name="Turn keys on")).to_be_visible()
    patients.locator("body").press("j")
    assert patients.evaluate("document.activeElement.closest('[data-hc-row]')") is None


def test_letters_typed_into_a_field_are_letters(patients):
    search = patients.get_by_label("Find a patient")
    search.press_sequentially("jekl")
    expect(search).to_have_value("jekl")
    expect(patients.locator(".is-current")).to_have_count(0)


@pytest.mark.parametrize("by", ["a filter", "a tab", "the order"])
def test_the_next_stop_after_a_choice_is_where_the_list_begins(patients, by):
    if by == "the order":
        patients.get_by_label("Sort").focus()
        patients.get_by_label("Sort").select_option("name")
        expect(patients).to_have_url(re.compile("sort=name"))
        settled(patients)
        expect(patients.get_by_label("Sort")).to_be_focused()
        return
    link = patients.get_by_role("link", name=re.compile("^To look at" if by == "a filter" else "^All "))
    link.focus()
    patients.keyboard.press("Enter")
    expect(patients).to_have_url(re.compile("#list$"))
    expect(patients.locator("html[data-hc-keys=ready]")).to_have_count(1)
    patients.keyboard.press("Tab")
    expect(patients.locator("#list :focus")).to_have_count(1)


def test_the_bar_leaves_two_thirds_of_the_window_at_four_times_its_size(patients):
    patients.set_viewport_size({"width": 320, "height": 256})
    bar = patients.locator(".bar")
    assert bar.bounding_box()["height"] <= 256 / 3
    for link in bar.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 24


def test_escape_closes_the_menu_and_goes_back_to_what_opened_it(patients):
    menu = patients.locator("details.you")
    menu.locator("summary").click()
    expect(patients.get_by_role("button", name="Sign out")).to_be_visible()
    patients.keyboard.press("Tab")
    patients.keyboard.press("Escape")
    expect(patients.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
