"""Old phones, phones held sideways, 200 and 400 %, forced colours: what is to be done stays in sight and whole."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_large_text import DOUBLED, SIDEWAYS

pytestmark = pytest.mark.e2e

# How much of the height is left for the picture and the words between what keeps its place.
FREE = """() => {
  const dock = document.querySelector('.dock').getBoundingClientRect();
  return Math.min(dock.top, innerHeight) - Math.max(0, document.querySelector('header').getBoundingClientRect().bottom);
}"""
OUT_OF_THE_STAGE = """() => [...document.querySelectorAll('.stage-pair :is(figcaption, figcaption b)')].filter((e) => {
    const own = e.getBoundingClientRect(), stage = e.closest('.stage').getBoundingClientRect();
    return own.left < stage.left - 1 || own.right > stage.right + 1 || e.scrollWidth > e.clientWidth + 1;
  }).map((e) => e.textContent)"""


@pytest.fixture
def exercise(phone):
    phone.get_by_role("link", name="Start", exact=True).tap()
    expect(phone.locator("#place")).to_be_visible()
    return phone


@pytest.mark.parametrize("size", [(320, 256), (640, 360), (844, 390)])
def test_an_exercise_is_seen_beside_its_button_on_a_low_screen(exercise, size):
    width, height = size
    exercise.set_viewport_size({"width": width, "height": height})
    exercise.locator(".stage-pair").evaluate("stage => stage.scrollIntoView({ block: 'start' })")
    assert exercise.evaluate(FREE) >= height * 0.7
    assert exercise.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [320, 390])
def test_captions_stay_on_their_stage_with_words_twice_their_size(exercise, width):
    exercise.set_viewport_size({"width": width, "height": 700})
    exercise.evaluate(DOUBLED)
    assert exercise.evaluate(OUT_OF_THE_STAGE) == []
    assert exercise.evaluate(SIDEWAYS) <= 0
    title, dock = (exercise.locator(where).bounding_box() for where in ("h1", ".dock"))
    assert title["y"] + title["height"] <= dock["y"], "the dock covers the title"


@pytest.mark.parametrize("address", ["/today/", "/help/", "/today/tell/"])
def test_header_is_one_line_on_the_smallest_phone(phone, address):
    phone.set_viewport_size({"width": 320, "height": 480})
    phone.goto(address)
    shown = phone.locator("header :is(.brand, .topbar > .btn, .band-row)").locator("visible=true")
    boxes = [one.bounding_box() for one in shown.all()]
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert len(boxes) == 2
    assert max(middles) - min(middles) < 8


def test_row_on_top_stays_one_line_when_the_last_is_ticked(phone):
    phone.set_viewport_size({"width": 320, "height": 480})
    before = phone.locator("header").bounding_box()
    for place in range(5):
        phone.locator("[data-hc-card] .done-box").nth(place).tap()
        phone.wait_for_timeout(1100)
    expect(phone.locator("[data-hc-to-go]")).to_have_text("All done")
    assert phone.locator("header").bounding_box()["height"] == before["height"]


def test_telephone_number_is_not_broken_in_two(phone):
    phone.set_viewport_size({"width": 320, "height": 480})
    number = phone.locator("footer a[href^='tel:'] span")
    lines = number.evaluate(
        "span => { const text = span.firstChild, all = text.data, range = document.createRange();"
        " const from = all.search(/\\d/); range.setStart(text, from); range.setEnd(text, all.length);"
        " return new Set([...range.getClientRects()].map((box) => box.top)).size }"
    )
    assert lines == 1


def test_forced_colours_keep_the_frames(exercise):
    exercise.emulate_media(forced_colors="active")
    framed = "e => getComputedStyle(e).borderTopWidth"
    assert exercise.locator(".note-stop").evaluate(framed) == "1px"
    exercise.goto("/today/")
    assert exercise.locator(".guide li").first.evaluate(framed) == "1px"


def test_tablet_shows_larger_pictures_than_a_phone(exercise):
    exercise.locator(".stage-pair .picture").first.evaluate("(picture) => picture.decode()")  # it has come
    on_a_phone = exercise.locator(".stage-pair .picture").first.bounding_box()
    exercise.set_viewport_size({"width": 820, "height": 1180})
    on_a_tablet = exercise.locator(".stage-pair .picture").first.bounding_box()
    assert on_a_tablet["height"] > on_a_phone["height"] * 1.3


def test_which_one_hurt_opens_above_the_limit_and_moves_nothing_that_is_pressed(phone):
    asked, ten = phone.get_by_text("Which one hurt?"), phone.locator(".pain label").last
    ten.scroll_into_view_if_needed()
    phone.wait_for_timeout(1100)
    before = ten.bounding_box()
    for number, is_asked in ((5, False), (6, True), (10, True), (3, False)):
        phone.locator(".pain label").nth(number).tap()
        expect(asked).to_be_visible(visible=is_asked)
        assert ten.bounding_box() == before
    phone.locator(".pain label").nth(9).tap()
    phone.locator(".which-one label").first.tap()
    phone.locator(".pain label").nth(2).tap()
    expect(asked).to_be_visible()  # what was said stays in sight


def test_summary_of_a_refused_page_goes_once_it_is_put_right_and_moves_nothing(phone):
    phone.get_by_role("button", name="Save", exact=True).tap()
    summary = phone.get_by_role("alert").filter(has_text="Tick what you did")
    expect(summary).to_be_visible()
    phone.wait_for_timeout(1100)
    answer = phone.locator(".big-choice-row label").first
    answer.scroll_into_view_if_needed()
    answer.tap()
    before = answer.bounding_box()
    expect(summary).to_be_hidden()
    assert answer.bounding_box()["y"] == pytest.approx(before["y"], abs=1)
