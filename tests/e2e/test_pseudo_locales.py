"""A patient's pages on the narrowest phone, in words two fifths longer, and from right to left."""

import pytest

from tests.e2e.staff import follow
from tests.e2e.test_accessibility import pair
from tests.e2e.test_large_text import POKING_OUT, SIDEWAYS
from tests.pseudo import BACKWARDS, LONG, write_catalogues

pytestmark = pytest.mark.e2e
SPEAK = "from hipcare.clinics.models import Patient; Patient.objects.update(language='{}')"


@pytest.fixture(scope="module")
def pseudo_server(new_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    write_catalogues(folder)
    running = new_server(DJANGO_SETTINGS_MODULE="tests.pseudo_settings", PSEUDO_LOCALE=str(folder))
    running.start()
    return running


@pytest.fixture
def look(new_page, pseudo_server):
    """Return ``look(address)``, which opens a page at 320 px and writes down what does not fit; and what it found."""
    page, found = new_page(width=320, home=pseudo_server.url), []

    def at(address=""):
        if address:
            page.goto(address)
        page.wait_for_load_state("networkidle")
        if (too_wide := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{page.url}: {too_wide} px too wide")
        found.extend(f"{page.url}: {what}" for what in page.evaluate(POKING_OUT))
        return page

    yield at
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "direction"), [(LONG, "ltr"), (BACKWARDS, "rtl")])
def test_long_words_stay_on_the_narrowest_phone(look, pseudo_server, language, direction):
    page = look("/j")
    pair(page, pseudo_server)
    pseudo_server.manage("shell", "--no-imports", "-c", SPEAK.format(language))
    look("/today/?once-more")
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    look("/help/")
    look("/nowhere/")
    look("/today/?once-more")
    page.locator("label.done-box:visible").first.click()
    assert "⟦" in page.locator("[data-hc-to-go]").inner_text()
    follow(page, page.locator("[data-hc-look]:visible").first)
    look()
    look("/today/?once-more")
    follow(page, page.locator("form[data-hc-today] button[type=submit]"))
    look()
    follow(page, page.locator("a[href$='/change/']").first)
    look()
