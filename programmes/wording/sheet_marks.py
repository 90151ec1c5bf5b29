"""What staff read on a printed sheet: why it is not the one to hand out now, and what became of its code."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.moments import short_date_and_year

NOT_KNOWN = gettext_lazy("all of it may have: it is from before HipCare kept track")


def out_of_use(current: int | None) -> str:
    """Return why a sheet's version is not followed any more: ``current`` is the one that is, if there is any."""
    if current is None:
        return _("its programme has ended")
    return _("replaced by version %(number)s") % {"number": current}


def code_is_spent(used_at: dt.datetime | None) -> str:
    if used_at is None:
        return _("its code no longer works")
    return _("code used on %(day)s") % {"day": short_date_and_year(used_at)}


def newer_code(made_at: dt.datetime) -> str:
    return _("a newer code was made on %(day)s") % {"day": short_date_and_year(made_at)}
