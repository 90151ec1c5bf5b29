"""What is ticked and typed and not saved yet, as a phone keeps it: at once, once for all tabs, and said if not."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NEW_PATIENT
from tests.e2e.phones import wait_until
from tests.e2e.test_patient_phone import kept_on, to_go

pytestmark = pytest.mark.e2e
NO_DATABASE = "Object.defineProperty(self, 'indexedDB', { value: { open() { throw new Error('none here'); } } })"
NO_ROOM = NO_DATABASE + ";Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.fixture
def new_phone(new_page, server):
    """Return a function that gives a page that is paired for a patient of its own and on Today."""

    def paired(before="", **options):
        page = new_page(**options)
        if before:
            page.add_init_script(before)
        token = re.search(r"CODE (\S+)", server.manage("shell", "-c", NEW_PATIENT)).group(1)
        page.goto(f"/j#{token}")
        page.get_by_role("button", name="Yes, this is me").click()
        expect(page).to_have_url(re.compile("/today/$"))
        page.wait_for_load_state()
        return page

    return paired


def note(page):
    return page.get_by_label("Anything to tell Priya?")


def test_what_is_typed_comes_back_and_is_said_to_be_not_saved(new_phone):
    page = new_phone()
    kept = page.get_by_text("We kept what you wrote.")
    note(page).fill("My knee clicks")
    expect(kept).to_be_hidden()
    page.reload()

    expect(note(page)).to_have_value("My knee clicks")
    expect(kept).to_be_visible()


def test_record_has_one_id_from_the_first_touch_to_the_saved_session(new_phone):
    page = new_phone()
    page.locator("[data-hc-card] .done-box").first.click()
    (row,) = kept_on(page)
    page.reload()
    expect(page.locator("input[name=session]")).to_have_value(row["uuid"])
    expect(page.locator("input[name=opened]")).to_have_value(str(row["opened"]))
    assert row["place"].startswith(page.locator("html").get_attribute("data-hc-person") + ":")

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("[data-hc-saved]")).to_have_attribute("data-hc-saved", row["uuid"])
    wait_until(page, lambda: kept_on(page) == [])


def test_two_tabs_make_one_session(new_phone):
    first = new_phone()
    second = first.context.new_page()
    second.goto("/today/")
    expect(to_go(second)).to_have_text("5 to go")
    first.locator("[data-hc-card] .done-box").first.click()
    expect(to_go(second)).to_have_text("4 to go")
    note(second).fill("From the second tab")
    second.locator("[data-hc-card]:not(.is-ticked) .done-box").first.click()

    expect(to_go(first)).to_have_text("3 to go")
    expect(note(first)).to_have_value("From the second tab")
    assert len({tab.locator("input[name=session]").input_value() for tab in (first, second)}) == 1
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("2 of 5 exercises are saved.")).to_be_visible()
    expect(second.get_by_text("Saved. Thank you")).to_be_visible()  # it has looked again by itself


def test_without_a_database_it_is_kept_in_the_smaller_store(new_phone):
    page = new_phone(before=NO_DATABASE)
    page.locator("[data-hc-card] .done-box").first.click()
    note(page).fill("Kept all the same")
    page.reload()

    expect(to_go(page)).to_have_text("4 to go")
    expect(note(page)).to_have_value("Kept all the same")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Kept all the same")).to_be_visible()
    page.wait_for_function("!localStorage.getItem('hipcare.unkept')")


def test_phone_without_any_room_says_that_nothing_is_kept_until_it_is(new_phone):
    page = new_phone(before=NO_ROOM)
    page.locator("[data-hc-card] .done-box").first.click()
    not_kept = page.get_by_text("Not kept.")
    expect(not_kept).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(not_kept).to_be_visible()

    page.evaluate("Storage.prototype.setItem = function (key, value) { this[key] = value; }")
    page.get_by_role("button", name="Try again").click()
    expect(not_kept).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 of 5 exercises is saved.")).to_be_visible()


def test_phone_that_is_full_keeps_what_is_typed_and_says_so_where_it_cannot(new_phone):
    page = new_phone()
    page.reload()
    device = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    device.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    page.locator("[data-hc-card] .done-box").first.click()
    note(page).fill("Typed on a full phone " * 20)
    page.reload()
    expect(to_go(page)).to_have_text("4 to go")
    expect(note(page)).to_have_value("Typed on a full phone " * 20)
    page.evaluate("for (let n = 5e6; n > 1; n = Math.floor(n / 2)) try { localStorage[n] = 'x'.repeat(n) } catch {}")
    note(page).fill("y" * 900)
    expect(page.get_by_text("Not kept.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()  # as without a script
    expect(page.get_by_text("y" * 900)).to_be_visible()


def test_ticks_of_the_release_before_are_taken_over_once(new_phone):
    page = new_phone()
    place = page.locator("[data-hc-today]").get_attribute("data-hc-today")
    done = page.locator("input[name=done]").first.get_attribute("value")
    old = json.dumps({"page": place, "ids": [done], "said": {"note": "Typed before the update"}})
    page.evaluate("(old) => localStorage.setItem('hipcare.ticks', old)", old)
    page.reload()

    expect(to_go(page)).to_have_text("4 to go")
    expect(note(page)).to_have_value("Typed before the update")
    assert page.evaluate("localStorage.getItem('hipcare.ticks')") is None
