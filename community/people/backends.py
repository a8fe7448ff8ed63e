"""Who is signed in: the member with their employee's entry, in one query whose SQL is made once."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from community.core.prepared import prepared

from .models import User


@prepared
def members_by_key(key: int) -> QuerySet[User]:
    """The member with what `permissions.employee_record` answers."""
    records = ("employee_record__store", "employee_record__department")
    return User.objects.get_queryset().filter(pk=key).select_related(*records)


class MemberBackend(AuthenticationBackend):
    """allauth's door; what it lets in is read like this."""

    def get_user(self, user_id: Any) -> User | None:
        """The active member of this key, their employee's entry remembered."""
        member = members_by_key.first(int(user_id))
        if member is None or not member.is_active:
            return None
        record = getattr(member, "employee_record", None)
        is_active = record is not None and record.is_active
        member.__dict__["_employee_record"] = record if is_active else None
        return member
