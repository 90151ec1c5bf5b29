import pytest

pytestmark = pytest.mark.e2e


def test_a_browser_reaches_the_server(server, new_page):
    page = new_page()
    page.goto("/healthz")
    assert page.inner_text("body").strip() == "ok"


def test_new_page_reports_what_a_page_should_never_do(server, new_page, browser):
    page = new_page(width=1280, dark=True, javascript=False)
    page.goto("/healthz")
    assert page.viewport_size["width"] == 1280
