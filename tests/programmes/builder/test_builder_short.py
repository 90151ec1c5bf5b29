"""More than six rows: a line each, one open at a time, or all in full."""

import re

import pytest

from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, text_of, url

pytestmark = pytest.mark.django_db
SEVEN = ["Bridge", "Clamshell", "Lift", "Squat", "Step", "Walk", "Swing"]


@pytest.fixture
def draft():
    draft = draft_of(None, *SEVEN, side="each")
    draft.prescriptions.filter(order=3).update(note="Slowly.", sets=2, own_days=True, weekdays="14")
    return draft


def fold_of(page, row):
    return page.split(f'id="row-{row.pk}"')[1].split('class="row-open"')[0]


def folds(page):
    return re.findall(r'<details class="row-fold"[^>]*>', page)


def test_six_rows_are_in_full_and_seven_fold():
    six = draft_of(None, *SEVEN[:6])
    page = physio_of(six).get(url("builder", six)).text
    assert folds(page) == []
    assert 'id="show-full"' not in page


def test_a_line_says_dose_note_leg_and_own_days_and_one_is_open_at_a_time(draft):
    page = physio_of(draft).get(url("builder", draft)).text
    line = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fold_of(page, draft.prescriptions.all()[2])))
    for words in ("Lift", "2 × 10", "Slowly.", "Each leg", "Tue Fri", "Open"):
        assert words in line
    assert len(folds(page)) == 7
    assert all('name="row-fold"' in fold and " open" not in fold for fold in folds(page))


def test_all_in_full_for_the_asking_and_back(draft):
    client = physio_of(draft)
    answer = client.post(url("draft_save", draft), form_of(draft, {"show": "full", "view": "short"}), headers=HTMX)
    assert folds(answer.text) == []
    assert 'name="view" value="full"' in answer.text
    row = draft.prescriptions.first()
    sent = form_of(draft, {"view": "full"})
    assert folds(client.post(url("draft_move", draft, row.pk, "down"), sent, headers=HTMX).text) == []
    back = client.post(url("draft_save", draft), form_of(draft, {"show": "short", "view": "full"}), headers=HTMX)
    assert len(folds(back.text)) == 7


def test_without_script_too(draft):
    client = physio_of(draft)
    answer = client.post(url("draft_save", draft), form_of(draft, {"show": "full", "view": "short"}), follow=True)
    assert answer.redirect_chain[-1][0].endswith("?view=full")
    assert folds(answer.text) == []


def test_the_row_that_an_action_was_about_and_what_is_wrong_are_open(draft):
    client, rows = physio_of(draft), list(draft.prescriptions.all())
    moved = client.post(url("draft_move", draft, rows[1].pk, "down"), form_of(draft), headers=HTMX).text
    assert [fold for fold in folds(moved) if " open" in fold] == [
        f'<details class="row-fold" id="fold-{rows[1].pk}" open name="row-fold">'
    ]
    wrong = client.post(url("draft_save", draft), form_of(draft, reps="999")).text
    first = draft.prescriptions.first()
    assert [fold for fold in folds(wrong) if " open" in fold] == [
        f'<details class="row-fold" id="fold-{first.pk}" open>'
    ]


def test_the_line_follows_what_is_saved(draft):
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, reps="8-12"), headers=HTMX)
    assert answer["HX-Reswap"] == "none"
    assert f'id="short-{draft.prescriptions.first().pk}" hx-swap-oob="true"' in answer.text
    assert "1 × 8–12" in text_of(answer)
    full = physio_of(draft).post(url("draft_save", draft), form_of(draft, {"view": "full"}, sets="2"), headers=HTMX)
    assert 'id="short-' not in full.text
