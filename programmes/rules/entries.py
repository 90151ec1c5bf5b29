"""What facts are made from, kept in one text: the newest sessions, and what was told beside them. Pure."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.rules.review import RecentSession


@dataclass(frozen=True, slots=True)
class ToldWords:
    """What a patient told that nobody has read: how many messages, and the beginning of the newest."""

    number: int
    beginning: str
    at: dt.datetime


def pack_entries(sessions: Sequence[RecentSession], told: ToldWords | None) -> str:
    """Return as text what ``unpack_entries`` reads; "" where there is nothing. Moments are kept to the microsecond."""
    if not sessions and told is None:
        return ""
    rows = [
        [
            one.id,
            one.day.isoformat(),
            one.at.isoformat(),
            one.pain,
            int(one.is_whole),
            int(one.is_easy),
            one.settled,
            one.answered_at and one.answered_at.isoformat(),
            list(one.sore),
        ]
        for one in sessions
    ]
    words = [told.number, told.beginning, told.at.isoformat()] if told else None
    return json.dumps([rows, words], separators=(",", ":"), ensure_ascii=False)


def unpack_entries(text: str) -> tuple[list[RecentSession], ToldWords | None]:
    if not text:
        return [], None
    rows, words = json.loads(text)
    sessions = [
        RecentSession(
            key,
            dt.date.fromisoformat(day),
            dt.datetime.fromisoformat(at),
            pain,
            bool(is_whole),
            bool(is_easy),
            settled,
            dt.datetime.fromisoformat(answered) if answered else None,
            tuple(sore),
        )
        for key, day, at, pain, is_whole, is_easy, settled, answered, sore in rows
    ]
    return sessions, ToldWords(words[0], words[1], dt.datetime.fromisoformat(words[2])) if words else None
