"""The demo clinic's staff at a browser."""

from playwright.sync_api import expect

PASSWORD = "alder-lane-demo"


def sign_in(page, who="priya"):
    """Sign in as ``who`` on the sign-in page that is open, or from the start."""
    if not page.url.startswith("http"):
        page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(f"{who}@alderlane.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Patients", level=1)).to_be_visible()


def find_patient(page, words):
    """Search by the field on every staff page."""
    page.get_by_label("Find a patient").fill(words)
    page.get_by_label("Find a patient").press("Enter")
    page.wait_for_url("**/patients/?found=")


def follow(page, what):
    """Press ``what``, a link or a button that leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        what.click()
