"""The builder can be trusted: two windows, a lost session, a lost line, and a line that always says what is saved."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import PASSWORD, follow, open_builder, sign_in

pytestmark = pytest.mark.e2e

SAVED = re.compile(r"^\s*All changes saved \d\d:\d\d\s*$")
GOAL = "Goal, in the patient’s words"


@pytest.fixture
def open_window(browser, server):
    """Return ``open_window(who)``: a browser of their own for that person; the browser's complaints are expected."""
    contexts = []

    def opened(who="priya", width=1280):
        context = browser.new_context(base_url=server.url, locale="en-GB", viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        sign_in(page, who)
        return page

    yield opened
    for context in contexts:
        context.close()


def state(page):
    return page.locator("#builder-state [role=status]")


def row(page, exercise):
    return page.locator(".rows > li", has=page.get_by_role("heading", name=exercise, exact=True))


def kept_in(page):
    """Return of how many drafts something is kept in this tab."""
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('hc-kept:')).length")


def number(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


@pytest.fixture
def builder(open_window):
    """Return the builder of Joan Pritchard with two exercises in it and no goal, saved."""
    page = open_window()
    open_builder(page, "Joan Pritchard", "Bridge", "Clamshell")
    if page.get_by_label(GOAL).input_value():
        with page.expect_response("**/save/"):
            write_goal(page, "")
    expect(state(page)).to_have_text(SAVED, use_inner_text=True)
    return page


def write_goal(page, words):
    page.get_by_label(GOAL).fill(words)
    page.keyboard.press("Tab")


# Two windows


def test_two_windows_merge_field_by_field(open_window, builder):
    lee = open_window("lee")
    lee.goto(builder.url)
    number(lee, "Reps, Bridge").fill("12")
    lee.keyboard.press("Tab")
    lee.wait_for_load_state("networkidle")
    expect(state(lee)).to_have_text(SAVED, use_inner_text=True)

    builder.get_by_label(GOAL).scroll_into_view_if_needed()
    before = builder.evaluate("scrollY")
    write_goal(builder, "Carry the shopping home from the corner without a stop on the way")
    news = builder.locator("#builder-messages")
    expect(news).to_contain_text("Lee")
    expect(news).to_contain_text("changed Reps, Bridge to 12 at ")
    expect(news).to_be_in_viewport()
    expect(number(builder, "Reps, Bridge")).to_have_value("12")
    expect(builder.get_by_label(GOAL)).to_have_value(re.compile("^Carry the shopping"))
    assert abs(builder.evaluate("scrollY") - before) < 200
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)

    number(builder, "Sets, Clamshell").fill("3")
    builder.keyboard.press("Tab")
    expect(news).to_be_hidden()
    lee.reload()
    expect(lee.get_by_label(GOAL)).to_have_value(re.compile("^Carry the shopping"))
    expect(number(lee, "Sets, Clamshell")).to_have_value("3")


@pytest.mark.parametrize(("button", "kept"), [("Keep “Dance”", "Dance"), ("Take “Swim”", "Swim")])
def test_what_both_wrote_is_asked_at_the_field_and_nothing_typed_is_wiped(open_window, builder, button, kept):
    lee = open_window("lee")
    lee.goto(builder.url)
    write_goal(lee, "Swim")
    expect(state(lee)).to_have_text(SAVED, use_inner_text=True)
    lee.wait_for_load_state("networkidle")

    write_goal(builder, "Dance")
    asked = builder.get_by_label(GOAL).locator("xpath=following-sibling::*[1]")
    expect(asked).to_contain_text("wrote “Swim” at ")
    expect(asked).to_contain_text("you wrote “Dance”. Choose one.")
    expect(builder.get_by_label(GOAL)).to_have_value("Dance")
    expect(state(builder)).to_contain_text("Not saved: 1 to choose.")
    expect(builder.locator("#builder-said")).to_have_text(re.compile("^Goal.*Choose one.$"))
    expect(builder.locator("#errors-words, .edge .note")).to_have_text([""])
    builder.get_by_role("button", name=button).click()
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)
    expect(builder.get_by_label(GOAL)).to_have_value(kept)
    expect(builder.get_by_label(GOAL)).to_be_focused()
    lee.reload()
    expect(lee.get_by_label(GOAL)).to_have_value(kept)


def test_what_was_written_in_a_row_removed_elsewhere_is_put_back(open_window, builder):
    lee = open_window("lee")
    lee.goto(builder.url)
    lee.get_by_role("button", name="Remove Bridge").click()
    expect(lee.locator("#builder-said")).to_contain_text("Bridge removed.")

    number(builder, "Sets, Bridge").fill("4")
    builder.keyboard.press("Tab")
    expect(builder.locator("#builder-messages")).to_contain_text("What you wrote in it is kept: put it back to use it.")
    builder.get_by_role("button", name="Put Bridge back").click()
    expect(number(builder, "Sets, Bridge")).to_have_value("4")


# A lost session


def sign_in_again(page):
    page.get_by_label("Email address").fill("priya@alderlane.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in", exact=True))


@pytest.mark.parametrize("all_cookies", [True, False])
def test_the_signed_out_builder_comes_back_with_what_was_typed(builder, all_cookies):
    where = builder.url
    builder.context.clear_cookies() if all_cookies else builder.context.clear_cookies(name="session")
    number(builder, "Reps, Bridge").fill("14")
    write_goal(builder, "Climb the stairs")
    expect(builder.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(builder.get_by_text("What you typed is kept in this tab: sign in, and it is put back.")).to_be_visible()
    assert "Climb" not in builder.url
    sign_in_again(builder)

    expect(builder).to_have_url(where)
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")
    expect(builder.locator("#builder-said")).to_have_text("Put back what you had typed.")
    expect(number(builder, "Reps, Bridge")).to_have_value("14")
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)
    assert kept_in(builder) == 0
    builder.reload()
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")


def test_what_comes_back_after_signing_in_is_merged_with_what_changed_meanwhile(open_window, builder):
    lee = open_window("lee")
    lee.goto(builder.url)
    builder.context.clear_cookies(name="session")
    write_goal(builder, "Climb the stairs")
    expect(builder.get_by_role("heading", name="Sign in")).to_be_visible()
    number(lee, "Reps, Bridge").fill("12")
    lee.keyboard.press("Tab")
    expect(state(lee)).to_have_text(SAVED, use_inner_text=True)
    lee.wait_for_load_state("networkidle")

    sign_in_again(builder)
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")
    expect(number(builder, "Reps, Bridge")).to_have_value("12")
    expect(builder.locator("#builder-messages")).to_contain_text("changed Reps, Bridge to 12")


def test_somebody_else_in_the_same_tab_gets_nothing_of_it(builder):
    where = builder.url
    builder.context.clear_cookies(name="session")
    write_goal(builder, "Climb the stairs")
    expect(builder.get_by_role("heading", name="Sign in")).to_be_visible()
    builder.get_by_label("Email address").fill("lee@alderlane.example")
    builder.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(builder, builder.get_by_role("button", name="Sign in", exact=True))
    expect(builder).to_have_url(where)
    builder.wait_for_load_state("networkidle")
    expect(builder.get_by_label(GOAL)).not_to_have_value("Climb the stairs")
    assert kept_in(builder) == 0


def test_signing_out_leaves_nothing_behind(builder):
    builder.route("**/save/", lambda route: route.abort())
    write_goal(builder, "Climb the stairs")
    expect(state(builder)).to_contain_text("Not saved, kept in this browser: no connection.")
    assert kept_in(builder) == 1
    builder.on("dialog", lambda dialog: dialog.accept())
    builder.locator("form[action$='/logout/']").first.evaluate("form => form.requestSubmit()")
    expect(builder.get_by_role("heading", name="Sign in")).to_be_visible()
    assert kept_in(builder) == 0


def test_a_token_of_before_is_renewed_and_the_save_goes_through(builder):
    builder.evaluate("document.getElementsByName('csrfmiddlewaretoken').forEach((f) => (f.value = 'x'.repeat(64)))")
    write_goal(builder, "Climb the stairs")
    builder.wait_for_load_state("networkidle")
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)
    builder.reload()
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")


# A lost line


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (lambda route: route.abort(), "no connection"),
        (lambda route: route.fulfill(status=503), "HipCare did not answer as it should"),
    ],
)
def test_a_lost_line_is_said_beside_give_keeps_the_words_and_is_tried_again(builder, trouble, words):
    builder.route("**/save/", trouble)
    builder.get_by_label(GOAL).scroll_into_view_if_needed()
    before = builder.evaluate("scrollY")
    write_goal(builder, "Climb the stairs")
    expect(state(builder)).to_have_text(f"Not saved, kept in this browser: {words}. Trying again.")
    expect(state(builder)).to_be_in_viewport()
    expect(builder.locator("[data-hc-trouble]")).to_be_hidden()
    assert builder.evaluate("scrollY") == before
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")

    builder.unroute("**/save/")
    builder.get_by_role("button", name="Try again").click()
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)
    builder.reload()
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")


def test_it_tries_again_by_itself(builder):
    builder.route("**/save/", lambda route: route.abort())
    write_goal(builder, "Climb the stairs")
    expect(state(builder)).to_contain_text("Not saved")
    builder.unroute("**/save/")
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)


def test_what_was_never_saved_outlives_a_reload(builder):
    builder.route("**/save/", lambda route: route.abort())
    write_goal(builder, "Climb the stairs")
    expect(state(builder)).to_contain_text("Not saved")
    builder.on("dialog", lambda dialog: dialog.accept())
    builder.unroute("**/save/")
    builder.reload()
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the stairs")
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)


def test_give_without_a_connection_gives_nothing_and_says_so(builder):
    builder.route("**/give/", lambda route: route.abort())
    builder.get_by_role("button", name="Give to patient").click()
    expect(state(builder)).to_have_text("Not given: no connection. Press Give again.")


# The line itself


def test_the_line_says_what_is_typed_on_its_way_saved_or_wrong(builder):
    going = builder.locator("[data-hc-going]")
    builder.get_by_label(GOAL).press_sequentially("Climb")
    expect(going).to_have_text("Not saved yet")
    # A pause is enough, without leaving the field.
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)
    expect(builder.get_by_label(GOAL)).to_be_focused()

    number(builder, "Reps, Bridge").fill("lots")
    builder.keyboard.press("Tab")
    expect(state(builder)).to_contain_text("Not saved: 1 thing to put right.")
    number(builder, "Reps, Bridge").fill("9")
    builder.keyboard.press("Tab")
    expect(state(builder)).to_have_text(SAVED, use_inner_text=True)


def test_leaving_warns_only_where_something_is_really_unsaved(builder):
    asked = []
    builder.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    builder.reload()
    assert asked == []
    builder.get_by_label(GOAL).press_sequentially("Climb")
    builder.reload()
    assert asked == ["beforeunload"]


def test_a_link_saves_first_and_asks_nothing(builder):
    asked, where = [], builder.url
    builder.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    builder.get_by_label(GOAL).press_sequentially("Climb the hill")
    follow(builder, builder.locator(".crumb a"))
    assert asked == []
    builder.goto(where)
    expect(builder.get_by_label(GOAL)).to_have_value("Climb the hill")


def test_undo_by_keyboard_alone(builder):
    builder.get_by_role("button", name="Remove Bridge").press("Enter")
    back = builder.get_by_role("button", name="Put Bridge back")
    expect(back).to_be_focused()
    expect(builder.locator("#builder-said")).to_have_text(
        "Bridge removed. 1 exercise in the programme. You can put it back."
    )
    builder.keyboard.press("Enter")
    expect(builder.locator("#builder-said")).to_have_text("Bridge is back. 2 exercises in the programme.")
    assert [name.inner_text() for name in builder.locator(".rows h3").all()] == ["Bridge", "Clamshell"]
