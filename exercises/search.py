"""Finding exercises: plain search and plain filters, nothing that knows a patient. Pure: rows in, rows out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from exercises.matching import Match, asked_words, match
from exercises.models import Exercise, Topic
from exercises.topics import About
from hipcare.folding import fold

POSITIONS: dict[str, str] = {
    Exercise.Position.LYING: "On back",
    Exercise.Position.SIDE_LYING: "On side",
    Exercise.Position.SITTING: Exercise.Position.SITTING.label,
    Exercise.Position.STANDING: Exercise.Position.STANDING.label,
    Exercise.Position.KNEELING: "Kneeling",
}
KINDS = dict(Exercise.Kind.choices)
TAGS = {"no_floor": "No floor", "no_equipment": "Bed or chair only", "bend_under_90": "Hip bends under 90°"}


IN_WORDS = {"single_leg_stance": "balance on one leg"}  # what clinicians call a tag
NOT_WRITTEN = (None, Match.SLIP)
BETWEEN_WORDS = str.maketrans("_", " ")


def plain(text: str) -> str:
    """Return ``text`` as it is compared: the folded key, underscores as spaces."""
    return fold(text.translate(BETWEEN_WORDS))


def names_of(exercise: Exercise) -> frozenset[str]:
    return _words([exercise.name, exercise.clinical_name, *exercise.also_called])


def said_of(exercise: Exercise) -> frozenset[str]:
    """Return the words that say what it is and what it is for: as staff read it, and the templates it is in."""
    lists = (
        exercise.muscles,
        exercise.tags,
        [tag.replace("_", "") for tag in exercise.tags],
        [IN_WORDS[tag] for tag in exercise.tags if tag in IN_WORDS],
        exercise.equipment,
        exercise.needs,
        exercise.in_templates,
    )
    return names_of(exercise) | _words(
        [exercise.why, POSITIONS[exercise.position], *(one for some in lists for one in some)]
    )


def weighed_up(exercise: Exercise) -> frozenset[str]:
    """Return the words of its cautions.

    Not those by class: every exercise has one for every class, so that a class would find everything.
    """
    return _words(exercise.cautions)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(" ".join(texts)).split())


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for: every word, any of the positions, any of the kinds, all of the tags."""

    words: str = ""
    positions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.positions or self.kinds or self.tags)

    def fits(self, exercise: Exercise) -> bool:
        """Say whether the filters let it through, whatever the words."""
        return (
            (not self.positions or exercise.position in self.positions)
            and (not self.kinds or exercise.kind in self.kinds)
            and self.tags <= set(exercise.tags)
        )

    def without_each(self) -> list[tuple[str, "Search"]]:
        """Return what can be taken away, in words, each with the search that is left: ``[("Sitting", …)]``."""
        left = [(f"“{self.words}”", replace(self, words=""))] if self.words else []
        for name, labels in (("positions", POSITIONS), ("kinds", KINDS), ("tags", TAGS)):
            chosen = getattr(self, name)
            left += [(labels[value], replace(self, **{name: chosen - {value}})) for value in labels if value in chosen]
        return left


def in_order(exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return exercises by position, lying first, then by name."""
    return sorted(exercises, key=lambda exercise: ([*POSITIONS].index(exercise.position), fold(exercise.name)))


def find(exercises: Iterable[Exercise], search: Search) -> list[Exercise]:
    """Return what fits, the nearest first: whole words, then beginnings, other names, and words with one slip.

    What only its cautions name comes last. A word that is there as it was written is not taken for a slip of another.
    """
    every = in_order(exercises)
    asked = asked_words(plain(search.words))
    if not asked:  # signs alone are no words, and find nothing
        return [] if search.words.strip() else [one for one in every if search.fits(one)]
    rows = [(one, *_nearness(one, asked)) for one in every]
    written = [any(row[place] not in NOT_WRITTEN for _one, row, _only in rows) for place in range(len(asked))]
    found = [
        (is_only_weighed, sum(row), not names_of(one).issuperset(asked), one)
        for one, row, is_only_weighed in ((one, [n for n in row if n is not None], only) for one, row, only in rows)
        if len(row) == len(asked)
        and search.fits(one)
        and not any(near == Match.SLIP and is_written for near, is_written in zip(row, written, strict=True))
    ]
    return [one for *_near, one in sorted(found, key=lambda row: row[:3])]


def _nearness(exercise: Exercise, asked: Sequence[str]) -> tuple[list[Match | None], bool]:
    """Return how near each word is, and whether one of them stands among the cautions alone."""
    said = said_of(exercise)
    near = [match(word, said | weighed_up(exercise)) for word in asked]
    plainly = [match(word, said) for word in asked]
    return near, any(a not in NOT_WRITTEN and b in NOT_WRITTEN for a, b in zip(near, plainly, strict=True))


def is_only_weighed_up(exercise: Exercise, words: str) -> bool:
    """Say whether a word that somebody searches by stands among its cautions alone: it is for something else."""
    return _nearness(exercise, asked_words(plain(words)))[1]


def find_topics(
    topics: Iterable[Topic], words: str, about: Collection[str] = (), sure: Collection[str] = ()
) -> list[Topic]:
    """Return the topics that have every word and stand on one of the shelves: those named so first, shelf by shelf."""
    asked = asked_words(plain(words))
    shelves = list(About)
    found = [
        (place, shelves.index(About(topic.about)), topic)
        for topic in topics
        if (asked or not words.strip())
        and (not about or topic.about in about)
        and (not sure or topic.certainty in sure)
        and (place := _place_in(asked, topic)) is not None
    ]
    return [topic for *_place, topic in sorted(found, key=lambda row: row[:2])]


def _place_in(asked: Iterable[str], topic: Topic) -> int | None:
    """Return how near a topic is: 0 named so, 1 says so on its page or shelf, 2 and 3 the same with a slip, or None."""
    title = _words([topic.title])
    page = title | _words([*topic.read.sentences, About(topic.about).label])
    for place, words in enumerate((title, page)):
        near = [match(word, words) for word in asked]
        if None not in near:
            return place + 2 * (Match.SLIP in near)
    return None
