"""The phases of a programme in words, for staff: "Weeks 3 to 6: Getting stronger"."""

from django.utils.translation import gettext as _

from programmes.rules.following import Weeks


def weeks_in_words(weeks: Weeks) -> str:
    if weeks.first == weeks.last:
        return _("Week %(week)s") % {"week": weeks.first}
    return _("Weeks %(first)s to %(last)s") % {"first": weeks.first, "last": weeks.last}


def phase_in_words(weeks: Weeks, name: str) -> str:
    """Return the weeks, and the name where it has one."""
    words = weeks_in_words(weeks)
    return _("%(weeks)s: %(name)s") % {"weeks": words, "name": name} if name else words
