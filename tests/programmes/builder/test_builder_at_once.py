"""Give at the same moment as another Give, or as somebody else writes: one version, and nobody's words are lost."""

import threading

import pytest
from django.db import connection

from hipcare.clinics.models import PairingCode
from programmes.models import Version
from tests.factories import PhysioFactory
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    draft = draft_of(None, "Bridge", "Clamshell")
    draft.lee = client_of(PhysioFactory(clinic=draft.patient.clinic, name="Lee Novak"))
    draft.priya = physio_of(draft)
    return draft


def at_once(*sendings):
    """Send each, a client, an address and its form, at the same moment. Return the answers in their order."""
    answers, start = [None] * len(sendings), threading.Barrier(len(sendings))

    def send(place, client, address, form):
        start.wait()
        try:
            answers[place] = client.post(address, form, headers=HTMX)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(place, *one)) for place, one in enumerate(sendings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_people_who_give_at_once_give_one_version_and_both_hand_it_over(draft):
    give = url("draft_give", draft)
    mine, theirs = (form_of(draft, {"stamp": stamp_of(draft, window)}) for window in "ab")
    answers = at_once((draft.priya, give, mine), (draft.lee, give, theirs))
    assert [answer.headers.get("HX-Redirect") for answer in answers] == [url("handover", draft)] * 2
    assert list(Version.objects.values_list("number", flat=True)) == [1]
    assert PairingCode.objects.count() == 1


@pytest.mark.parametrize("turn", [1, -1])
def test_what_another_writes_while_it_is_given_is_given_or_asked_or_refused_aloud(draft, turn):
    given = form_of(draft, {"stamp": stamp_of(draft, "a"), "goal": "Dance"})
    written = form_of(draft, {"stamp": stamp_of(draft, "b"), "note": "Go slowly."})
    sendings = [(draft.priya, url("draft_give", draft), given), (draft.lee, url("draft_save", draft), written)]
    gave, wrote = at_once(*sendings[::turn])[::turn]
    version = Version.objects.get()
    if version.is_given:
        assert (version.goal, version.note, gave["HX-Redirect"]) == ("Dance", "", url("handover", draft))
        assert wrote["HX-Redirect"], "Lee's page is left for one that says why"
        assert "was given meanwhile" in text_of(draft.lee.get(wrote["HX-Redirect"]))
    else:
        assert (version.goal, version.note, gave.status_code, wrote.status_code) == ("Dance", "Go slowly.", 422, 200)
        assert "Lee Novak changed Note to the patient to “Go slowly.”" in text_of(gave)
