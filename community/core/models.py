"""The sweep's heartbeat, and rate limits where no Redis keeps them."""

from django.db import models


class Tick(models.Model):
    """When a recurring job last ran to its end."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LimitCounter(models.Model):
    """How often somebody did something within one window of time."""

    key = models.CharField(max_length=160, unique=True)
    hits = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
