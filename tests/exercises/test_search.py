import pytest

from exercises.forms import LibraryFilter, query_of
from exercises.models import Exercise
from exercises.search import KINDS, POSITIONS, Search, find, in_order, is_only_weighed_up
from tests.factories import ExerciseFactory


@pytest.fixture
def library():
    """Three exercises that were never saved: searching asks no database."""
    return [
        ExerciseFactory.build(
            name="Standing knee lift",
            clinical_name="hip flexion",
            why="This can help you climb stairs.",
            muscles=["Iliopsoas"],
            tags=["strength", "no_floor", "bend_under_90"],
        ),
        ExerciseFactory.build(
            name="Bridge",
            also_called=["glute bridge"],
            position="lying",
            why="This can help you get up.",
            muscles=["Gluteus maximus"],
            equipment=["Bed or mat"],
            tags=["strength", "no_floor"],
        ),
        ExerciseFactory.build(
            name="Side-lying stretch", position="side_lying", kind="stretch", why="This can help.", tags=["stretch"]
        ),
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Bridge", "Side-lying stretch", "Standing knee lift"]),
        ("bridge", ["Bridge"]),
        ("  BRIDGE ", ["Bridge"]),
        ("flexion", ["Standing knee lift"]),
        ("glute", ["Bridge"]),
        ("iliopsoas", ["Standing knee lift"]),
        ("stairs", ["Standing knee lift"]),
        ("no floor", ["Bridge", "Standing knee lift"]),
        ("no-floor", ["Bridge", "Standing knee lift"]),
        ("side lying", ["Side-lying stretch"]),
        ("bed", ["Bridge"]),
        ("lift knee", ["Standing knee lift"]),
        ("knee bridge", []),
        ("%", []),
    ],
)
def test_every_word_must_be_somewhere(library, words, names):
    assert [exercise.name for exercise in find(library, Search(words=words))] == names


def test_an_exercise_with_the_word_among_its_cautions_comes_last_and_is_known_by_it(library):
    march, lift, bridge = (ExerciseFactory.build(name=name, position="lying", why="") for name in ("A", "B", "C"))
    march.cautions, lift.cautions = ["Stairs after a fall."], ["None."]
    lift.also_called = bridge.also_called = ["stairs"]
    bridge.cautions = ["Stairs."]
    assert find([march, lift, bridge], Search(words="stairs")) == [lift, bridge, march]
    assert [is_only_weighed_up(one, "stairs") for one in (march, lift, bridge)] == [True, False, False]
    assert not is_only_weighed_up(march, "")


@pytest.mark.parametrize(
    ("search", "names"),
    [
        (Search(positions=frozenset({"lying", "side_lying"})), ["Bridge", "Side-lying stretch"]),
        (Search(kinds=frozenset({"stretch"})), ["Side-lying stretch"]),
        (Search(kinds=frozenset({"stretch", "strength"})), ["Bridge", "Side-lying stretch", "Standing knee lift"]),
        (Search(tags=frozenset({"no_floor"})), ["Bridge", "Standing knee lift"]),
        (Search(tags=frozenset({"no_floor", "bend_under_90"})), ["Standing knee lift"]),
        (Search(words="lift", positions=frozenset({"lying"})), []),
    ],
)
def test_any_position_any_kind_all_tags(library, search, names):
    assert [exercise.name for exercise in find(library, search)] == names


def test_positions_and_kinds_are_the_models():
    assert list(POSITIONS) == Exercise.Position.values
    assert list(KINDS) == Exercise.Kind.values


def test_order_is_lying_first_then_the_name():
    rows = [ExerciseFactory.build(name=n, position=p) for n, p in [("b", "kneeling"), ("c", "lying"), ("a", "lying")]]
    assert [row.name for row in in_order(rows)] == ["a", "c", "b"]


def test_each_thing_asked_for_can_be_taken_away():
    search = Search("stairs", frozenset({"sitting", "lying"}), frozenset({"stretch"}), frozenset({"no_floor"}))
    assert [name for name, _left in search.without_each()] == ["“stairs”", "On back", "Sitting", "Stretch", "No floor"]
    assert search.without_each()[2][1].positions == {"lying"}
    assert Search().without_each() == []


def test_nothing_asked_for_is_no_search():
    assert not Search()
    assert Search(words="x")
    assert Search(tags=frozenset({"no_floor"}))


def test_address_and_search_are_the_same_thing():
    search = Search("stairs", frozenset({"sitting", "lying"}), frozenset({"stretch"}), frozenset({"no_floor"}))
    query = query_of(search)
    assert query == {"q": "stairs", "position": ["lying", "sitting"], "kind": ["stretch"], "tag": ["no_floor"]}
    form = LibraryFilter(query)
    assert form.is_valid()
    assert form.search() == search
    assert query_of(Search()) == {}
