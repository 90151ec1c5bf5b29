"""Topics: what the library states, what it rests on, and that nothing else can be loaded."""

import json
import re
import shutil

import pytest

from exercises.library.loading import EXERCISES, FOLDER, SOURCES, LibraryError
from exercises.library.topic_files import FACTS, NUMBER, TOPICS, load_topics, read_register
from exercises.models import Topic
from exercises.pictures import picture_of_topic
from exercises.readability import grade, sentences, words
from exercises.topics import Certainty
from tests.factories import ClinicFactory, TopicFactory
from tests.plain_words import CLINIC_WORDS
from tests.walks import for_each

ROWS = json.loads((FOLDER / TOPICS).read_text(encoding="utf-8"))
REGISTER = read_register()
PROMISES = re.compile(
    r"\bheal\w*|%|\bper ?cent\b|\b(?:will|always helps|cures)\b|wear and tear|bone on bone", re.IGNORECASE
)
VERDICTS = {
    "understanding-hip-pain": "well",
    "causes-of-hip-pain": "none",
    "what-physiotherapy-does": "well",
    "does-exercise-help": "some",
    "hands-on-treatment": "none",
    "tens-and-ultrasound": "not_shown",
    "needling": "none",
    "taping": "not_shown",
    "water-exercise": "some",
    "walking-and-standing": "none",
    "heat-and-cold": "not_shown",
    "home-and-work": "some",
    "weight": "some",
    "pacing-and-sleep": "none",
    "after-hip-replacement": "none",
    "strong-bones-and-falls": "some",
    "when-to-get-help": "none",
    "questions-and-answers": "some",
    "benefits": "some",
}


@pytest.fixture
def library(db):
    load_topics()
    return {topic.slug: topic for topic in Topic.objects.all()}


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the library that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"


def edit(folder, name, slug, change):
    path = folder / name
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(next(row for row in rows if row["slug"] == slug))
    path.write_text(json.dumps(rows), encoding="utf-8")


def test_there_are_the_nineteen_with_how_sure_we_are(library):
    assert {slug: topic.certainty for slug, topic in library.items()} == VERDICTS


@pytest.mark.django_db
@for_each(ROWS)
def test_words_are_few_plain_and_promise_nothing(row):
    load_topics()
    read = Topic.objects.get(slug=row["slug"]).read
    said = " ".join(read.sentences)
    assert 120 <= len(words(said)) <= 250
    assert 120 <= read.word_count <= 250
    assert grade(said) <= 6
    assert grade(read.sure) <= 6
    assert [one for one in sentences(said) if len(words(one)) > 15] == []
    everything = f"{read.title} {said} {read.sure} {read.picture_alt}"
    assert CLINIC_WORDS.findall(everything) == []
    assert PROMISES.findall(everything) == []
    assert not re.search(r"[{}]", everything)


@pytest.mark.django_db
@for_each(ROWS)
def test_topic_states_nothing_that_the_register_does_not_carry(row):
    load_topics()
    topic = Topic.objects.get(slug=row["slug"])
    assert row["facts"]
    assert {REGISTER.status(fact) for fact in row["facts"]} == {"read"}
    known = {number for fact in row["facts"] for number in NUMBER.findall(REGISTER.says(fact))}
    said = " ".join([topic.title, *topic.read.sentences, topic.sure])
    assert set(NUMBER.findall(said)) <= known
    assert {source.title for source in topic.read.sources} == {
        REGISTER.source_of(fact).values["title"] for fact in row["facts"]
    }
    assert "read" not in {REGISTER.status(fact) for fact in row["to_check"]}
    for fact in row["to_check"]:
        assert REGISTER.says(fact) not in said


def test_every_fact_is_used_and_every_source_says_where_and_when():
    used = {fact for row in ROWS for fact in (*row["facts"], *row["to_check"])}
    assert used == set(REGISTER.facts)
    cited = {REGISTER.source_of(fact).slug for fact in used if REGISTER.status(fact) == "read"}
    exercises = json.loads((FOLDER / EXERCISES).read_text(encoding="utf-8"))
    assert cited | {one["source"] for row in exercises for one in row["sources"]} == set(REGISTER.sources)
    for source in (REGISTER.sources[slug] for slug in cited):
        assert source.values["at"].startswith("https://") or source.slug == "guide"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.values["read_on"])


def test_nobody_writes_of_what_was_only_read_in_summaries(library):
    """The verdict of a treatment rests on what was read; where that is nothing, the page says so."""
    of_guide_only = {"hands-on-treatment", "needling", "tens-and-ultrasound", "taping", "heat-and-cold"}
    for slug in of_guide_only:
        topic = library[slug]
        assert topic.certainty in {"none", "not_shown"}
        assert "read" in topic.sure


@for_each(ROWS)
def test_every_topic_has_a_picture_with_words(row):
    picture = row["picture"]
    assert picture_of_topic({"drawing": picture} if isinstance(picture, str) else picture).width > 0
    assert row["picture_alt"].endswith(".")


def test_the_guides_five_questions_are_answered_whole(library):
    sections = library["questions-and-answers"].read.sections
    assert len(sections) == 5
    assert all(one.title.endswith("?") for one in sections)
    assert "Some people need other treatments as well" in sections[-1].paragraphs[0]


def test_benefits_say_can(library):
    for section in library["benefits"].read.sections[:5]:
        assert " can " in " ".join(section.paragraphs)


# Loading


def test_loading_twice_changes_nothing(db, django_assert_num_queries):
    first = load_topics()
    assert (len(first.new), first.changed, first.retired) == (19, [], [])
    before = list(Topic.objects.order_by("slug").values())
    with django_assert_num_queries(3):  # the topics, and the two ends of a savepoint
        assert load_topics().unchanged == [row["slug"] for row in ROWS]
    assert list(Topic.objects.order_by("slug").values()) == before


def test_new_words_raise_the_text_version_and_new_notes_for_staff_do_not(db, folder):
    load_topics(folder)
    edit(folder, TOPICS, "taping", lambda row: row.update(summary="Ask us."))
    assert load_topics(folder).changed == ["taping"]
    assert Topic.objects.get(slug="taping").text_version == 2
    edit(folder, TOPICS, "taping", lambda row: row.update(about="living"))
    assert load_topics(folder).changed == ["taping"]
    assert Topic.objects.get(slug="taping").text_version == 2


def test_a_topic_that_has_gone_is_retired_and_a_clinics_own_stays(db, folder):
    own = TopicFactory(slug="taping", clinic=ClinicFactory())
    load_topics(folder)
    path = folder / TOPICS
    path.write_text(json.dumps([row for row in ROWS if row["slug"] != "taping"]), encoding="utf-8")
    assert load_topics(folder).retired == ["taping"]
    assert Topic.objects.get(slug="taping", clinic=None).retired
    assert not Topic.objects.get(pk=own.pk).retired


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug", "change", "message"),
    [
        (TOPICS, "taping", lambda row: row.pop("sure"), "topics.json: taping: sure: is missing."),
        (TOPICS, "taping", lambda row: row.update(shure=""), "topics.json: taping: shure: is not a key"),
        (TOPICS, "taping", lambda row: row["facts"].append("x"), "topics.json: taping: facts: there is no fact 'x'"),
        (
            TOPICS,
            "taping",
            lambda row: row["facts"].append("guide-tape"),
            "topics.json: taping: facts: 'guide-tape'",
        ),
        (TOPICS, "taping", lambda row: row.update(facts="x"), "topics.json: taping: facts: must be a list of facts"),
        (
            TOPICS,
            "taping",
            lambda row: row["facts"].append("manual-nice"),
            "topics.json: taping: facts: 'manual-nice' is from others’ summaries.",
        ),
        (
            TOPICS,
            "taping",
            lambda row: row["to_check"].append("water-gain"),
            "topics.json: taping: to_check: 'water-gain' is read in an original.",
        ),
        (
            TOPICS,
            "taping",
            lambda row: row["sections"][0]["paragraphs"].append("It helps 9 of 10 people."),
            "topics.json: taping: sections: no fact of this topic has the number 9.",
        ),
        (TOPICS, "taping", lambda row: row.update(certainty="sure"), "topics.json: taping: certainty: Value 'sure'"),
        (TOPICS, "taping", lambda row: row.update(about="tape"), "topics.json: taping: about: Value 'tape' is not"),
        (TOPICS, "taping", lambda row: row.update(picture="none"), "topics.json: taping: picture: must be a drawing"),
        (
            TOPICS,
            "taping",
            lambda row: row.update(picture={"exercise": "flying", "side": "both", "kind": "end"}),
            "topics.json: taping: picture: must be a drawing",
        ),
        (TOPICS, "taping", lambda row: row.update(sections=["a"]), "topics.json: taping: sections: Write a list of"),
        (
            TOPICS,
            "taping",
            lambda row: row.update(sections=[{"title": "A"}]),
            "topics.json: taping: sections: A: nothing to read stands under it.",
        ),
        (
            TOPICS,
            "taping",
            lambda row: row.update(sections=[{"title": "A", "text": "b"}]),
            "topics.json: taping: sections: A: only lists of paragraphs and bullets",
        ),
        (TOPICS, "taping", lambda row: row.update(review_on="soon"), "topics.json: taping: review_on: must be a date"),
        (FACTS, "guide-tape", lambda row: row.update(status="heard"), "facts.json: guide-tape: status: must be one of"),
        (FACTS, "guide-tape", lambda row: row.update(source="x"), "facts.json: guide-tape: source: there is no source"),
        (FACTS, "guide-tape", lambda row: row.pop("source"), "facts.json: guide-tape: source: is missing."),
        (SOURCES, "guide", lambda row: row.update(read_on="then"), "sources.json: guide: read_on: must be a date"),
        (SOURCES, "guide", lambda row: row.pop("at"), "sources.json: guide: at: is missing."),
    ],
)
def test_mistakes_are_named_by_file_slug_and_key(folder, name, slug, change, message):
    edit(folder, name, slug, change)
    with pytest.raises(LibraryError) as error:
        load_topics(folder)
    assert str(error.value).startswith(message)
    assert not Topic.objects.exists(), "one mistake, and nothing is written"


# The model


def test_marks_say_how_sure_we_are():
    assert [sum(one.marks) for one in Certainty] == [3, 2, 1, 0]
    assert Certainty.NONE.marks == []


def test_reading_takes_a_minute_or_two(library):
    assert {topic.read.minutes for topic in library.values()} <= {1, 2}


def test_clinics_see_the_shared_topics_and_their_own(lead):
    shared, own, theirs = TopicFactory(), TopicFactory(clinic=lead.clinic), TopicFactory(clinic=ClinicFactory())
    assert set(Topic.objects.visible_to(lead)) == {shared, own}
    assert theirs not in Topic.objects.visible_to(lead)


@for_each(ROWS)
def test_how_sure_we_are_is_said_once(row):
    """The verdict stands before the line in bold: the line goes on, it does not say it again."""
    assert not any(row["sure"].startswith(str(one.label)) for one in Certainty)
