"""Measures in words: what is asked, and what was measured on a day, a line each. No line says good or bad."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hipcare.moments import full_date
from programmes.rules.measured import ChairStandNorm, ChairStands, Measured
from programmes.wording.phrases import joined_by_commas

ACTIVITY_QUESTION = gettext_lazy("How well can you do this today?")
ACTIVITY_ENDS = (gettext_lazy("0 = I cannot do it"), gettext_lazy("10 = as well as before"))
PAIN_QUESTION = gettext_lazy("How bad has your hip pain been, on average, in the last 24 hours?")
PAIN_ENDS = (gettext_lazy("0 = no pain"), gettext_lazy("10 = the worst pain you can imagine"))
CHANGE_QUESTION = gettext_lazy("Compared with when you started this programme, how is your hip?")

CHANGES = {
    -5: gettext_lazy("very much worse"),
    -4: gettext_lazy("much worse"),
    -3: gettext_lazy("worse"),
    -2: gettext_lazy("a little worse"),
    -1: gettext_lazy("a tiny bit worse"),
    0: gettext_lazy("no change"),
    1: gettext_lazy("a tiny bit better"),
    2: gettext_lazy("a little better"),
    3: gettext_lazy("better"),
    4: gettext_lazy("much better"),
    5: gettext_lazy("very much better"),
}


def signed(number: int) -> str:
    """Return "+2", "0", "−3", with a minus that is as wide as the plus."""
    return {True: "+", False: "−"}[number > 0] + str(abs(number)) if number else "0"


def _change_in_words(number: int) -> str:
    return _("%(number)s, %(words)s") % {"number": signed(number), "words": CHANGES[number]}


change_in_words = lazy(_change_in_words, str)  # as a radio button is read out


def mean_in_words(mean: Decimal) -> str:
    return number_format(mean, 1)


def measured_in_lines(said: Measured) -> list[str]:
    """Return a line for each thing that was measured, with what it is worked out from."""
    lines = [_scores_in_words(said)]
    if said.pain is not None:
        lines.append(_("Pain in the last 24 hours, on average: %(pain)s out of 10") % {"pain": said.pain})
    if said.change is not None and said.change_since is not None:
        what = {"day": full_date(said.change_since), "change": change_in_words(said.change)}
        lines.append(_("Change since %(day)s: %(change)s") % what)
    if said.stands is not None:
        lines.append(_stands_in_words(said.stands))
    return [line for line in lines if line]


def _scores_in_words(said: Measured) -> str:
    """Return "Put on my socks 3, climb the stairs 5 → mean 4.0"; of one activity there is no mean to show."""
    each = joined_by_commas(
        _("%(activity)s %(score)s") % {"activity": one.name, "score": one.score} for one in said.scores
    )
    if said.mean is None or len(said.scores) == 1:
        return each
    return _("%(scores)s → mean %(mean)s") % {"scores": each, "mean": mean_in_words(said.mean)}


def _stands_in_words(stands: ChairStands) -> str:
    count = ngettext("%(count)s full stand", "%(count)s full stands", stands.count) % {"count": stands.count}
    name = _("30-second chair stand") if stands.is_standard else _("30-second chair stand, adapted")
    return _("%(name)s: %(count)s, %(how)s") % {"name": name, "count": count, "how": how_it_was_done(stands)}


def how_it_was_done(stands: ChairStands) -> str:
    """Return "hands not used, seat 44 cm high, with a stick, counted by Priya Nair"."""
    parts = [
        _("hands used") if stands.hands_used else _("hands not used"),
        _("seat %(number)s cm high") % {"number": stands.seat_height},
        stands.walking_aid,
        _("counted by %(name)s") % {"name": stands.counted_by},
    ]
    return joined_by_commas(part for part in parts if part)


def norm_in_words(row: ChairStandNorm) -> str:
    ages = {"first": row.first_age, "last": row.last_age, "men": row.men, "women": row.women}
    return _("Ages %(first)s to %(last)s: men %(men)s, women %(women)s") % ages
