"""The list of a clinic's patients: who is on it, in which order, and the plain facts of each row.

A list to read when one chooses. It says dates and counts, and ranks nobody.
"""

import datetime as dt
import functools
import operator
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Q, QuerySet

from hipcare.clinics.models import Patient, User
from hipcare.clinics.models.patient import PatientQuerySet
from programmes.models import ClinicSummary, PatientSummary
from programmes.models.summary import cutoffs_of
from programmes.pages import charts
from programmes.pages.list_entries import Unfolded, unfold
from programmes.pages.list_order import Conditions, OneList, counts_of, of_patients
from programmes.pages.list_query import (
    ALL,
    ARCHIVED,
    EVERYONE,
    FILTERS,
    LETTERS,
    MINE,
    NAME,
    ORDERS,
    READ_FIRST,
    TO_READ,
    WHOSE,
    ListQuery,
)
from programmes.pages.list_row import SUMMARY_COLUMNS, PatientRow
from programmes.rules.review import Cutoffs
from programmes.wording.phrases import days_of

ON_A_PAGE = 25
NEIGHBOURS = 2  # pages beside the current one that are named
PATIENT_COLUMNS = [
    *("clinic_id", "first_name", "last_name", "date_of_birth", "clinic_number", "affected_side", "usual_pain"),
    *("archived_at", "sort_key", "physiotherapist", "physiotherapist__name"),
]
COLUMNS = [*PATIENT_COLUMNS, *(f"summary__{name}" for name in SUMMARY_COLUMNS), "summary__looked_by__name"]


@dataclass(frozen=True, slots=True)
class ListChoice:
    """One tab, pill or order of the list."""

    key: str
    name: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """Which page it is of how many, and the places of its rows, from 1."""

    number: int
    of: int
    first: int
    last: int
    everyone: int

    @property
    def numbers(self) -> list[int]:
        """The pages to name: the first, the last and those near by; 0 stands for those between."""
        near = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        named = sorted({1, self.of, *(n for n in near if 1 <= n <= self.of)})
        gaps = [[0, n] if n - before > 1 else [n] for before, n in zip([0, *named], named, strict=False)]
        return [n for some in gaps for n in some]

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.of else None


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the list, with its tabs, filters and orders."""

    asked: ListQuery
    tabs: list[ListChoice]
    filters: list[ListChoice]
    orders: list[ListChoice]
    page: PageOfRows
    rows: list[PatientRow]
    first_rest: uuid.UUID | None
    bands: charts.Bands
    cutoffs: Cutoffs
    opened: Unfolded | None
    letters = LETTERS

    @property
    def tabs_shown(self) -> list[ListChoice]:
        """The tabs, that of the archived only where there are any."""
        return [tab for tab in self.tabs if tab.key != ARCHIVED or tab.count or tab.is_current]

    @property
    def found(self) -> int:
        return self.filters[0].count

    @property
    def everyone(self) -> int:
        return next(tab.count for tab in self.tabs if tab.key == ALL)

    @property
    def is_empty(self) -> bool:
        """Whether the clinic has no patients at all, as far as the address tells."""
        return not self.asked.words and not any(tab.count for tab in self.tabs)

    @property
    def has_none(self) -> bool:
        """Whether nobody is in the tab, whatever the filter."""
        return not self.asked.words and not self.found

    @property
    def is_all_read(self) -> bool:
        return self.asked.order == READ_FIRST and self.asked.show == EVERYONE and not self.filters[1].count

    @property
    def filter_name(self) -> str:
        return next(one.name for one in self.filters if one.is_current).lower()

    @property
    def letter(self) -> str:
        """The letter of the first row, where the list stands by name."""
        return bytes(self.rows[0].patient.sort_key)[:1].decode(errors="ignore") if self.rows else ""


def caseload(*, reader: User, asked: ListQuery, today: dt.date, clinic: ClinicSummary | None = None) -> Caseload:
    """Return one page of what ``reader`` sees, in two queries; entries that are unfolded take a fixed number more.

    ``clinic`` is what is known of all of them.
    """
    conditions = Conditions(today, cutoffs_of(reader.clinic))
    whose = _whose(reader, asked.words)
    theirs = _summaries_of(reader, asked, whose)
    known = _known(asked, clinic)
    parts: list[tuple[str, QuerySet[Any]]] = [(f"tab {key}", rows) for key, rows in whose.items()]
    if asked.whose != ARCHIVED:
        filters = {show: conditions.ways(show) for show in ("review", "quiet", "draft", "given")}
        parts += [(show, theirs.filter(way)) for show, ways in filters.items() for way in ways]
        parts += [(part.key, theirs.filter(part.which)) for part in conditions.parts]
    if asked.letter:
        parts.append(("before", whose[asked.whose].filter(sort_key__lt=asked.letter.encode())))
    counts = Counter(counts_of(parts, known))
    counts[EVERYONE] = counts[f"tab {asked.whose}"]
    counts[TO_READ] = sum(counts[part.key] for part in conditions.parts)
    counts["none"] = counts[EVERYONE] - counts["given"]
    found = whose[asked.whose].filter(_shown_by(asked.show, conditions))
    return _drawn(OneList(found, theirs, conditions, asked), reader, counts)


def _whose(reader: User, words: str) -> dict[str, PatientQuerySet]:
    """Return the patients of each tab; one's own are the clinic's, as everybody's physiotherapist is."""
    clinics = Patient.objects.visible_to(reader).named(words)
    mine = Patient.objects.of_physiotherapist(reader).named(words)
    return {MINE: mine.listed(), ALL: clinics.listed(), ARCHIVED: clinics.filter(archived_at__isnull=False)}


def _summaries_of(reader: User, asked: ListQuery, whose: Mapping[str, PatientQuerySet]) -> QuerySet[PatientSummary]:
    if asked.words:
        return PatientSummary.objects.visible_to(reader).filter(patient__in=whose[asked.whose])
    if asked.whose == MINE:
        return PatientSummary.objects.of_physiotherapist(reader)
    return PatientSummary.objects.visible_to(reader)


def _known(asked: ListQuery, clinic: ClinicSummary | None) -> dict[str, int]:
    if asked.words or clinic is None:
        return {}
    tabs = {f"tab {ALL}": clinic.patients, f"tab {ARCHIVED}": clinic.archived}
    return {**tabs, "given": clinic.given} if asked.whose == ALL else tabs


def _shown_by(show: str, conditions: Conditions) -> Q:
    if show == EVERYONE:
        return Q()
    if show == "none":
        return Q(summary=None) | Q(summary__has_been_given=False)
    return functools.reduce(operator.or_, map(of_patients, conditions.ways(show)))


def _drawn(one_list: OneList, reader: User, counts: Mapping[str, int]) -> Caseload:
    asked, conditions = one_list.asked, one_list.conditions
    page = page_of(asked, counts)
    shown = Patient.objects.with_namesakes().select_related("summary__looked_by", "physiotherapist").only(*COLUMNS)
    bands = charts.Bands(*reader.clinic.pain_bands)
    found = one_list.rows(page.first - 1, page.last, counts, shown) if page.last else []
    rows = [
        PatientRow(
            patient=patient,
            summary=summary_for(patient),
            today=conditions.today,
            bands=bands,
            cutoffs=conditions.cutoffs,
            reader=reader,
            here=asked.here,
            is_all=asked.whose != MINE,
            is_open=patient.pk == asked.opened,
        )
        for patient in found
    ]
    rest = (patient.pk for patient in found if getattr(patient, "part", "") == NAME and counts[TO_READ])
    return Caseload(
        asked=asked,
        tabs=[ListChoice(key, name, counts[f"tab {key}"], key == asked.whose) for key, name in WHOSE.items()],
        filters=[
            ListChoice(key, _name_of(key, name, conditions), counts[key], key == asked.show)
            for key, name in FILTERS.items()
        ],
        orders=[ListChoice(key, name, 0, key == asked.order) for key, name in ORDERS.items()],
        page=page,
        rows=rows,
        first_rest=next(rest, None),
        bands=bands,
        cutoffs=conditions.cutoffs,
        opened=next((unfold(row) for row in rows if row.is_open), None),
    )


def _name_of(key: str, name: str, conditions: Conditions) -> str:
    return f"No log for {days_of(conditions.cutoffs.quiet_days)}" if key == "quiet" else name


def page_of(asked: ListQuery, counts: Mapping[str, int]) -> PageOfRows:
    """Return the page that is asked for: by its number, or by a letter; the last one, where there are not so many."""
    everyone = counts[asked.show]
    pages = max(1, ceil(everyone / ON_A_PAGE))
    number = counts["before"] // ON_A_PAGE + 1 if asked.letter else 1
    if asked.page.isascii() and asked.page.isdecimal():
        number = int(asked.page[:9])
    number = min(max(number, 1), pages)
    first = (number - 1) * ON_A_PAGE
    return PageOfRows(number, pages, first + 1, min(first + ON_A_PAGE, everyone), everyone)


def summary_for(patient: Patient) -> PatientSummary:
    """Return the patient's summary, fetched already; an empty one while there has not even been a draft."""
    try:
        return patient.summary
    except PatientSummary.DoesNotExist:
        return PatientSummary(patient_id=patient.pk, clinic_id=patient.clinic_id)
