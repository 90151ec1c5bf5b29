"""A paper diary keyed in by keys, by touch, on a bad line and by two people."""

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.staff import follow, sign_in
from tests.e2e.test_accessibility import AXE

pytestmark = pytest.mark.e2e

# Somebody whose four exercises are on Monday, Wednesday and Friday, and whose two weeks of paper are over.
SOMEBODY = """
import datetime as dt, uuid
from django.utils import timezone
from exercises.models import Exercise
from hipcare.clinics.models import Clinic, Patient, User
from programmes.models import Programme, Version
from programmes.services.summaries import renew_summary

physio = User.objects.get(email="priya@alderlane.example")
user = User.objects.create(clinic=physio.clinic, role=User.Role.PATIENT, name="Edith")
patient = Patient.objects.create(
    clinic=physio.clinic, user=user, physiotherapist=physio, first_name="Edith", last_name=uuid.uuid4().hex[:12],
    date_of_birth=dt.date(1944, 5, 2), affected_side="right", hip_precautions="none",
)
version = Version.objects.create(programme=Programme.objects.create(patient=patient), made_by=physio)
sides = {"each_side": "each", "affected_only": "right", "bilateral": "both"}
version.prescriptions.bulk_create(
    version.prescriptions.model(
        version=version, exercise=e, order=n, side=sides[e.side_mode], times_a_day=1, weekdays="024",
        text=e.pinned_text(), **{name: getattr(e, name) for name in Exercise.DOSE_FIELDS},
    )
    for n, e in enumerate(Exercise.objects.filter(clinic=None).order_by("slug")[:4], 1)
)
version.pin_circumstances()
today = timezone.localdate()
version.number, version.given_by, version.review_on = 1, physio, today + dt.timedelta(days=7)
monday = today - dt.timedelta(days=today.weekday() + 14)
version.given_at = dt.datetime.combine(monday, dt.time(9), physio.clinic.zone)
version.weekdays, version.times_a_day = "024", 1
version.save()
renew_summary(patient.pk)
print("DIARY", version.pk, monday.isoformat())
"""
PLANNED = (0, 2, 4, 7, 9, 11)  # days of the fortnight
MOST_KEYS = 25
"""For a fortnight that was kept whole: on each of six days A, the pain, Y and Enter; and Enter once more, on Done.

A typist's key takes about 0.3 seconds, and to look at the paper for the next row about 1.4: 25 × 0.3 + 6 × 1.4 is 16
seconds, which leaves four for a day that was not kept whole.
"""


@pytest.fixture
def diary(server):
    """Return the address of the diary, and its first day."""
    version, monday = re.search(r"DIARY (\S+) (\S+)", server.manage("shell", "-c", SOMEBODY)).groups()
    return f"/versions/{version}/diary/{monday}/", dt.date.fromisoformat(monday)


class Keys:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def opened(page, address):
    page.goto(address)
    expect(page.locator("html[data-hc-keys=ready]")).to_be_attached()


def kept(page):
    expect(page.locator("#diary-state")).to_have_attribute("data-hc-state", "saved")


def row(page, monday, day):
    return page.locator(f"[data-hc-day='{(monday + dt.timedelta(days=day)).isoformat()}']")


def ticked(page, monday, day):
    return row(page, monday, day).locator("[data-hc-box]:checked").count()


def told(page):
    return page.locator("[data-hc-so-far] dd").all_inner_texts()


def test_two_weeks_by_keys(new_page, diary):
    page, (address, monday) = new_page(width=1280), diary
    sign_in(page)
    opened(page, address)
    keys = Keys(page)
    for day in PLANNED:
        expect(row(page, monday, day).locator("[data-hc-box]").first).to_be_focused()
        keys.press("a", "3", "y", "Enter")
    expect(page.get_by_role("link", name="Done")).to_be_focused()
    with page.expect_navigation(url="**/patients/*/"):
        keys.press("Enter")
    assert keys.pressed <= MOST_KEYS
    expect(page.get_by_text("from paper, keyed in by Priya Nair").first).to_be_visible()

    opened(page, address)
    assert told(page) == ["6 of 6 planned", "24 of 24", "6 said"]
    assert [ticked(page, monday, day) for day in range(14)] == [4, 0, 4, 0, 4, 0, 0, 4, 0, 4, 0, 4, 0, 0]


def test_each_key_does_what_it_is_said_to(new_page, diary):
    page, (address, monday) = new_page(width=1280), diary
    sign_in(page)
    opened(page, address)
    first, keys = row(page, monday, 0), Keys(page)
    pain, yes, no = (first.locator(f"[data-hc-place={place}]") for place in ("pain", "yes", "no"))
    keys.press("Space", "ArrowRight", "ArrowRight", "Space")
    assert [box.is_checked() for box in first.locator("[data-hc-box]").all()] == [True, False, True, False]
    keys.press("1", "0")
    expect(pain).to_have_value("10")
    keys.press("y", "n")
    expect(no).to_be_checked()
    expect(yes).not_to_be_checked()
    keys.press("Control+z", "Control+z", "Control+z")
    expect(no).not_to_be_checked()
    expect(pain).to_have_value("1")


def test_the_cursor_goes_everywhere_and_words_are_words(new_page, diary):
    page, (address, monday) = new_page(width=1280), diary
    sign_in(page)
    opened(page, address)
    first, keys = row(page, monday, 0), Keys(page)
    pain, words = (first.locator(f"[data-hc-place={place}]") for place in ("pain", "words"))
    keys.press("ArrowRight", "ArrowRight", "ArrowDown")
    expect(row(page, monday, 1).locator("[data-hc-box]").nth(2)).to_be_focused()
    keys.press("Space", "ArrowUp", "Space", "ArrowRight", "ArrowRight", "5")
    expect(pain).to_be_focused()
    expect(pain).to_have_value("5")
    keys.press("ArrowRight", "ArrowRight", "ArrowRight")
    page.keyboard.type("any 7 days")
    expect(words).to_have_value("any 7 days")
    keys.press("Tab")
    expect(page.get_by_role("link", name="Another version or day")).to_be_focused()
    kept(page)
    stops = page.locator("[data-hc-diary] [tabindex='0']")
    assert stops.count() == 1, "Tab stops at one cell"
    page.reload()
    assert ticked(page, monday, 1) == 1, "a dot can be ticked"
    expect(words).to_have_value("any 7 days")
    assert told(page) == ["2 of 6 planned", "2 of 24", "1 said"]


def test_two_weeks_by_touch_on_a_phone(new_page, diary):
    page, (address, monday) = new_page(width=390), diary
    sign_in(page)
    opened(page, address)
    taps = 0
    for day in PLANNED:
        row(page, monday, day).get_by_role("button", name="All").tap()
        row(page, monday, day).locator("[data-hc-place=yes]").tap()
        taps += 2
    row(page, monday, 4).locator("[data-hc-box]").nth(1).tap()
    pain = row(page, monday, 4).locator("[data-hc-place=pain]")
    pain.tap()
    pain.fill("6")
    follow(page, page.get_by_role("link", name="Done"))
    assert taps == 12
    opened(page, address)
    assert told(page) == ["6 of 6 planned", "23 of 24", "1 said"]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "the grid scrolls, not the page"
    day = row(page, monday, 0).locator("th")
    page.locator(".diary-panel").evaluate("panel => { panel.scrollLeft = 400 }")
    assert day.bounding_box()["x"] < 40, "the day stays in sight"


@pytest.mark.unplugged
def test_without_a_line_it_is_kept_and_sent_when_the_page_is_opened_again(new_page, diary):
    page, (address, monday) = new_page(width=1280), diary
    sign_in(page)
    opened(page, address)
    page.route("**/keyed/", lambda route: route.abort())
    keys = Keys(page)
    keys.press("a", "4", "Enter")
    expect(page.get_by_text("Not saved, kept in this browser: no connection.")).to_be_visible()
    page.unroute("**/keyed/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    kept(page)
    page.reload()
    assert (ticked(page, monday, 0), told(page)[2]) == (4, "1 said")


def test_two_windows_of_one_diary_lose_nothing(new_page, diary):
    page, (address, monday) = new_page(width=1280), diary
    sign_in(page)
    opened(page, address)
    other = page.context.new_page()
    opened(other, address)
    Keys(page).press("Space", "3", "ArrowDown")
    kept(page)
    expect(page.locator("[data-hc-so-far] dd").nth(1)).to_have_text("1 of 24")
    Keys(other).press("ArrowRight", "Space", "5", "ArrowDown")
    expect(other.get_by_text("Priya Nair keyed in “3” meanwhile. “5” counts now; both are kept.")).to_be_visible()
    assert ticked(other, monday, 0) == 2, "what the other ticked has come here"


@pytest.mark.parametrize(("width", "dark"), [(320, False), (390, True), (1280, False), (1280, True)])
def test_axe_finds_nothing_and_every_control_has_a_name_of_its_own(new_page, diary, width, dark):
    page, (address, _monday) = new_page(width=width, dark=dark), diary
    sign_in(page)
    opened(page, address)
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    names = page.locator("[data-hc-place]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == 14 * (4 + 4)
    follow(page, page.get_by_role("link", name="Another version or day"))
    assert Axe().run(page, options=AXE).response["violations"] == []
