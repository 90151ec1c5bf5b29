"""Words at twice their size on a phone (WCAG 1.4.4): nothing leaves the screen, and help stays within reach."""

import pytest

from tests.e2e.staff import follow
from tests.e2e.test_accessibility import pair

pytestmark = pytest.mark.e2e

DOUBLED = "document.documentElement.style.fontSize = '200%'"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Words that stand out of the box of their button, chip, circle or tile, which a scroll bar does not tell.
POKING_OUT = """() => [...document.querySelectorAll(
    '.btn, .chip, .done-box, .tick > * + span, .pain span, .big-choice span, .steps li, .guide li, .guide b,' +
    '.dose-list div')]
    .filter((e) => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
    .map((e) => `${e.className} "${e.textContent.trim().slice(0, 30)}" ${e.scrollWidth}x${e.scrollHeight}`)"""


def look_at_doubled(page, address, found):
    """Open ``address``, double its words, and write down what does not fit."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(DOUBLED)
    too_wide = page.evaluate(SIDEWAYS)
    if too_wide > 0:
        found.append(f"{page.url}: {too_wide} px too wide")
    found.extend(f"{page.url}: {what}" for what in page.evaluate(POKING_OUT))
    help_link = page.locator(".help-button")
    if help_link.count():
        box = help_link.bounding_box()
        if box["x"] < 0 or box["x"] + box["width"] > page.viewport_size["width"]:
            found.append(f"{page.url}: the help link leaves the screen: {box}")


def test_doubled_words_stay_on_a_phones_screen(new_page, server):
    page, found = new_page(width=390), []

    look_at_doubled(page, "/accounts/login/", found)
    look_at_doubled(page, "/j", found)
    look_at_doubled(page, "/help/", found)
    pair(page, server)
    look_at_doubled(page, "/today/?once-more", found)  # whatever another look saved before
    assert page.locator(".help-button").count() == 1
    page.locator("label.done-box:visible").first.click()
    look_at_doubled(page, "", found)
    follow(page, page.get_by_role("link", name="Show me").locator("visible=true").first)
    look_at_doubled(page, "", found)
    look_at_doubled(page, "/help/", found)

    assert not found, "\n".join(found)
