"""The sweep's heartbeat, and the rate limits' counters where no Redis keeps them."""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """When a recurring job last came to its end, by the clock on the wall."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"


class LimitCounter(models.Model):
    """How often somebody did something within one window of time. The key is a hash: no address."""

    key = models.CharField(max_length=64, unique=True)
    hits = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.hits} hits until {self.ends_at:%H:%M:%S}"
