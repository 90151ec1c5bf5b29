"""The builder under real hands: leaving a field saves and presses nothing, and no press is lost on a slow line."""

import re
from queue import Queue

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import open_builder, plus, sign_in

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(new_page):
    """Return the builder of Tomasz Zielinski, who has no programme, with two exercises in it."""
    page = new_page(width=1280)
    sign_in(page)
    open_builder(page, "Tomasz Zielinski", "Bridge", "Clamshell")
    return page


def leave(page, field, words, key="Tab"):
    """Write ``words``, leave the field by ``key``, and return where the browser sent what was written."""
    field.fill(words)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        field.press(key)
    page.wait_for_load_state("networkidle")
    return sent.value


def test_leaving_a_field_saves_the_draft_and_presses_nothing(page):
    note, goal = page.get_by_label("Note to the patient (optional)"), page.get_by_label("Goal, in the patient’s words")

    for field, key in ((note, "Tab"), (goal, "Shift+Tab"), (page.get_by_label("Review on"), "Tab")):
        sent = leave(page, field, "2027-01-20" if field is not note and field is not goal else "Go gently", key)
        assert sent.url.endswith("/save/")
        assert "quick=" not in (sent.post_data or "")

    expect(page).to_have_url(re.compile("/drafts/"))
    expect(page.get_by_label("Review on")).to_have_value("2027-01-20")
    assert [name.inner_text() for name in page.locator(".rows h3").all()] == ["Bridge", "Clamshell"]
    page.reload()
    expect(note).to_have_value("Go gently")


def test_saves_of_one_window_follow_each_other(page):
    for _ in range(3):
        plus(page, "Sets, Bridge").click()
        page.wait_for_timeout(400)
    # A press makes it say at once that this is not saved yet.
    expect(page.get_by_text("All changes saved").first).to_be_visible(timeout=20_000)
    page.reload()

    expect(page.get_by_label("Sets, Bridge", exact=True)).to_have_value("4")


def test_presses_and_changes_while_an_answer_is_on_its_way_are_kept(page):
    held = Queue()
    page.route("**/save/", lambda route: held.put(route, timeout=1), times=1)
    note = page.get_by_label("Note to the patient (optional)")

    page.get_by_role("button", name="Every day").click()
    page.get_by_role("button", name="Review in 4 weeks").click()
    page.locator("li", has=page.get_by_role("heading", name="Clamshell")).get_by_text("Left", exact=True).click()
    note.fill("Take care")
    page.get_by_role("button", name="Add Heel slide", exact=True).click()
    held.get(timeout=5).continue_()

    expect(page.locator(".rows h3", has_text="Heel slide")).to_be_visible(timeout=30_000)  # three answers in a row
    expect(page.get_by_label("Review on")).not_to_have_value("")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.get_by_label("Review on")).not_to_have_value("")
    expect(note).to_have_value("Take care")
    expect(page.get_by_role("radio", name="Left, Clamshell", exact=True)).to_be_checked()
    expect(page.locator(".day-choice input:checked, .rhythm input:checked").first).to_be_checked()
    assert [name.inner_text() for name in page.locator(".rows h3").all()] == ["Bridge", "Clamshell", "Heel slide"]


def test_a_press_while_an_answer_is_on_its_way_counts_once(page):
    held = Queue()
    page.route("**/save/", lambda route: held.put(route, timeout=1), times=1)
    more = plus(page, "Sets, Bridge")

    page.get_by_role("button", name="Every day").click()
    more.click()
    more.click()
    held.get(timeout=5).continue_()

    expect(page.get_by_label("Sets, Bridge", exact=True)).to_have_value("3", timeout=30_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)  # the save of what was written waits a little for more of it
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.get_by_label("Sets, Bridge", exact=True)).to_have_value("3")


def test_a_number_pressed_up_is_spoken_once_with_its_exercise(page):
    more = plus(page, "Reps, Bridge")
    page.evaluate("""() => {
        window.spoken = [];
        const region = document.getElementById("builder-said");
        const hear = () => window.spoken.push(region.textContent);
        new MutationObserver(hear).observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    more.click()
    more.click()
    expect(page.locator("#builder-said")).to_have_text("Reps, Bridge: 12")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.spoken") == ["Reps, Bridge: 12"]
    page.get_by_role("textbox", name="Reps, Bridge", exact=True).press("ArrowDown")
    expect(page.locator("#builder-said")).to_have_text("Reps, Bridge: 11")


def test_a_range_is_typed_shown_and_counted_by_the_arrow_keys(page):
    reps = page.get_by_role("textbox", name="Reps, Bridge", exact=True)
    reps.fill("8 to 12")
    reps.press("Tab")
    expect(reps).to_have_value("8–12")
    expect(page.get_by_text("Do 8 to 12 with both legs")).to_be_visible()
    reps.press("ArrowUp")
    expect(reps).to_have_value("9–13")
    expect(page.get_by_text("Do 9 to 13 with both legs")).to_be_visible()
    page.reload()
    expect(reps).to_have_value("9–13")


def test_every_field_of_a_row_is_called_by_its_exercise(page):
    for exercise in ("Bridge", "Clamshell"):
        row = page.locator(".rows > li", has=page.get_by_role("heading", name=exercise))
        row.get_by_text("More", exact=True).click()
        row.get_by_text("As above").click()
        of_the_dose = ("Sets", "Reps", "Hold (s)", "Rest (s)", "Minutes, no reps")
        beside_it = (
            "Weight (kg)",
            "Where it goes, or another load",
            "Up (s)",
            "Down (s)",
            "Effort (of 10)",
            "Pain up to",
        )
        for name in (*of_the_dose, *beside_it, "Times a day"):
            expect(row.get_by_role("textbox", name=f"{name}, {exercise}", exact=True)).to_be_visible()
        expect(row.get_by_role("textbox", name=f"Note to the patient, {exercise}", exact=True)).to_be_visible()
    expect(page.get_by_role("radiogroup", name="Leg, Clamshell", exact=True)).to_be_visible()


HEAR = """() => {
    window.spoken = [];
    const region = document.getElementById("builder-said");
    const hear = () => region.textContent.trim() && window.spoken.push(region.textContent.trim());
    new MutationObserver(hear).observe(region, { childList: true, characterData: true, subtree: true });
}"""


def test_each_change_is_spoken_once(page):
    page.evaluate(HEAR)
    press = (
        ("Add Heel slide", "Heel slide added"),
        ("Move Clamshell up", "Clamshell"),
        ("Remove Bridge", "Bridge removed"),
        ("Put Bridge back", "Bridge is back"),
        (re.compile("^Swap Bridge for "), "Bridge"),
    )
    for button, words in press:
        for swap in page.locator("summary[id^=swap-]", has_text="Swap").all() if isinstance(button, re.Pattern) else ():
            swap.click()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name=button, exact=True).first.click()
        expect(page.locator("#builder-said")).to_contain_text(words)
        page.wait_for_load_state("networkidle")
        assert len(page.evaluate("window.spoken.splice(0)")) == 1, button
        assert page.locator("#builder :is([aria-live], [role=alert])").count() == 0, button
        assert page.locator("#builder [role=status]").count() == 1, "the line beside Give, and nothing else"
    leave(page, page.get_by_label("Goal, in the patient’s words"), "Walk far")
    expect(page.locator("#builder-state [role=status]")).to_contain_text("All changes saved")
    assert page.evaluate("window.spoken") == [], "a save is said by the line beside Give alone"


def test_the_two_legs_stand_in_the_same_columns_and_the_days_beside_the_doses(page):
    row = page.locator(".rows > li", has=page.get_by_role("heading", name="Clamshell"))
    top = row.get_by_role("textbox", name="Sets, Clamshell", exact=True).bounding_box()
    chip = row.get_by_text("As above").bounding_box()
    assert chip["x"] > top["x"]
    assert abs(chip["y"] + chip["height"] / 2 - top["y"] - top["height"] / 2) < 6
    row.get_by_text("More", exact=True).click()
    row.get_by_role("button", name="Different for each leg, Clamshell").click()
    lines = page.locator(".leg-line")
    expect(lines).to_have_count(2)
    one, other = ([box.bounding_box()["x"] for box in line.locator("input").all()] for line in lines.all())
    assert len(one) == 3
    assert one == other


def test_a_refused_give_is_where_the_focus_is(page):
    """What is missing may have a field, or only a place on the page that takes no focus."""
    page.get_by_role("button", name="Give to patient").click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator(":focus")).not_to_have_id("give")
    expect(page.locator(":focus")).to_have_count(1)
    expect(page.locator(":focus")).to_be_in_viewport()


def test_nothing_changed_since_the_version_in_use_is_read_in_the_summary(new_page):
    desk = new_page(width=1280)
    sign_in(desk)
    desk.get_by_role("link", name="Margaret Ellis", exact=True).click()
    desk.get_by_role("button", name=re.compile("^(Change programme|Go on with the draft)$")).first.click()
    desk.get_by_role("button", name="Give to patient").click()
    expect(desk.locator("#error-summary")).to_be_focused()
