"""The list of a clinic's patients: who is on it, in which order, and the plain facts of each row.

A list to read when one chooses. It says dates and counts, and ranks nobody.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from hipcare.clinics.models import Patient
from hipcare.moments import short_day
from hipcare.text import line
from programmes.models import Programme, Session, Version
from programmes.models.version import LoadedVersions
from programmes.pages import charts, fortnight
from programmes.rules.adherence import Adherence
from programmes.wording.phrases import days_of

ON_A_PAGE = 25
QUIET_DAYS = 7
LONGEST_SEARCH = 80
LONGEST_NOTE = 90

FILTERS = {
    "all": "All",
    "review": "Review date passed",
    "quiet": f"No log for {QUIET_DAYS} days",
    "none": "No programme yet",
}
ORDERS = {
    "name": ("Name", ("sort_key", "pk")),
    "last": ("Last session", (F("last_day").desc(nulls_last=True), "sort_key", "pk")),
    "review": ("Review date", (F("review_on").asc(nulls_last=True), "sort_key", "pk")),
}


FOUND = "found"  # in the address of what a search found; the words searched for, names, are not


def searched(typed: str) -> str:
    """Return what was typed into the search as one short line."""
    return line(typed.replace("\0", " "))[:LONGEST_SEARCH].rstrip()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: how by the address, whom by the search. What it does not know, it takes as not said."""

    words: str = ""
    show: str = "all"
    order: str = "name"
    page: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any], words: str = "") -> "Asked":
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


@dataclass(frozen=True, slots=True)
class Row:
    """One patient."""

    patient: Patient
    version: Version | None
    has_draft: bool
    has_ended: bool
    last: Session | None
    last_words: str
    counted: Adherence
    strip: list[charts.Mark]
    pain: charts.PainPair | None
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the list, with its filters and orders."""

    asked: Asked
    filters: list[Filter]
    orders: list[tuple[str, str, bool]]
    page: "Page[Patient]"
    rows: list[Row]
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


def caseload(patients: Any, asked: Asked, *, today: dt.date, bands: charts.Bands) -> Caseload:
    """Return one page of ``patients``, a queryset already scoped to the clinic."""
    found = with_dates(patients.named(asked.words))
    wanted = filters(today)
    counts = found.aggregate(**{key: Count("pk", filter=condition) for key, condition in wanted.items()})
    rows = found.filter(wanted[asked.show]).order_by(*ORDERS[asked.order][1])
    everyone = patients.count() if asked.words and not counts[asked.show] else counts["all"]
    page = KnownPaginator(rows, ON_A_PAGE, counts[asked.show]).get_page(asked.page)
    return Caseload(
        asked=asked,
        filters=[Filter(key, name, counts[key], key == asked.show) for key, name in FILTERS.items()],
        orders=[(key, name, key == asked.order) for key, (name, _fields) in ORDERS.items()],
        page=page,
        rows=rows_of(list(page.object_list), today=today, bands=bands),
        everyone=everyone,
        bands=bands,
    )


def with_dates(patients: Any) -> Any:
    """Add to each patient the review date, since when there is a programme, and the last logged day."""
    given = Version.objects.given().filter(programme__patient=OuterRef("pk"), programme__status=Programme.Status.ACTIVE)
    sessions = Session.objects.filter(version__programme__patient=OuterRef("pk"))
    newest = sessions.order_by("-local_date", "-performed_at", "-pk")
    return patients.annotate(
        review_on=Subquery(given.order_by("-number").values("review_on")[:1]),
        programme_since=Subquery(given.order_by("number").values("given_at")[:1]),
        has_been_given=Exists(Version.objects.given().filter(programme__patient=OuterRef("pk"))),
        last_day=Subquery(newest.values("local_date")[:1]),
        last_session=Subquery(newest.values("pk")[:1]),
    )


def filters(today: dt.date) -> dict[str, Q]:
    """Return who belongs to each filter; ``FILTERS`` names them."""
    quiet_since = today - dt.timedelta(days=QUIET_DAYS)
    day_after = dt.datetime.combine(quiet_since + dt.timedelta(days=1), dt.time.min)
    given_by_then = Q(programme_since__lt=timezone.make_aware(day_after))
    return {
        "all": Q(),
        "review": Q(review_on__lt=today),
        "quiet": given_by_then & (Q(last_day=None) | Q(last_day__lte=quiet_since)),
        "none": Q(has_been_given=False),
    }


def rows_of(patients: Sequence[Any], *, today: dt.date, bands: charts.Bands) -> list[Row]:
    """Return the rows of ``patients`` in four queries, however many there are."""
    versions: dict[Any, list[Version]] = defaultdict(list)
    for version in (
        Version.objects.filter(programme__patient__in=patients)
        .select_related("programme")
        .prefetch_related("prescriptions")
    ):
        versions[version.programme.patient_id].append(version)
    window = fortnight.window_to(today)
    recent = Q(version__programme__patient__in=patients, local_date__range=(window.first, window.last))
    newest = Q(pk__in=[patient.last_session for patient in patients if patient.last_session])
    sessions: dict[Any, list[Session]] = defaultdict(list)
    owner = {version.pk: patient for patient, theirs in versions.items() for version in theirs}
    for session in Session.objects.filter(recent | newest).prefetch_related("performed"):
        sessions[owner[session.version_id]].append(session)
    return [row_of(p, versions[p.pk], sessions[p.pk], today=today, bands=bands) for p in patients]


def row_of(
    patient: Any, versions: Sequence[Version], sessions: Sequence[Session], *, today: dt.date, bands: charts.Bands
) -> Row:
    """Return one row; ``sessions`` come newest first."""
    current = LoadedVersions.newest_first(versions).current
    counted = fortnight.counted(versions, sessions, today)
    return Row(
        patient=patient,
        version=current,
        has_draft=any(not version.is_given for version in versions),
        has_ended=patient.has_been_given and current is None,
        last=sessions[0] if sessions else None,
        last_words=last_words(sessions[0]) if sessions else "",
        counted=counted,
        strip=charts.strip(counted.days, today),
        pain=charts.pain_pair(patient.usual_pain, fortnight.last_pain(sessions), bands),
        facts=list(facts(patient, sessions, today)),
    )


def last_words(session: Session) -> str:
    """Return what was logged: "2 of 3 exercises"; or that nothing was ticked."""
    performed = list(session.performed.all())
    done = sum(one.outcome == one.Outcome.DONE for one in performed)
    total = len(performed)
    words = f"{done} of {total} exercise{'' if total == 1 else 's'}" if performed else "No exercise ticked"
    return f"{words}, paper" if session.source == Session.Source.PAPER else words


def facts(patient: Any, sessions: Sequence[Session], today: dt.date) -> Iterable[Fact]:
    """Yield the plain facts about ``patient``: dates that passed, days without a log, the newest note."""
    if patient.review_on and patient.review_on < today:
        late = (today - patient.review_on).days
        yield Fact("date", "calendar", "Review date passed", f"{days_of(late)} ago")
    if patient.programme_since:
        since = max(patient.last_day or dt.date.min, timezone.localdate(patient.programme_since))
        if (today - since).days >= QUIET_DAYS:
            yield Fact("none", "clock", f"No log for {days_of((today - since).days)}", "May still be doing it")
    with_note = next((session for session in sessions if session.note), None)
    if with_note:
        yield Fact("info", "chat", f"“{shortened(with_note.note)}”", short_day(with_note.local_date))


def shortened(note: str) -> str:
    """Return the beginning of ``note``, on one line."""
    words = " ".join(note.split())
    return words if len(words) <= LONGEST_NOTE else f"{words[:LONGEST_NOTE].rsplit(' ', 1)[0]} …"
