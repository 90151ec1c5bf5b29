"""A patient's phone in a real browser: scan, tick, save; with JavaScript and without; on every width."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("hipcare", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("sessions", { keyPath: "key" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("sessions").objectStore("sessions").getAll();
    all.onsuccess = () => { asked.result.close(); resolve(all.result); };
  };
})"""

# Links inside a sentence (.tl) and the keyboard's skip link are not for thumbs.
TOO_SMALL_TO_HIT = """() => [...document.querySelectorAll(
    'a, button, label.btn, .done-box, .tick, .pain label, .big-choice label, summary')]
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => e.offsetParent && box.height > 1 && !e.matches('.skip, .text-link'))
  .filter(([e, box]) => box.height < 47.5 || box.width < 47.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
TOO_SMALL_TO_READ = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.offsetParent && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 18)
  .map((e) => e.outerHTML.slice(0, 80))"""


WHERE = """() => [...document.querySelectorAll('main > *, article, .done-box, .look-or-undo, #finish *')]
  .map((e) => e.getBoundingClientRect()).filter((box) => box.width)
  .map((box) => [box.x, box.y + scrollY, box.width, box.height].map(Math.round).join())"""
BENEATH = "([x, y]) => !!document.elementFromPoint(x, y).closest('a, button, label, input')"


def tick(page, place):
    page.locator("[data-hc-card] .done-box").nth(place).tap()


def kept_on(page):
    """Return the rows that a phone keeps."""
    return page.evaluate(KEPT)


def go_on(page):
    """Press "Done, next" and wait for the next exercise."""
    here = page.locator("#place").inner_text()
    page.get_by_role("link", name="Done, next").tap()
    expect(page.locator("#place")).not_to_have_text(here)


def to_go(page):
    return page.locator("[data-hc-to-go]")


def test_scan_to_saved_in_two_and_eight_taps(new_page, server, code):
    page, asked, taps = new_page(), [], 0
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"/j#{code[0]}")
    expect(page.get_by_role("heading", name="Is this for Margaret?")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("button", name="Yes, this is me").tap()
    expect(to_go(page)).to_have_text("5 to go")

    for left in (4, 3, 2, 1, 0):
        page.locator("[data-hc-card]:not(.is-ticked) .done-box").first.tap()
        taps += 1
        expect(to_go(page)).to_have_text(f"{left} to go" if left else "All done")
    for choice in (".pain label >> nth=2", ".big-choice-row label >> nth=1", "button:has-text('Save')"):
        page.locator(choice).tap()
        taps += 1

    expect(page.get_by_text("All 5 exercises are saved.")).to_be_visible()
    assert taps == 8
    assert page.evaluate("Object.keys(localStorage)") == ["hipcare.clinic"]  # whom to ring, and nothing else
    page.goto("/today/")
    expect(page.get_by_text("Saved. Thank you")).to_be_visible()
    # The browser shows the script's own fragment once; no other address and no line of the log holds the token.
    assert [url for url in asked if code[0] in url.split("#")[0]] == []
    assert code[0] not in server.log.read_text()


def spots(page):
    """Return where each thing on the page stands that a press could move."""
    return page.evaluate(WHERE)


def press_twice(page, locator, pause):
    """Press twice on one spot, and say whether anything there could be pressed after the first."""
    locator.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    box = locator.bounding_box()
    spot = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.mouse.click(*spot)
    page.wait_for_timeout(pause)
    beneath = page.evaluate(BENEATH, spot)
    page.mouse.click(*spot)
    return beneath


@pytest.mark.parametrize("width", [320, 390, 412, 820])
def test_two_presses_on_one_spot_are_one_tick_and_move_nothing(new_page, code, width):
    page = new_page(width=width)
    page.goto(f"/j#{code[0]}")
    page.get_by_role("button", name="Yes, this is me").click()
    page.wait_for_load_state("networkidle")
    before = spots(page)
    for place, pause in enumerate((0, 120, 250, 0, 120)):
        card = page.locator("[data-hc-card]").nth(place)
        assert press_twice(page, card.locator(".done-box"), pause) is False, place
        expect(card.locator("input")).to_be_checked()
        assert spots(page) == before, place
        expect(to_go(page)).to_have_text(f"{4 - place} to go" if place < 4 else "All done")


@pytest.mark.parametrize("pause", [0, 120, 250])
def test_two_presses_on_undo_open_nothing(phone, pause):
    tick(phone, 4)
    phone.wait_for_timeout(1100)
    card = phone.locator("[data-hc-card]").nth(4)
    assert press_twice(phone, card.locator(".undo"), pause) is False
    expect(card.locator("input")).not_to_be_checked()
    expect(phone).to_have_url(re.compile("/today/$"))


@pytest.mark.parametrize(("width", "height"), [(320, 480), (375, 553), (360, 640), (390, 664)])
def test_first_done_stands_on_the_first_screen(new_page, code, width, height):
    page = new_page(width=width)
    page.goto(f"/j#{code[0]}")
    page.get_by_role("button", name="Yes, this is me").click()
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_load_state("networkidle")
    box = page.locator(".done-box").first.bounding_box()
    assert box["y"] + box["height"] <= height


def test_space_ticks_and_unticks_and_the_focus_stays(phone):
    box = phone.locator("[data-hc-card] input").first
    expect(box).to_have_accessible_name(re.compile("^Done "))
    box.focus()
    for left, state in ((4, True), (5, False), (4, True)):
        phone.keyboard.press("Space")
        expect(box).to_be_checked(checked=state)
        expect(box).to_be_focused()
        expect(phone.get_by_role("status").first).to_have_text(f"{left} to go")


def test_undo_stands_where_show_me_was(phone):
    card = phone.locator("[data-hc-card]").first
    place = card.locator(".look").bounding_box()
    tick(phone, 0)
    assert card.locator(".undo").bounding_box() == place
    expect(card.locator(".look")).to_be_hidden()
    phone.wait_for_timeout(1100)

    card.locator(".undo").tap()

    expect(card.locator("input")).not_to_be_checked()
    expect(card.locator(".look")).to_be_visible()
    expect(to_go(phone)).to_have_text("5 to go")


def test_ticks_outlive_a_reload_and_a_look_at_an_exercise(phone):
    tick(phone, 0)
    phone.reload()
    expect(to_go(phone)).to_have_text("4 to go")

    phone.get_by_role("link", name="Show me").locator("visible=true").first.tap()
    go_on(phone)
    phone.get_by_role("link", name="Today").tap()
    expect(to_go(phone)).to_have_text("3 to go")

    (kept,) = kept_on(phone)
    assert set(kept) == {"key", "place", "uuid", "opened", "fields"}
    assert [value for value, _when in kept["fields"].values()] == [True, True]
    assert all(name.startswith("done=") for name in kept["fields"])


def test_an_undone_tick_does_not_come_back_through_another_exercise(phone):
    phone.get_by_role("link", name="Start", exact=True).tap()
    for _ in range(2):
        go_on(phone)
    phone.get_by_role("link", name="Today").tap()
    expect(to_go(phone)).to_have_text("3 to go")
    phone.locator(".undo:visible").first.tap()
    expect(to_go(phone)).to_have_text("4 to go")

    phone.get_by_role("link", name="Show me").locator("visible=true").nth(1).tap()
    go_on(phone)
    phone.get_by_role("link", name="Today").tap()

    expect(to_go(phone)).to_have_text("3 to go")
    expect(phone.locator("[data-hc-card] input").first).not_to_be_checked()


def test_back_after_saving_restores_no_ticks_and_makes_no_second_session(phone):
    for place in (0, 1):
        tick(phone, place)
    phone.get_by_role("button", name="Save").tap()
    phone.get_by_role("link", name="Do the rest").tap()
    expect(to_go(phone)).to_have_text("3 to go")
    for place in range(3):
        tick(phone, place)
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text("That is today done")).to_be_visible()

    phone.go_back()

    expect(phone.get_by_text("Saved. Thank you")).to_be_visible()
    expect(phone.locator("input[name=done]")).to_have_count(0)
    expect(phone.get_by_role("button", name="Save")).to_have_count(0)
    phone.get_by_text("Look at the exercises").tap()
    phone.get_by_role("link", name="Do it again").tap()
    expect(to_go(phone)).to_have_text("5 to go")


def test_what_is_ticked_folds_only_when_the_page_is_opened_again(phone):
    card = phone.locator("[data-hc-card]").first
    tick(phone, 0)
    expect(card.locator(".stage")).to_be_visible()
    phone.reload()
    expect(card.locator(".stage")).to_be_hidden()
    expect(card.get_by_role("heading")).to_be_visible()
    expect(card.locator("input")).to_be_checked()

    card.locator(".undo").tap()

    expect(to_go(phone)).to_have_text("5 to go")
    expect(card.locator(".stage")).to_be_hidden()
    phone.wait_for_timeout(1100)
    card.locator(".done-box").tap()
    expect(to_go(phone)).to_have_text("4 to go")


def test_saving_nothing_is_refused_and_keeps_what_was_typed(phone):
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("alert").filter(has_text="Tick what you did")).to_be_focused()

    tick(phone, 1)
    phone.get_by_label("Anything to tell Priya?").fill("word " * 300)
    phone.get_by_role("button", name="Save").tap()

    expect(phone.get_by_role("alert").filter(has_text="Your note is too long")).to_be_focused()
    expect(to_go(phone)).to_have_text("4 to go")
    assert phone.get_by_label("Anything to tell Priya?").input_value().startswith("word word")


def test_it_all_works_without_javascript(new_page, code):
    page = new_page(javascript=False)
    page.goto(f"/j#{code[0]}")  # the token stays in the phone: nothing reads it
    page.get_by_label("Your code").fill(code[1].lower().replace("-", " "))
    page.get_by_role("button", name="Open my plan").tap()
    page.get_by_role("button", name="Yes, this is me").tap()
    page.get_by_role("link", name="Show me").first.tap()
    for _ in range(2):
        go_on(page)
    page.get_by_role("link", name="Today").tap()
    expect(page.locator("input[name=done]").first).to_be_checked()
    expect(page.locator("input[name=done]").nth(1)).to_be_checked()

    page.locator(".pain label").nth(3).tap()
    page.get_by_role("button", name="Save").tap()

    expect(page.get_by_text("2 of 5 exercises are saved.")).to_be_visible()
    page.get_by_role("link", name="Change this").tap()
    page.locator(".tick").nth(2).tap()
    page.get_by_role("button", name="Save the change").tap()
    expect(page.get_by_text("3 of 5 exercises are saved.")).to_be_visible()


def test_the_device_says_which_zone_it_is_in(phone):
    assert [c["value"] for c in phone.context.cookies() if c["name"] == "zone"] == ["Europe/London"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_pages_fit_and_are_big_enough(new_page, code, width, dark):
    page = new_page(width=width, dark=dark)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.get_by_role("button", name="Open my plan").click()
    expect(page.get_by_role("button", name="Yes, this is me")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Yes, this is me").click()
    expect(page).to_have_url(re.compile("/today/$"))
    addresses = ["/today/", page.locator(".look").first.get_attribute("href"), "/help/", "/j"]
    for address in addresses:
        page.goto(address)
        looked_at(page)
    page.goto("/today/")
    page.locator("[data-hc-card] .done-box").first.click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 of 5 exercises is saved.")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Change this").click()
    expect(page.get_by_role("heading", name="Change what you saved")).to_be_visible()
    looked_at(page)


def looked_at(page):
    """Say what does not fit, cannot be hit or cannot be read."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(TOO_SMALL_TO_HIT) == [], page.url
    assert page.evaluate(TOO_SMALL_TO_READ) == [], page.url


def test_a_phone_that_was_cut_off_still_knows_whom_to_ring(phone):
    phone.context.clear_cookies()

    for address in ("/today/", "/help/", "/"):
        phone.goto(address)
        call = phone.locator("[data-hc-own-clinic] a").locator("visible=true")
        expect(call).to_be_visible()
        expect(call).to_have_attribute("href", re.compile(r"^tel:\+44\d+$"))
        expect(call).to_contain_text(re.compile(r"\S+ .*\d{3}"))


def test_taking_the_plan_off_the_phone_leaves_nothing_on_it(phone):
    tick(phone, 0)
    assert phone.evaluate("Object.keys(localStorage)")

    phone.get_by_role("link", name="My phone").tap()
    phone.get_by_role("link", name="Take my plan off this phone").tap()
    phone.get_by_role("button", name="Take it off").tap()
    expect(phone.get_by_text("Some of what you ticked is not at the clinic yet.")).to_be_visible()
    phone.get_by_role("button", name="Take it off").tap()

    expect(phone).to_have_url(re.compile("/j$"))
    assert phone.evaluate("Object.keys(localStorage)") == []
    expect(phone.locator("[data-hc-own-clinic]")).to_be_hidden()
