"""Every dose and every rhythm there can be: one line and plain sentences that read well, no two of them the same."""

import datetime as dt
import re
from dataclasses import replace

from django.utils import translation
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from exercises import dosage
from exercises.dosage import Dose
from exercises.readability import grade
from exercises.sides import Side
from hipcare.clinics.bands import BANDS
from programmes.rules.schedule import Frequency, PartOfDay
from programmes.wording.dose_lists import dose_list
from programmes.wording.doses import one_line, patient_dose, plain_sentence
from tests.pseudo import unmarked

TODAY = dt.date(2026, 11, 29)


def up_to(limits, low):
    return st.none() | st.integers(low + 1, limits[1]) if low < limits[1] else st.none()


@st.composite
def counts(draw):
    """Draw reps, a hold and a tempo; or minutes."""
    if draw(st.booleans()) and draw(st.booleans()):
        return {"for_minutes": draw(st.integers(*dosage.MINUTES))}
    reps, hold = draw(st.integers(*dosage.REPS)), draw(st.sampled_from([0, 1, 3, 30, 60, 120, 300]))
    found = {"reps": reps, "hold_s": hold, "directions": draw(st.integers(1, 2))}
    found["reps_to"] = draw(up_to(dosage.REPS, reps))
    found["hold_to_s"] = draw(up_to(dosage.HOLD_S, hold)) if hold else None
    if draw(st.booleans()):
        found |= {"up_s": draw(st.integers(*dosage.TEMPO_S)), "down_s": draw(st.integers(*dosage.TEMPO_S))}
    return found


@st.composite
def loads(draw):
    where = draw(st.sampled_from(["", "at the ankle", "round the knees"]))
    match draw(st.sampled_from(["none", "weight", "band", "other"])):
        case "weight":
            return {"load_g": draw(st.integers(1, 200)) * dosage.LOAD_STEP_G, "load": where}
        case "band":
            return {"band": draw(st.sampled_from(BANDS)), "load": where}
        case "other":
            return {"load": "a full bottle"}
    return {}


@st.composite
def doses(draw):
    return Dose(
        sets=draw(st.integers(*dosage.SETS)),
        rest_s=draw(st.sampled_from([0, 1, 30, 60, 600])),
        effort_of_10=draw(st.none() | st.integers(*dosage.EFFORT)),
        pain_up_to=draw(st.none() | st.integers(*dosage.PAIN_UP_TO)),
        **draw(counts()),
        **draw(loads()),
    )


@st.composite
def rhythms(draw):
    times = draw(st.integers(1, 6))
    moments = draw(st.lists(st.sampled_from(PartOfDay), unique=True, max_size=min(times, 5)).map(sorted).map(tuple))
    said = {"times_a_day": times, "moments": moments}
    match draw(st.sampled_from(["weekdays", "number", "every other", "as needed"])):
        case "weekdays":
            return Frequency(weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)), **said)
        case "number":
            return Frequency(days_a_week=draw(st.integers(1, 7)), **said)
        case "every other":
            days = st.integers(0, 100).map(lambda n: TODAY + dt.timedelta(days=n))
            return Frequency(every_other_day=True, starts_on=draw(st.none() | days), **said)
    return Frequency(as_needed=True)


sides = st.sampled_from(["", *Side.values])


def meaning(dose, side, often):
    """Return what is asked for, however it is put: seven named days are every day, minutes have no reps."""
    if dose.is_for_minutes:
        dose = replace(dose, reps=10, reps_to=None, directions=1)
        side = "" if side == Side.BOTH else side
    if often.is_every_day:
        often = replace(often, weekdays=frozenset(range(7)), days_a_week=None)
    return dose, side, often


@given(doses(), sides, rhythms())
def test_the_line_has_no_empty_part_and_nothing_twice(dose, side, often):
    parts = one_line(dose, side, often).split(" · ")
    assert all(part.strip() == part and part for part in parts)
    assert len(parts) == len(set(parts))
    assert "None" not in one_line(dose, side, often)


@given(doses(), sides, rhythms())
def test_the_sentences_read_well(dose, side, often):
    said = plain_sentence(dose, side, often)
    assert said.endswith(".")
    assert not said.endswith("..")
    assert not re.search(r"  | [.,]|None|\(\)|%\(|, ,|,\.", said)
    assert not re.search(r"\b([A-Za-z]+) \1\b", said), said
    sentences = re.split(r"(?<=[.])\s+", said)
    assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in sentences), said
    assert len(sentences) == len(set(sentences)), said
    assert all(said.count(day) <= 1 for day in ("Monday", "Tuesday", "Friday") if not often.every_other_day)


@given(doses(), sides, rhythms())
def test_the_sentences_are_for_everybody(dose, side, often):
    assert grade(plain_sentence(dose, side, often)) <= 6, plain_sentence(dose, side, often)


CHANGES = [
    ("sets", st.integers(*dosage.SETS)),
    ("rest_s", st.integers(*dosage.REST_S)),
    ("effort_of_10", st.none() | st.integers(*dosage.EFFORT)),
    ("pain_up_to", st.none() | st.integers(*dosage.PAIN_UP_TO)),
    ("load_g", st.none() | st.integers(1, 200).map(lambda n: n * dosage.LOAD_STEP_G)),
    ("band", st.sampled_from(["", *BANDS])),
]


@given(doses(), sides, rhythms(), st.data())
def test_another_meaning_is_another_line(dose, side, often, data):
    name, values = data.draw(st.sampled_from(CHANGES))
    other, other_side, other_often = dose, side, often
    match data.draw(st.sampled_from(["dose", "count", "side", "rhythm"])):
        case "dose":
            other = replace(dose, **{name: data.draw(values)})
            assume(not (other.load_g and other.band))
        case "count":
            plain = {"reps": 10, "reps_to": None, "hold_s": 0, "hold_to_s": None, "directions": 1}
            without = {**plain, "up_s": None, "down_s": None, "for_minutes": None}
            other = replace(dose, **{**without, **data.draw(counts())})
        case "side":
            other_side = data.draw(sides)
        case "rhythm":
            other_often = data.draw(rhythms())
    one, another = meaning(dose, side, often), meaning(other, other_side, other_often)
    lines = {one_line(dose, side, often), one_line(other, other_side, other_often)}
    assert len(lines) == len({one, another})


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one language for all of them is meant
@given(doses(), sides, rhythms())
def test_no_word_is_left_in_english(language, dose, side, often):
    dose = replace(dose, load="")  # somebody's own words
    with translation.override(language):
        said = [one_line(dose, side, often), plain_sentence(dose, side, often), patient_dose(dose, side)]
        said += [words for line in dose_list(dose, often) for words in line if not words.isdecimal()]
    assert [word for words in said for word in unmarked(words)] == []
