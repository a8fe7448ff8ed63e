"""What a stranger did before we knew them: kept until their code comes back."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_token() -> str:
    """An unguessable address for one held act."""
    return secrets.token_urlsafe(24)


class HeldActQuerySet(models.QuerySet["HeldAct"]):
    """Held acts as words."""

    def waiting(self, at: datetime) -> Self:
        return self.filter(done_at=None, expires_at__gt=at)

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
    code_digest = models.CharField(max_length=64, help_text="Keyed hash of the code, never the code.")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome_url = models.CharField(max_length=300, blank=True)

    objects = HeldActQuerySet.as_manager()

    def __str__(self) -> str:
        return self.kind
