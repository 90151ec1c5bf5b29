"""What Give refused is said until it is right, thing by thing, and no longer."""

import pytest

from programmes.models import Version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, text_of, url

pytestmark = pytest.mark.django_db
NO_REVIEW, NO_DAYS = "Choose a review date.", "Choose the days and how many times a day."


@pytest.fixture
def draft():
    draft = draft_of(None, "Bridge", weekdays="", times_a_day=None)
    Version.objects.filter(pk=draft.pk).update(review_on=None)
    draft.refresh_from_db()
    return draft


def summary_of(answer):
    return answer.text.split('id="builder-problems"')[1].split("</ul>")[0]


def blank(draft, **whole):
    return form_of(draft, {"weekdays": [], "times_a_day": "", "asked": "give", **whole})


def test_an_item_leaves_as_soon_as_its_field_is_right_and_the_others_stay(draft):
    client = physio_of(draft)
    refused = client.post(url("draft_give", draft), blank(draft), headers=HTMX)
    assert refused.status_code == 422
    assert 'name="asked" value="give"' in refused.text
    assert NO_REVIEW in summary_of(refused)
    assert NO_DAYS in summary_of(refused)

    days = {"weekdays": ["0", "2"], "times_a_day": "1"}
    saved = client.post(url("draft_save", draft), blank(draft, **days), headers=HTMX)
    assert saved["HX-Reswap"] == "none"
    assert NO_DAYS not in text_of(saved)
    assert NO_REVIEW in summary_of(saved)
    assert f'id="id_review_on_error">{NO_REVIEW}' in saved.text, "at its field too"
    assert 'role="alert"' not in saved.text, "it was said"
    assert "data-hc-focus" not in saved.text, "whoever is writing goes on"


def test_the_summary_goes_with_the_last_of_them(draft):
    client = physio_of(draft)
    Version.objects.filter(pk=draft.pk).update(review_on=draft_of(None).review_on)
    draft.refresh_from_db()
    saved = client.post(url("draft_save", draft), blank(draft, weekdays=["0"], times_a_day="1"), headers=HTMX)
    assert 'id="builder-problems" hx-swap-oob="true"' in saved.text
    assert "error-summary" not in saved.text
    assert 'name="asked"' not in saved.text


def test_what_is_not_right_yet_stays_with_what_was_typed(draft):
    client = physio_of(draft)
    saved = client.post(url("draft_save", draft), blank(draft, review_on="yesterday"), headers=HTMX)
    assert "Review on: write a date that exists" in summary_of(saved)
    assert NO_DAYS in summary_of(saved)
    assert Version.objects.get(pk=draft.pk).review_on is None


def test_nobody_who_has_not_pressed_give_is_told_what_is_missing(draft):
    sent = form_of(draft, {"weekdays": [], "times_a_day": ""}, sets="99")
    saved = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    assert "builder-problems" not in saved.text
    assert NO_REVIEW not in text_of(saved)
