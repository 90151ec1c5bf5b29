"""What signing in needs a real browser for: passkeys, the button beside a password, focus on what went wrong."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

LEAD = ("lee@alderlane.example", "alder-lane-demo")


@pytest.fixture
def page(new_page, server):
    """Return a desk at http://localhost: a passkey belongs to a name, never to a number such as 127.0.0.1."""
    return new_page(width=1280, home=f"http://localhost:{server.port}")


def sign_in(page, password=LEAD[1]):
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(LEAD[0])
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_a_device(page):
    """Put a device with a fingerprint reader into the browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def confirm(page):
    """Say once more that it is still oneself."""
    page.get_by_label("Password", exact=True).fill(LEAD[1])
    page.get_by_role("button", name="Go on").click()


def test_passkey_is_added_signs_in_without_a_password_and_is_removed(page):
    give_a_device(page)
    sign_in(page)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a key").click()
    confirm(page)
    page.get_by_label("Name of this key").fill("Reception laptop")
    page.get_by_text("Use it to sign in without a password").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Your key is added.")

    page.locator("summary.who").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/patients/$"))

    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="Reception laptop")).to_be_visible()
    page.get_by_role("link", name="Remove Reception laptop").click()
    confirm(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have no key yet.")).to_be_visible()


def test_device_that_refuses_leaves_a_sentence_and_the_form(page):
    devtools, device = give_a_device(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("The device did not answer. Try again.")
    expect(page.get_by_label("Email address")).to_be_editable()


def test_wrong_password_puts_the_focus_on_the_summary(page):
    sign_in(page, password="wrong")
    expect(page).to_have_title("Error: Sign in - HipCare")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Email address")).to_have_value(LEAD[0])


def test_password_can_be_seen_while_one_types_it(page):
    page.goto("/accounts/login/")
    password = page.get_by_label("Password", exact=True)
    password.fill("plum kettle")
    page.get_by_role("button", name="Show").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(password).to_have_attribute("type", "password")


def test_without_javascript_there_is_no_button_that_does_nothing(new_page):
    page = new_page(width=390, javascript=False)
    page.goto("/accounts/login/")
    expect(page.get_by_role("button")).to_have_text(["Sign in"])


@pytest.mark.parametrize("dark", [False, True])
def test_every_stop_of_the_sign_in_page_shows_the_ring(new_page, dark):
    page = new_page(width=1280, dark=dark)
    page.goto("/accounts/login/")
    seen = []
    for _ in range(7):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("getComputedStyle(document.activeElement).outlineWidth"))
    assert seen == ["3px"] * 7


@pytest.mark.parametrize("width", [320, 820])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
def test_nothing_is_wider_than_the_screen(new_page, width, path):
    page = new_page(width=width)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_new_patient_is_saved_without_looking_for_the_button(page, width, height):
    page.goto("/accounts/login/")
    expect(page.get_by_label("Email address")).to_be_focused()
    sign_in(page)
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/patients/new/")
    expect(page.get_by_label("First name")).to_be_focused()
    expect(page.get_by_role("button", name="Save patient")).to_be_in_viewport(ratio=1)
    if width == 1280:  # the most that may be scrolled is one window
        assert page.evaluate("document.documentElement.scrollHeight") <= 2 * height
