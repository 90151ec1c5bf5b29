"""What patients read is signed by a registered physiotherapist, for one clinic, as the words stand."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from exercises.library import signing
from exercises.models import Exercise, Signature
from exercises.signatures import NOT_READ, words_digest
from hipcare.audit.models import Entry
from tests.factories import ClinicFactory, ExerciseFactory, LeadFactory, PhysioFactory, SignatureFactory, sign
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge():
    return ExerciseFactory(name="Bridge")


def page(person):
    return client_of(person).get(reverse("exercises:signatures"))


def sent(response, **changes):
    """Return what the form of a page sends when it is filled in."""
    read = response.context["form"]["read"].value()
    return {"name": "Lee Ferreira", "registration_number": "PH123456", "agreed": "on", "read": read} | changes


def sign_all(person, **changes):
    client = client_of(person)
    data = sent(client.get(reverse("exercises:signatures")), **changes)
    return client.post(reverse("exercises:sign_all"), data)


def unsigned(clinic):
    return {Exercise.objects.get(pk=pk).name for pk in signing.unsigned(clinic, Exercise.objects.all())}


# What a signature covers


def test_nothing_is_signed_until_somebody_does(lead, bridge):
    assert unsigned(lead.clinic) == {"Bridge"}
    assert "0 of 1 signed." in page(lead).content.decode()


def test_one_button_signs_everything_with_name_number_and_date(lead, bridge):
    ExerciseFactory(name="Clamshell", clinic=lead.clinic)
    assert sign_all(lead).url == reverse("exercises:signatures")
    assert unsigned(lead.clinic) == set()
    signature = Signature.objects.get(exercise=bridge)
    assert (signature.name, signature.registration_number) == ("Lee Ferreira", "PH123456")
    assert (signature.signed_on, signature.signed_by, signature.clinic) == (timezone.localdate(), lead, lead.clinic)
    words = page(lead).content.decode()
    assert "2 of 2 signed." in words
    assert f"PH123456, {timezone.localdate():%-d %b %Y}" in words
    assert [(one.action, one.subject) for one in Entry.objects.all()] == [("change", "signature")] * 2


def test_signing_again_changes_nothing(lead, bridge):
    sign_all(lead)
    sign_all(lead)
    assert Signature.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("steps", ["Do it."]), ("stop_if", ["it hurts"]), ("name", "Bridges"), ("easings", ["Less."])]
)
def test_new_words_are_not_covered_and_the_old_ones_are_again(lead, bridge, field, value):
    sign_all(lead)
    before = getattr(bridge, field)
    setattr(bridge, field, value)
    bridge.text_version += 1
    bridge.save()
    assert unsigned(lead.clinic) == {bridge.name}
    assert "The words have changed since <bdi>Lee Ferreira</bdi> signed them" in page(lead).content.decode()
    setattr(bridge, field, before)
    bridge.save()
    assert unsigned(lead.clinic) == set()


@pytest.mark.parametrize(
    ("field", "value"), [("sets", 2), ("sources", [{"title": "A paper"}]), ("muscles", ["Gluteus"])]
)
def test_what_patients_do_not_read_needs_no_new_signature(lead, bridge, field, value):
    sign_all(lead)
    setattr(bridge, field, value)
    bridge.save()
    assert unsigned(lead.clinic) == set()


def test_every_word_that_a_version_keeps_is_signed():
    words = ExerciseFactory(name="Bridge").pinned_text()
    for name in set(Exercise.PINNED_FIELDS) - NOT_READ:
        assert words_digest(words | {name: "Something else"}) != words_digest(words), name


def test_each_clinic_signs_for_itself(lead, bridge):
    sign_all(LeadFactory())
    assert unsigned(lead.clinic) == {"Bridge"}
    other = ExerciseFactory(name="Theirs", clinic=ClinicFactory())
    sign_all(lead)
    assert not Signature.objects.filter(exercise=other).exists()


def test_all_words_are_on_the_page_that_signs_them(lead):
    exercise = ExerciseFactory(
        easings=["Lift your knee less"], start_position="Stand on your {other} leg.", equipment=["Firm chair"]
    )
    text = page(lead).content.decode()
    read = exercise.read_for(exercise.figure_side)
    assert f"<b>Stop this exercise if</b> {read.stop}" in text
    for words in (*read.steps, read.why, *read.easings, "Stand on your left leg.", exercise.start_alt, "Firm chair"):
        assert words in text, words
    assert "{leg}" not in text


# The form


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write your full name."),
        ({"name": "…"}, "letter"),
        ({"registration_number": ""}, "Write your registration number."),
        ({"registration_number": "none"}, "Write the number from the register, for example PH123456."),
        ({"agreed": ""}, "Only a registered physiotherapist may sign."),
    ],
)
def test_unfinished_signature_is_refused_and_kept_as_typed(lead, bridge, changes, words):
    answer = sign_all(lead, **{"name": "Lee Q. Ferreira", **changes})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "<title>Error: Signed exercises" in text
    assert changes.get("name", "Lee Q. Ferreira") in text
    assert not Signature.objects.exists()


def test_words_that_changed_since_the_page_was_opened_are_not_signed_unread(lead, bridge):
    client = client_of(lead)
    data = sent(client.get(reverse("exercises:signatures")), name="Lee Q. Ferreira")
    bridge.steps = ["Do something else."]
    bridge.save()
    refused = client.post(reverse("exercises:sign_all"), data)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "The words have changed since you opened this page." in text
    assert "Lee Q. Ferreira" in text
    assert "checked" not in text
    assert not Signature.objects.exists()
    again = client.post(reverse("exercises:sign_all"), sent(refused))
    assert again.status_code == 302
    assert unsigned(lead.clinic) == set()


def test_name_and_number_are_kept_from_last_time(lead, bridge):
    assert page(lead).context["form"]["name"].value() == lead.name
    sign_all(lead, name="Lee Q. Ferreira", registration_number="PH654321")
    ExerciseFactory()
    form = page(lead).context["form"]
    assert (form["name"].value(), form["registration_number"].value()) == ("Lee Q. Ferreira", "PH654321")
    assert not form["agreed"].value()


def test_one_exercise_is_signed_on_its_page(lead, bridge):
    ExerciseFactory(name="Clamshell")
    client = client_of(lead)
    here = reverse("exercises:detail", args=[bridge.pk])
    opened = client.get(here)
    assert "Not signed" in opened.content.decode()
    refused = client.post(reverse("exercises:sign_one", args=[bridge.pk]), sent(opened, registration_number=""))
    assert refused.status_code == 422
    answer = client.post(reverse("exercises:sign_one", args=[bridge.pk]), sent(opened))
    assert answer.url == here
    assert unsigned(lead.clinic) == {"Clamshell"}
    words = client.get(here).content.decode()
    assert "registered physiotherapist, PH123456, signed these words on" in words
    assert "Not signed" not in words


# Taking it back


def test_withdrawn_signature_is_kept_and_covers_nothing(lead, bridge):
    sign_all(lead)
    client = client_of(lead)
    for _ in range(2):
        client.post(reverse("exercises:withdraw_one", args=[bridge.pk]))
    signature = Signature.objects.get()
    assert signature.withdrawn_by == lead
    assert signature.withdrawn_at is not None
    assert unsigned(lead.clinic) == {"Bridge"}
    assert Entry.objects.count() == 2
    sign_all(lead)
    assert unsigned(lead.clinic) == set()
    assert Signature.objects.count() == 2


def test_all_signatures_of_the_clinic_are_withdrawn_at_once_and_no_strangers(lead, bridge):
    theirs = SignatureFactory(exercise=bridge)
    sign(lead.clinic, bridge, ExerciseFactory())
    client_of(lead).post(reverse("exercises:withdraw_all"))
    assert list(Signature.objects.in_force()) == [theirs]


# Who sees what


def test_physio_reads_the_page_and_is_told_who_signs(lead, bridge):
    physio = PhysioFactory(clinic=lead.clinic)
    text = page(physio).content.decode()
    assert "Your clinic lead signs them on this page." in text
    assert 'type="submit" class="btn btn-primary"' not in text
    assert (
        "Your clinic lead signs them here."
        in client_of(physio).get(reverse("exercises:detail", args=[bridge.pk])).content.decode()
    )


def test_mark_is_on_the_card_until_it_is_signed(lead, bridge):
    client = client_of(lead)
    assert "Not signed" in client.get(reverse("exercises:list")).content.decode()
    sign(lead.clinic, bridge)
    assert "Not signed" not in client.get(reverse("exercises:list")).content.decode()


@pytest.mark.parametrize("exercises", [1, 3])
def test_page_costs_the_same_for_one_and_three(lead, exercises, django_assert_num_queries):
    for exercise in ExerciseFactory.create_batch(exercises):
        sign(lead.clinic, exercise)
    ExerciseFactory.create_batch(exercises)
    client = client_of(lead)
    with django_assert_num_queries(6):  # session, user with clinic, exercises, topics, signatures, the last one's name
        client.get(reverse("exercises:signatures"))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_sign_once():
    lead = LeadFactory()
    exercises = ExerciseFactory.create_batch(3)
    read, problems = signing.digest_of(exercises), []

    def click():
        try:
            signing.sign(texts=exercises, by=lead, name="Lee", registration_number="PH1", read=read)
        except Exception as problem:  # noqa: BLE001 - shown by the assertion below
            problems.append(problem)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(3)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert problems == []
    assert Signature.objects.count() == 3
