"""Who may do what here. Who moderates, `community.people.permissions` says."""

from __future__ import annotations

from community.people.models import User
from community.people.permissions import can_sanction, is_moderator, may_write
from community.people.readers import Reader

__all__ = ["can_sanction", "is_moderator", "may_report", "may_write"]


def may_report(person: Reader, author_id: int | None) -> bool:
    """Whether this person may report something of that author: any other member, not suspended."""
    return isinstance(person, User) and may_write(person) and person.pk != author_id
