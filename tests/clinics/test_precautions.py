"""Hip precautions in words: one list for each choice, the surgeon's own words, and nothing that no one chose."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from exercises.readability import grade
from hipcare.clinics.models import Patient, PrecautionList
from hipcare.clinics.precautions import KINDS_WITH_RULES, OURS, UNTIL, HipPrecautions, RuleList, hip_rules
from tests.factories import ClinicFactory, LeadFactory
from tests.plain_words import CLINIC_WORDS, longest_sentence

WITH_A_LIST = ("posterior", "anterior")
KEPT = {"since": dt.date(2026, 10, 26), "set_by": "Priya Nair", "set_on": dt.date(2026, 11, 13)}


def rules_of(kind, **more):
    return hip_rules(HipPrecautions(kind, **more), OURS.get(kind))


@pytest.mark.parametrize("kind", WITH_A_LIST)
@pytest.mark.parametrize(
    ("side", "about"),
    [
        ("left", "For your left hip, since 26 October 2026."),
        ("right", "For your right hip, since 26 October 2026."),
        ("both", "For both hips, since 26 October 2026."),
        ("", "Since 26 October 2026."),
    ],
)
def test_patient_reads_the_rules_whose_hip_since_when_until_when_and_who(kind, side, about):
    found = rules_of(kind, operated_side=side, note="Until week 6.", **KEPT)
    assert (found.heading, found.about) == ("After your hip operation", about)
    assert found.rules == OURS[kind].rules
    assert (found.note_from, found.note) == ("Your surgeon said:", "Until week 6.")
    assert found.until == "Keep to these until your surgeon says you can stop. Not sure? Ask us first."
    assert found.set_by == "Set by Priya Nair on 13 November 2026."


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_what_is_not_known_is_left_out(side):
    found = rules_of("posterior", operated_side=side)
    whose = {"left": "your left hip", "right": "your right hip", "both": "both hips"}[side]
    assert found.about == f"For {whose}."
    assert (found.note_from, found.note, found.set_by) == ("", "", "")
    assert rules_of("anterior").about == ""


def test_other_is_the_surgeons_words_alone():
    found = rules_of("other", note="No more than half your weight on it.")
    assert (found.rules, found.note) == ((), "No more than half your weight on it.")
    assert (found.note_from, found.until) == ("Your surgeon said:", UNTIL)


@pytest.mark.parametrize("kind", ["none", ""])
def test_none_says_nothing_and_none_with_a_note_says_the_note(kind):
    assert rules_of(kind, **KEPT) is None
    found = rules_of(kind, note="Lifted in June.", operated_side="right", **KEPT)
    assert (found.note_from, found.note) == ("Note about your hip:", "Lifted in June.")
    assert (found.about, found.rules, found.until, found.set_by) == ("", (), "", "")


def test_no_date_ends_precautions():
    long_ago = dt.date(2001, 1, 1)
    found = rules_of("posterior", since=long_ago, review_on=long_ago)
    assert found.rules == OURS["posterior"].rules


@pytest.mark.parametrize("note", ["None", "none: nothing", "Posterior", "Anterior: no", "Other", "Not asked yet"])
@pytest.mark.parametrize("kind", [*KINDS_WITH_RULES, "none"])
def test_words_of_a_note_never_decide_anything(kind, note):
    found = rules_of(kind, note=note)
    assert found.note == note
    assert found.rules == (OURS[kind].rules if kind != "none" else ())
    assert bool(found.until) == (kind != "none")


@pytest.mark.parametrize("kind", KINDS_WITH_RULES)
def test_our_own_words_are_plain(kind):
    assert grade(". ".join((OURS[kind].heading, *OURS[kind].rules, UNTIL))) <= 4
    for sentence in (*OURS[kind].rules, UNTIL):
        assert grade(sentence) <= 6, sentence
        assert longest_sentence(sentence) <= 12, sentence
        assert not CLINIC_WORDS.search(sentence), sentence
    assert OURS[kind].source
    assert OURS[kind].review_on


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("posterior", ("past 90 degrees", "knee lower than your hip", "cross your legs", "toes in", "twist")),
        ("posterior", ("low chairs", "reach down to the floor", "In bed")),
        ("anterior", ("leg out behind you", "turn your foot or your knee out", "twist", "In bed")),
    ],
)
def test_our_lists_hold_what_belongs_to_the_operation(kind, words):
    together = " ".join(OURS[kind].rules)
    assert [one for one in words if one not in together] == []


def test_the_kinds_are_those_of_the_record():
    assert {*KINDS_WITH_RULES, "none", ""} == set(Patient.Precautions.values)


# A clinic's own list


@pytest.fixture
def clinic(db):
    return ClinicFactory()


def own_list(clinic, **fields):
    lead = LeadFactory(clinic=clinic)
    words = {"kind": "posterior", "heading": "Your new hip", "rules": ["Sit high."], "source": "Our surgeons"}
    return PrecautionList.objects.create(
        **{"clinic": clinic, "changed_by": lead, "review_on": dt.date(2027, 5, 1), **words, **fields}
    )


def test_a_clinic_has_our_words_until_it_has_its_own(clinic):
    assert clinic.rules_for("posterior") == OURS["posterior"]
    own_list(clinic)
    own = RuleList("Your new hip", ("Sit high.",), "Our surgeons", dt.date(2027, 5, 1))
    assert clinic.rules_for("posterior") == own
    assert clinic.rules_for("anterior") == OURS["anterior"]
    assert ClinicFactory().rules_for("posterior") == OURS["posterior"], "no other clinic's"
    assert clinic.hip_rules(HipPrecautions("posterior")).rules == ("Sit high.",)


def test_rules_for_nobody_cost_no_query(clinic, django_assert_num_queries):
    with django_assert_num_queries(0):
        clinic.hip_rules(HipPrecautions("none", "Lifted in June."))
    with django_assert_num_queries(1):
        clinic.hip_rules(HipPrecautions("posterior"))


def test_a_clinic_has_one_list_of_each_kind_and_none_of_no_kind(clinic):
    own_list(clinic)
    for wrong in ("posterior", "none"):
        with pytest.raises(IntegrityError), transaction.atomic():
            own_list(clinic, kind=wrong)
