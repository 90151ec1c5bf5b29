"""What was measured with a patient over time: as rows, as tables and small drawings, and as values for other pages."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import age_on
from hipcare.moments import full_date, short_date_and_year
from programmes.models import Activity, Measurement, MeasurementRevision, Version
from programmes.models.measurement import values_in
from programmes.pages.measure_lines import LineDrawing, PointSaid, drawing_of
from programmes.rules.measured import (
    CHAIR_STAND_NORMS,
    MOST_CHANGE,
    MOST_SCORE,
    ChairStandNorm,
    ChairStands,
    Measured,
    in_runs,
    norm_for,
)
from programmes.wording.measure_words import change_in_words, mean_in_words, measured_in_lines, signed

MOST_SHOWN = 8
DAY_OF_NOTHING = dt.date.min
TENS = (PointSaid(DAY_OF_NOTHING, 0, "0"), PointSaid(DAY_OF_NOTHING, MOST_SCORE, str(MOST_SCORE)))
FIVES = (
    PointSaid(DAY_OF_NOTHING, -MOST_CHANGE, signed(-MOST_CHANGE)),
    PointSaid(DAY_OF_NOTHING, MOST_CHANGE, signed(MOST_CHANGE)),
)


def measured_of(patient: Patient) -> list[Measured]:
    """Return what was measured with a patient and not taken back, newest first: three queries at most."""
    return [one.as_values for one in Measurement.objects.filter(patient=patient).kept().with_scores()]


def starts_of(patient: Patient) -> Sequence[dt.date]:
    """Return the days, where the clinic is, on which each of the patient's programmes was first given."""
    given = Version.objects.given().filter(programme__patient=patient, number=1).values_list("given_at", flat=True)
    return [moment.astimezone(patient.clinic.zone).date() for moment in given if moment]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity in the table, with its score on each day of it; None where it was not asked."""

    activity: Activity
    scores: list[int | None]
    drawing: LineDrawing | None


@dataclass(frozen=True, slots=True)
class StandsThatDay:
    """One count of the chair stand, and the row of the table for the age on that day."""

    on: dt.date
    stands: ChairStands
    age: int
    norm: ChairStandNorm | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line of a table: the day, what was said, and quietly what it is compared with."""

    on: dt.date
    words: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class MeasurementInWords:
    """One measurement in words, with what it said before it was put right."""

    row: Measurement
    lines: list[str]
    before: list[tuple[MeasurementRevision, list[str]]]


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """All that was measured. Of each measure the newest few are shown: newest first in a table, last in a drawing."""

    activities: list[Activity]
    kept: list[MeasurementInWords]
    taken_back: list[MeasurementInWords]
    measured: list[Measured]
    born: dt.date

    norms = CHAIR_STAND_NORMS

    @property
    def scored(self) -> list[Measured]:
        return self._scored[::-1]

    @property
    def _scored(self) -> list[Measured]:
        return [one for one in self.measured if one.scores][-MOST_SHOWN:]

    @property
    def means(self) -> list[str]:
        return [mean_in_words(one.mean) if one.mean is not None else "" for one in self.scored]

    @property
    def mean_drawing(self) -> LineDrawing | None:
        """The line of the mean, parted wherever other activities were asked about."""
        shown = [one for one in self._scored if len(one.scores) > 1]
        return _drawing("Mean", shown, lambda one: one.mean, lambda one: one.activities, TENS)

    @property
    def rows(self) -> list[ActivityRow]:
        """Every activity, those that are asked about no longer last."""
        return [self._row(one) for one in sorted(self.activities, key=lambda one: one.retired_at is not None)]

    def _row(self, activity: Activity) -> ActivityRow:
        def score(one: Measured) -> int | None:
            return next((had.score for had in one.scores if had.activity == str(activity.pk)), None)

        drawing = _drawing(activity.name, self._scored, score, _always, TENS)
        return ActivityRow(activity, [*map(score, self.scored)], drawing)

    @property
    def pains(self) -> list[DayLine]:
        return [DayLine(one.on, f"{one.pain} of {MOST_SCORE}") for one in self._with_pain[::-1]]

    @property
    def pain_drawing(self) -> LineDrawing | None:
        return _drawing("Pain", self._with_pain, lambda one: one.pain, _always, TENS)

    @property
    def _with_pain(self) -> list[Measured]:
        return [one for one in self.measured if one.pain is not None][-MOST_SHOWN:]

    @property
    def changes(self) -> list[DayLine]:
        return [
            DayLine(one.on, str(change_in_words(one.change)), f"since {short_date_and_year(one.change_since)}")
            for one in self._with_change[::-1]
            if one.change is not None and one.change_since
        ]

    @property
    def change_drawing(self) -> LineDrawing | None:
        """The line of the change said, parted where another programme began."""
        shown = self._with_change
        return _drawing("Change", shown, lambda one: one.change, lambda one: one.change_since, FIVES, signed)

    @property
    def _with_change(self) -> list[Measured]:
        return [one for one in self.measured if one.change is not None][-MOST_SHOWN:]

    @property
    def standard(self) -> list[StandsThatDay]:
        return [*self._counted(is_standard=True)][-MOST_SHOWN:][::-1]

    @property
    def adapted(self) -> list[StandsThatDay]:
        return [*self._counted(is_standard=False)][-MOST_SHOWN:][::-1]

    @property
    def standard_drawing(self) -> LineDrawing | None:
        return self._stands_drawing(is_standard=True)

    @property
    def adapted_drawing(self) -> LineDrawing | None:
        return self._stands_drawing(is_standard=False)

    def _counted(self, *, is_standard: bool) -> Iterator[StandsThatDay]:
        for one in self.measured:
            if one.stands and one.stands.is_standard == is_standard:
                age = age_on(one.on, self.born)
                yield StandsThatDay(one.on, one.stands, age, norm_for(age) if is_standard else None)

    def _stands_drawing(self, *, is_standard: bool) -> LineDrawing | None:
        shown = [one for one in self.measured if one.stands and one.stands.is_standard == is_standard][-MOST_SHOWN:]
        most = max([20, *(one.stands.count for one in shown if one.stands)])
        scale = (TENS[0], PointSaid(DAY_OF_NOTHING, most, str(most)))
        return _drawing("Full stands", shown, _count, lambda one: one.stands and one.stands.setting, scale)

    @property
    def is_shortened(self) -> bool:
        """Whether there are more than the tables show; all stand in the list of visits."""
        return len(self.kept) > MOST_SHOWN


def _always(_one: Measured) -> None:
    """Of everything that is asked in one way."""


def _count(one: Measured) -> int | None:
    return one.stands.count if one.stands else None


def _drawing(
    name: str,
    shown: Iterable[Measured],
    value_of: Callable[[Measured], int | Decimal | None],
    asked: Callable[[Measured], Hashable],
    scale: tuple[PointSaid, PointSaid],
    write: Callable[[int], str] = str,
) -> LineDrawing | None:
    def reading(one: Measured) -> PointSaid:
        value = value_of(one)
        shown = mean_in_words(value) if isinstance(value, Decimal) else write(value or 0)
        return PointSaid(one.on, value or 0, shown)

    said = [one for one in shown if value_of(one) is not None]
    runs = [[reading(one) for one in run] for run in in_runs(said, asked)]
    each = [f"{one.shown}, {full_date(one.on)}" for run in runs for one in run]
    return drawing_of(name, f"{name}: {'; '.join(each)}", runs, scale=scale)


def measures_page(patient: Patient) -> MeasuresPage:
    """Return the page of a patient's measures; the number of queries does not depend on the number of rows."""
    activities = list(Activity.objects.filter(patient=patient).prefetch_related("revisions"))
    rows = Measurement.objects.filter(patient=patient).with_scores().select_related("taken_back_by")
    found = [(one, one.as_values) for one in rows.prefetch_related("revisions__by")]
    said = [MeasurementInWords(row, measured_in_lines(values), _before(row, activities)) for row, values in found]
    return MeasuresPage(
        activities=activities,
        kept=[one for one in said if one.row.taken_back_at is None],
        taken_back=[one for one in said if one.row.taken_back_at],
        measured=[values for row, values in reversed(found) if row.taken_back_at is None],
        born=patient.date_of_birth,
    )


def _before(row: Measurement, activities: Sequence[Activity]) -> list[tuple[MeasurementRevision, list[str]]]:
    return [(one, measured_in_lines(values_in(one.was, activities))) for one in [*row.revisions.all()][::-1]]
