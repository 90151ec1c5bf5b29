"""What was planned and logged of late, kept in one text that never ages. Pure: no database, no request, no clock.

Moments are kept as moments and days as days, so that the text says the same whatever day it is read on and whichever
zone the clinic is in then. Ids become small numbers: only which of them are the same matters for counting.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from programmes.rules.adherence import Item, Log, Plan, Window
from programmes.rules.counting import Key
from programmes.rules.schedule import Frequency


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """The items of one given version: since when, until which moment another took its place, or it ended.

    ``pauses`` are all those of its programme.
    """

    given_at: dt.datetime
    items: tuple[Item, ...]
    replaced_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    pauses: tuple[Window, ...] = ()

    def in_zone(self, zone: dt.tzinfo) -> Plan:
        """Return it in whole days: in force from its own day to the day before the next one's, or the one it ended."""
        last = self.ended_at.astimezone(zone).date() if self.ended_at else None
        if self.replaced_at:
            last = self.replaced_at.astimezone(zone).date() - dt.timedelta(days=1)
        return Plan(self.given_at.astimezone(zone).date(), self.items, last, self.pauses)

    def is_over(self, day: dt.date) -> bool:
        """Say whether it was over before ``day`` in every zone there is."""
        over = self.replaced_at or self.ended_at
        return over is not None and over.date() < day - dt.timedelta(days=1)


def pack(given: Iterable[GivenPlan], logs: Sequence[Log], since: dt.date) -> str:
    """Return as text what counts from ``since`` on; names of exercises are left out."""
    numbers = Numbers()
    plans = [_packed_plan(plan, numbers) for plan in given if not plan.is_over(since)]
    days = _packed_days((log for log in logs if log.day >= since), numbers)
    return json.dumps([numbers.rows, plans, days], separators=(",", ":"))


class Numbers:
    """Small numbers for ids of prescriptions, and for each a row: its exercise, as a number too, and how often."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self._prescriptions: dict[Key, int] = {}
        self._exercises: dict[Key, int] = {}

    def of(self, prescription: Key, exercise: Key, how_often: Frequency | None = None) -> int:
        if prescription not in self._prescriptions:
            self._prescriptions[prescription] = len(self.rows)
            number = self._exercises.setdefault(exercise, len(self._exercises))
            self.rows.append([number, *_packed(how_often)])
        return self._prescriptions[prescription]


def _packed_plan(plan: GivenPlan, numbers: Numbers) -> list[object]:
    moments = (plan.given_at, plan.replaced_at, plan.ended_at)
    items = [numbers.of(item.prescription, item.exercise, item.frequency) for item in plan.items]
    packed: list[object] = [*(moment and moment.isoformat() for moment in moments), items]
    return [*packed, [_packed_pause(pause) for pause in plan.pauses]] if plan.pauses else packed


def _packed_pause(pause: Window) -> list[str]:
    return [pause.first.isoformat(), pause.last.isoformat()]


def _packed_days(logs: Iterable[Log], numbers: Numbers) -> dict[str, list[object]]:
    """Return for each day whether it is from paper, and how often each was done."""
    papers: Counter[str] = Counter()
    done: dict[str, Counter[int]] = {}
    for log in logs:
        day = log.day.isoformat()
        papers[day] |= log.paper
        counts = done.setdefault(day, Counter())
        if log.done:
            counts[numbers.of(log.prescription, log.exercise)] += 1
    return {day: [papers[day], *sorted(counts.items())] for day, counts in sorted(done.items())}


def unpack(text: str) -> tuple[list[GivenPlan], list[Log]]:
    """Return the plans and the logs of a packed text."""
    if not text:
        return [], []
    rows, plans, days = json.loads(text)
    items = [Item(number, row[0], "", _unpacked(row[1:])) for number, row in zip(count(), rows, strict=False)]
    given = [
        GivenPlan(
            dt.datetime.fromisoformat(at),
            tuple(items[n] for n in numbers),
            _moment(replaced),
            _moment(ended),
            tuple(Window(*map(dt.date.fromisoformat, pause)) for pauses in paused for pause in pauses),
        )
        for at, replaced, ended, numbers, *paused in plans
    ]
    logs = []
    for text_of_day, (paper, *done) in days.items():
        day = dt.date.fromisoformat(text_of_day)
        logs.append(Log(day, paper=bool(paper)))
        for number, times in done:
            logs += [Log(day, number, items[number].exercise, done=True, paper=bool(paper))] * times
    return given, logs


def _packed(how_often: Frequency | None) -> list[object]:
    if how_often is None:
        return []
    weekdays = "".join(map(str, sorted(how_often.weekdays)))
    packed: list[object] = [weekdays, how_often.days_a_week, int(how_often.as_needed), how_often.times_a_day]
    if how_often.every_other_day:
        packed += [how_often.starts_on and how_often.starts_on.isoformat()]
    return packed


def _unpacked(packed: Sequence[object]) -> Frequency | None:
    if not packed:
        return None
    weekdays, days_a_week, as_needed, times_a_day, *every_other = packed
    return Frequency(
        frozenset(map(int, str(weekdays))),
        days_a_week,  # type: ignore[arg-type]
        bool(as_needed),
        times_a_day,  # type: ignore[arg-type]
        every_other_day=bool(every_other),
        starts_on=dt.date.fromisoformat(str(every_other[0])) if every_other and every_other[0] else None,
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
