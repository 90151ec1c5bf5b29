"""Search knows words: 60 things that people type, and what they find first."""

import json

import pytest
from django.db import transaction

from exercises.library.loading import FOLDER, load_exercises
from exercises.matching import SYNONYMS, Match, asked_words, is_one_slip, match
from exercises.models import Exercise
from exercises.search import Search, find, is_only_weighed_up
from programmes.services.templates import TEMPLATES, load_templates

QUERIES = {  # what is typed: what comes first
    # names, plain and clinical, whole and begun
    "bridge": "bridge", "bridg": "bridge", "BRIDGE": "bridge", "bridging": "bridge", "glute bridge": "bridge",
    "clam": "clamshell", "clamshell band": "clamshell-band", "small clamshell": "clamshell-small",
    "heel slide": "heel-slide", "figure-four": "lying-figure-four", "seated figure four": "seated-figure-four",
    "piriformis": "lying-figure-four", "sit to stand": "sit-to-stand", "squat": "sit-to-stand",
    "march": "bridge-marching", "chair march": "seated-march", "knee lift weight": "standing-knee-lift-ankle-weight",
    "toe slide": "standing-toe-slide-back", "fire hydrant": "quadruped-hip-circles",
    "all fours": "quadruped-hip-circles", "hip extension": "standing-hip-extension",
    "bottom squeeze": "buttock-squeeze", "side leg raise": "side-lying-hip-abduction",
    "standing leg out": "standing-hip-abduction", "one leg bridge": "single-leg-bridge",
    "uneven bridge": "offset-bridge", "bed bridge": "bridge-half-height", "circles": "lying-knee-circles",
    "push out": "static-abduction-press", "knee drop out": "knee-drop-out",
    # muscles and things
    "iliopsoas": "heel-slide", "psoas": "heel-slide", "quads": "sit-to-stand", "hamstrings": "bridge",
    "abductors": "static-abduction-press", "theraband": "static-abduction-press", "band": "clamshell-band",
    "ankle weight": "standing-knee-lift-ankle-weight", "worktop": "standing-hip-circles",
    "seated": "seated-figure-four", "isometric": "static-abduction-press", "bum": "buttock-squeeze",
    "glutes": "buttock-squeeze",
    # what it is for
    "stairs": "single-leg-bridge", "stair": "single-leg-bridge", "socks": "lying-figure-four",
    "toilet": "sit-to-stand", "car": "knee-drop-out", "limp": "side-lying-hip-abduction",
    "balance": "standing-hip-circles", "falls": "sit-to-stand",
    # other forms, and what is said for short
    "sts": "sit-to-stand", "sit 2 stand": "sit-to-stand", "SL bridge": "single-leg-bridge", "squatting": "sit-to-stand",
    "walking": "bridge-marching", "fall prevention": "standing-hip-circles", "marching": "bridge-marching",
    # one slip
    "brigde": "bridge", "clamshel": "clamshell", "heal slide": "heel-slide", "circels": "lying-knee-circles",
    "strech": "lying-figure-four", "osteoarthritus": "bridge", "buttok": "buttock-squeeze",
    "piriformus": "lying-figure-four", "trocanter": "bridge",
}  # fmt: skip
CONDITIONS = {  # what is typed, and a word of the templates whose exercises it finds, or of what is weighed up
    "OA": "osteoarthritis", "arthritis": "osteoarthritis", "GTPS": "gtps", "bursitis": "gtps", "THR": "replacement",
    "hip replacement": "replacement", "post-op": "replacement", "arthroplasty": "replacement", "stiff hip": "stiff",
    "FAI": "labral", "impingement": "labral",
}  # fmt: skip


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_exercises()
        load_templates()
        found = list(Exercise.objects.filter(clinic=None))
        transaction.set_rollback(True)
    return found


def found_by(library, words):
    return [one.slug for one in find(library, Search(words=words))]


def test_there_are_sixty_and_more():
    assert len(QUERIES) >= 60


@pytest.mark.parametrize("words", QUERIES)
def test_what_people_type_finds_what_they_mean_first(library, words):
    assert found_by(library, words)[:1] == [QUERIES[words]]


def test_other_forms_of_a_word_find_what_the_word_finds(library):
    assert found_by(library, "walking") == found_by(library, "walk")
    assert set(found_by(library, "march")) == set(found_by(library, "marching"))


@pytest.mark.parametrize("words", CONDITIONS)
def test_conditions_find_the_exercises_of_their_templates(library, words):
    found = found_by(library, words)
    assert found
    for one in library:
        told = " ".join([one.why, *one.in_templates, *one.cautions]).casefold()
        assert (CONDITIONS[words] in told) == (one.slug in found), one.slug


def test_no_floor_finds_none_that_needs_it(library):
    found = found_by(library, "no floor")
    assert found == [one.slug for one in find(library, Search(tags=frozenset({"no_floor"})))]


@pytest.mark.parametrize("words", [*CONDITIONS, *QUERIES])
def test_what_is_for_it_comes_before_what_only_weighs_it_up(library, words):
    found = find(library, Search(words=words))
    told = [is_only_weighed_up(one, words) for one in found]
    assert told == sorted(told)


def test_a_condition_that_no_template_is_for_finds_only_what_to_weigh_up(library):
    impingement = find(library, Search(words="FAI"))
    assert [is_only_weighed_up(one, "FAI") for one in impingement] == [True] * len(impingement)
    for one in impingement:
        assert "labral" in " ".join(one.cautions).casefold()
    assert not is_only_weighed_up(find(library, Search(words="GTPS"))[0], "GTPS")


def test_nearer_words_come_first(library):
    """Whole words, then beginnings, then other names; a slip only where nothing was written so."""
    words = {"bridge", "marching", "bottom", "outer", "hip"}
    near = [match(asked, words) for asked in ("bridge", "march", "bum", "brigde", "zebra")]
    assert near == [Match.EXACT, Match.BEGINS, Match.SYNONYM, Match.SLIP, None]
    assert match("gtps", words) == Match.SYNONYM
    assert match("thr", {"through"}) is None
    assert "heel-slide" not in found_by(library, "left") or "left" in SYNONYMS
    assert found_by(library, "xylophone") == []


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("bridge", "brigde", True),
        ("bridge", "bride", True),
        ("bridge", "bridgee", True),
        ("bridge", "bredge", True),
        ("bridge", "bridge", False),
        ("bridge", "brdige", True),
        ("bridge", "birdeg", False),
        ("bridge", "ridges", False),
        ("ab", "ba", True),
        ("", "a", True),
    ],
)
def test_one_slip_is_one_letter_or_two_neighbours(one, other, is_so):
    assert is_one_slip(one, other) == is_one_slip(other, one) == is_so


def test_little_words_are_passed_over_and_phrases_kept_whole():
    assert asked_words("exercises for the bum") == ["bum"]
    assert asked_words("post op stairs") == ["post op", "stairs"]
    assert asked_words("the") == ["the"]
    assert asked_words("") == []


def test_other_names_lead_to_words_that_the_library_has(library):
    templates = json.loads((FOLDER / TEMPLATES).read_text(encoding="utf-8"))
    assert templates
    assert [word for word, meant in SYNONYMS.items() if not found_by(library, meant)] == []
