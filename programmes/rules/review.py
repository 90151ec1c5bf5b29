"""What a patient's newest entries say that somebody may want to read: facts, in one fixed order. Pure.

A fact is a count of what the patient wrote, never a judgement and no advice. The keys stand in the order in which rows
stand in the list; the cut-offs are the clinic's own. A fact holds only while something of it came after somebody last
looked, so that a list that was read to its end is empty.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

NEWEST = 12  # sessions that facts are made from
PAINS = 3  # the median of so many is held against usual pain


class ReviewKey(IntEnum):
    """The kinds of facts, the first to read first."""

    TOLD = 1  # wrote to the physiotherapist
    PAIN = 2  # above the limit
    UNSETTLED = 3  # not back to usual on the next morning
    MOVED = 4  # usual pain and what is said now differ
    SORE = 5  # the same exercise left out as too sore
    REVIEW = 6  # the review date has passed
    QUIET = 7  # nothing logged for days
    EASY = 8  # all done, and easily


LATER = ReviewKey.REVIEW  # the place of a row of which no entry says anything that goes before dates


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """From which number on something is a fact."""

    pain_above: int = 5
    pain_times: int = 2
    pain_of: int = 3
    unsettled_times: int = 2
    unsettled_of: int = 3
    moved_by: int = 2
    sore_times: int = 2
    quiet_days: int = 7
    easy_times: int = 3


@dataclass(frozen=True, slots=True)
class RecentSession:
    """What counts of one saved session; ``at`` is when it came, or was last changed, ``sore`` names exercises."""

    id: str
    day: dt.date
    at: dt.datetime
    pain: int | None = None
    is_whole: bool = False
    is_easy: bool = False
    settled: bool | None = None
    answered_at: dt.datetime | None = None
    sore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """One fact: the sessions it counts (``hits``), of which it looked at (``among``), and the latest of its moments.

    ``what`` is the exercise that is meant, or the pain that is usual now.
    """

    key: ReviewKey
    hits: tuple[RecentSession, ...]
    among: tuple[RecentSession, ...]
    newest: dt.datetime
    what: str | int = ""


def review_facts(
    sessions: Sequence[RecentSession], cutoffs: Cutoffs, *, usual: int | None, looked_at: dt.datetime | None
) -> list[ReviewFact]:
    """Return the facts of ``sessions``, newest first, that came since ``looked_at``: in the order of their keys."""
    found = [
        _high_pains(sessions, cutoffs),
        _unsettled(sessions, cutoffs),
        _moved(sessions, cutoffs, usual),
        _too_sore(sessions, cutoffs),
        _easy(sessions, cutoffs),
    ]
    return [fact for fact in found if fact and (looked_at is None or fact.newest > looked_at)]


def _high_pains(sessions: Sequence[RecentSession], cutoffs: Cutoffs) -> ReviewFact | None:
    among = sessions[: cutoffs.pain_of]
    hits = [one for one in among if one.pain is not None and one.pain > cutoffs.pain_above]
    return _fact(ReviewKey.PAIN, hits, among) if len(hits) >= cutoffs.pain_times else None


def _unsettled(sessions: Sequence[RecentSession], cutoffs: Cutoffs) -> ReviewFact | None:
    """Count answers alone: of a morning on which nothing was said, nothing is known."""
    among = [one for one in sessions if one.answered_at is not None][: cutoffs.unsettled_of]
    hits = [one for one in among if one.settled is False]
    if len(hits) < cutoffs.unsettled_times:
        return None
    answered = max(one.answered_at for one in hits if one.answered_at)
    return ReviewFact(ReviewKey.UNSETTLED, tuple(hits), tuple(among), answered)


def _moved(sessions: Sequence[RecentSession], cutoffs: Cutoffs, usual: int | None) -> ReviewFact | None:
    said = [(one, one.pain) for one in sessions if one.pain is not None][:PAINS]
    if usual is None or len(said) < PAINS:
        return None
    among, now = [one for one, _pain in said], int(median(pain for _one, pain in said))
    return _fact(ReviewKey.MOVED, among, among, now) if abs(now - usual) >= cutoffs.moved_by else None


def _too_sore(sessions: Sequence[RecentSession], cutoffs: Cutoffs) -> ReviewFact | None:
    """Return the exercise left out most often; of several, the one left out last."""
    by_name: dict[str, list[RecentSession]] = defaultdict(list)
    for one in sessions[:NEWEST]:
        for name in dict.fromkeys(one.sore):
            by_name[name].append(one)
    if not by_name:
        return None
    name, hits = max(by_name.items(), key=lambda found: len(found[1]))
    return _fact(ReviewKey.SORE, hits, hits, name) if len(hits) >= cutoffs.sore_times else None


def _easy(sessions: Sequence[RecentSession], cutoffs: Cutoffs) -> ReviewFact | None:
    among = sessions[: cutoffs.easy_times]
    is_so = len(among) == cutoffs.easy_times and all(one.is_whole and one.is_easy for one in among)
    return _fact(ReviewKey.EASY, among, among) if is_so else None


def _fact(
    key: ReviewKey, hits: Sequence[RecentSession], among: Sequence[RecentSession], what: str | int = ""
) -> ReviewFact:
    return ReviewFact(key, tuple(hits), tuple(among), max(one.at for one in hits), what)


def place_of(facts: Iterable[ReviewFact], *, has_told: bool) -> int:
    """Return the place of a row among rows: that of its first fact, ``LATER`` where none goes before dates."""
    keys = [fact.key for fact in facts if fact.key < LATER]
    return min([ReviewKey.TOLD] if has_told else keys, default=LATER)


def has_passed(review_on: dt.date | None, today: dt.date) -> bool:
    return review_on is not None and review_on < today


def is_quiet(since: dt.date | None, today: dt.date, cutoffs: Cutoffs) -> bool:
    """Say whether nothing was logged for days; ``since`` is the last log, or the first plan before there is any."""
    return since is not None and (today - since).days >= cutoffs.quiet_days
