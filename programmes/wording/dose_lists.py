"""The dose as a list, a number to a line, for the exercise's own page: no row of numbers that reads as a sum."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from exercises.dosage import Dose
from exercises.wording import load_in_words
from programmes.rules.schedule import Frequency
from programmes.wording.frequencies import frequency_sentence
from programmes.wording.phrases import minutes, range_of, seconds


def dose_list(dose: Dose, frequency: Frequency | None = None) -> list[tuple[str, str]]:
    """Return what each number is, and the number: ("Sets", "2"), ("Times in each set", "10").

    The leg is not said: it stands beside the exercise's name.
    """
    found = [*_counts(dose), *_ways(dose), *_limits(dose)]
    return [*found, (_("How often"), frequency_sentence(frequency))] if frequency else found


def _counts(dose: Dose) -> Iterator[tuple[str, str]]:
    if dose.sets > 1:
        yield _("Sets"), str(dose.sets)
    if dose.for_minutes is not None:
        yield _("Keep going for"), minutes(dose.for_minutes)
        return
    hold = seconds(dose.hold_s, dose.hold_to_s)
    if dose.is_one_hold:
        yield _("Hold for"), hold
        return
    yield _times(dose), range_of(dose.reps, dose.reps_to)
    if dose.hold_s:
        yield _("Hold each time for"), hold


def _times(dose: Dose) -> str:
    if dose.goes_both_ways:
        return _("Times each way in each set") if dose.sets > 1 else _("Times each way")
    return _("Times in each set") if dose.sets > 1 else _("Times")


def _ways(dose: Dose) -> Iterator[tuple[str, str]]:
    if dose.rest_s:
        yield (_("Rest between sets") if dose.sets > 1 else _("Then rest for")), seconds(dose.rest_s)
    if load := load_in_words(dose):
        yield _("Use"), load
    if dose.up_s and dose.down_s:
        yield _("Speed"), _("%(up)s up, %(down)s down") % {"up": seconds(dose.up_s), "down": seconds(dose.down_s)}
    elif dose.tempo:
        yield _("Speed"), dose.tempo


def _limits(dose: Dose) -> Iterator[tuple[str, str]]:
    if dose.effort_of_10 is not None:
        yield _("How hard it should feel"), _("%(number)s out of 10") % {"number": dose.effort_of_10}
    if dose.pain_up_to == 0:
        yield _("Pain that is OK"), _("none at all")
    elif dose.pain_up_to is not None:
        yield _("Pain that is OK"), _("up to %(number)s out of 10") % {"number": dose.pain_up_to}
