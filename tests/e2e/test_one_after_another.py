"""Five exercises page by page: "Done, next" ticks and goes on; by thumb, by keyboard, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

ALL_SAVED = "All 5 exercises are saved."


def place(page):
    return page.locator("#place")


def onwards(page):
    return page.locator("[data-hc-tick]")


def test_five_exercises_in_eight_taps(phone):
    taps = 0

    def tap(what):
        nonlocal taps
        what.tap()
        taps += 1

    tap(phone.get_by_role("link", name="Start", exact=True))
    for number in range(1, 6):
        expect(place(phone)).to_have_text(f"Exercise {number} of 5")
        expect(phone.locator("h1")).to_be_focused()
        expect(phone).to_have_title(re.compile(f"Exercise {number} of 5"))
        assert phone.evaluate("scrollY") == 0
        expect(onwards(phone)).to_have_text("Done, next" if number < 5 else "Done, finish")
        tap(onwards(phone))
    expect(phone.get_by_role("heading", name="How did it go?")).to_be_focused()
    tap(phone.locator(".pain label").nth(2))
    tap(phone.get_by_role("button", name="Save"))

    expect(phone.get_by_text(ALL_SAVED)).to_be_visible()
    assert taps == 8


def test_five_exercises_without_javascript(new_page, code):
    page = new_page(javascript=False)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.get_by_role("button", name="Open my plan").tap()
    page.get_by_role("button", name="Yes, this is me").tap()
    page.get_by_role("link", name="Start", exact=True).tap()
    for number in range(1, 6):
        expect(place(page)).to_have_text(f"Exercise {number} of 5")
        onwards(page).tap()
    expect(page.get_by_role("heading", name="How did it go?")).to_be_in_viewport()
    page.locator(".pain label").nth(2).tap()
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text(ALL_SAVED)).to_be_visible()


def test_five_exercises_by_keyboard(new_page, code):
    page = new_page(width=1280)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, this is me").press("Enter")
    page.get_by_role("link", name="Start", exact=True).press("Enter")
    for number in range(1, 6):
        expect(place(page)).to_have_text(f"Exercise {number} of 5")
        expect(page.locator("h1")).to_be_focused()
        page.wait_for_timeout(1100)  # the first second takes no press
        for _ in range(12):  # from the title down to the button, and never past it
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('[data-hc-tick]')"):
                break
        expect(onwards(page)).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How did it go?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # 0, no pain
    page.keyboard.press("Enter")  # sends the form
    expect(page.get_by_text(ALL_SAVED)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("apart_ms", [120, 250])
def test_second_tap_of_a_shaky_hand_ticks_nothing(new_page, code, javascript, apart_ms):
    page = new_page(width=320, javascript=javascript)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.get_by_role("button", name="Open my plan").tap()
    page.get_by_role("button", name="Yes, this is me").tap()
    page.get_by_role("link", name="Start", exact=True).tap()
    expect(place(page)).to_have_text("Exercise 1 of 5")
    page.wait_for_timeout(1100)
    box = onwards(page).bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.touchscreen.tap(*middle)
    expect(place(page)).to_have_text("Exercise 2 of 5")
    page.wait_for_timeout(apart_ms)
    page.touchscreen.tap(*middle)

    page.wait_for_timeout(1200)
    expect(place(page)).to_have_text("Exercise 2 of 5")
    page.get_by_role("link", name="Today").tap()
    expect(page.locator("input[name=done]:checked")).to_have_count(1)


def test_exercise_that_is_ticked_says_so_and_goes_on(phone):
    phone.get_by_role("link", name="Start", exact=True).tap()
    ticked = phone.get_by_role("link", name="Ticked. Next")
    expect(ticked).to_be_hidden()
    onwards(phone).tap()
    expect(place(phone)).to_have_text("Exercise 2 of 5")

    phone.go_back()
    expect(place(phone)).to_have_text("Exercise 1 of 5")
    expect(onwards(phone)).to_be_hidden()
    ticked.tap()
    expect(place(phone)).to_have_text("Exercise 2 of 5")


def test_what_is_ticked_on_today_is_passed_over(phone):
    phone.locator("[data-hc-card] .done-box").nth(0).tap()
    phone.locator("[data-hc-card] .done-box").nth(2).tap()
    phone.get_by_role("link", name="Start", exact=True).tap()
    expect(place(phone)).to_have_text("Exercise 2 of 5")
    onwards(phone).tap()
    expect(place(phone)).to_have_text("Exercise 4 of 5")
