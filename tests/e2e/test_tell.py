"""Telling the physiotherapist something between visits, on a phone: nothing typed is lost, nothing is sent twice."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

SOFA = "Can I do it on the sofa?"


def field(page):
    return page.get_by_label("What would you like to say?")


def test_what_is_typed_outlives_a_look_at_the_help_page_and_is_there_once(phone):
    phone.get_by_role("link", name="Tell Priya something").tap()
    expect(phone).to_have_url(re.compile("/tell/"))
    phone.wait_for_load_state()  # nobody types and leaves before the script has come
    field(phone).fill(SOFA)
    phone.get_by_role("link", name="Need help?").tap()
    expect(phone).to_have_url(re.compile("/help/"))
    phone.goto("/today/tell/")
    expect(field(phone)).to_have_value(SOFA)
    phone.get_by_role("button", name="Keep it for Priya").tap()

    expect(phone.locator(".letters li")).to_have_count(1)
    expect(phone.get_by_text("Not read yet")).to_be_visible()
    expect(field(phone)).to_have_value("")
    phone.reload()
    expect(field(phone)).to_have_value("")


def test_it_can_be_changed_and_taken_back_without_javascript_too(new_page, code):
    page = new_page(javascript=False)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.get_by_role("button", name="Open my plan").tap()
    page.get_by_role("button", name="Yes, this is me").tap()
    page.get_by_role("link", name="Tell Priya something").tap()
    field(page).fill(SOFA)
    page.get_by_role("button", name="Keep it for Priya").tap()
    page.get_by_role("link", name="Change it").tap()
    field(page).fill("On the bed?")
    page.get_by_role("button", name="Keep the change").tap()
    expect(page.locator(".letters")).to_contain_text("On the bed?")
    page.get_by_role("button", name="Take it back").tap()
    expect(page.locator(".letters")).to_have_count(0)
