"""A moving picture in a real browser: it moves when somebody asks, with no script at all, and is fetched only then."""

from queue import Queue

import pytest
from playwright.sync_api import expect

from tests.e2e.staff import follow, sign_in

pytestmark = pytest.mark.e2e


@pytest.fixture
def exercise(new_page):
    """Return a page of an exercise without JavaScript."""
    return opened(new_page(width=1280, javascript=False))[0]


def opened(page):
    """Open an exercise; return the page, and the addresses of its pictures as they are fetched."""
    fetched = []
    page.emulate_media(reduced_motion="no-preference")
    sign_in(page)
    page.on("request", lambda request: request.url.endswith(".svg") and fetched.append(request.url))
    page.goto("/exercises/?q=clamshell")
    follow(page, page.get_by_role("link", name="Clamshell").first)
    page.wait_for_load_state("networkidle")
    return page, fetched


def moving(page):
    return page.locator(".is-moving")


def still(page):
    return page.locator(".is-still")


def test_picture_is_fetched_when_asked_for(new_page):
    """A browser that runs no script fetches every picture at once: nobody is to learn how far it was scrolled."""
    page, fetched = opened(new_page(width=1280))
    assert not [address for address in fetched if "animation" in address]
    with page.expect_response(lambda answer: "animation" in answer.url):
        page.get_by_text("Moving", exact=True).click()
    assert len([address for address in fetched if "animation" in address]) == 1


def test_still_picture_stays_until_the_moving_one_is_there(new_page):
    page, _ = opened(new_page(width=1280))
    held = Queue()
    page.route("**/animation/**", lambda route: held.put(route, timeout=1))

    page.get_by_text("Moving", exact=True).click()

    expect(page.get_by_text("The moving picture is on its way.")).to_be_visible()
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_hidden()
    held.get(timeout=1).continue_()
    expect(moving(page)).to_be_visible()
    expect(still(page)).to_be_hidden()
    expect(page.locator(".moves-news")).to_be_empty()


def test_picture_that_does_not_come_is_asked_for_again(new_page):
    page, _ = opened(new_page(width=1280))
    page.route("**/animation/**", lambda route: route.fulfill(content_type="image/svg+xml", body="half"))

    page.get_by_text("Moving", exact=True).click()

    expect(page.get_by_text("The moving picture did not come. Check your internet")).to_be_visible()
    expect(page.get_by_role("radio", name="Still")).to_be_checked()
    expect(still(page)).to_be_visible()
    page.unroute("**/animation/**")
    page.get_by_text("Moving", exact=True).click()
    expect(moving(page)).to_be_visible()
    expect(page.locator(".moves-news")).to_be_empty()


def test_picture_stands_still_until_asked(exercise):
    page = exercise
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_hidden()

    page.get_by_text("Moving", exact=True).click()

    expect(moving(page)).to_be_visible()
    expect(still(page)).to_be_hidden()
    looks = set()
    for _ in range(12):
        looks.add(moving(page).screenshot())
        page.wait_for_timeout(400)
    assert len(looks) > 2  # it moves, under the site's own policy for styles

    page.get_by_text("Still", exact=True).click()
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_hidden()


def test_arrow_keys_choose(exercise):
    page = exercise
    page.get_by_role("radio", name="Still").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Moving")).to_be_checked()
    expect(moving(page)).to_be_visible()


def test_who_wants_little_motion_gets_the_still_and_can_ask_for_the_moving_one(exercise):
    page = exercise
    page.emulate_media(reduced_motion="reduce")
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_hidden()
    page.get_by_text("Moving", exact=True).click()
    expect(moving(page)).to_be_visible()
    looks = set()
    for _ in range(6):
        looks.add(moving(page).screenshot())
        page.wait_for_timeout(400)
    assert len(looks) > 2


def test_paper_gets_the_still(exercise):
    page = exercise
    page.get_by_text("Moving", exact=True).click()
    page.emulate_media(media="print")
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_hidden()
    expect(page.get_by_role("radio", name="Moving")).to_be_hidden()


def test_another_person_is_drawn_while_the_still_picture_stays(new_page, server):
    page, _ = opened(new_page(width=1280))
    address = picture_of_rowan(server)
    page.locator(".is-moving img").evaluate("(image, address) => image.setAttribute('src', address)", address)

    with page.expect_response(lambda answer: answer.url.endswith(address)) as first:
        page.get_by_text("Moving", exact=True).click()

    assert first.value.status == 202
    expect(page.get_by_text("The moving picture is on its way.")).to_be_visible()
    expect(still(page)).to_be_visible()
    expect(moving(page)).to_be_visible(timeout=60_000)
    expect(page.locator(".moves-news")).to_be_empty()
    answer = page.request.get(f"{server.url}{address}")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
    looks = set()
    for _ in range(12):
        looks.add(moving(page).screenshot())
        page.wait_for_timeout(400)
    assert len(looks) > 2


def picture_of_rowan(server):
    """Return where the bridge is drawn with another person than the library's."""
    ask = (
        "from exercises.figures import Pace, Style, film_of; "
        "from exercises.pictures import address_of; "
        "print('AT', address_of(film_of('bridge', 'both', Pace(hold=3), Style(person='rowan'))))"
    )
    return server.manage("shell", "-c", ask).split("AT ")[1].split()[0]
