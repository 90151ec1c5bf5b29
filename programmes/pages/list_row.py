"""One row of the list of patients: plain facts of one patient on one day, ranked by no score."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from hipcare.clinics.models import Patient, User
from programmes.models import PatientSummary
from programmes.pages import charts, fortnight
from programmes.rules.adherence import Adherence, Window
from programmes.rules.entries import ToldWords, unpack_entries
from programmes.rules.pauses import NO_END, silent_days
from programmes.rules.review import Cutoffs, RecentSession, ReviewFact, ReviewKey, has_passed, is_quiet, review_facts
from programmes.wording import review_words as words

SUMMARY_COLUMNS = [field.attname for field in PatientSummary._meta.concrete_fields]
SHOWN_WITHOUT_FACTS = 3  # entries that unfold where no fact names any


@dataclass(frozen=True, slots=True)
class Fact:
    """Something plain to read: an icon's name, a kind for its weight, what, and what it comes from."""

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
    cutoffs: Cutoffs
    reader: User
    here: str = ""
    is_all: bool = False
    is_open: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        person, of_the_day = self.patient, (self.today, self.bands.fine, self.bands.ok, self.cutoffs)
        shown = (person.pk, person.full_name, person.date_of_birth, person.affected_side, person.usual_pain)
        whose = (person.clinic_number, self.namesakes, person.physiotherapist.name, person.archived_at)
        seen = (self.reader.pk, self.here, self.is_all, self.is_open, self.looked_by)
        return (*shown, *whose, *seen, *of_the_day, *(getattr(self.summary, name) for name in SUMMARY_COLUMNS))

    @property
    def namesakes(self) -> int:
        """How many in the lists have this name, if there are others."""
        number = getattr(self.patient, "namesakes", None) or 1
        return number if number > 1 else 0

    @property
    def is_named_by_number(self) -> bool:
        """Whether the clinic's number helps to tell apart: people of one name, or a clinic's whole list."""
        return bool(self.namesakes) or self.is_all

    @property
    def with_whom(self) -> str:
        return "you" if self.patient.physiotherapist_id == self.reader.pk else self.patient.physiotherapist.name

    @property
    def looked_by(self) -> str:
        by = self.summary.looked_by
        return "" if by is None else "You" if by.pk == self.reader.pk else by.name

    @property
    def has_ended(self) -> bool:
        return self.summary.has_been_given and self.summary.version_number is None

    @cached_property
    def counted(self) -> Adherence:
        return fortnight.counted_again(self.summary.recent, self.today)

    @cached_property
    def _pauses(self) -> tuple[Window, ...]:
        """Those of the programme in force."""
        return next((plan.pauses for plan in fortnight.plans_in(self.summary.recent) if plan.ended_at is None), ())

    @property
    def pause(self) -> Window | None:
        """The pause that holds today."""
        return next((one for one in self._pauses if self.today in one), None)

    @property
    def paused_until(self) -> dt.date | None:
        """Its last day; None where it has no end."""
        return self.pause.last if self.pause and self.pause.last != NO_END else None

    @property
    def strip(self) -> list[charts.Mark]:
        return charts.strip(self.counted.days, self.today)

    @property
    def starts_today(self) -> bool:
        """Whether this is the first day of the first plan, and nothing was logged yet."""
        has_any = self.summary.last_day is not None
        return fortnight.starts_today(self.summary.programme_since, self.today, has_any=has_any)

    @property
    def pain(self) -> charts.PainPair | None:
        last = self.summary.pain if self._is_of_late(self.summary.pain_on) else None
        return charts.pain_pair(self.patient.usual_pain, last, self.bands)

    def _is_of_late(self, day: dt.date | None) -> bool:
        """Whether something said on ``day`` is of the last fourteen days, or of the last day that was logged."""
        return day is not None and (day >= fortnight.window_to(self.today).first or day == self.summary.last_day)

    @cached_property
    def _unpacked(self) -> tuple[list[RecentSession], ToldWords | None]:
        return unpack_entries("" if self.summary.is_archived else self.summary.entries)

    @cached_property
    def _said(self) -> list[ReviewFact]:
        sessions, looked_at = self._unpacked[0], self.summary.looked_at
        return review_facts(sessions, self.cutoffs, usual=self.patient.usual_pain, looked_at=looked_at)

    @cached_property
    def facts(self) -> list[Fact]:
        """What there is to look at, in the order of ``ReviewKey``."""
        told = self._unpacked[1]
        found = {ReviewKey.TOLD: Fact("entry", "chat", *words.told_in_words(told))} if told else {}
        for fact in self._said:
            what, why = words.fact_in_words(fact, self.cutoffs, self.patient.usual_pain)
            is_plain = fact.key is ReviewKey.EASY
            found[fact.key] = Fact("info", "info", what, why) if is_plain else Fact("entry", "warn", what, why)
        found |= self._dates
        return [found[key] for key in sorted(found)]

    @property
    def _dates(self) -> dict[ReviewKey, Fact]:
        """What the days that have passed say, unless somebody looked since."""
        summary, found = self.summary, {}
        if summary.review_on and has_passed(summary.review_on, self.today) and not summary.review_seen:
            passed = words.review_passed((self.today - summary.review_on).days)
            found[ReviewKey.REVIEW] = Fact("date", "calendar", *passed)
        if summary.quiet_since and is_quiet(summary.quiet_since, self.today, self.cutoffs) and not summary.quiet_seen:
            silent = words.no_log(silent_days(summary.quiet_since, self.today, self._pauses))
            found[ReviewKey.QUIET] = Fact("none", "clock", *silent)
        return found

    @property
    def hits(self) -> set[str]:
        """Ids of the sessions that a fact counts."""
        return {one.id for fact in self._said for one in fact.hits}

    @cached_property
    def shown_entries(self) -> list[str]:
        """Ids of the sessions that unfold under the row: all since the look, with those that the facts look at."""
        sessions, looked_at = self._unpacked[0], self.summary.looked_at
        among = {one.id for fact in self._said for one in fact.among}
        new = {one.id for one in sessions if looked_at is None or one.at > looked_at}
        wanted = among | new or {one.id for one in sessions[:SHOWN_WITHOUT_FACTS]}
        return [one.id for one in sessions if one.id in wanted]

    @property
    def number_of_entries(self) -> int:
        told = self._unpacked[1]
        return len(self.shown_entries) + (told.number if told else 0)

    @property
    def has_new(self) -> bool:
        looked_at = self.summary.looked_at
        return any(looked_at is None or one.at > looked_at for one in self._unpacked[0])

    @property
    def new_note(self) -> str:
        """The beginning of the newest note, where nobody has read it."""
        looked_at = self.summary.looked_at
        is_new = looked_at is None or (self.summary.note_on or dt.date.min) >= timezone.localdate(looked_at)
        return self.summary.note if is_new and self._is_of_late(self.summary.note_on) else ""

    @property
    def reasons(self) -> list[str]:
        """Why the row stands where it does, each with the clinic's number."""
        return [words.rule_in_words(fact.key, self.cutoffs, fact) for fact in self._said]
