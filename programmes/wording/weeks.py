"""The phases of a programme in words, for staff: "Weeks 3 to 6: Getting stronger"."""

from django.utils.translation import gettext as _

from programmes.rules.following import PinnedPhase, Weeks


def weeks_in_words(weeks: Weeks) -> str:
    if weeks.first == weeks.last:
        return _("Week %(week)s") % {"week": weeks.first}
    return _("Weeks %(first)s to %(last)s") % {"first": weeks.first, "last": weeks.last}


def phase_in_words(weeks: Weeks, name: str) -> str:
    """Return the weeks, and the name where it has one."""
    words = weeks_in_words(weeks)
    return _("%(weeks)s: %(name)s") % {"weeks": words, "name": name} if name else words


def next_phase_reason(weeks: Weeks) -> str:
    """Return what the reason says until the physiotherapist changes it: "Next phase: weeks 3 to 6"."""
    if weeks.first == weeks.last:
        return _("Next phase: week %(week)s") % {"week": weeks.first}
    return _("Next phase: weeks %(first)s to %(last)s") % {"first": weeks.first, "last": weeks.last}


def standing_in_words(phase: PinnedPhase) -> str:
    """Return which it is of how many: "Phase 2 of 3: Weeks 3 to 6"."""
    words = {"place": phase.place, "of": phase.of, "phase": phase_in_words(phase.weeks, phase.name)}
    return _("Phase %(place)s of %(of)s: %(phase)s") % words
