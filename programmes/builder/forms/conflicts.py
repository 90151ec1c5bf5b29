"""What two windows wrote differently in one field, in the words of the page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from exercises.wording import span
from hipcare.clinics.models import User
from hipcare.moments import hour_and_minute, short_date, short_date_and_year
from programmes.models import LastChange
from programmes.rules.schedule import Frequency, PartOfDay
from programmes.services.draft_values import GROUPS, HOW_OFTEN, RANGES, TIMES
from programmes.wording.frequencies import days_line, times_line
from programmes.wording.phrases import joined

if TYPE_CHECKING:
    from programmes.builder.forms.part_form import PartForm

SAID: dict[str, Callable[[Any], str]] = {
    "review_on": lambda value: short_date_and_year(dt.date.fromisoformat(value)),
    "load_g": lambda value: f"{value / 1000:g} kg",
}
RHYTHM_LABELS = {HOW_OFTEN: "How often", TIMES: "Times a day"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One value; ``who`` is how a sentence begins that says who wrote ``theirs`` and ``when``."""

    key: str
    label: str
    theirs: str
    mine: str
    who: str
    when: str

    @property
    def words(self) -> str:
        """What happened, and what to do."""
        return f"{self.label}: {self.who} wrote {self.theirs}{self.when}, you wrote {self.mine}. Choose one."


def conflict_of(
    key: str, part: "PartForm", mine: Any, theirs: Any, change: LastChange | None, by: User | None
) -> Conflict:
    """Put a conflict into words."""
    return Conflict(
        key=key,
        label=full_label_of(part, key),
        theirs=in_words(part, key, theirs),
        mine=in_words(part, key, mine),
        who=who_of(change, by),
        when=when_of(change),
    )


def who_of(change: LastChange | None, by: User | None) -> str:
    """Return who changed something, as the start of a sentence."""
    if change is None:
        return "Somebody else"
    return "You yourself, in another window," if by is not None and change.by_id == by.pk else change.by.name


def when_of(change: LastChange | None) -> str:
    """Return when, as the end of a sentence: " at 14:32"."""
    if change is None:
        return ""
    at = timezone.localtime(change.at)
    day = "" if at.date() == timezone.localdate() else f" on {short_date(at)}"
    return f"{day} at {hour_and_minute(at)}"


def label_of(part: "PartForm", key: str) -> str:
    """Return what the value of ``key`` is called."""
    name = name_of(key)
    return RHYTHM_LABELS[name] if name in GROUPS else str(part.fields[name].label)


def full_label_of(part: "PartForm", key: str) -> str:
    """Return the same with the exercise it is about, where it is about one."""
    label = label_of(part, key)
    return f"{label}, {part.called_for(name_of(key))}" if hasattr(part, "called_for") else label


def name_of(key: str) -> str:
    """Return the name of the field in its part."""
    return key[37:] if key[36:37] == "-" else key


def in_words(part: "PartForm", key: str, value: Any) -> str:
    """Return a plain value as a person reads it."""
    name = name_of(key)
    if name in GROUPS:
        return rhythm_in_words(name, value)
    if name in RANGES and isinstance(value, list):
        return span(*value)
    choices = {str(key): str(label) for key, label in getattr(part.fields[name], "choices", ())}
    if isinstance(value, list):
        return joined([f"“{choices[one]}”" for one in value if one in choices]) or "nothing"
    if value in (None, "") or (value == 0 and name in {"hold_s", "rest_s"}):
        return "nothing"
    if name in SAID:
        return SAID[name](value)
    return choices.get(str(value)) or (f"“{value}”" if isinstance(value, str) else str(value))


def rhythm_in_words(group: str, value: list[Any] | None) -> str:
    """Return the days, or the times a day, of a plain value; None is what a row takes over."""
    if value is None:
        return "as the programme"
    said = dict(zip(GROUPS[group], value, strict=True))
    if group == TIMES:
        moments = tuple(PartOfDay(int(one)) for one in said["moments"])
        return (
            times_line(Frequency(times_a_day=said["times_a_day"], moments=moments)) if said["times_a_day"] else "none"
        )
    days = frozenset(int(day) for day in said.pop("weekdays"))
    starts_on = dt.date.fromisoformat(said["starts_on"]) if said["starts_on"] else None
    return days_line(Frequency(**{**said, "starts_on": starts_on}, weekdays=days)) or "no days"
