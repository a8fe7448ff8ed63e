"""The token in an unsubscribe link: who stops which mail, signed, kept nowhere, good for ever."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from .models import Category

_signer = Signer(sep=".", salt="notifications.unsubscribe")


@dataclass(frozen=True)
class Stop:
    """Member `user_id` wants no more mail of this category."""

    user_id: int
    category: Category


def token_for(user_id: int, category: str) -> str:
    """The token for this member and category."""
    return _signer.sign(f"{user_id}.{category}")


def read_token(token: str) -> Stop | None:
    """What the token says, or None where it is none of ours."""
    try:
        user_id, category = _signer.unsign(token).split(".")
        return Stop(int(user_id), Category(category))
    except (BadSignature, ValueError):
        return None


def unsubscribe_path(token: str) -> str:
    """The address that stops the mail, as a path of this site."""
    return reverse("unsubscribe", args=[token])
