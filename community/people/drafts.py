"""Drafts: what a member began to type, kept on the server until it is posted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db.models import QuerySet

from community.core.prepared import prepared

from .models import Draft, User

KEYS = re.compile(r"ideas\.new|forum\.ask|(?:reply|comment|decide|note):[1-9][0-9]{0,17}")
MAX_CHARACTERS = 60_000
MAX_FIELDS = 20
MAX_DRAFTS = 50


class NoDraft(ValueError):
    """This is no place where a draft is kept, or it is too much for one."""


def kept(user: User, key: str) -> dict[str, str]:
    """What the member began to type in this place; empty if nothing."""
    return _payloads.first(user.pk, key) or {}


@prepared
def _payloads(user: int, key: str) -> QuerySet[Draft, dict[str, str]]:
    return Draft.objects.filter(user=user, key=key).values_list("payload", flat=True)


def keep(user: User, key: str, payload: Mapping[str, str]) -> None:
    """Keep what was typed in place of what was kept before; of too many drafts the oldest go.

    Empty fields are nothing to keep. Raises NoDraft where the key is none of a form of the site.
    """
    typed = {name: text for name, text in payload.items() if text.strip()}
    words = "".join([*typed, *typed.values()])
    if not KEYS.fullmatch(key) or len(typed) > MAX_FIELDS or len(words) > MAX_CHARACTERS:
        raise NoDraft(key)
    if not words.isascii():
        words.encode()  # lone surrogates raise here, and not in the database
    if "\x00" in words:
        raise NoDraft(key)
    if not typed:
        forget(user, key)
        return
    Draft.objects.update_or_create(user=user, key=key, defaults={"payload": typed})
    newest = Draft.objects.filter(user=user).order_by("-updated_at", "-pk")
    surplus = list(newest.values_list("pk", flat=True)[MAX_DRAFTS:])
    Draft.objects.filter(pk__in=surplus).delete()


def forget(user: User, key: str) -> None:
    """The text was posted, or is not wanted any more."""
    Draft.objects.filter(user=user, key=key).delete()
