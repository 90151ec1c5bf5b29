"""Who stands where in the list of patients, and how many each filter finds: read from the summaries by their indexes.

What there is to look at first is several lists one after the other, each of which is a range of one index: patients
whose entries say something, then whose review date passed, then of whom nothing was logged, then who found all easy,
then the rest by name. So a page costs the same in a clinic of ten patients and of ten thousand.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import PatientQuerySet
from programmes.models import PatientSummary
from programmes.pages.list_query import EVERYONE, NAME, READ_FIRST, TO_READ, ListQuery
from programmes.rules.review import LATER, Cutoffs

BY_NAME = ("sort_key", "pk")
SORTED = {
    READ_FIRST: (F("summary__place").asc(nulls_last=True), *BY_NAME),
    NAME: BY_NAME,
    "last": (F("summary__last_day").desc(nulls_last=True), *BY_NAME),
    "review": (F("summary__review_on").asc(nulls_last=True), *BY_NAME),
}


@dataclass(frozen=True, slots=True)
class ListPart:
    """One list of those that follow one another: which summaries, in which order, and the same for rows in hand."""

    key: str
    which: Q
    fields: tuple[Any, ...]
    place: Callable[[Patient], tuple[Any, ...]]


@dataclass(frozen=True)
class Conditions:
    """What holds of a summary today, by the clinic's cut-offs."""

    today: dt.date
    cutoffs: Cutoffs

    @property
    def passed(self) -> Q:
        return Q(review_on__lt=self.today)

    @property
    def quiet(self) -> Q:
        return Q(quiet_since__lte=self.today - dt.timedelta(days=self.cutoffs.quiet_days))

    @property
    def parts(self) -> list[ListPart]:
        """The lists of those of whom there is something to look at; no patient is in two of them."""
        late, passed, quiet = Q(place=LATER), self.passed & Q(review_seen=False), self.quiet & Q(quiet_seen=False)
        return [
            ListPart("said", Q(place__lt=LATER), ("place", F("last_day").desc(nulls_last=True), "pk"), _by_entries),
            ListPart("passed", late & passed, ("review_on", "pk"), lambda one: (one.summary.review_on, one.pk)),
            ListPart(
                "silent", late & quiet & ~passed, ("quiet_since", "pk"), lambda one: (one.summary.quiet_since, one.pk)
            ),
            ListPart("easy", Q(is_easy=True) & ~passed & ~quiet, ("pk",), lambda one: (one.pk,)),
        ]

    def ways(self, show: str) -> list[Q]:
        """Return the ways to be found by a filter, no two of which hold of one summary: each is a range of an index."""
        early, late = Q(place__lt=LATER), Q(place=LATER)
        return {
            TO_READ: [part.which for part in self.parts],
            "review": [early & self.passed, late & self.passed],
            "quiet": [early & self.quiet, late & self.quiet],
            "draft": [Q(has_draft=True)],
            "given": [Q(has_been_given=True)],
        }[show]


def _by_entries(one: Patient) -> tuple[Any, ...]:
    last = one.summary.last_day
    return one.summary.place, -last.toordinal() if last else 0, one.pk


def of_patients(condition: Q) -> Q:
    """Return a condition of summaries as one of patients."""
    renamed = Q(_connector=condition.connector, _negated=condition.negated)
    children: list[Any] = condition.children
    renamed.children += [of_patients(one) if isinstance(one, Q) else (f"summary__{one[0]}", one[1]) for one in children]
    return renamed


def counts_of(parts: Sequence[tuple[str, QuerySet[Any]]], known: Mapping[str, int]) -> dict[str, int]:
    """Return how many each part finds: what is not ``known`` in one query of which each part reads an index alone."""
    how_many = Func(template="COUNT(*)", output_field=IntegerField())
    asked = [
        rows.order_by().annotate(key=Value(key), n=how_many).values_list("key", "n")
        for key, rows in parts
        if key not in known
    ]
    counts = Counter(known)
    for key, number in asked[0].union(*asked[1:], all=True) if asked else ():
        counts[key] += number
    return dict(counts)


@dataclass(frozen=True)
class OneList:
    """Scoped patients and their summaries, of which a page is asked for."""

    patients: PatientQuerySet
    summaries: QuerySet[PatientSummary]
    conditions: Conditions
    asked: ListQuery

    @property
    def stands_in_parts(self) -> bool:
        return self.asked.order == READ_FIRST and self.asked.show in {EVERYONE, TO_READ} and not self.asked.words

    def rows(self, first: int, last: int, counts: Mapping[str, int], shown: PatientQuerySet) -> list[Patient]:
        """Return the rows of the places from ``first`` to before ``last``; ``shown`` says what is fetched of each."""
        if not self.stands_in_parts:
            order = SORTED[self.asked.order]
            return list(shown.filter(pk__in=self.patients.order_by(*order).values("pk")[first:last]).order_by(*order))
        members, places = [], dict[str, Callable[[Patient], tuple[Any, ...]]]()
        for part in self.conditions.parts:
            if wanted := _cut(first, last, counts[part.key]):
                found = self.summaries.filter(part.which).order_by(*part.fields).values("pk")[slice(*wanted)]
                members.append(_member(shown, found, part.key, len(places)))
                places[part.key] = part.place
            first, last = first - counts[part.key], last - counts[part.key]
        if self.asked.show == EVERYONE and last > 0:
            rest = self.patients.filter(self._is_rest).order_by(*BY_NAME).values("pk")[max(first, 0) : last]
            members.append(_member(shown, rest, NAME, len(places)))
            places[NAME] = lambda one: (bytes(one.sort_key), one.pk)
        rows: list[Any] = list(members[0].union(*members[1:], all=True)) if members else []
        return sorted(rows, key=lambda one: (one.turn, places[one.part](one)))

    @property
    def _is_rest(self) -> Q:
        """Nothing to look at: also who has no summary, as no programme was ever begun."""
        nothing = Q(summary__place=LATER, summary__is_easy=False)
        for part in self.conditions.parts[1:3]:
            nothing &= ~of_patients(part.which)
        return Q(summary=None) | nothing


def _member(shown: PatientQuerySet, found: QuerySet[Any, Any], key: str, turn: int) -> PatientQuerySet:
    """Return rows by their ids alone: these were scoped where they were found."""
    named = shown.filter(pk__in=found).order_by()
    return named.annotate(part=Value(key), turn=Value(turn, output_field=IntegerField()))


def _cut(first: int, last: int, number: int) -> tuple[int, int] | None:
    """Return the part of the places ``first`` to ``last`` that a list of ``number`` rows has."""
    low, high = max(first, 0), min(last, number)
    return (low, high) if low < high else None
