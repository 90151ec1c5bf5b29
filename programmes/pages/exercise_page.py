"""One exercise as Today has it: whether it can be ticked, which comes after it, and what to say where it cannot."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from programmes.models import Prescription
from programmes.pages.today_page import TodayPage, carried
from programmes.rules import day as day_rules
from programmes.wording import patients_day as words
from programmes.wording.dates import day_ahead

ARRIVED = "#now"  # no element has this name, so that nothing scrolls; js/exercise.js gives the focus to the title
FINISH = "#how-it-went"


def way_to(row: Prescription) -> str:
    return reverse("programmes:today_exercise", args=[row.pk])


@dataclass
class ExercisePage:
    """One row of the version that ``today`` follows, on its own page, with what is ticked so far."""

    today: TodayPage
    row: Prescription

    @cached_property
    def in_order(self) -> list[Prescription]:
        """Those that go one after another; what is open can be ticked here though something of the day is saved."""
        return self.today.day.open or self.today.offered

    @property
    def can_be_ticked(self) -> bool:
        return self.row in [*self.in_order, *self.today.as_needed]

    @property
    def place(self) -> str:
        """Return "Exercise 2 of 5", or "" for one that is not in the order of the day."""
        if self.row not in self.in_order:
            return ""
        return words.exercise_of(self.in_order.index(self.row) + 1, len(self.in_order))

    @cached_property
    def _others(self) -> list[Prescription]:
        """Return the rest of the order, from here to its end and then from its start."""
        here = self.in_order.index(self.row) if self.row in self.in_order else -1
        return [*self.in_order[here + 1 :], *self.in_order[: max(here, 0)]]

    @cached_property
    def following(self) -> Prescription | None:
        return next((row for row in self._others if str(row.pk) not in self.today.ticked), None)

    @property
    def before(self) -> str:
        """The way back to Today, with what is ticked so far."""
        return reverse("programmes:today") + self.today.query

    @property
    def after(self) -> str:
        """Where "Done, next" leads, with this one ticked: to the next that is open, or to how it went."""
        query = carried({*self.today.ticked, str(self.row.pk)}, once_more=self.today.once_more)
        if self.following:
            return way_to(self.following) + query + ARRIVED
        return reverse("programmes:today") + query + FINISH

    @property
    def done_words(self) -> str:
        return words.done_and_on(is_last=self.following is None)

    @property
    def order(self) -> str:
        """The ids of the others, from here on: js/exercise.js knows which of them are ticked on this phone."""
        return " ".join(str(row.pk) for row in self._others)

    @property
    def finish(self) -> str:
        return reverse("programmes:today") + FINISH

    @property
    def words_to_go_on(self) -> dict[str, list[str]]:
        """What js/exercise.js writes on the button: before the last, and on the last."""
        return {
            "done": [words.done_and_on(is_last=is_last) for is_last in (False, True)],
            "ticked": [words.ticked_and_on(is_last=is_last) for is_last in (False, True)],
        }

    @property
    def has_ended(self) -> bool:
        return self.today.day.has_ended

    @property
    def is_done(self) -> bool:
        return day_rules.is_done_on(self.row, self.today.day.date, self.today.day.done)

    @property
    def next_day(self) -> str:
        """When it is to be done next, where it is not for today; "" where no day is known."""
        day = self.today.day
        found = day_rules.next_day([self.row], day.date, day.done)
        return day_ahead(found, day.date) if found else ""

    @property
    def is_free_day(self) -> bool:
        """Whether nothing at all is asked today, and nothing is saved: then anything may be done."""
        return not (self.today.offered or self.today.sessions or self.has_ended)

    @property
    def address_anyway(self) -> str:
        return f"{way_to(self.row)}{carried((), again=True)}"

    @property
    def address_once_more(self) -> str:
        return f"{way_to(self.row)}{self.today.query_once_more}"
