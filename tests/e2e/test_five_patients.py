"""Five patients as a physiotherapist meets them: all that is to be said is written in the builder, and read again.

Each is written by hand in a real browser, given, read on the patient's phone and on the printed sheet. Set
``SCREENSHOTS`` to a folder to keep what was seen: the builder, Today and each exercise at several widths, the sheets.
"""

import datetime as dt
import os
import re
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import follow, sign_in
from tests.programmes.handouts.sheets import pages_of

pytestmark = pytest.mark.e2e

SCREENSHOTS = os.environ.get("SCREENSHOTS")
EVERY_DAY = "Once a day, every day."
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PEOPLE = """
import datetime as dt, json, uuid
from hipcare.clinics.models import Patient, User
from hipcare.clinics.services.registration import register_patient
priya = User.objects.get(email="priya@alderlane.example")
people = {
    "Irene": dict(date_of_birth=dt.date(1958, 5, 2), affected_side="right", condition="Hip osteoarthritis"),
    "Carla": dict(date_of_birth=dt.date(1974, 2, 9), affected_side="left", condition="Outer hip pain, runner"),
    "Stefan": dict(
        date_of_birth=dt.date(1955, 9, 1), affected_side="left", condition="Hip replacement, week 3",
        hip_precautions="posterior", operated_side="left", hip_precautions_since=dt.date.today() - dt.timedelta(21),
        hip_precautions_review_on=dt.date.today() + dt.timedelta(28),
    ),
    "Edith": dict(
        date_of_birth=dt.date(1945, 1, 7), affected_side="right", condition="Thin bones, afraid to fall",
        large_print=True,
    ),
    "Dele": dict(date_of_birth=dt.date(1992, 3, 3), affected_side="left", condition="Hip impingement"),
}
for name, facts in people.items():
    patient = Patient(
        clinic=priya.clinic, physiotherapist=priya, first_name=name, last_name=f"Five {uuid.uuid4().hex[:6]}",
        **{"hip_precautions": "none", **facts},
    )
    register_patient(patient=patient, by=priya)
    print("PERSON", name, patient.pk)
"""


@pytest.fixture(scope="module")
def people(server):
    """Return the record's number of each of the five by first name."""
    return dict(re.findall(r"PERSON (\w+) (\S+)", server.manage("shell", "-c", PEOPLE)))


def today():
    return dt.datetime.now(tz=zoneinfo.ZoneInfo("Europe/London")).date()


def day_names(*ahead):
    """Return the short names of the days so many days ahead, in the week's order."""
    return [DAYS[place] for place in sorted((today().weekday() + one) % 7 for one in ahead)]


def long_names(*ahead):
    """Return the same whole, as a sentence has them."""
    places = sorted((today().weekday() + one) % 7 for one in ahead)
    return " and ".join((dt.date(2026, 11, 23) + dt.timedelta(days=place)).strftime("%A") for place in places)


@dataclass(frozen=True)
class Said:
    """What is to be read: of each exercise how much and how often; what else is on the sheet and on Today."""

    exercises: dict[str, tuple[str, str]]
    sheet: list[str]
    today: list[str]


class Desk:
    """A physiotherapist at the builder of one patient."""

    def __init__(self, page, patient):
        self.page = page
        sign_in(page)
        page.goto(f"/patients/{patient}/")
        follow(page, page.get_by_role("button", name="Make a programme"))

    def add(self, *exercises):
        for exercise in exercises:
            there = self.page.locator(".rows > li").count()
            self.page.get_by_role("button", name=f"Add {exercise}", exact=True).click()
            expect(self.page.locator(".rows > li")).to_have_count(there + 1)

    def add_again(self, exercise):
        there = self.page.locator(".rows > li").count()
        card = self.page.locator("#library-list > li").filter(
            has=self.page.get_by_role("heading", name=exercise, exact=True)
        )
        card.get_by_role("button", name="Once more").click()
        expect(self.page.locator(".rows > li")).to_have_count(there + 1)

    def every_day(self):
        self.page.get_by_role("button", name="Every day").click()
        expect(self.page.get_by_role("checkbox", name="Sun", exact=True).last).to_be_checked()
        self.page.get_by_role("button", name="Review in 4 weeks").click()
        expect(self.page.get_by_label("Review on")).not_to_have_value("")

    def write(self, place, **fields):
        """Write in row ``place``, from 1: a field by the beginning of its label, pressed or typed or chosen."""
        row = self.page.locator(".rows > li").nth(place - 1)
        for fold in (row.locator(f"details.{name}") for name in ("row-more", "row-days", "moments")):
            if fold.get_attribute("open") is None:
                fold.locator("> summary").click()
        for name, value in fields.items():
            WAYS.get(name, typed(LABELS.get(name, name.capitalize())))(row, value)

    def topic(self, *titles):
        self.page.locator(".topic-choice > summary").click()
        for title in titles:
            self.page.get_by_role("checkbox", name=title).check()

    def give(self):
        """Give it; return the link for the phone."""
        self.page.wait_for_load_state("networkidle")
        self.page.get_by_role("button", name="Give to patient").click()
        self.page.wait_for_url(re.compile("/handover/$"))
        return self.page.locator("[data-hc-copy]").get_attribute("data-hc-copy")

    def print(self, name):
        """Print a sheet; return its PDF."""
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        address = self.page.url.replace("/handover/", "/print/")
        answer = self.page.request.post(address, form={"csrfmiddlewaretoken": token, "layout": name})
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()


LABELS = {
    "hold": "Hold (s)", "rest": "Rest (s)", "minutes": "Minutes",
    "weight": "Weight (kg)", "where": "Where it goes", "up": "Up (s)", "down": "Down (s)", "effort": "Effort (of 10)",
    "pain": "Pain up to", "go_on": "When to go on", "times": "Times a day", "a_week": "Days a week",
}  # fmt: skip


def typed(label):
    return lambda row, value: row.get_by_label(re.compile(f"^{re.escape(label)}")).fill(str(value))


def chosen(label):
    return lambda row, value: row.get_by_label(re.compile(f"^{label}")).select_option(label=value)


def pressed(role, group):
    def press(row, values):
        for value in [values] if isinstance(values, str) else values:
            row.get_by_role(role, name=re.compile(f"^{group}")).get_by_text(value, exact=True).click()

    return press


WAYS = {
    "leg": pressed("radiogroup", "Leg"),
    "moments": pressed("group", "Moments of the day"),
    "days": pressed("group", "Days"),
    "how_often": chosen("How often"),
    "band": chosen("Band"),
    "directions": chosen("Directions"),
}


def irene(desk):
    """Hip osteoarthritis at 68: every other day, days of its own, minutes, a weight, a limit, when to go on."""
    desk.add("Bridge", "Standing leg back", "Sitting march", "Standing knee lift with a weight")
    desk.every_day()
    desk.write(1, how_often="Every other day", go_on="When 12 feels easy on two days, tell me.")
    desk.write(2, pain=3, how_often="On these days", days=day_names(0, 3))
    desk.write(3, minutes=5)
    desk.write(4, weight="1.5", rest=60, sets=2, reps="8-10")
    return Said(
        {
            "Bridge": ("Do 10 with both legs. Hold for 3 seconds each time.", "Once a day, every other day. Start on "),
            "Standing leg back": (
                "Do 10 with each leg. Pain up to 3 out of 10 is OK in this one.",
                f"Once a day on {long_names(0, 3)}.",
            ),
            "Sitting march": ("Keep going for 5 minutes with each leg.", EVERY_DAY),
            "Standing knee lift with a weight": (
                "Do 8 to 10 with each leg. Rest for 1 minute. Do this twice. Use 1.5 kg at the ankle.",
                EVERY_DAY,
            ),
        },
        sheet=["When to go on: When 12 feels easy on two days, tell me.", "1.5 kg."],
        today=["5 minutes", "1.5 kg at the ankle"],
    )


def carla(desk):
    """Outer hip pain: pushed twice a day, bridges daily, a third on any three days; what to read about it."""
    desk.add("Lying push out", "Bridge", "Sit to stand")
    desk.every_day()
    desk.write(1, reps=5, hold=10, leg="Left", times=2, moments=["Morning", "Evening"])
    desk.write(3, how_often="Days a week", a_week=3, up=2, down=4, effort=6)
    desk.topic("What can I do on a bad day, and at night?")
    return Said(
        {
            "Lying push out": (
                "Do 5 with your left leg, holding each for 10 seconds.",
                "In the morning and in the evening, every day.",
            ),
            "Bridge": ("Do 10 with both legs. Hold for 3 seconds each time.", EVERY_DAY),
            "Sit to stand": (
                "Do 10 with both legs. Speed: 2 seconds up, 4 seconds down. How hard it should feel: 6 out of 10.",
                "Once a day on 3 days a week. You choose the days.",
            ),
        },
        sheet=["What can I do on a bad day, and at night?"],
        today=["Morning and evening", "What can I do on a bad day, and at night?"],
    )


def stefan(desk):
    """Three weeks after a hip replacement: in blocks of the day, by weeks; the phase after it is prepared."""
    desk.page.get_by_role("button", name="Hip replacement, posterior, by weeks", exact=True).click()
    expect(desk.page.locator(".rows > li")).to_have_count(4)
    desk.every_day()
    desk.write(1, times=4, moments=["Morning", "Bedtime"])
    desk.write(2, times=3)
    return Said(
        {
            "Bottom squeeze": (
                "Do 10 with both legs. Hold for 3 seconds each time.",
                "4 times a day (once in the morning and at bedtime), every day.",
            ),
            "Heel slide": ("Do 10 with your left leg.", "3 times a day, every day."),
        },
        sheet=["Do not bend your hip past 90 degrees."],
        today=["4 times a day (morning and bedtime)", "3 times a day", "Do not bend your hip past 90 degrees."],
    )


def edith(desk):
    """Afraid to fall at 81: with a rest, lightly, one only when it is wanted; on a sheet in large print."""
    desk.add("Sit to stand", "Standing leg out", "Heel slide")
    desk.every_day()
    desk.write(1, sets=2, reps=5, rest=60, effort=4, times=1, moments="Morning")
    desk.write(2, reps=5, pain=0, note="Hold on to the worktop.")
    desk.write(3, how_often="As needed")
    desk.topic("How can I stay strong and steady?")
    return Said(
        {
            "Sit to stand": (
                "Do 5 with both legs. Rest for 1 minute. Do this twice. How hard it should feel: 4 out of 10.",
                "In the morning, every day.",
            ),
            "Standing leg out": ("Do 5 with each leg. This one should not hurt at all.", EVERY_DAY),
            "Heel slide": ("Do 10 with each leg.", "Do this when you need it."),
        },
        sheet=["How can I stay strong and steady?", "Hold on to the worktop."],
        today=["Morning", "When you need it", "Hold on to the worktop."],
    )


def dele(desk):
    """Hip impingement at 34: each leg for itself with weight, tempo, effort; easy mornings, full evenings; circles."""
    desk.add("Standing knee lift with a weight", "Bridge", "Hip circles on hands and knees")
    desk.add_again("Standing knee lift with a weight")
    desk.add_again("Bridge")
    desk.every_day()
    desk.write(1, leg="Left", sets=3, weight=2, up=3, hold=1, down=3)
    desk.write(4, leg="Right", sets=2, reps=8, weight=2, effort=6)
    desk.write(2, hold=0, times=1, moments="Morning")
    desk.write(5, hold=0, sets=3, band="Red", times=1, moments="Evening")
    desk.write(3, directions="One direction")
    return Said(
        {
            "Standing knee lift with a weight (left leg)": (
                (
                    "Do 10 with your left leg. Speed: 3 seconds up, hold for 1 second, 3 seconds down. "
                    "Do this 3 times. Use 2 kg at the ankle."
                ),
                EVERY_DAY,
            ),
            "Standing knee lift with a weight (right leg)": (
                "Do 8 with your right leg. Do this twice. Use 2 kg at the ankle. How hard it should feel: 6 out of 10.",
                EVERY_DAY,
            ),
            "Bridge (morning)": ("Do 10 with both legs.", "In the morning, every day."),
            "Bridge (evening)": (
                "Do 10 with both legs. Do this 3 times. Use the red band.",
                "In the evening, every day.",
            ),
            "Hip circles on hands and knees": ("Do 10 with each leg.", EVERY_DAY),
        },
        sheet=["2 kg, red band."],
        today=["2 kg at the ankle", "red band"],
    )


@pytest.mark.parametrize("write", [irene, carla, stefan, edith, dele])
def test_what_was_to_be_said_is_written_given_read_and_printed(new_page, people, write):
    name = write.__name__.capitalize()
    desk = Desk(new_page(width=1280), people[name])
    said = write(desk)
    desk.page.wait_for_load_state("networkidle")
    look(desk.page, f"{name}-builder", 1280, 820, 390)
    phone = paired(new_page(), desk.give())
    look(phone, f"{name}-today", 390, 320)
    on_today = words_of(phone.locator("main"))
    assert [one for one in said.today if one not in on_today] == []
    on_phone = read_on_the_phone(phone, name)
    for exercise, (dose, how_often) in said.exercises.items():
        assert [one for one in [*amounts(dose), how_often] if one not in on_phone[exercise]] == []
    for layout in ("full", "large"):
        pdf = desk.print(layout)
        keep(f"{name}-{layout}.pdf", pdf)
        sheet = " ".join(pages_of(pdf))
        told = [f"{dose} {how_often}" for dose, how_often in said.exercises.values()]
        assert [one for one in [*said.exercises, *told, *said.sheet] if one not in sheet] == []


def paired(page, link):
    """Open the plan on a phone."""
    page.goto(link)
    follow(page, page.get_by_role("button", name="Yes, this is me"))
    expect(page.get_by_text("to go")).to_be_visible()
    return page


def read_on_the_phone(page, name):
    """Return what each exercise's own page says of how much and how often, by its name."""
    pages = [one.get_attribute("href") for one in page.get_by_role("link", name="Show me").all()]
    found = {}
    for number, address in enumerate(pages, start=1):
        page.goto(address)
        found[words_of(page.get_by_role("heading", level=1))] = words_of(page.get_by_label("How much"))
        look(page, f"{name}-exercise-{number}", 390)
    return found


def words_of(part):
    return " ".join(part.inner_text().split())


def amounts(dose):
    """Return the amounts of a sentence, which a page may say in another form: "3 seconds up", "6 out of 10"."""
    return re.findall(r"[\d.]+ (?:seconds? (?:up|down)|seconds?|minutes?|kg at the ankle|out of 10)|\w+ band", dose)


def look(page, name, *widths):
    """Keep a picture of the page at each of ``widths``, where pictures are kept."""
    if SCREENSHOTS:
        was = page.viewport_size
        for width in widths:
            page.set_viewport_size({**was, "width": width})
            keep(f"{name}-{width}.png", page.screenshot(full_page=True))
        page.set_viewport_size(was)


def keep(name, content):
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
