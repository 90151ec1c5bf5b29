"""What a clinic says in the place of our wording: changed, left out, put back, and signed."""

import datetime as dt
from unittest import mock

import pytest
from django.test import Client

from hipcare.audit.models import Entry
from hipcare.clinics import help_signs
from hipcare.clinics.advice import SENTENCES, as_written
from hipcare.clinics.models import ClinicText, TextSignature
from hipcare.clinics.services import texts
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
WORDS = {
    "words": "Your knee gives way",
    "short": "Knee gives way",
    "source": "Our own",
    "review_on_day": "1",
    "review_on_month": "6",
    "review_on_year": "2027",
}


@pytest.fixture
def client(lead):
    return client_of(lead)


def stamp_on(page):
    return page.text.partition('name="stamp" value="')[2].partition('"')[0]


def typed(client, address, **more):
    """Return what the form at ``address`` would post, with ``more`` typed over it."""
    form = client.get(address).context["form"]
    sent = {"stamp": form.stamp}
    for bound in form:
        value = bound.value()
        if isinstance(value, dt.date):
            sent |= {f"{bound.name}_{part}": getattr(value, part) for part in ("day", "month", "year")}
        elif value not in (None, False):
            sent[bound.name] = value
    return sent | more


def shown(clinic, key):
    return texts.sign_of(clinic, key)


def keys_in(clinic, group):
    return [sign.key for sign in texts.signs_for(clinic) if sign.group == group]


def help_page(clinic):
    return client_of(PatientFactory(clinic=clinic).user).get("/help/").text


# The help list


def test_a_changed_sign_is_read_on_the_phone_and_kept_in_the_trail(client, lead):
    address = "/clinic/help/calf/"
    client.post(address, typed(client, address, words="Your calf is big and sore", short="Calf big and sore"))

    sign = shown(lead.clinic, "calf")
    assert (sign.words, sign.short) == ("Your calf is big and sore", "Calf big and sore")
    assert sign.source == help_signs.COMMON
    assert "<li>Your calf is big and sore</li>" in help_page(lead.clinic)
    entry = Entry.objects.get()
    assert (entry.actor, entry.subject, "words" in entry.fields) == (lead.pk, "clinictext", True)


def test_nobody_else_reads_what_a_clinic_changed(client):
    address = "/clinic/help/calf/"
    client.post(address, typed(client, address, words="Your calf is big and sore"))

    assert "big and sore" not in help_page(ClinicFactory())
    assert "big and sore" not in Client().get("/help/").text


def test_words_that_nobody_changed_follow_the_release(client, lead):
    client.post("/clinic/help/calf/move/", {"to": "up"})
    address = "/clinic/help/wound/"
    client.post(address, typed(client, address, source="Ward 4"))
    newer = [
        help_signs.replace(sign, words="Mended", short="Mended") if sign.key in {"calf", "wound"} else sign
        for sign in help_signs.OURS
    ]
    with mock.patch.object(help_signs, "OURS", tuple(newer)):
        assert shown(lead.clinic, "calf").words == "Mended"
        assert (shown(lead.clinic, "wound").words, shown(lead.clinic, "wound").source) == ("Mended", "Ward 4")


def test_words_that_a_clinic_changed_are_never_overwritten(client, lead):
    address = "/clinic/help/calf/"
    client.post(address, typed(client, address, words="Your calf is big and sore"))
    with mock.patch.object(help_signs, "OURS", tuple(s for s in help_signs.OURS if s.key != "calf")):
        assert shown(lead.clinic, "calf").words == "Your calf is big and sore"


def test_a_sign_is_left_out_only_with_a_reason(client, lead):
    address = "/clinic/help/calf/"
    refused = client.post(address, typed(client, address, hidden="on"))
    assert refused.status_code == 422
    assert "Say why it is left out" in refused.text
    assert "Your calf is swollen" in help_page(lead.clinic)

    client.post(address, typed(client, address, hidden="on", why_hidden="Said by the ward"))
    assert "Your calf is swollen" not in help_page(lead.clinic)
    page = client.get("/clinic/help/").text
    assert "Left out: Said by the ward" in page


def test_a_sign_needs_a_source_and_is_asked_for_it_in_words(client):
    refused = client.post("/clinic/help/calf/", typed(client, "/clinic/help/calf/", source=""))
    assert "Say where it comes from" in refused.text


def test_the_emergency_group_cannot_be_emptied(client, lead):
    *others, last = [s.key for s in help_signs.OURS if s.group == "emergency" and not s.after_operation]
    for key in others:
        client.post(f"/clinic/help/{key}/", typed(client, f"/clinic/help/{key}/", hidden="on", why_hidden="No"))
    address = f"/clinic/help/{last}/"
    refused = client.post(address, typed(client, address, hidden="on", why_hidden="No"))

    assert refused.status_code == 422
    assert texts.NO_EMERGENCY in refused.text
    assert not shown(lead.clinic, last).why_hidden


def test_a_sign_of_ones_own_is_added_last_changed_and_taken_off(client, lead):
    assert client.post("/clinic/help/new/", WORDS | {"group": "gp"}).status_code == 302
    key = keys_in(lead.clinic, "gp")[-1]
    assert shown(lead.clinic, key).words == "Your knee gives way"
    assert "<li>Your knee gives way</li>" in help_page(lead.clinic)

    address = f"/clinic/help/{key}/"
    client.post(address, typed(client, address, group="clinic"))
    assert keys_in(lead.clinic, "clinic").count(key) == 1

    client.post(f"{address}put-back/")
    assert not ClinicText.objects.exists()
    assert client.get(address).status_code == 404


def test_put_back_is_ours_again(client, lead):
    address = "/clinic/help/calf/"
    client.post(address, typed(client, address, words="Your calf is big and sore"))
    client.post(f"{address}put-back/")
    client.post(f"{address}put-back/")

    assert shown(lead.clinic, "calf").words == "Your calf is swollen and sore"


def test_signs_move_up_and_down_and_stay_at_the_ends(client, lead):
    first, second, *rest = keys_in(lead.clinic, "urgent")
    client.post(f"/clinic/help/{second}/move/", {"to": "up"})
    assert keys_in(lead.clinic, "urgent") == [second, first, *rest]
    client.post(f"/clinic/help/{second}/move/", {"to": "up"})
    client.post(f"/clinic/help/{second}/move/", {"to": "sideways"})
    assert keys_in(lead.clinic, "urgent") == [second, first, *rest]
    client.post(f"/clinic/help/{second}/move/", {"to": "down"})
    assert keys_in(lead.clinic, "urgent") == [first, second, *rest]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"words": ""}, "Enter the words on the phone"),
        ({"short": "x" * 45}, "must be 44 characters or fewer"),
        ({"words": "Pain {more}"}, "Braces stand only in {stop}"),
        ({"review_on_month": "13"}, "month"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, wrong, words):
    address = "/clinic/help/calf/"
    response = client.post(address, typed(client, address, source="Typed", **wrong))

    assert response.status_code == 422
    assert words in response.text
    assert 'value="Typed"' in response.text
    assert not ClinicText.objects.exists()


def test_two_leads_who_change_one_sign_are_asked(client, lead):
    address = "/clinic/help/calf/"
    mine, theirs = typed(client, address, words="Mine is this"), typed(client, address, words="Theirs is this")
    client_of(LeadFactory(clinic=lead.clinic)).post(address, theirs)
    response = client.post(address, mine)

    assert response.status_code == 409
    assert "Theirs is this" in response.text
    assert "Mine is this" in response.text
    assert shown(lead.clinic, "calf").words == "Theirs is this"


def test_a_physiotherapist_reads_the_list_and_changes_nothing():
    text = client_of(PhysioFactory()).get("/clinic/help/").text

    assert "Your calf is swollen and sore" in text
    assert help_signs.NG226 in text
    assert "/clinic/help/calf/" not in text


def test_the_page_shows_both_forms_as_patients_see_them(client):
    text = client.get("/clinic/help/").text

    for sign in help_signs.OURS:
        assert f"<li>{sign.filled(5).words}</li>" in text
        assert f"<li>{sign.filled(5).short}" in text


# The sentences, and the signature


def test_a_sentence_is_changed_for_everyone(client, lead):
    client.post("/clinic/says/", typed(client, "/clinic/says/", morning="Sore the next day? Call us."))
    clinic = lead.clinic

    assert texts.advice_of(clinic, 5)["morning"] == "Sore the next day? Call us."
    assert texts.advice_of(clinic, 5)["easier"] == as_written({})["easier"]
    assert "Sore the next day? Call us." in client_of(PatientFactory(clinic=clinic).user).get("/today/").text
    assert ClinicText.objects.count() == 1


def test_a_sentence_typed_as_ours_follows_the_release_again(client):
    client.post("/clinic/says/", typed(client, "/clinic/says/", fine="Go on."))
    client.post("/clinic/says/", typed(client, "/clinic/says/", fine="Carry on."))

    assert ClinicText.objects.get().words == ""


def test_stop_is_the_first_number_of_the_clinics_own_band(lead):
    assert texts.advice_of(lead.clinic, 4)["stop_if"] == "the pain is 5 or more out of 10"


SIGNED = {"name": "Lee Ferreira", "registration_number": "PH123456", "agreed": "on"}


def sign(client, **more):
    read = client.get("/clinic/says/").context["wording"].digest
    return client.post("/clinic/says/sign/", SIGNED | {"read": read} | more)


def test_signing_is_dated_named_and_kept_in_the_trail(client, lead):
    assert "Not signed" in client.get("/clinic/says/").text
    assert sign(client).status_code == 302

    signature = TextSignature.objects.get()
    assert (signature.name, signature.registration_number, signature.signed_by) == ("Lee Ferreira", "PH123456", lead)
    assert "Lee Ferreira" in client.get("/clinic/says/").text
    assert "Signed by <bdi>Lee Ferreira</bdi> on" in help_page(lead.clinic)
    assert Entry.objects.filter(subject="textsignature", actor=lead.pk).count() == 1


def test_signing_twice_is_one_signature(client):
    read = client.get("/clinic/says/").context["wording"].digest
    for _ in range(2):
        client.post("/clinic/says/sign/", SIGNED | {"read": read})
    assert TextSignature.objects.count() == 1


@pytest.mark.parametrize("change", ["sentence", "sign", "rules", "release", "bands"])
def test_a_signature_covers_no_word_that_changed_since(client, lead, change):
    sign(client)
    if change == "sentence":
        client.post("/clinic/says/", typed(client, "/clinic/says/", fine="Go on."))
    elif change == "sign":
        client.post("/clinic/help/calf/", typed(client, "/clinic/help/calf/", words="Your calf is big and sore"))
    elif change == "rules":
        address = "/clinic/hip-rules/posterior/"
        client.post(address, typed(client, address, rules="Do not bend your hip far."))
    elif change == "bands":
        page = client.post("/clinic/", typed(client, "/clinic/", pain_fine_up_to="8", pain_ok_up_to="9"), follow=True)
        assert "It is not signed now" in page.text
        lead.clinic.refresh_from_db()
    newer = tuple(help_signs.replace(s, words="Mended") if change == "release" else s for s in help_signs.OURS)
    with mock.patch.object(help_signs, "OURS", newer):
        assert texts.wording_of(lead.clinic).signature is None
        assert "The words have changed since" in client.get("/clinic/says/").text


def test_a_signature_says_for_which_scores_it_was_given(client, lead):
    sign(client)
    client.post("/clinic/", typed(client, "/clinic/", pain_fine_up_to="8", pain_ok_up_to="9"))
    assert "Pain is fine up to 8, OK up to 9, and above that it is stop." in client.get("/clinic/says/").text
    sign(client)
    lead.clinic.refresh_from_db()
    assert texts.wording_of(lead.clinic).signature is not None

    client.post("/clinic/", typed(client, "/clinic/", pain_fine_up_to="2", pain_ok_up_to="5"))
    lead.clinic.refresh_from_db()
    assert TextSignature.objects.count() == 2
    assert texts.wording_of(lead.clinic).signature.words == TextSignature.objects.earliest("signed_at").words


def test_other_details_of_the_clinic_need_no_new_signature(client, lead):
    sign(client)
    page = client.post("/clinic/", typed(client, "/clinic/", opening_hours="Monday, 8am to 6pm"), follow=True)

    assert "It is not signed now" not in page.text
    assert texts.wording_of(lead.clinic).signature is not None


def test_a_source_or_a_review_date_needs_no_new_signature(client, lead):
    sign(client)
    client.post("/clinic/help/calf/", typed(client, "/clinic/help/calf/", source="Ward 4"))

    assert texts.wording_of(lead.clinic).signature is not None


def test_words_that_changed_while_the_page_was_open_are_not_signed(client, lead):
    response = sign(client, read="0" * 64)

    assert response.status_code == 422
    assert "The words have changed since you opened this page" in response.text
    assert not TextSignature.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"registration_number": "none"}, {"agreed": ""}])
def test_nobody_signs_without_name_number_and_having_read(client, wrong):
    assert sign(client, **wrong).status_code == 422
    assert not TextSignature.objects.exists()


def test_a_new_clinic_is_told_that_its_words_are_not_signed():
    clinic = ClinicFactory(phone="")
    client = client_of(LeadFactory(clinic=clinic))

    assert "It is our wording. Nothing can be given to a patient until" in client.get("/clinic/").text
    sign(client)
    assert "It is our wording" not in client.get("/clinic/").text


def test_a_physiotherapist_reads_the_sentences(lead):
    text = client_of(PhysioFactory(clinic=lead.clinic)).get("/clinic/says/").text

    assert all(sentence.words in text for sentence in SENTENCES)
    assert "Sign what we say" not in text
