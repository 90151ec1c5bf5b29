"""Facts of the review list in words, for staff: what, and the entries it comes from. Counts, and no advice."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipcare.moments import short_day
from programmes.rules.entries import ToldWords
from programmes.rules.review import Cutoffs, RecentSession, ReviewFact, ReviewKey
from programmes.wording.phrases import days_of, joined_by_commas

FactWords = tuple[str, str]  # what, and from which entries


def fact_in_words(fact: ReviewFact, cutoffs: Cutoffs, usual: int | None) -> FactWords:
    """Return a fact of the entries."""
    numbers = {"hits": len(fact.hits), "among": len(fact.among), "limit": cutoffs.pain_above, "usual": usual}
    match fact.key:
        case ReviewKey.PAIN:
            what = _("Pain above %(limit)s in %(hits)s of the last %(among)s sessions") % numbers
            return what, _pains_on_days(fact.hits)
        case ReviewKey.UNSETTLED:
            what = _("Not back to usual next day")
            return what, _("%(hits)s of the last %(among)s answers") % numbers
        case ReviewKey.MOVED:
            what = _("Usual pain %(usual)s, now %(now)s") % {**numbers, "now": fact.what}
            return what, _("The middle one of the last %(among)s scores") % numbers
        case ReviewKey.SORE:
            what = _("%(name)s: too sore %(hits)s times") % {**numbers, "name": fact.what}
            return what, joined_by_commas(short_day(one.day) for one in _oldest_first(fact.hits))
    what = _("Last %(hits)s sessions all done, easy") % numbers
    return what, _pains_in_a_row(fact.hits)


def told_in_words(told: ToldWords) -> FactWords:
    what = ngettext("Wrote to you", "Wrote to you %(number)s times", told.number) % {"number": told.number}
    return what, f"“{told.beginning}” {short_day(told.at)}"


def review_passed(days: int) -> FactWords:
    return _("Review date passed"), _("%(days)s ago") % {"days": days_of(days)}


def no_log(days: int) -> FactWords:
    return _("No log for %(days)s") % {"days": days_of(days)}, _("May still be doing it")


def rule_in_words(key: ReviewKey, cutoffs: Cutoffs, fact: ReviewFact) -> str:
    """Return why a fact is one: the rule with the clinic's own number."""
    numbers = {
        "limit": cutoffs.pain_above,
        "pains": cutoffs.pain_times,
        "of_pains": cutoffs.pain_of,
        "unsettled": cutoffs.unsettled_times,
        "of_answers": cutoffs.unsettled_of,
        "points": cutoffs.moved_by,
        "sore": cutoffs.sore_times,
        "easy": cutoffs.easy_times,
        "name": fact.what,
    }
    rules = {
        ReviewKey.PAIN: _("pain above %(limit)s in %(pains)s of the last %(of_pains)s sessions"),
        ReviewKey.UNSETTLED: _("not back to usual in %(unsettled)s of the last %(of_answers)s answers"),
        ReviewKey.MOVED: _("the last scores are %(points)s or more away from usual pain"),
        ReviewKey.SORE: _("%(name)s was too sore %(sore)s times"),
        ReviewKey.EASY: _("all done and easy %(easy)s times in a row"),
    }
    return rules[key] % numbers


def written_on(*, is_paper: bool) -> str:
    return _("Paper") if is_paper else _("Phone")


def morning_in_words(answer: str) -> str:
    """Return what was said of the next morning, "Not said" where nothing was."""
    said = {"yes": _("Back to usual"), "no": _("Not back to usual"), "not_sure": _("Not sure yet")}
    return said.get(answer, _("Not said"))


def _oldest_first(sessions: Iterable[RecentSession]) -> list[RecentSession]:
    return sorted(sessions, key=lambda one: (one.day, one.at))


def _pains_on_days(sessions: Iterable[RecentSession]) -> str:
    said = [_("%(pain)s on %(day)s") % {"pain": one.pain, "day": short_day(one.day)} for one in _oldest_first(sessions)]
    return joined_by_commas(said)


def _pains_in_a_row(sessions: Iterable[RecentSession]) -> str:
    pains = [str(one.pain) for one in _oldest_first(sessions) if one.pain is not None]
    return _("Pain %(pains)s") % {"pains": joined_by_commas(pains)} if pains else _("Pain not said")
