"""A patient's page for staff: nothing wider than its window, today in sight first, cards alike; without a script."""

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import follow, sign_in
from tests.e2e.test_large_text import SIDEWAYS

pytestmark = pytest.mark.e2e

LONG = """() => {
  const name = 'Wolfgang-Maximilian Featherstonehaugh-Cholmondeley';
  for (const e of document.querySelectorAll('h1 bdi, .facts bdi')) e.textContent = name;
}"""
CARDS = """number => {
  const row = document.querySelector('.programme-row'), first = row.querySelector('li');
  while (row.children.length > number) row.lastElementChild.remove();
  while (row.children.length < number) row.append(first.cloneNode(true));
  first.querySelector('.dose').textContent = '3 × 8–12 · hold 5–10 s · rest 30 s · 2.5 kg · feels 5/10 · pain up to 4';
}"""
SIZES = """() => [...document.querySelectorAll('.programme-row .stage')].map(e => {
  const box = e.getBoundingClientRect();
  return [Math.round(box.top), Math.round(box.width), Math.round(box.height)];
})"""
OUT_OF_THE_CARD = """() => [...document.querySelectorAll('.patient-head :is(h1, dt, dd, p)')].filter(e => {
  const box = e.getBoundingClientRect(), head = e.closest('.patient-head').getBoundingClientRect();
  return box.right > head.right || e.scrollWidth > e.clientWidth + 1;
}).map(e => e.textContent)"""
NARROWEST = "() => Math.min(...[...document.querySelectorAll('.facts div')].map(e => e.getBoundingClientRect().width))"
IN_SIGHT = """() => {
  const box = e => document.querySelector(e).getBoundingClientRect();
  const [frame, today, name] = [box('.chart-scroll'), box('.chart-days .now'), box('.chart-names .row-name')];
  return today.right <= frame.right && today.left >= frame.left && name.left >= frame.left - 1;
}"""


@pytest.fixture
def record(new_page):
    """Return the page of a patient of the demo, without a script."""
    page = new_page(width=1280, javascript=False)
    sign_in(page)
    follow(page, page.get_by_role("link", name="Margaret Ellis", exact=True).first)
    expect(page.locator(".chart-days")).to_be_visible()
    return page


def test_page_fits_its_window_and_its_cards_are_alike(record):
    for width in (320, 390, 820, 1280):
        record.set_viewport_size({"width": width, "height": 800})
        assert record.evaluate(IN_SIGHT), f"today is out of sight at {width}"
        record.evaluate(LONG)
        assert record.evaluate(OUT_OF_THE_CARD) == []
        assert record.evaluate(NARROWEST) >= 100
        for number in (1, 4, 5, 7, 9, 12):
            record.evaluate(CARDS, number)
            sizes = record.evaluate(SIZES)
            assert len({size[1:] for size in map(tuple, sizes)}) == 1, f"{number} at {width}: {sizes}"
            tops = [top for top, _width, _height in sizes]
            assert number == 1 or width < 700 or tops.count(tops[-1]) > 1, f"the last of {number} is alone at {width}"
            assert record.evaluate(SIDEWAYS) <= 0, f"{number} at {width}"


@pytest.mark.parametrize("has_clipboard", [True, False])
def test_summary_is_copied_in_one_press(new_page, has_clipboard):
    page = new_page(width=1280)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not has_clipboard:  # as over plain http
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    sign_in(page)
    follow(page, page.get_by_role("link", name="Margaret Ellis", exact=True).first)
    follow(page, page.get_by_role("link", name="Appointment summary"))
    text = page.get_by_role("textbox", name="As plain text")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == text.input_value()
    if has_clipboard:
        assert page.evaluate("navigator.clipboard.readText()") == text.input_value()
