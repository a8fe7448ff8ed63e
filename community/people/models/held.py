"""What a stranger did before we knew them: kept until their code comes back."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from .users import User


def new_token() -> str:
    """An unguessable address for one held act."""
    return secrets.token_urlsafe(24)


class HeldActQuerySet(models.QuerySet["HeldAct"]):
    """Held acts as words."""

    def waiting(self, at: datetime) -> Self:
        return self.filter(done_at=None, expires_at__gt=at)

    def with_tries_left(self) -> Self:
        return self.filter(tries__lt=settings.HELD_ACT_TRIES)

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class HeldAct(models.Model):
    """A vote, comment, question, idea or sign-in that waits for a six-digit code sent by mail.

    A row and not a session, so that it survives the mail, another device and a second factor.
    """

    token = models.CharField(max_length=40, unique=True, default=new_token)
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    email = models.EmailField(max_length=254)
    heading = models.CharField(max_length=200, help_text="What it is, as its page and mail say it.")
    button = models.CharField(max_length=60, help_text="The words of the button that does it.")
    code_digest = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash of the code; empty once it came back."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome_url = models.CharField(max_length=300, blank=True)
    outcome_sentence = models.CharField(max_length=300, blank=True)

    objects = HeldActQuerySet.as_manager()

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        return reverse("held", args=[self.token])

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def tries_left(self) -> int:
        return max(0, settings.HELD_ACT_TRIES - self.tries)

    @property
    def typed(self) -> list[str]:
        """What the person wrote, to be shown back to them: the payload's `title` and `body`."""
        return [text for text in map(self.payload.get, ("title", "body")) if text]

    def is_expired(self, at: datetime | None = None) -> bool:
        return self.expires_at <= (at or timezone.now())

    def belongs_to(self, reader: User | AnonymousUser) -> bool:
        """Whether the reader is signed in with the address it was begun with."""
        return reader.is_authenticated and reader.email == self.email
