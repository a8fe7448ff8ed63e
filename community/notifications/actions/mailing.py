"""Owing mail: a letter is written now, whole, and sent by the worker."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.core.wake import wake
from community.people.models import User

from ..letters import Letter, write_letter
from ..models import Mail

BATCH = 500


@transaction.atomic
def owe_mail(
    to: User | str,
    *,
    key: str,
    category: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime | None = None,
) -> Mail:
    """Owe one mail to a member or to a bare address; the same `key` is owed once.

    `category` is empty for what nobody can unsubscribe from, such as codes, which go out first; a
    bare address has no other, because only a member can choose.
    """
    if category and not isinstance(to, User):
        raise ValueError("News goes to members, who can stop it.")
    letter = write_letter(template, context, category=category)
    mail = _mail(to, letter, key=key, at=at or timezone.now())
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    wake("notifications.send_mail")
    return Mail.objects.get(key=key)


@transaction.atomic
def owe_mails(
    people: Iterable[User],
    *,
    key: str,
    category: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime | None = None,
) -> dict[int, Mail]:
    """Owe the same letter to many members, rendered once; answer the mails by member's id.

    Each has the key `<key>:<member>` and is owed once; each has its member's own unsubscribe link.
    Whether they want it, `wants_mail` says; that they may see the thing is the caller's duty.
    """
    letter = write_letter(template, context, category=category)
    mails = [
        _mail(person, letter, key=f"{key}:{person.pk}", at=at or timezone.now())
        for person in people
    ]
    if not mails:
        return {}
    Mail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=BATCH)
    wake("notifications.send_mail")
    stored = Mail.objects.filter(key__in=[mail.key for mail in mails]).defer("text", "html")
    return {mail.user_id: mail for mail in stored if mail.user_id is not None}


def _mail(to: User | str, letter: Letter, *, key: str, at: datetime) -> Mail:
    """The row, with the Message-ID that it keeps however often it has to be sent."""
    user = to if isinstance(to, User) else None
    own = letter.to(user.pk if user else None)
    return Mail(
        to=to.email if isinstance(to, User) else to,
        user=user,
        key=key,
        category=letter.category,
        subject=own.subject,
        text=own.text,
        html=own.html,
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
        next_at=at,
        created_at=at,
    )


def _domain() -> str:
    """The domain that our mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
