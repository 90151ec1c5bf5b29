"""Django's sessions in the database, save that a database that is away is said to be so.

Django takes any trouble in saving a session for a session that somebody ended meanwhile, and answers 400.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from hipcare.outage import is_outage


class SessionStore(db.SessionStore):
    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Raise the database's own trouble where that is what stopped the save."""
        try:
            super().save(must_create)
        except UpdateError as failed:
            trouble = failed.__context__
            if trouble is None or not is_outage(trouble):
                raise
        else:
            return
        raise trouble
