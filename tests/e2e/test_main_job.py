"""The main job, counted: from the patient's page to a given programme with its code and sheet."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import sign_in

pytestmark = pytest.mark.e2e

PATIENT = """
import uuid
from hipcare.clinics.models import User
from tests.factories import PatientFactory
priya = User.objects.get(email="priya@alderlane.example")
patient = PatientFactory(
    clinic=priya.clinic, physiotherapist=priya, hip_precautions="none", last_name=uuid.uuid4().hex[:8]
)
print("AT", patient.pk)
"""
HANDOVER = re.compile(r"/versions/[0-9a-f-]+/handover/$")


@pytest.fixture
def patient(server):
    """Return the address of the page of somebody who has no programme and whose record says all that it asks."""
    printed = server.manage("shell", "-c", PATIENT)
    return f"/patients/{re.search(r'AT (.+)', printed).group(1).strip()}/"


@pytest.mark.parametrize(
    ("width", "touch", "javascript"),
    [(1280, False, True), (820, True, True), (1280, False, False)],
    ids=["mouse", "tablet", "no script"],
)
def test_six_presses_and_no_dose_typed(new_page, patient, width, touch, javascript):
    page = new_page(width=width, touch=touch, javascript=javascript)
    sign_in(page)
    page.goto(patient)
    presses = []

    def press(button):
        presses.append(button)
        button.tap() if touch else button.click()

    press(page.get_by_role("button", name="Make a programme"))
    press(page.get_by_role("button", name="Hip osteoarthritis", exact=True))
    expect(page.locator(".rows > li")).to_have_count(4)
    press(page.get_by_role("button", name="Mon, Wed, Fri"))
    expect(page.get_by_role("checkbox", name="Mon", exact=True)).to_be_checked()
    press(page.get_by_role("button", name="Review in 4 weeks"))
    expect(page.get_by_label("Review on")).not_to_have_value("")
    press(page.get_by_role("button", name="Give to patient"))
    page.wait_for_url(HANDOVER)
    with page.context.expect_event("response", lambda answer: "/print/" in answer.url) as came:
        press(page.get_by_role("button", name=re.compile("^Print ?: full sheet$")))
    assert came.value.headers["content-type"] == "application/pdf"
    assert len(presses) <= 6


class Keys:
    """The keyboard, counted."""

    def __init__(self, page):
        self.page, self.pressed = page, []

    def press(self, key):
        self.page.keyboard.press(key)
        self.pressed.append(key)

    def tab_to(self, what):
        """Tab until ``what`` has the focus."""
        for _ in range(12):
            self.press("Tab")
            if what.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"not within 12 Tabs: {what}")


def open_the_builder(page, keys):
    keys.tab_to(page.get_by_role("link", name="Skip to main content"))
    keys.press("Enter")
    keys.tab_to(page.get_by_role("link", name="To the programme"))
    keys.press("Enter")
    keys.tab_to(page.get_by_role("button", name="Make a programme"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Start from")).to_be_visible()


def start_from_a_template(page, keys):
    keys.tab_to(page.get_by_role("link", name="Skip to main content"))
    keys.press("Enter")
    keys.tab_to(page.get_by_role("link", name="To the rows"))
    keys.press("Enter")
    keys.tab_to(page.get_by_role("button", name="Hip osteoarthritis", exact=True))
    keys.press("Enter")
    expect(page.locator("#builder-said")).to_have_text("4 exercises in the programme.")


def choose_days_and_review(page, keys):
    every_day = page.get_by_role("button", name="Every day", exact=True)
    expect(every_day).to_be_focused()  # the next step
    keys.press("Enter")
    expect(every_day).to_have_attribute("aria-pressed", "true")
    expect(every_day).to_be_focused()
    keys.tab_to(page.get_by_role("button", name="Review in 2 weeks"))
    keys.press("ArrowRight")
    expect(page.get_by_role("button", name="Review in 4 weeks")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_label("Review on")).not_to_have_value("")


def test_twenty_five_keys_from_the_patients_page_to_given(new_page, patient):
    page = new_page(width=1280)
    sign_in(page)
    page.goto(patient)
    keys = Keys(page)
    open_the_builder(page, keys)
    start_from_a_template(page, keys)
    choose_days_and_review(page, keys)
    keys.press("Control+Enter")
    expect(page.get_by_role("button", name="Give to patient")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url(HANDOVER)
    assert len(keys.pressed) <= 25, keys.pressed


ROLES = {"button", "checkbox", "radio", "textbox", "combobox", "searchbox", "link", "DisclosureTriangle", "spinbutton"}


def names_twice(page):
    """Return the controls of one kind and one name, from the accessibility tree; and how many controls there are."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    found = [
        (node["role"]["value"], node["name"]["value"].strip())
        for node in tree
        if not node.get("ignored") and node["role"]["value"] in ROLES and "name" in node
    ]
    named = [(role, name) for role, name in found if name]
    return sorted({one for one in named if named.count(one) > 1}), len(named)


def test_no_two_controls_of_twelve_rows_have_one_name(new_page, patient):
    """As lines, and in full with every fold of every row open: what it can be swapped for, too."""
    page = new_page(width=1280)
    sign_in(page)
    page.goto(patient)
    page.get_by_role("button", name="Make a programme").click()
    page.get_by_role("button", name="Hip osteoarthritis", exact=True).click()
    rows = page.locator(".rows > li")
    expect(rows).to_have_count(4)
    for there in range(4, 12):
        page.locator(".library-list button.add").first.click()
        expect(rows).to_have_count(there + 1)
    expect(page.locator(".row-fold")).to_have_count(12)
    assert names_twice(page)[0] == []
    page.get_by_role("button", name="Full", exact=True).click()
    expect(page.locator(".row-fold")).to_have_count(0)
    page.evaluate("document.querySelectorAll('.rows details').forEach((fold) => { fold.open = true })")
    twice, named = names_twice(page)
    assert twice == []
    assert named > 300


@pytest.mark.parametrize("size", [(320, 256), (320, 480)])
def test_a_row_can_be_seen_at_400_percent_zoom(new_page, patient, size):
    page = new_page(width=1280)
    sign_in(page)
    page.goto(patient)
    page.get_by_role("button", name="Make a programme").click()
    page.get_by_role("button", name="Hip osteoarthritis", exact=True).click()
    expect(page.locator(".rows > li")).to_have_count(4)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    reps = page.locator(".rows > li").first.get_by_role("textbox", name=re.compile("^Reps"))
    reps.scroll_into_view_if_needed()
    box = reps.bounding_box()
    seen = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.name ?? ''",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert seen.endswith("-reps")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
