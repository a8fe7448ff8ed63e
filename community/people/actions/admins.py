"""Making an admin: the one who lets in all others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.activity.actions import audit

from ..models import User
from .joining import confirm_address


@transaction.atomic
def make_admin(email: str, *, by: User | None = None, at: datetime | None = None) -> bool:
    """Give this address's member, made if need be, every right; answer whether that is new.

    The address is taken as theirs: they sign in with the code sent to it.
    """
    member, _ = confirm_address(email, at=at)
    others = User.objects.filter(pk=member.pk).exclude(is_superuser=True, is_staff=True)
    if not others.update(is_superuser=True, is_staff=True):
        return False
    audit("make admin", member, kind="member", by=by, after={"admin": True}, at=at)
    return True
