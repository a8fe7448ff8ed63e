"""Becoming a member: an address is enough, once its code has come back."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import User
from ..usernames import random_username

ATTEMPTS = 20


@transaction.atomic
def join(
    email: str,
    *,
    username: str = "",
    display_name: str = "",
    password: str | None = None,
    at: datetime | None = None,
    **fields: object,
) -> User:
    """Make a member whose address is known to be theirs. Raises IntegrityError if it is taken.

    Without a username they get a random one, which they may change later. Fields are those of the
    user, for admins and demo people.
    """
    user = User.objects.create_user(
        email,
        password,
        username=username or _free_username(),
        display_name=display_name,
        joined_at=at or timezone.now(),
        **fields,
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def confirm_address(email: str, *, at: datetime | None = None) -> tuple[User, bool]:
    """The member with this address, which a code has proved, and whether they are new."""
    user = User.objects.with_address(email).first()
    if user is None:
        try:
            with transaction.atomic():
                return join(email, at=at), True
        except IntegrityError:  # a second device of the same newcomer was quicker
            user = User.objects.with_address(email).get()
    _mark_verified(user)
    return user, False


@transaction.atomic
def member_with_address(email: str, *, at: datetime | None = None) -> User:
    """The member with this address, or a new one who has proved nothing: the first code does."""
    user = User.objects.with_address(email).first()
    if user is not None:
        return user
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email, username=_free_username(), joined_at=at or timezone.now()
            )
    except IntegrityError:  # they came by themselves in this moment
        return User.objects.with_address(email).get()


def _mark_verified(user: User) -> None:
    """Note for allauth that the address is the member's, and forget other claims on it."""
    mine = {"user": user, "email": user.email}
    if EmailAddress.objects.filter(**mine, verified=True, primary=True).exists():
        return
    EmailAddress.objects.filter(email=user.email, verified=True).exclude(user=user).delete()
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(**mine, defaults={"verified": True, "primary": True})


def _free_username() -> str:
    """A random username that nobody has; the unique constraint guards the moment between."""
    for _ in range(ATTEMPTS):
        username = random_username()
        if not User.objects.named(username).exists():
            return username
    raise RuntimeError("no free username found")
