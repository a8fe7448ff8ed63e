"""Sessions in the database, as Django keeps them, found by a query whose SQL is made once."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from community.core.prepared import prepared


@prepared
def sessions_by_key(key: str) -> QuerySet[Session]:
    """The session of this key, whether it has expired or not."""
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    """One session; every page of a member begins with it."""

    def _get_session_from_db(self) -> Session | None:
        found = sessions_by_key.first(self.session_key or "")
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
