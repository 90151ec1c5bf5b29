"""Learn, for staff: the list and its filters, one topic with what it rests on, and signing it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exercises.library import signing
from exercises.library.topic_files import load_topics
from exercises.models import Signature, Topic
from exercises.signatures import NOT_READ, words_digest
from tests.factories import ClinicFactory, ExerciseFactory, PhysioFactory, TopicFactory, sign
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def get(person, name, *args, **query):
    return client_of(person).get(reverse(f"exercises:{name}", args=args), query)


def titles(response):
    return [topic.title for topic, _read, _grade in response.context["topics"]]


def sent(response, **changes):
    read = response.context["form"]["read"].value()
    return {"name": "Lee Ferreira", "registration_number": "PH123456", "agreed": "on", "read": read} | changes


def test_list_says_minutes_grade_how_sure_and_whether_signed(lead):
    topic = TopicFactory(title="Does tape help?", certainty="not_shown")
    text = get(lead, "topics").content.decode()
    assert "1 topic, the same for every patient" in text
    assert "Does tape help?" in text
    assert "1 min" in text
    assert "Not shown to help" in text
    assert "Not signed" in text
    sign(lead.clinic, topic)
    assert "Not signed" not in get(lead, "topics").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "pillow"}, ["What can I do on a bad day, and at night?"]),
        ({"q": "PILLOW knees"}, ["What can I do on a bad day, and at night?"]),
        ({"q": "zebra"}, []),
        ({"q": "driving"}, ["What should I know after a new hip?"]),
        ({"q": "…"}, []),
        ({"about": "help"}, ["When should I get help?"]),
        ({"sure": "well"}, ["What does my hip pain tell me?", "What does physiotherapy do?"]),
        ({"about": "treatments", "sure": "some"}, ["Does exercise help a sore hip?", "Does exercise in water help?"]),
    ],
)
def test_search_and_filters_narrow(lead, query, found):
    load_topics()
    answer = get(lead, "topics", **query)
    assert titles(answer) == found
    assert f"{len(found)} of 19 topics" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("sleep", "What can I do on a bad day, and at night?"),
        ("weight", "Does my weight matter?"),
        ("wieght", "Does my weight matter?"),
        ("taping", "Does tape help?"),
        ("surgery", "What should I know after a new hip?"),
        ("the work", "What can I change at home and at work?"),
    ],
)
def test_topics_named_so_come_first(lead, asked, first):
    load_topics()
    assert titles(get(lead, "topics", q=asked))[0] == first


def test_part_is_swapped_with_the_count(lead):
    TopicFactory()
    answer = client_of(lead).get(reverse("exercises:topics"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'hx-swap-oob="innerHTML:#count"' in answer.content.decode()


def test_empty_library_says_what_loads_it(lead):
    assert "manage.py load_library" in get(lead, "topics").content.decode()


def test_page_shows_words_certainty_sources_dates_and_what_to_check(lead):
    topic = TopicFactory(title="Does tape help?")
    text = get(lead, "topic", topic.pk).content.decode()
    for words in (
        "Does tape help?", "It is this.", "Do a little.", "Some support", "One good trial.", "A trial. Nair, 2018.",
        'href="https://example.org/1"', "Read 29 Nov 2026", "Lee Ferreira, 29 Nov 2026", "29 Nov 2027",
        "For the clinic to check", "Not read: it may be that.", "Grade", "topics/pillow",
    ):  # fmt: skip
        assert words in text, words


def test_strangers_topic_and_a_patient_find_nothing(lead):
    assert get(lead, "topic", TopicFactory(clinic=ClinicFactory()).pk).status_code == 404


@pytest.mark.parametrize("topics", [1, 3])
def test_list_costs_the_same_for_one_and_three(lead, topics, django_assert_num_queries):
    TopicFactory.create_batch(topics)
    client = client_of(lead)
    with django_assert_num_queries(4):  # session, user with clinic, topics, signatures
        client.get(reverse("exercises:topics"))


# Signing


def test_topic_is_signed_on_its_page_and_new_words_are_not_covered(lead):
    topic = TopicFactory()
    client = client_of(lead)
    here = reverse("exercises:topic", args=[topic.pk])
    opened = client.get(here)
    refused = client.post(reverse("exercises:sign_topic", args=[topic.pk]), sent(opened, registration_number=""))
    assert refused.status_code == 422
    assert "Write your registration number." in refused.content.decode()
    answer = client.post(reverse("exercises:sign_topic", args=[topic.pk]), sent(opened))
    assert answer.url == here
    assert signing.unsigned(lead.clinic, [topic]) == set()
    assert "registered physiotherapist, PH123456, signed these words on" in client.get(here).content.decode()
    topic.summary = "Another line."
    topic.save()
    assert signing.unsigned(lead.clinic, [topic]) == {topic.pk}
    assert "The words have changed since" in client.get(here).content.decode()


def test_exercises_and_topics_are_signed_together(lead):
    ExerciseFactory(name="Bridge")
    topic = TopicFactory(title="Does tape help?")
    client = client_of(lead)
    page = client.get(reverse("exercises:signatures"))
    text = page.content.decode()
    assert "0 of 2 signed." in text
    assert "in these 1 exercise and 1 topic" in text
    for words in ("It is this.", "Do a little.", "One good trial.", topic.picture_alt, "A trial, Nair, 2018."):
        assert words in text, words
    answer = client.post(reverse("exercises:sign_all"), sent(page), follow=True)
    assert "1 exercise and 1 topic signed." in answer.content.decode()
    assert "2 of 2 signed." in answer.content.decode()
    assert {(one.exercise_id is None, one.topic_id is None) for one in Signature.objects.all()} == {
        (True, False),
        (False, True),
    }
    client.post(reverse("exercises:withdraw_topic", args=[topic.pk]))
    assert signing.unsigned(lead.clinic, [topic]) == {topic.pk}
    client.post(reverse("exercises:withdraw_all"))
    assert not Signature.objects.in_force().exists()


def test_every_word_that_a_version_keeps_is_signed():
    words = TopicFactory().pinned_text()
    for name in set(words) - NOT_READ:
        assert words_digest(words | {name: "Something else"}) != words_digest(words), name


@pytest.mark.parametrize(("field", "value"), [("facts", []), ("to_check", []), ("about", "help"), ("reviewed_by", "A")])
def test_what_patients_do_not_read_needs_no_new_signature(lead, field, value):
    topic = TopicFactory()
    sign(lead.clinic, topic)
    setattr(topic, field, value)
    topic.save()
    assert signing.unsigned(lead.clinic, [topic]) == set()


def test_words_that_changed_since_the_page_was_opened_are_not_signed_unread(lead):
    topic = TopicFactory()
    client = client_of(lead)
    data = sent(client.get(reverse("exercises:topic", args=[topic.pk])))
    Topic.objects.filter(pk=topic.pk).update(summary="Another line.")
    refused = client.post(reverse("exercises:sign_topic", args=[topic.pk]), data)
    assert refused.status_code == 422
    assert "The words have changed since you opened this page." in refused.content.decode()
    assert not Signature.objects.exists()


def test_physio_is_told_who_signs(lead):
    topic = TopicFactory()
    text = get(PhysioFactory(clinic=lead.clinic), "topic", topic.pk).content.decode()
    assert "Your clinic lead signs them here." in text
    assert timezone.localdate() >= topic.reviewed_on
