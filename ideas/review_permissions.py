"""Who may take part in corporate review, and who may say that a promise was kept."""

from __future__ import annotations

from community.people.models import RoleGrant
from community.people.permissions import has_grant, is_reviewer
from community.people.readers import Reader
from forum.models import Promise


def may_review(person: Reader) -> bool:
    """Read the cases and digests, take a case, decide it, close a period."""
    return is_reviewer(person)


def may_close_promise(person: Reader, promise: Promise) -> bool:
    """Say that a promise was kept or missed: a reviewer, or the owner of the board's department."""
    if may_review(person):
        return True
    department = promise.topic.board.department
    if department is None or not person.is_authenticated or not person.is_active:
        return False
    return department.owner_id == person.pk or has_grant(
        person, RoleGrant.Role.OWNER, kind="department", object_id=department.pk
    )
