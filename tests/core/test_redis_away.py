"""A real Redis is used by limits, cache and calls; killed or frozen, it makes no page slow."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from celery import current_app

from community.core import caches, limits, wake
from community.core.caches import SafeRedisCache
from community.core.limits import LimitReached, check_limit
from community.core.models import LimitCounter
from tests.services import Redis

pytestmark = [pytest.mark.server, pytest.mark.django_db]

BREAKERS = (limits.breaker, caches.breaker, wake.breaker)
SLOW = 0.5  # seconds for the first to notice; everybody after that waits for nothing


def forget_connections() -> None:
    limits.redis_client.cache_clear()
    wake.broker_connection.cache_clear()
    for breaker in BREAKERS:
        breaker.reset()


@pytest.fixture
def redis(settings, monkeypatch) -> Iterator[Redis]:
    with Redis() as server:
        settings.REDIS_URL = server.url
        settings.LIMITS = {"knock": (10, 86_400)}
        for name in ("broker_url", "broker_write_url"):
            monkeypatch.setitem(current_app.conf, name, server.url)
        monkeypatch.setitem(current_app.conf, "broker_transport_options", {"socket_timeout": 5})
        forget_connections()
        yield server
        if server.process:
            os.kill(server.process.pid, signal.SIGCONT)
    forget_connections()


@pytest.fixture
def cache(redis: Redis) -> SafeRedisCache:
    return SafeRedisCache(redis.url, {})


def kill(redis: Redis) -> None:
    redis.kill()


def freeze(redis: Redis) -> None:
    """It still takes connections, and answers nobody."""
    assert redis.process
    os.kill(redis.process.pid, signal.SIGSTOP)


AWAY = pytest.mark.parametrize("go_away", [kill, freeze])


def seconds(do: Callable[[], object]) -> float:
    started = time.monotonic()
    do()
    return time.monotonic() - started


def knock(times: int) -> None:
    for _ in range(times):
        check_limit("knock", "mara")


def test_of_sixty_at_once_ten_get_through(redis):
    through: list[bool] = []

    def try_ten_times() -> None:
        for _ in range(10):
            try:
                knock(1)
                through.append(True)
            except LimitReached:
                pass

    threads = [threading.Thread(target=try_ten_times) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(through) == 10
    assert not LimitCounter.objects.exists()


def test_a_limits_counter_ends_with_its_window(redis):
    knock(1)
    client = limits.redis_client()
    (key,) = client.keys("heard:limit:*")

    assert 0 < client.ttl(key) <= 86_400
    assert b"mara" not in key


@AWAY
def test_limits_are_counted_in_the_table_when_redis_goes_away(redis, go_away):
    knock(5)
    go_away(redis)

    assert seconds(lambda: knock(1)) < SLOW
    assert seconds(lambda: knock(9)) < SLOW
    with pytest.raises(LimitReached):
        knock(1)


@AWAY
def test_the_cache_is_empty_when_redis_goes_away_and_fills_when_it_is_back(redis, cache, go_away):
    cache.set("page", "kept")
    assert cache.get("page") == "kept"

    go_away(redis)
    assert seconds(lambda: cache.get("page")) < SLOW
    assert seconds(lambda: [cache.get("page") for _ in range(100)]) < 0.05
    assert cache.get("page") is None

    os.kill(redis.process.pid, signal.SIGCONT) if redis.process else redis.start()
    caches.breaker.reset()
    cache.set("page", "again")
    assert cache.get("page") == "again"


@AWAY
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_broker_that_goes_away(redis, go_away):
    wake.wake("test.nobody-listens", 1)
    assert wake.broker_answers()
    go_away(redis)

    assert seconds(lambda: wake.wake("test.nobody-listens", 2)) < SLOW
    assert seconds(lambda: [wake.wake("test.nobody-listens", 3) for _ in range(100)]) < 0.1
    assert not wake.broker_answers()


@pytest.mark.django_db(transaction=True)
def test_calls_go_out_again_when_the_broker_is_back(redis):
    wake.wake("test.nobody-listens", 1)
    redis.kill()
    wake.wake("test.nobody-listens", 2)
    redis.start()
    wake.breaker.reset()

    wake.wake("test.nobody-listens", 3)

    assert limits.redis_client().llen("celery") == 1
