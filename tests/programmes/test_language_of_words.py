"""The language of an exercise's words: pinned when it is given, and said wherever it is not the page's."""

import pytest
from django.urls import reverse

from exercises.signatures import words_digest
from hipcare.languages import ENGLISH
from tests.factories import ExerciseFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def given():
    exercise = ExerciseFactory(name="Pont", language="cy", steps=["Codwch eich coes {leg}."], easings=["Yn llai"])
    return given_version(exercise=exercise)


def test_language_stays_what_it_was_when_given(given):
    row = given.prescriptions.get()
    row.exercise.language = "ga"
    row.exercise.save()
    assert given.prescriptions.get().language == "cy"


def test_words_pinned_before_they_said_it_are_english(given):
    row = given.prescriptions.get()
    row.text = {name: value for name, value in row.text.items() if name != "language"}
    assert row.language == ENGLISH


def test_signature_stands_where_nothing_but_the_name_of_the_language_is_new(given):
    words = given.prescriptions.get().text
    assert words_digest(words) == words_digest({name: said for name, said in words.items() if name != "language"})


@pytest.mark.parametrize(("language", "said"), [("cy", True), (ENGLISH, False)])
def test_page_says_which_words_are_in_another_language(language, said):
    exercise = ExerciseFactory(language=language, easings=["Yn llai"])
    given = given_version(exercise=exercise, weekdays="0123456")
    client = client_of(given.patient.user)
    today = client.get(reverse("programmes:today")).text
    own = client.get(reverse("programmes:today_exercise", args=[given.prescriptions.get().pk])).text
    assert (f'<h3 lang="cy">{exercise.name}</h3>' in today) is said
    for start in (
        '<h1 class="page-title" tabindex="-1" data-hc-title aria-describedby="place"',
        '<ol class="steps" role="list"',
        '<div class="stage stage-pair is-still"',
    ):
        assert start + (' lang="cy">' if said else ">") in own
