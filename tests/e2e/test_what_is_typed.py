"""What people type outlives a look elsewhere, a night, a journey, and another page with the same record open."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NEW_PATIENT
from tests.e2e.staff import sign_in
from tests.e2e.test_patient_phone import looked_at, to_go

pytestmark = pytest.mark.e2e
NOTE = "Sharp pain at the side of my knee"
# The phone is somewhere else from now on, as far as it can tell.
TRAVEL = """(zone) => {
  const here = Intl.DateTimeFormat.prototype.resolvedOptions;
  Intl.DateTimeFormat.prototype.resolvedOptions = function () { return { ...here.call(this), timeZone: zone }; };
}"""
# What is said on the page from now on was said ten minutes before midnight; until it is now again.
LAST_NIGHT = """() => {
  const then = new Date(); then.setDate(then.getDate() - 1); then.setHours(23, 50, 0, 0);
  Date.real = Date.now;
  Date.now = () => Number(then);
}"""
NOW = "() => { Date.now = Date.real; }"


@pytest.fixture
def new_phone(new_page, server):
    """Return a function that gives a page that is paired for a patient of its own and on Today."""

    def paired(zone=None, **options):
        page = new_page(**options)
        if zone:
            page.add_init_script(f"({TRAVEL})('{zone}')")
        token = re.search(r"CODE (\S+)", server.manage("shell", "-c", NEW_PATIENT)).group(1)
        page.goto(f"/j#{token}")
        page.get_by_role("button", name="Yes, this is me").click()
        expect(page).to_have_url(re.compile("/today/$"))
        page.wait_for_load_state()
        return page

    return paired


def say(page):
    """Tick the first exercise and say how it went."""
    page.locator("[data-hc-card] .done-box").first.click()
    page.locator(".pain label").nth(6).click()
    page.locator(".big-choice-row label").nth(1).click()
    page.get_by_label("Anything to tell Priya?").fill(NOTE)


def said(page):
    """Expect all of it to be there."""
    expect(to_go(page)).to_have_text("4 to go")
    expect(page.locator("input[name=pain][value='6']")).to_be_checked()
    expect(page.locator("input[name=effort][value=somewhat_hard]")).to_be_checked()
    expect(page.get_by_label("Anything to tell Priya?")).to_have_value(NOTE)


def test_what_is_typed_outlives_every_look_elsewhere_and_not_the_save(new_phone):
    page = new_phone()
    say(page)
    show_me = page.get_by_role("link", name="Show me").locator("visible=true").first

    show_me.click()
    page.go_back()
    said(page)
    show_me.click()
    page.get_by_role("link", name="Today", exact=True).click()
    said(page)
    page.get_by_role("link", name="Need help?").click()
    expect(page.get_by_role("heading", name="Need help?")).to_be_visible()
    page.go_back()
    said(page)
    page.reload()
    said(page)

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("6 out of 10")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["hipcare.clinic"]  # whom to ring, and nothing else
    page.goto("/today/?again")
    expect(page.get_by_label("Anything to tell Priya?")).to_have_value("")


def test_taking_the_plan_off_the_phone_takes_the_words_too(new_phone):
    page = new_phone()
    say(page)
    page.get_by_role("link", name="My phone").click()
    page.get_by_role("link", name="Take my plan off this phone").click()
    page.get_by_role("button", name="Take it off").click()
    expect(page.get_by_text("Some of what you ticked is not at the clinic yet.")).to_be_visible()
    page.get_by_role("button", name="Take it off").click()
    expect(page).to_have_url(re.compile("/j$"))
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_left_open_overnight_asks_which_day_and_keeps_every_word(new_phone, width):
    page = new_phone(width=width)
    page.evaluate(LAST_NIGHT)
    say(page)
    page.evaluate(NOW)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="When did you do this?")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_text("Another day").click()
    looked_at(page)
    yesterday = page.get_by_role("button", name=re.compile("^Yesterday, "))
    day = yesterday.inner_text().removeprefix("Yesterday, ")
    yesterday.click()

    expect(page.get_by_text(day, exact=True)).to_be_visible()
    expect(page.get_by_text("6 out of 10")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()


def test_page_from_kiritimati_is_saved_in_pago_pago(new_phone):
    page = new_phone(zone="Pacific/Kiritimati")
    say(page)
    east = page.locator("input[name=day]").input_value()
    page.evaluate(TRAVEL, "Pacific/Pago_Pago")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text(NOTE)).to_be_visible()
    west = page.evaluate(
        "new Date().toLocaleDateString('en-GB', {timeZone: 'Pacific/Pago_Pago', day: 'numeric', month: 'long'})"
    )
    expect(page.locator(".band .date, h1").filter(has_text=west).first).to_be_visible()
    assert int(east[-2:]) != int(west.split()[0])


def test_two_phones_put_one_session_right(new_phone, new_page):
    first = new_phone()
    say(first)
    first.get_by_role("button", name="Save", exact=True).click()
    first.get_by_role("link", name="Change this").click()
    expect(first.get_by_role("heading", name="Change what you saved")).to_be_visible()
    second = new_page()  # with nothing kept of what the first keeps
    second.context.add_cookies(first.context.cookies())
    second.goto(first.url)
    expect(second.get_by_role("heading", name="Change what you saved")).to_be_visible()

    first.locator(".pain label").nth(7).click()
    first.get_by_role("button", name="Save the change").click()
    expect(first.get_by_text("7 out of 10")).to_be_visible()
    second.locator(".pain label").nth(3).click()
    second.get_by_label("Anything to tell Priya?").fill("Typed on the other phone")
    second.get_by_role("button", name="Save the change").click()

    expect(second.get_by_text("It was: 6")).to_be_visible()
    expect(second.get_by_label("Anything to tell Priya?")).to_have_value("Typed on the other phone")
    looked_at(second)
    second.get_by_text("Keep: 7").click()
    second.get_by_role("button", name="Save the change").click()
    expect(second.get_by_text("7 out of 10")).to_be_visible()
    expect(second.get_by_text("Typed on the other phone")).to_be_visible()


def test_two_physiotherapists_edit_one_patient(new_page):
    priya, lee = new_page(width=1280), new_page(width=1280)
    sign_in(priya)
    sign_in(lee, "lee")
    priya.get_by_role("link", name="Colin Achebe", exact=True).click()
    expect(priya.get_by_role("heading", name="Colin Achebe")).to_be_visible()
    address = f"{priya.url.rstrip('/')}/edit/"
    for page in (priya, lee):
        page.goto(address)
    priya.get_by_label("Usual pain").fill("7")
    priya.get_by_role("button", name="Save patient").click()
    expect(priya).to_have_url(address.removesuffix("edit/"))

    lee.get_by_label("Phone", exact=False).first.fill("01632 960 119")
    lee.get_by_role("button", name="Save patient").click()

    expect(lee.get_by_text("Meanwhile Priya Nair changed: usual pain")).to_be_visible()
    lee.goto(address)
    expect(lee.get_by_label("Usual pain")).to_have_value("7")
