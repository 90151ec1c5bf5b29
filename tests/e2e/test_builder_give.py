"""Give ends on the handover page, whatever was being written or saved when it was pressed."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import follow, open_builder, sign_in

pytestmark = pytest.mark.e2e

HANDOVER = re.compile(r"/versions/[0-9a-f-]+/handover/$")
SLOW_S = 0.7  # longer than a save waits for more to be written


@pytest.fixture
def page(new_page):
    """Return the builder of Sheila Okafor with all that a programme needs, on a line where each page takes a while."""
    page = new_page(width=1280)
    sign_in(page)
    open_builder(page, "Sheila Okafor", "Bridge")
    page.get_by_role("button", name="Every day").click()
    page.get_by_role("button", name="Review in 4 weeks").click()
    expect(page.get_by_label("Review on")).not_to_have_value("")
    page.wait_for_load_state("networkidle")
    page.route(HANDOVER, lambda route: (time.sleep(SLOW_S), route.continue_()))
    return page


def write(page, times):
    """Write the goal and why, and leave the field as it is."""
    page.get_by_label("Goal, in the patient’s words").fill(f"Walk to the shop {times} times")
    page.get_by_label("What you changed and why").fill(f"For the {times}th time")


def by_mouse(page):
    page.get_by_role("button", name="Give to patient").click()


def by_two_clicks(page):
    page.get_by_role("button", name="Give to patient").dblclick()


def by_keyboard(page):
    page.get_by_role("button", name="Give to patient").press("Enter")


def after_a_while(page):
    page.keyboard.press("Tab")
    page.wait_for_timeout(320)  # the save is on its way
    by_mouse(page)


def test_twenty_times_given_with_the_goal_just_written_ends_on_twenty_handover_pages(page):
    for times in range(20):
        write(page, times)
        (by_mouse, by_two_clicks, by_keyboard, after_a_while)[times % 4](page)
        page.wait_for_url(HANDOVER)
        page.wait_for_load_state("networkidle")
        expect(page).to_have_url(HANDOVER)
        follow(page, page.locator(".crumb a"))
        expect(page.get_by_text(f"“Walk to the shop {times} times”").first).to_be_visible()
        expect(page.locator(".said")).to_have_count(0)
        follow(page, page.get_by_role("button", name="Change programme"))


def test_enter_in_a_field_saves_and_gives_nothing(page):
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_label("Goal, in the patient’s words").fill("Dance")
        page.keyboard.press("Enter")
    assert sent.value.url.endswith("/save/")
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(re.compile("/drafts/"))
