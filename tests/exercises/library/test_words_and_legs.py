"""Each time a text of the library names a leg, it is the leg that the pose shows: exchanging one is noticed.

Poses are authored for the right leg, so ``{leg}`` is "r" there and ``{other}`` is "l". A claim is a turn of phrase with
the legs it names, and what the skeleton has to show for it to be true. A text whose words no claim reads fails.
"""

import itertools
import re

from exercises.library.loading import EXERCISES, FOLDER, WITH_LEGS, read_entries
from tests.exercises.figures.legs import OTHER, ankle, apart, bend, hip, knee, legs_of
from tests.walks import for_each

NAMES = {"{leg}": "r", "{other}": "l"}
EXCHANGED = {"{leg}": "{other}", "{other}": "{leg}"}
BRACES = re.compile("{(?:leg|other)}")


def moves(legs, x):
    return legs.moves(x)


def keeps_still(legs, x):
    return legs.moves(OTHER[x])


def is_under(legs, x):
    return all(hip(one, x)[1] + 10 < hip(one, OTHER[x])[1] for one in legs.skeletons)


def lies_on(legs, x, y):
    return y == OTHER[x] and all(place(legs.start, x)[1] > place(legs.start, y)[1] + 3 for place in (knee, ankle))


def ankle_is_on_knee(legs, x, y):
    return y == OTHER[x] and all(
        apart(ankle(one, x), knee(one, y)) < 20 < apart(ankle(one, y), knee(one, x)) for one in legs.skeletons
    )


def hand_presses(legs, x):
    hands = [legs.end.frames[f"hand_{hand}"].origin for hand in "lr"]
    near = {leg: min(apart(hand, knee(legs.end, leg)) for hand in hands) for leg in "lr"}
    return legs.moves(x) and near[x] < 30 < near[OTHER[x]]


def is_bent(legs, x):
    return bend(legs.start, x) > 60 and bend(legs.start, OTHER[x]) < 20


def is_straight(legs, x):
    """Of two straight legs, one that moves is meant."""
    knees = {leg: [bend(one, leg) for one in legs.skeletons] for leg in "lr"}
    return max(knees[x]) < 20 and (min(knees[OTHER[x]]) > 60 or legs.moves(x))


def is_held_up_straight(legs, x):
    return is_straight(legs, x) and not legs.stands_on(x)


def foot_is_flat(legs, x):
    return legs.stands_on(x) and not legs.stands_on(OTHER[x])


def is_nearer(legs, x):
    far = {leg: apart(ankle(legs.start, leg), legs.start.frames["pelvis"].origin) for leg in "lr"}
    return far[x] + 10 < far[OTHER[x]]


def is_nearer_than(legs, x, y):
    return y == OTHER[x] and is_nearer(legs, x)


def bears(legs, x):
    """Of two feet that stand, the nearer one bears more."""
    return legs.stands_on(x) and (is_nearer(legs, x) or not legs.stands_on(OTHER[x]))


def wears_the_weight(legs, x):
    return [prop.round for prop in legs.movement.props if prop.type == "weight"] == [(f"shank_{x}",)]


CLAIMS = {
    moves: [
        "Lift your X (knee|foot)", "X (knee|foot) (comes up|lifts|is lifted|is (a little )?off the|is above your hip)",
        "Move your X leg", "X leg (lifts|moves|is lifted|is a little way)",
        "Slide your X (heel|toes)", "X (heel|toes) slides?", "X knee is bent, the heel slid",
        "Let your X knee drop out", "X knee is out to the side",
        "Push your X thigh out", "X thigh pushes out",
    ],
    keeps_still: ["Keep your X hip down", "X hip still down"],
    is_under: ["on your X side"],
    lies_on: ["X leg resting on the Y leg"],
    ankle_is_on_knee: ["X ankle on (your|the) Y knee"],
    hand_presses: ["Press (very gently on )?your X knee", "A hand presses (your|the) X knee"],
    is_bent: ["Bend your X knee", "X knee bent"],
    is_straight: ["Keep your X leg straight", "X leg straight"],
    is_held_up_straight: ["X leg held up straight"],
    foot_is_flat: ["X foot flat"],
    is_nearer: ["Slide your X foot nearer"],
    is_nearer_than: ["X foot nearer than the Y"],
    bears: [
        "Push with your X foot", "Hips lifted by your X leg", "X leg pushes your hips up",
        "X leg (taking more of the weight|doing more)",
    ],
    wears_the_weight: ["weight on your X ankle"],
}  # fmt: skip
NAMED = {"X": "(?P<x>{leg}|{other})", "Y": "(?P<y>{leg}|{other})"}
PATTERNS = [
    (re.compile(re.sub("[XY]", lambda found: NAMED[found[0]], phrase)), claim)
    for claim, phrases in CLAIMS.items()
    for phrase in phrases
]
TEXTS = [
    (entry.slug, text)
    for entry in read_entries(FOLDER / EXERCISES)
    for key in WITH_LEGS
    for text in (entry.values[key] if isinstance(entry.values[key], list) else [entry.values[key]])
    if BRACES.search(text)
]


def amiss(slug, text):
    """Return the turns of phrase in ``text`` that the pose contradicts, and the legs in it that none is about."""
    found = [(match, claim) for pattern, claim in PATTERNS for match in pattern.finditer(text)]
    read = {match.start(name) for match, _ in found for name in match.groupdict()}
    unread = [text[place.start() :] for place in BRACES.finditer(text) if place.start() not in read]
    legs = legs_of(slug)
    untrue = [
        match[0]
        for match, claim in found
        if not claim(legs, **{name: NAMES[leg] for name, leg in match.groupdict().items()})
    ]
    return untrue + unread


@for_each(TEXTS)
def test_words_and_pose_name_the_same_leg(slug, text):
    assert amiss(slug, text) == []


@for_each(TEXTS)
def test_exchanging_any_leg_or_all_would_be_noticed(slug, text):
    places = list(BRACES.finditer(text))
    for count in range(1, len(places) + 1):
        for some in itertools.combinations(places, count):
            other = text
            for place in reversed(some):
                other = other[: place.start()] + EXCHANGED[place[0]] + other[place.end() :]
            assert amiss(slug, other) != [], other


def test_words_nobody_can_read_the_leg_of_are_told():
    assert amiss("clamshell", "Think of your {leg} elbow.") == ["{leg} elbow."]


def test_every_turn_of_phrase_is_used():
    used = {pattern for pattern, _ in PATTERNS for _, text in TEXTS if pattern.search(text)}
    assert [pattern.pattern for pattern, _ in PATTERNS if pattern not in used] == []
