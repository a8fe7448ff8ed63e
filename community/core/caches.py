"""A Redis cache whose loss costs nobody a page: it then answers as an empty cache would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from .breaker import Breaker

TIMEOUT = 0.2  # seconds that a request waits for Redis at most
Answer = TypeVar("Answer")
breaker = Breaker("the cache's Redis")


class SafeRedisCacheClient(RedisCacheClient):
    """Asks Redis; while that does not answer, nothing is found and nothing is kept."""

    def _ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        if breaker.is_open:
            return otherwise
        try:
            return question()
        except RedisError as fault:
            breaker.trip(fault)
            return otherwise

    def get(self, key: Any, default: Any) -> Any:
        return self._ask(partial(super().get, key, default), default)

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        return self._ask(partial(super().get_many, keys), {})

    def has_key(self, key: Any) -> bool:
        return self._ask(partial(super().has_key, key), False)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._ask(partial(super().add, key, value, timeout), False)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._ask(partial(super().set, key, value, timeout), None)

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        self._ask(partial(super().set_many, data, timeout), None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._ask(partial(super().touch, key, timeout), False)

    def delete(self, key: Any) -> bool:
        return self._ask(partial(super().delete, key), False)

    def delete_many(self, keys: Iterable[Any]) -> None:
        self._ask(partial(super().delete_many, keys), None)

    def incr(self, key: Any, delta: int) -> int:
        """Raises ValueError when there is nothing to add to, as of an empty cache."""
        total = self._ask(partial(super().incr, key, delta), None)
        if total is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(total)

    def clear(self) -> bool:
        return self._ask(super().clear, False)


class SafeRedisCache(RedisCache):
    """Redis with short time-outs; after a failure it is left alone for some seconds."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        time_outs = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT}
        params["OPTIONS"] = time_outs | params.get("OPTIONS", {})
        super().__init__(server, params)
        self._class = SafeRedisCacheClient
