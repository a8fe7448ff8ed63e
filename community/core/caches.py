"""A Redis cache whose loss costs nobody a page: it then answers as if it held nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0
Answer = TypeVar("Answer")


class SafeRedisCache(RedisCache):
    """Redis with short time-outs; after a failure it is left alone for some seconds."""

    _closed_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options |= {"socket_connect_timeout": 0.2, "socket_timeout": 0.5}
        super().__init__(server, params)

    def _try(self, do: Callable[[], Answer], otherwise: Answer) -> Answer:
        if time.monotonic() < SafeRedisCache._closed_until:
            return otherwise
        try:
            return do()
        except RedisError as fault:
            SafeRedisCache._closed_until = time.monotonic() + REST_SECONDS
            logger.warning("cache left alone: %s", type(fault).__name__)
            return otherwise

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(SafeRedisCache, self).get(key, default, version), default)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: super(SafeRedisCache, self).set(key, value, *args, **kwargs), None)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._try(
            lambda: super(SafeRedisCache, self).add(key, value, *args, **kwargs), False
        )

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._try(lambda: super(SafeRedisCache, self).incr(key, delta, version), 0)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: super(SafeRedisCache, self).delete(key, version), False)

    def clear(self) -> bool:
        return bool(self._try(lambda: super(SafeRedisCache, self).clear(), False))
