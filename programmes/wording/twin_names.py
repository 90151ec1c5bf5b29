"""What an exercise is called where it stands more than once."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exercises.wording import leg
from programmes.rules.schedule import PartOfDay
from programmes.rules.twins import Distinction
from programmes.wording.frequencies import moments_in_words


def name_apart(name: str, apart: str, side: str, moments: Iterable[PartOfDay]) -> str:
    """Return "Bridge", "Clamshell (left leg)", "Bridge (morning)", "Clamshell (left leg, morning)"."""
    by = Distinction(apart)
    said = (leg(side) if by.by_leg else "", moments_in_words(moments) if by.by_moment else "")
    match [part for part in said if part]:
        case [one]:
            return _("%(name)s (%(which)s)") % {"name": name, "which": one}
        case [one, other]:
            return _("%(name)s (%(leg)s, %(moments)s)") % {"name": name, "leg": one, "moments": other}
    return name
