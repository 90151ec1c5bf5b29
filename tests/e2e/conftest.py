"""A real browser. Every page a test opens must stay free of script errors, refused resources and other origins."""

import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSER = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# How long a page may take before the test calls it dead. No test measures speed by it: a busy machine is no fault.
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)
PDF_VIEWER = ("chrome-extension:", "chrome:")  # its parts come from inside the browser
# Chromium says this of every 4xx and 5xx; the answers themselves are looked at instead.
# htmx says that a request was called off; the builder does so on purpose, when a press overtakes a save that is on its
# way. A request that could not be sent has another name (htmx:sendError), and is a problem.
# What a page says when a test marked `unplugged` pulls the plug; with a server that answers it never comes.
UNPLUGGED = (
    "An unknown error occurred when fetching the script.",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "Failed to load resource: net::ERR_FAILED",
    "Failed to load resource: net::ERR_CONNECTION_",
    "Failed to load resource: net::ERR_EMPTY_RESPONSE",
)
NOT_NEWS = ("Failed to load resource: the server responded with a status of", "htmx:sendAbort, ", "htmx:afterRequest, ")


# Five exercises of the library for somebody new, every day; prints the two faces of the code on their sheet.
NEW_PATIENT = """
import uuid
from exercises.models import Exercise
from hipcare.clinics.services.devices import make_pairing_code
from programmes.services.summaries import renew_summary
from tests.factories import PatientFactory, given_version
patient = PatientFactory(physiotherapist__email=f"{uuid.uuid4()}@example.org")
version = given_version(patient=patient, exercises=0)
sides = {"each_side": "each", "affected_only": "right", "bilateral": "both"}
rows = [
    version.prescriptions.model(
        version=version, exercise=e, order=n, side=sides[e.side_mode], times_a_day=1, weekdays="0123456",
        text=e.pinned_text(), **{name: getattr(e, name) for name in Exercise.DOSE_FIELDS},
    )
    for n, e in enumerate(Exercise.objects.filter(clinic=None).order_by("slug")[:5], 1)
]
version.prescriptions.bulk_create(rows)
renew_summary(patient.pk)
code = make_pairing_code(patient=version.patient, by=version.given_by)
print("CODE", code.token, code.typed_code)
"""


@pytest.fixture(scope="package")
def playwright():
    """Return what drives the browsers: one for all, for a process can hold no second."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright):
    """Return the machine's own Chromium, started once for the browser tests."""
    path = next(filter(None, map(shutil.which, (*BROWSERS, MAC_BROWSER))), None)
    assert path, "No Chromium here. `make test` installs it, or says how."
    chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield chromium
    chromium.close()


def listen(page, home, problems, *, is_unplugged=False):
    """Write to ``problems`` whatever a page should never do. Where a test pulls the plug, requests may fail."""
    not_news = NOT_NEWS + (UNPLUGGED if is_unplugged else ())

    def on_response(response):
        asked_for_a_page = response.request.resource_type in {"document", "fetch", "xhr"}
        if response.status >= 500 or (response.status >= 400 and not asked_for_a_page):
            problems.append(f"{response.status} {response.request.method} {response.url}")

    def on_request(request):
        if not request.url.startswith((f"{home}/", "data:", "blob:", "about:", *PDF_VIEWER)):
            problems.append(f"another origin: {request.url}")

    def on_console(message):
        if message.type in {"error", "warning"} and not message.text.startswith(not_news):
            problems.append(f"console {message.type} on {page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)


@pytest.fixture
def new_page(browser, server, request):
    """Return ``new_page(width=390, dark=False, javascript=True)``: a page with cookies of its own, at ``server.url``.

    A page up to 600 px wide is a phone, with touch, which a wider one has if it is asked for. At the end of the
    test, no page may have met a problem.
    """
    contexts, problems = [], []
    is_unplugged = request.node.get_closest_marker("unplugged") is not None

    def opened(*, width=390, dark=False, javascript=True, touch=False, home=server.url):
        phone = width <= 600
        context = browser.new_context(
            base_url=home,
            viewport={"width": width, "height": 844 if phone else 900},
            device_scale_factor=2 if phone else 1,
            has_touch=phone or touch,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        context.on("page", lambda page: listen(page, home, problems, is_unplugged=is_unplugged))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def code(server):
    """Return token and typed code of a new patient's sheet."""
    printed = server.manage("shell", "-c", NEW_PATIENT)
    return re.search(r"CODE (\S+) (\S+)", printed).groups()


@pytest.fixture
def phone(new_page, code):
    """Return a page that is paired and on Today."""
    page = new_page()
    page.goto(f"/j#{code[0]}")
    page.get_by_role("button", name="Yes, this is me").tap()
    expect(page).to_have_url(re.compile("/today/$"))
    page.wait_for_load_state()  # a tick before the script runs is kept, but the focus stays where it is
    return page
