"""The clinic's progression rules: read by staff, changed by a lead, back to ours; words to choose from, no more."""

import pytest
from django.urls import reverse

from exercises.readability import grade
from hipcare.audit.models import Entry
from hipcare.clinics.models import ProgressionList
from hipcare.clinics.progression import LONGEST_RULE, MOST_RULES, OURS
from tests.factories import LeadFactory, PhysioFactory
from tests.stamps import stamp_on
from tests.structure.world import client_of, every_row

pytestmark = pytest.mark.django_db
PAGE = "/clinic/going-on/"


@pytest.fixture
def client(lead):
    return client_of(lead)


def typed(client, *rules):
    """Return what the page would post with ``rules`` typed, a line each."""
    return {"rules": "\r\n".join(rules), "stamp": stamp_on(client.get(PAGE).text)}


def rules_of(lead):
    return ProgressionList.objects.rules_of(lead.clinic)


def test_a_new_clinic_has_ours_and_they_read_easily(lead):
    assert rules_of(lead) == list(OURS)
    assert 1 < len(OURS) <= MOST_RULES
    for rule in OURS:
        assert len(rule) <= LONGEST_RULE
        assert grade(rule) <= 6, rule


def test_lead_writes_the_list_line_by_line(client, lead):
    sent = typed(client, "When it is easy, tell me.", "", "  - Ask me first. ", "When it is easy, tell me.")
    assert client.post(PAGE, sent).url == reverse("clinic_going_on")
    assert rules_of(lead) == ["When it is easy, tell me.", "Ask me first."]
    entry = Entry.objects.get()
    assert (entry.actor, entry.subject, entry.fields) == (lead.pk, "progressionlist", ["rules"])
    page = client.get(PAGE).text
    assert f"Changed by <bdi>{lead.name}</bdi> on" in page
    assert "Put back to ours" in page


def test_list_may_be_empty(client, lead):
    client.post(PAGE, typed(client, ""))
    assert rules_of(lead) == []
    physio = client_of(PhysioFactory(clinic=lead.clinic))
    assert "The list is empty: type a sentence for each exercise." in physio.get(PAGE).text


def test_saving_what_is_there_writes_nothing_and_ours_typed_again_is_ours(client):
    client.post(PAGE, typed(client, *OURS))
    assert not ProgressionList.objects.exists()
    assert not Entry.objects.exists()
    client.post(PAGE, typed(client, "Ask me first."))
    client.post(PAGE, typed(client, *OURS))
    assert not ProgressionList.objects.exists(), "follows our releases again"


def test_put_back_once_or_twice(client, lead):
    client.post(PAGE, typed(client, "Ask me first."))
    for _ in range(2):
        assert client.post(f"{PAGE}put-back/").url == reverse("clinic_going_on")
    assert rules_of(lead) == list(OURS)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([f"Rule {n}." for n in range(13)], "There are 13 rules. There may be 12"),
        (["Ask me.", "x" * 121], "Rule 2 has 121 letters. It may have 120"),
        (["a\x00b"], "character that cannot be kept"),
    ],
    ids=["too many", "too long", "a null"],
)
def test_bad_input_is_named_kept_and_not_saved(client, rules, words):
    sent = typed(client, *rules)
    before = every_row()
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert "<title>Error: When to go on - HipCare</title>" in response.text
    assert response.text.count(words) >= 2, "in the summary, and above the field"
    assert every_row() == before


def test_two_leads_at_once_and_a_stale_page_lose_nothing(client, lead):
    other = client_of(LeadFactory(clinic=lead.clinic))
    old_page = typed(other, "Ask me first.")
    client.post(PAGE, typed(client, "When it is easy, tell me."))
    refused = other.post(PAGE, old_page)
    assert refused.status_code == 409
    assert "When it is easy, tell me." in refused.text
    assert "Ask me first." in refused.text
    assert rules_of(lead) == ["When it is easy, tell me."]


def test_another_clinic_has_its_own(client, lead):
    client.post(PAGE, typed(client, "Ask me first."))
    stranger = LeadFactory()
    assert rules_of(stranger) == list(OURS)
    assert "Ask me first." not in client_of(stranger).get(PAGE).text
    assert not ProgressionList.objects.visible_to(stranger).exists()
    assert ProgressionList.objects.visible_to(lead).exists()


def test_physiotherapists_read_and_do_not_change(lead):
    physio = client_of(PhysioFactory(clinic=lead.clinic))
    page = physio.get(PAGE).text
    assert all(rule in page for rule in OURS)
    assert "<textarea" not in page
    assert physio.post(PAGE, {"rules": "Ask me first."}).status_code == 403
