"""The list of a clinic's patients: who is on it, in which order, and the plain facts of each row.

A list to read when one chooses. It says dates and counts, and ranks nobody.
"""

import datetime as dt
import functools
import operator
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from django.utils import timezone

from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import PatientQuerySet
from hipcare.moments import short_day
from hipcare.text import line
from programmes.models import ClinicSummary, PatientSummary
from programmes.pages import charts, fortnight
from programmes.rules.adherence import Adherence
from programmes.wording.phrases import days_of

ON_A_PAGE = 25
QUIET_DAYS = 7
LONGEST_SEARCH = 80
SUMMARY_COLUMNS = [field.attname for field in PatientSummary._meta.concrete_fields]
PATIENT_COLUMNS = ["clinic_id", "first_name", "last_name", "date_of_birth", "affected_side", "usual_pain"]
COLUMNS = [*PATIENT_COLUMNS, *(f"summary__{name}" for name in SUMMARY_COLUMNS)]  # that a row shows, and no more

FILTERS = {
    "all": "All",
    "review": "Review date passed",
    "quiet": f"No log for {QUIET_DAYS} days",
    "none": "No programme yet",
}
ORDERS = {
    "name": ("Name", ("sort_key", "pk")),
    "last": ("Last session", (F("summary__last_day").desc(nulls_last=True), "sort_key", "pk")),
    "review": ("Review date", (F("summary__review_on").asc(nulls_last=True), "sort_key", "pk")),
}


FOUND = "found"  # in the address of what a search found; the words searched for, names, are not
ASKED_IN_ADDRESS = {FOUND, "show", "sort", "page"}


def searched(typed: str) -> str:
    return line(typed.replace("\0", " "))[:LONGEST_SEARCH].rstrip()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked for: how by the address, whom by the search. What it does not know, it takes as not said."""

    words: str = ""
    show: str = "all"
    order: str = "name"
    page: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any], words: str = "") -> "ListQuery":
        """Read a query string; ``words`` are those searched for, where it says that they are wanted."""
        show, order = str(query.get("show", "")), str(query.get("sort", ""))
        return cls(
            words=words if FOUND in query else "",
            show=show if show in FILTERS else "all",
            order=order if order in ORDERS else "name",
            page=str(query.get("page", "")),
        )


@dataclass(frozen=True, slots=True)
class Filter:
    """One pill above the list."""

    key: str
    name: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """Something plain to read: an icon's name, a kind for its colour, what, and what it comes from."""

    kind: str
    icon: str
    what: str
    why: str


@dataclass(frozen=True)
class PatientRow:
    """One patient on one day, from the patient's own row and summary; ``key`` is everything that it shows."""

    patient: Patient
    summary: PatientSummary
    today: dt.date
    bands: charts.Bands

    @property
    def key(self) -> tuple[Any, ...]:
        person, of_the_day = self.patient, (self.today, self.bands.fine, self.bands.ok)
        shown = (person.pk, person.full_name, person.age, person.affected_side, person.usual_pain)
        return (*shown, *of_the_day, *(getattr(self.summary, name) for name in SUMMARY_COLUMNS))

    @property
    def has_ended(self) -> bool:
        return self.summary.has_been_given and self.summary.version_number is None

    @cached_property
    def counted(self) -> Adherence:
        return fortnight.counted_again(self.summary.recent, self.today)

    @property
    def strip(self) -> list[charts.Mark]:
        return charts.strip(self.counted.days, self.today)

    @property
    def last_words(self) -> str:
        done, total = self.summary.last_done, self.summary.last_total
        words = f"{done} of {total} exercise{'' if total == 1 else 's'}" if total else "No exercise ticked"
        return f"{words}, paper" if self.summary.last_is_paper else words

    @property
    def pain(self) -> charts.PainPair | None:
        last = self.summary.pain if self._is_of_late(self.summary.pain_on) else None
        return charts.pain_pair(self.patient.usual_pain, last, self.bands)

    def _is_of_late(self, day: dt.date | None) -> bool:
        """Whether something said on ``day`` is of the last fourteen days, or of the last day that was logged."""
        return day is not None and (day >= fortnight.window_to(self.today).first or day == self.summary.last_day)

    @cached_property
    def facts(self) -> list[Fact]:
        return list(facts(self))


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the list, with its filters and orders."""

    asked: ListQuery
    filters: list[Filter]
    orders: list[tuple[str, str, bool]]
    page: "Page[Patient]"
    rows: list[PatientRow]
    everyone: int
    bands: charts.Bands

    @property
    def is_empty(self) -> bool:
        """Whether the clinic has no patients at all, as far as the address tells."""
        return not self.asked.words and not self.filters[0].count


class KnownPaginator(Paginator):  # type: ignore[type-arg]  # cannot be subscripted at run time
    """Pages of rows that were already counted."""

    def __init__(self, rows: Any, per_page: int, known: int) -> None:
        super().__init__(rows, per_page)
        self.known = known

    @property
    def count(self) -> int:
        return self.known


def caseload(
    patients: PatientQuerySet,
    summaries: QuerySet[PatientSummary],
    asked: ListQuery,
    *,
    today: dt.date,
    bands: charts.Bands,
    clinic: ClinicSummary | None = None,
) -> Caseload:
    """Return one page of ``patients`` and their ``summaries``, both already scoped to the clinic, in two queries.

    ``clinic`` is what is known of all of them.
    """
    found = patients.named(asked.words)
    known = {"all": clinic.patients, "given": clinic.given} if clinic else {}
    if asked.words:
        summaries = summaries.filter(patient__in=found)
    parts = [("all", found), *((key, summaries.filter(one)) for key, ways in filters(today).items() for one in ways)]
    counts = counts_of(parts, known={} if asked.words else known)
    with_summaries = found.select_related("summary").only(*COLUMNS)
    rows = with_summaries.filter(found_by(asked.show, today)).order_by(*ORDERS[asked.order][1])
    page = KnownPaginator(rows, ON_A_PAGE, counts[asked.show]).get_page(asked.page)
    return Caseload(
        asked=asked,
        filters=[Filter(key, name, counts[key], key == asked.show) for key, name in FILTERS.items()],
        orders=[(key, name, key == asked.order) for key, (name, _fields) in ORDERS.items()],
        page=page,
        rows=[PatientRow(patient, summary_for(patient), today, bands) for patient in page.object_list],
        everyone=known.get("all", counts["all"]),
        bands=bands,
    )


def summary_for(patient: Patient) -> PatientSummary:
    """Return the patient's summary, fetched already; an empty one while there has not even been a draft."""
    try:
        return patient.summary
    except PatientSummary.DoesNotExist:
        return PatientSummary(patient_id=patient.pk, clinic_id=patient.clinic_id)


def filters(today: dt.date, of: str = "") -> dict[str, list[Q]]:
    """Return the ways to be found by each filter, no two of which hold of one summary.

    Each way is a range of an index, which two of them with "or" between are not. ``of`` leads there from a patient.
    """
    quiet_since = today - dt.timedelta(days=QUIET_DAYS)
    day_after = timezone.make_aware(dt.datetime.combine(quiet_since + dt.timedelta(days=1), dt.time.min))
    last_log: list[dict[str, Any]] = [{f"{of}last_day": None}, {f"{of}last_day__lte": quiet_since}]
    given_before = Q(**{f"{of}programme_since__lt": day_after})
    return {
        "review": [Q(**{f"{of}review_on__lt": today})],
        "quiet": [given_before & Q(**logged) for logged in last_log],
        "given": [Q(**{f"{of}has_been_given": True})],
    }


def counts_of(parts: Sequence[tuple[str, QuerySet[Any]]], known: Mapping[str, int]) -> dict[str, int]:
    """Return how many each filter finds: what is not ``known`` in one query of which each part reads an index alone."""
    how_many = Func(template="COUNT(*)", output_field=IntegerField())
    asked = [
        rows.order_by().annotate(key=Value(key), n=how_many).values_list("key", "n")
        for key, rows in parts
        if key not in known
    ]
    counts = Counter(known)
    for key, number in asked[0].union(*asked[1:], all=True):
        counts[key] += number
    return {**counts, "none": counts["all"] - counts["given"]}


def found_by(show: str, today: dt.date) -> Q:
    none = [Q(summary=None), Q(summary__has_been_given=False)]
    ways = {**filters(today, of="summary__"), "all": [Q()], "none": none}[show]
    return functools.reduce(operator.or_, ways)


def facts(row: PatientRow) -> Iterator[Fact]:
    summary, today = row.summary, row.today
    if summary.review_on and summary.review_on < today:
        yield Fact("date", "calendar", "Review date passed", f"{days_of((today - summary.review_on).days)} ago")
    if summary.programme_since:
        since = max(summary.last_day or dt.date.min, timezone.localdate(summary.programme_since))
        if (today - since).days >= QUIET_DAYS:
            yield Fact("none", "clock", f"No log for {days_of((today - since).days)}", "May still be doing it")
    if summary.note_on and row._is_of_late(summary.note_on):
        yield Fact("info", "chat", f"“{summary.note}”", short_day(summary.note_on))
