"""Every state of a patient's pages in every look: three widths, light, dark, forced colours; axe, and sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.staff import follow
from tests.e2e.test_accessibility import AXE, FINE_PRINT, SMALL

pytestmark = pytest.mark.e2e

WIDTHS = (320, 390, 1280)
COLOURS = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
# Safari reads a list without marks as a list only where it says that it is one.
NO_LISTS = """() => [...document.querySelectorAll('ul, ol')]
    .filter(e => e.checkVisibility() && getComputedStyle(e).listStyleType === 'none')
    .filter(e => e.getAttribute('role') !== 'list' && !e.closest('[aria-hidden]'))
    .map(e => e.className)"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
# 7 to 1 for all words (WCAG 1.4.6), beside what axe asks of every page. In forced colours the reader's own system
# chooses both, whatever a sheet says.
RULES = {**AXE, "rules": {**AXE["rules"], "color-contrast-enhanced": {"enabled": True}}}
FORCED = {**AXE, "rules": {**AXE["rules"], "color-contrast": {"enabled": False}}}


@pytest.fixture
def own(new_page, code):
    """Return a page on Today, of a patient whom nothing else looks at, wide enough to be given any width."""
    page = new_page(width=1280)
    page.goto("/j")
    page.get_by_label("Your code").fill(code[1])
    page.keyboard.press("Enter")
    follow(page, page.get_by_role("button", name="Yes, this is me"))
    return page


def look(page, name, found):
    """Write down what is wrong with the page that is open, in each look."""
    page.wait_for_load_state("networkidle")
    found += [f"{name}: no list to Safari: {what}" for what in page.evaluate(NO_LISTS)]
    page.evaluate("document.querySelectorAll('.dock').forEach(dock => { dock.style.position = 'static' })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for colours in COLOURS:
            page.emulate_media(**colours)
            where = f"{name} at {width}, {colours['color_scheme']}, forced {colours['forced_colors']}"
            rules = FORCED if colours["forced_colors"] == "active" else RULES
            problems = Axe().run(page, options=rules).response["violations"]
            found += [f"{where}: {one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in problems]
        found += [f"{name} at {width}: small target {what}" for what in page.evaluate(SMALL)]
        found += [f"{name} at {width}: small words {what}" for what in page.evaluate(FINE_PRINT)]
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{name} at {width}: scrolls sideways")
    page.set_viewport_size({"width": 320, "height": 800})
    spacing = page.evaluate_handle(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [sheet]; return sheet }",
        SPACED,
    )
    if page.evaluate(SIDEWAYS) > 0:
        found.append(f"{name}: scrolls sideways with more space between letters")
    spacing.dispose()


def look_at(page, found, addresses):
    for name, address in addresses.items():
        page.goto(address)
        look(page, name, found)


def test_nothing_is_found_on_any_page_in_any_state(own):
    page, found = own, []
    look(page, "today", found)
    follow(page, page.get_by_role("link", name="Start", exact=True))
    look(page, "exercise", found)
    look_at(page, found, {"weeks": "/today/weeks/", "tell, empty": "/today/tell/"})
    follow(page, page.get_by_role("button", name="Keep it for Priya"))
    look(page, "tell, refused", found)
    page.get_by_label("What would you like to say?").fill("On the bed it is easier.")
    follow(page, page.get_by_role("button", name="Keep it for Priya"))
    expect(page.get_by_text("Not read yet")).to_be_visible()
    look(page, "tell, one told", found)
    page.goto("/today/")
    page.locator(".pain label").nth(8).click()
    expect(page.get_by_text("Which one hurt?")).to_be_visible()
    look(page, "today, above the limit", found)
    follow(page, page.get_by_role("button", name="Save", exact=True))
    look(page, "saved", found)
    follow(page, page.get_by_role("link", name="Change this"))
    look(page, "change", found)
    page.goto("/today/")
    yesterday = page.locator(".last-days a").nth(5).get_attribute("href")
    look_at(page, found, {"a past day": yesterday, "help": "/help/", "no such page": "/nowhere/"})
    assert not found, "\n".join(found)
