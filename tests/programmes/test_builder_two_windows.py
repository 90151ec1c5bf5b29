"""The same draft open in two windows: nobody's change is undone without a word."""

import pytest

from programmes.models import Version
from programmes.views.builder import BEHIND, STALE
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """Return a draft that another window has changed since this one's page was drawn."""
    draft = draft_of(None, "Bridge", "Clamshell")
    draft.behind = form_of(draft, {"stamp": draft.stamp})
    client = physio_of(draft)
    client.post(url("draft_save", draft), form_of(draft, {"stamp": draft.stamp}, reps="12"))
    assert draft.prescriptions.first().reps == 12
    return draft


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_page_that_is_behind_undoes_nothing_and_is_drawn_anew(draft, headers):
    answer = physio_of(draft).post(url("draft_save", draft), draft.behind, headers=headers, follow=True)

    assert draft.prescriptions.first().reps == 12
    assert BEHIND in text_of(answer)
    assert Version.objects.get().stamp in answer.content.decode()


def test_a_page_that_is_behind_gives_nothing(draft):
    answer = physio_of(draft).post(url("draft_give", draft), draft.behind)

    assert answer.status_code == 422
    assert STALE in text_of(answer)
    assert not Version.objects.given().exists()


def test_an_action_of_a_page_that_is_behind_is_done_without_its_values(draft):
    first = draft.prescriptions.first()
    physio_of(draft).post(url("draft_move", draft, first.pk, "down"), draft.behind)

    assert [(row.name, row.reps) for row in draft.prescriptions.all()] == [("Clamshell", 10), ("Bridge", 12)]


def test_one_window_saves_again_and_again_with_the_stamp_it_was_given(draft):
    client = physio_of(draft)
    for reps in ("8", "9"):
        fresh = Version.objects.get()
        client.post(url("draft_save", fresh), form_of(fresh, {"stamp": fresh.stamp}, reps=reps), headers=HTMX)

    assert draft.prescriptions.first().reps == 9
