"""Topics that go with a programme: chosen in the draft, pinned when given, read, and told when they change."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from exercises.models import Signature, Topic
from programmes.models import Version
from programmes.services.drafts import discard_draft, open_draft
from programmes.services.giving import CannotGiveError, give_version, missing_to_give
from programmes.services.undoing import put_back_draft
from tests.factories import ClinicFactory, PatientFactory, TopicFactory, given_version, pin, sign
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, two_weeks_from_now, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def ids(*topics):
    return [str(topic.pk) for topic in topics]


def with_topics(*topics):
    draft = draft_of(None, "Bridge")
    draft.topics = ids(*topics)
    draft.save()
    return draft


def save(draft, topics, **more):
    sent = form_of(draft, {"topics": ["", *topics], "stamp": stamp_of(draft), **more})
    return physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)


def now(draft):
    return Version.objects.get(pk=draft.pk)


def today(version):
    return text_of(client_of(version.patient.user).get(reverse("programmes:today")))


# Choosing


def test_builder_offers_the_clinics_topics_shelf_by_shelf():
    draft = draft_of(None, "Bridge")
    last = TopicFactory(title="A last one", about="help")
    first = TopicFactory(title="Z first", about="understanding")
    own = TopicFactory(title="Our own", about="living", clinic=draft.patient.clinic)
    TopicFactory(clinic=ClinicFactory())
    TopicFactory(retired=True)
    form = physio_of(draft).get(url("builder", draft)).context["whole"]
    assert [key for key, _title in form.fields["topics"].choices] == ids(first, own, last)


def test_ticked_topics_are_kept_in_the_order_of_the_list_and_taken_off_again():
    draft, b, a = draft_of(None, "Bridge"), TopicFactory(title="B"), TopicFactory(title="A")
    assert save(draft, ids(b, a)).status_code == 200
    assert now(draft).topics == ids(a, b)
    save(draft, ids(b))
    assert now(draft).topics == ids(b)
    save(now(draft), [])
    assert now(draft).topics == []


def test_a_form_without_the_field_leaves_the_topics_alone():
    draft = with_topics(topic := TopicFactory())
    physio_of(draft).post(url("draft_save", draft), form_of(draft, {"goal": "Dance"}), headers=HTMX)
    assert (now(draft).topics, now(draft).goal) == (ids(topic), "Dance")


def test_a_fourth_topic_is_refused_and_what_was_ticked_stays_to_be_seen():
    draft, topics = draft_of(None, "Bridge"), TopicFactory.create_batch(4)
    text = save(draft, ids(*topics), give="1").content.decode()
    assert "Topics: at most 3. Take 1 away." in text
    assert now(draft).topics == []


@pytest.mark.parametrize("sent", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_topic_nobody_offers_is_refused(sent):
    draft = draft_of(None, "Bridge")
    TopicFactory()
    assert "Choose among the topics of the library." in save(draft, [sent]).content.decode()
    assert now(draft).topics == []


def test_a_strangers_topic_is_refused():
    draft = draft_of(None, "Bridge")
    save(draft, ids(TopicFactory(clinic=ClinicFactory())))
    assert now(draft).topics == []


def test_two_windows_that_differ_are_asked_with_titles():
    draft, a, b = draft_of(None, "Bridge"), TopicFactory(title="Water"), TopicFactory(title="Tape")
    mine, theirs = stamp_of(draft, "a"), stamp_of(draft, "b")
    save(draft, ids(a), stamp=theirs)
    text = text_of(save(draft, ids(b), stamp=mine))
    assert "wrote “Water”" in text
    assert "you wrote “Tape”" in text
    assert now(draft).topics == ids(a)


def test_draft_thrown_away_comes_back_with_its_topics():
    draft = with_topics(topic := TopicFactory())
    patient, by = draft.patient, draft.made_by
    contents = discard_draft(draft=draft, by=by)
    assert put_back_draft(patient=patient, contents=contents, by=by).topics == ids(topic)


# Giving


def test_given_version_keeps_the_words_as_they_were():
    topic = TopicFactory(title="Water")
    draft = with_topics(topic)
    sign(draft.patient.clinic, topic)
    version = give_version(draft=draft, by=draft.made_by)
    topic.title = "Another"
    topic.save()
    (read,) = Version.objects.get(pk=version.pk).readings
    assert (read.title, read.sections[0].bullets) == ("Water", ["Do a little.", "Then rest."])
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(topic_words=[])
    assert open_draft(patient=version.patient, by=version.given_by).topics == ids(topic)


def test_unsigned_topic_cannot_be_given_outside_a_demo_clinic():
    draft = with_topics(TopicFactory(title="Water"))
    with pytest.raises(CannotGiveError, match="“Water” is not signed by a registered physiotherapist"):
        give_version(draft=draft, by=draft.made_by)
    draft.patient.clinic.is_demo = True
    draft.patient.clinic.save()
    assert missing_to_give(Version.objects.get(pk=draft.pk), by=draft.made_by) == []


def test_a_topic_is_a_change_and_its_new_words_are_one():
    topic = TopicFactory()
    version = given_version(topics=[topic])
    by = version.given_by
    draft = open_draft(patient=version.patient, by=by)
    draft.review_on, draft.reason = version.review_on, "None."
    draft.save()
    with pytest.raises(CannotGiveError, match="Nothing has changed since version 1"):
        give_version(draft=draft, by=by)
    topic.summary = "New words."
    topic.save()
    sign(version.patient.clinic, topic)
    assert give_version(draft=draft, by=by).number == 2


# Told


def changed():
    patient = PatientFactory()
    old, new = TopicFactory(title="Water"), TopicFactory(title="Tape")
    first = given_version(patient=patient, topics=[old])
    draft = open_draft(patient=patient, by=first.given_by)
    draft.topics, draft.review_on = ids(new), two_weeks_from_now()
    draft.save()
    return draft


def test_builder_says_which_topics_are_new_and_taken_out():
    draft = changed()
    text = text_of(physio_of(draft).get(url("builder", draft)))
    assert "Tape new topic" in text
    assert "Water topic taken out" in text


def test_patient_and_record_are_told():
    draft = changed()
    version = pin(draft, number=2)
    words = today(version)
    assert "New to read: “Tape”" in words
    assert "No longer to read: “Water”" in words
    record = text_of(physio_of(version).get(reverse("programmes:patient", args=[version.patient.pk])))
    assert "“Tape”: new topic. “Water”: topic taken out." in record
    assert "To read: Tape" in record


# Read


def test_today_lists_them_below_the_exercises_and_each_has_a_page():
    topic = TopicFactory(title="Does water help?")
    version = given_version(topics=[topic], weekdays="0123456")
    page = client_of(version.patient.user).get(reverse("programmes:today"))
    address = reverse("programmes:today_topic", args=[version.pk, 1])
    text = page.content.decode()
    assert text.index("data-hc-list") < text.index('id="learn"') < text.index(address)
    Topic.objects.update(title="Changed since")
    read = client_of(version.patient.user).get(address)
    words = text_of(read)
    for part in (
        "Does water help?", "A line about it.", "It is this.", "Do a little.", "How sure are we?", "Some support",
        "One good trial.", "A trial. Nair, 2018.", "https://example.org/1", "29 November 2026", "29 November 2027",
        "The same words for everyone.",
    ):  # fmt: skip
        assert part in words, part
    assert "for the clinic to check" not in words.lower()
    assert "it may be that" not in words


@pytest.mark.parametrize("place", [0, 2, 99999])
def test_there_is_no_page_beyond_the_last(place):
    version = given_version(topics=[TopicFactory()])
    answer = client_of(version.patient.user).get(reverse("programmes:today_topic", args=[version.pk, place]))
    assert answer.status_code == 404


def test_a_draft_and_a_strangers_version_are_not_read():
    topic = TopicFactory()
    mine, theirs = given_version(topics=[topic]), given_version(topics=[topic])
    draft = open_draft(patient=mine.patient, by=mine.given_by)
    for version in (draft, theirs):
        answer = client_of(mine.patient.user).get(reverse("programmes:today_topic", args=[version.pk, 1]))
        assert answer.status_code == 404


def test_no_topic_leaves_no_heading():
    assert "Learn" not in today(given_version())


def test_sample_is_said_in_a_made_up_clinic_until_it_is_signed():
    version = given_version(topics=[TopicFactory()])
    clinic = version.patient.clinic
    clinic.is_demo = True
    clinic.save()
    address = reverse("programmes:today_topic", args=[version.pk, 1])
    sample = "Sample: no physiotherapist has signed this."
    assert sample not in text_of(client_of(version.patient.user).get(address))
    Signature.objects.all().delete()
    assert sample in text_of(client_of(version.patient.user).get(address))


@pytest.mark.parametrize("topics", [1, 3])
def test_pages_cost_the_same_for_one_and_three(topics, django_assert_num_queries):
    version = given_version(topics=TopicFactory.create_batch(topics), weekdays="0123456")
    client = client_of(version.patient.user)
    with django_assert_num_queries(3):  # session, user with patient and clinic, version
        client.get(reverse("programmes:today_topic", args=[version.pk, 1]))


def test_a_kept_today_follows_the_version_that_is_given():
    version = given_version(topics=[TopicFactory(title="Water")], weekdays="0123456")
    assert "Water" in today(version)
    draft = open_draft(patient=version.patient, by=version.given_by)
    draft.topics = ids(TopicFactory(title="Tape"))
    pin(draft, number=2, given_at=timezone.now())
    words = today(version)
    assert "Tape" in words
