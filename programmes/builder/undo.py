"""What was taken out and can be put back, kept in the session of the person who did it: never in an address.

It lasts as long as they stay signed in. Of the drafts it is about, only the latest are remembered.
"""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from programmes.models import Template, Version
from programmes.services.drafts import Contents

REMOVED = "builder_removed"  # {draft: [row, …]}, the latest last
REPLACED = "builder_replaced"  # {draft: what the last starting point took out}
THROWN_AWAY = "drafts_thrown_away"  # {patient: the whole draft}
REMEMBERED = 20


def _kept(session: SessionBase, shelf: str) -> dict[str, Any]:
    kept = session.get(shelf)
    return kept if isinstance(kept, dict) else {}


def _keep(session: SessionBase, shelf: str, of: Any, what: Any) -> None:
    rest = {key: value for key, value in _kept(session, shelf).items() if key != str(of)}
    latest = list(rest.items())[-REMEMBERED + 1 :]
    session[shelf] = dict([*latest, (str(of), what)] if what else latest)


def keep_removed(session: SessionBase, draft: Version | Template, row: Contents) -> None:
    rest = [one for one in removed(session, draft) if one["id"] != row["id"]]
    _keep(session, REMOVED, draft.pk, [*rest, row])


def removed(session: SessionBase, draft: Version | Template) -> list[Contents]:
    rows: list[Contents] = _kept(session, REMOVED).get(str(draft.pk), [])
    return rows


def forget_removed(session: SessionBase, draft: Version | Template, row: str) -> None:
    _keep(session, REMOVED, draft.pk, [one for one in removed(session, draft) if one["id"] != row])


def keep_replaced(session: SessionBase, draft: Version, contents: Contents) -> None:
    _keep(session, REPLACED, draft.pk, contents)


def replaced(session: SessionBase, draft: Version) -> Contents | None:
    kept: Contents = _kept(session, REPLACED).get(str(draft.pk), {})
    return kept if kept.get("rows") else None


def keep_thrown_away(session: SessionBase, patient: Any, contents: Contents) -> None:
    _keep(session, THROWN_AWAY, patient, contents)


def thrown_away(session: SessionBase, patient: Any) -> Contents | None:
    """Return the draft of ``patient`` that was thrown away last, if it can be put back."""
    found: Contents | None = _kept(session, THROWN_AWAY).get(str(patient))
    return found


def forget_thrown_away(session: SessionBase, patient: Any) -> None:
    _keep(session, THROWN_AWAY, patient, None)
