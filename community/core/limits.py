"""How often somebody may do something: counted in Redis, or in a table where there is none."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .breaker import Breaker
from .models import LimitCounter
from .owed import owed

TIMEOUT = 0.2  # seconds that a request waits for Redis at most
breaker = Breaker("the limits' Redis")


class LimitReached(Exception):
    """Somebody did something too often. Has the seconds to wait, and a sentence that says so."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.sentence = _sentence(seconds)
        super().__init__(self.sentence)


def check_limit(name: str, who: object) -> None:
    """Count one more act of this name by `who`, a key or an address; raise LimitReached beyond it.

    `settings.LIMITS[name]` is (times, seconds), the times multiplied by LIMITS_FACTOR. Windows
    follow one another without a gap. Against guessing, call it outside the transaction of the act:
    where only the table counts, what is rolled back was never counted.
    """
    times, seconds = settings.LIMITS[name]
    now = timezone.now().timestamp()
    window, elapsed = divmod(now, seconds)
    key = salted_hmac("limits", f"{name}:{who}:{window:.0f}", algorithm="sha256").hexdigest()
    hits = _hit(key, ends_at=datetime.fromtimestamp((window + 1) * seconds, UTC))
    if hits > times * settings.LIMITS_FACTOR:
        raise LimitReached(math.ceil(seconds - elapsed))


def _hit(key: str, *, ends_at: datetime) -> int:
    """Count one more hit in a window; answer how many that makes."""
    if settings.REDIS_URL and not breaker.is_open:
        try:
            return _hit_in_redis(key, ends_at)
        except RedisError as fault:
            breaker.trip(fault)
    return _hit_in_table(key, ends_at)


def _hit_in_redis(key: str, ends_at: datetime) -> int:
    name = f"heard:limit:{key}"
    with redis_client().pipeline() as pipeline:
        pipeline.incr(name)
        pipeline.expireat(name, ends_at)
        hits, _ = pipeline.execute()
    return int(hits)


def _hit_in_table(key: str, ends_at: datetime) -> int:
    """One statement, atomic on both databases."""
    table = LimitCounter._meta.db_table
    upsert = (
        f"INSERT INTO {table} (key, hits, ends_at) VALUES (%s, 1, %s)"
        f" ON CONFLICT (key) DO UPDATE SET hits = {table}.hits + 1 RETURNING hits"
    )
    with connection.cursor() as cursor:
        cursor.execute(upsert, [key, connection.ops.adapt_datetimefield_value(ends_at)])
        (hits,) = cursor.fetchone()
    return int(hits)


@cache
def redis_client() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )


def _sentence(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    wait = (
        ngettext("%d second", "%d seconds", seconds) % seconds
        if seconds < 60
        else ngettext("%d minute", "%d minutes", minutes) % minutes
    )
    return gettext("That was a lot in a short time. Please try again in %s.") % wait


@owed("core.forget_limits")
def forget_limits(at: datetime) -> int:
    """Delete the counters whose window is over."""
    return LimitCounter.objects.filter(ends_at__lte=at).delete()[0]
