"""A clinic changes the hip rules of a kind: line by line, with source and review date, and back to ours."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import PrecautionList
from hipcare.clinics.precautions import OURS
from tests.factories import LeadFactory, PatientFactory, PhysioFactory, given_version
from tests.stamps import stamp_on
from tests.structure.world import client_of, every_row

pytestmark = pytest.mark.django_db
LISTS = "/clinic/hip-rules/"
POSTERIOR = f"{LISTS}posterior/"


@pytest.fixture
def client(lead):
    return client_of(lead)


def typed(client, address=POSTERIOR, **more):
    """Return what the page at ``address`` would post, with ``more`` typed over it."""
    page = client.get(address)
    form = page.context["form"]
    day = form.initial["review_on"]
    sent = {f"review_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    sent |= {name: form.initial[name] for name in ("heading", "rules", "source")}
    return sent | {"stamp": stamp_on(page.text)} | more


def lines(*rules):
    return "\r\n".join(rules)


@time_machine.travel("2026-11-28 10:00Z", tick=False)
def test_lead_adds_moves_and_takes_out_lines(client, lead):
    first, second, *_rest = OURS["posterior"].rules
    response = client.post(POSTERIOR, typed(client, rules=lines(second, "", "  - Sleep on your back. ", first)))
    assert response.url == reverse("clinic_rules")
    row = PrecautionList.objects.get()
    assert row.rules == [second, "Sleep on your back.", first]
    assert (row.clinic, row.kind, row.changed_by) == (lead.clinic, "posterior", lead)
    assert row.changed_at == dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC)
    page = client.get(LISTS).text
    assert "Sleep on your back." in page
    assert "Changed by <bdi>Lee Ferreira</bdi> on 28 November 2026." in page


def test_every_change_is_in_the_trail_by_field(client, lead):
    client.post(POSTERIOR, typed(client, heading="Your new hip", source="Our surgeons"))
    entry = Entry.objects.get()
    assert (entry.actor, entry.subject, entry.fields) == (lead.pk, "precautionlist", ["heading", "source"])
    client.post(f"{POSTERIOR}put-back/")
    assert Entry.objects.count() == 2


def test_saving_what_is_there_writes_nothing_and_ours_typed_again_is_ours(client):
    sent = typed(client)
    client.post(POSTERIOR, sent)
    assert not PrecautionList.objects.exists()
    assert not Entry.objects.exists()
    client.post(POSTERIOR, typed(client, heading="Your new hip"))
    client.post(POSTERIOR, typed(client, heading=OURS["posterior"].heading))
    assert not PrecautionList.objects.exists(), "follows our releases again"


def test_rules_are_put_back_to_ours_once_or_twice(client, lead):
    client.post(POSTERIOR, typed(client, rules="Sit high."))
    assert "Put back to ours" in client.get(POSTERIOR).text
    for _ in range(2):
        assert client.post(f"{POSTERIOR}put-back/").url == reverse("clinic_rules")
    assert lead.clinic.rules_for("posterior") == OURS["posterior"]
    assert "Put back to ours" not in client.get(POSTERIOR).text


def test_patient_reads_the_clinics_words_at_once(client, lead):
    patient = PatientFactory(clinic=lead.clinic, hip_precautions="posterior")
    version = given_version(patient=patient)
    other = given_version(patient=PatientFactory(hip_precautions="posterior"))
    client.post(POSTERIOR, typed(client, rules="Sit high."))
    assert "<li>Sit high.</li>" in client_of(version.patient.user).get("/today/").text
    assert "Sit high." not in client_of(other.patient.user).get("/today/").text


def test_preview_shows_what_is_typed_and_saves_nothing(client):
    sent = typed(client, rules=lines("Sit high.", "Sleep on your back."), preview="1")
    before = every_row()
    response = client.post(POSTERIOR, sent)
    assert response.status_code == 200
    assert "As patients will see it. Not saved yet" in response.text
    assert "<li>Sleep on your back.</li>" in response.text
    assert "Keep to these until your surgeon says you can stop." in response.text
    assert every_row() == before
    client.post(POSTERIOR, sent | {"stamp": stamp_on(response.text)} | {"preview": ""})
    sent.pop("preview")
    assert client.post(POSTERIOR, sent | {"stamp": stamp_on(response.text)}).status_code == 302
    assert PrecautionList.objects.get().rules == ["Sit high.", "Sleep on your back."]


BAD = [
    ({"rules": ""}, "Enter the rules"),
    ({"rules": " \n - \n"}, "Enter the rules"),
    ({"rules": lines(*["Sit high."] * 8)}, "There are 8 rules. The sheet has room for 7"),
    ({"rules": lines("Sit high.", "x" * 91)}, "Rule 2 has 91 letters. It may have 90"),
    ({"rules": "a\x00b"}, "Rules holds a character that cannot be kept"),
    ({"heading": ""}, "Enter the heading"),
    ({"heading": "x" * 41}, "Heading must be 40 characters or fewer"),
    ({"source": ""}, "Enter the source"),
    ({"review_on_day": "31", "review_on_month": "2"}, "There is no 31 February"),
    ({"review_on_year": "27"}, "Year must have 4 numbers"),
]


@pytest.mark.parametrize(("changes", "words"), BAD, ids=lambda v: next(iter(v)) if isinstance(v, dict) else None)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}], ids=["save", "preview"])
def test_bad_input_is_named_kept_and_not_saved(client, changes, words, button):
    sent = typed(client, **changes, **button)
    before = every_row()
    response = client.post(POSTERIOR, sent)
    assert response.status_code == 422
    assert "<title>Error: Hip rules, posterior - HipCare</title>" in response.text
    assert response.text.count(words) >= 2, "in the summary, and above the field"
    assert OURS["posterior"].source.partition(".")[0] in response.text or "source" in changes
    assert every_row() == before


def test_other_may_have_no_rules_and_may_have_some(client, lead):
    page = client.get(f"{LISTS}other/").text
    assert "here stand the surgeon’s own words." in page
    client.post(f"{LISTS}other/", typed(client, f"{LISTS}other/", rules="Bring the surgeon's letter."))
    assert lead.clinic.rules_for("other").rules == ("Bring the surgeon's letter.",)
    client.post(f"{LISTS}other/", typed(client, f"{LISTS}other/", rules=""))
    assert lead.clinic.rules_for("other") == OURS["other"]


def test_two_leads_do_not_put_back_each_others_words(client, lead):
    other = client_of(LeadFactory(clinic=lead.clinic, name="Ada Moss"))
    old_page = typed(other)
    client.post(POSTERIOR, typed(client, rules="Sit high."))
    assert other.post(POSTERIOR, old_page | {"source": "Our surgeons"}).status_code == 302
    kept = lead.clinic.rules_for("posterior")
    assert (kept.rules, kept.source) == (("Sit high.",), "Our surgeons")
    refused = other.post(POSTERIOR, old_page | {"rules": "Sit low."})
    assert refused.status_code == 409
    assert "Sit high." in refused.text
    assert "Sit low." in refused.text
    assert lead.clinic.rules_for("posterior").rules == ("Sit high.",)


def test_physiotherapists_read_and_do_not_change(lead):
    physio = client_of(PhysioFactory(clinic=lead.clinic))
    page = physio.get(LISTS).text
    for kind in ("posterior", "anterior"):
        assert all(rule in page for rule in OURS[kind].rules)
        assert f"{LISTS}{kind}/" not in page
    assert physio.get(POSTERIOR).status_code == 403


@pytest.mark.parametrize("kind", ["none", "lateral"])
def test_there_is_no_list_of_no_kind(client, kind):
    assert client.get(f"{LISTS}{kind}/").status_code == 404
    assert client.post(f"{LISTS}{kind}/put-back/").status_code == 404


def test_pages_cost_the_same_with_own_lists(client, lead, django_assert_max_num_queries):
    for kind in ("posterior", "anterior", "other"):
        client.post(f"{LISTS}{kind}/", typed(client, f"{LISTS}{kind}/", heading="Your new hip"))
    with django_assert_max_num_queries(6):
        client.get(LISTS)
