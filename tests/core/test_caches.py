"""While Redis is away the cache holds nothing, and nobody waits for it."""

import logging
import time

import pytest

from community.core import caches
from community.core.caches import SafeRedisCache


@pytest.fixture
def dead():
    caches.breaker.reset()
    yield SafeRedisCache("redis://127.0.0.1:1/0", {})
    caches.breaker.reset()


def test_it_answers_as_an_empty_cache_would(dead):
    dead.set("a", 1)
    dead.set_many({"a": 1, "b": 2})

    assert dead.get("a") is None
    assert dead.get("a", "otherwise") == "otherwise"
    assert dead.get_many(["a", "b"]) == {}
    assert dead.has_key("a") is False
    assert dead.add("a", 1) is False
    assert dead.touch("a") is False
    assert dead.delete("a") is False
    assert dead.get_or_set("a", 3) == 3
    dead.delete_many(["a", "b"])
    dead.clear()
    with pytest.raises(ValueError, match="not found"):
        dead.incr("a")


def test_each_question_is_asked_of_redis_while_it_is_not_known_to_be_away(dead):
    for ask in (dead.get, dead.has_key, dead.delete, dead.touch):
        caches.breaker.reset()
        ask("a")
        assert caches.breaker.is_open


def test_it_is_left_alone_for_some_seconds_and_that_is_said_once(dead, caplog):
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        for number in range(1000):
            dead.get(str(number))

    assert time.monotonic() - started < 1
    assert caplog.text.count("does not answer") == 1
