"""What one test leaves in this process or in Redis is gone before the next."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from community.core import caches, limits, wake
from community.search import nearby


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """No page, count or limit of another test, and no Redis left alone because it broke there."""
    for breaker in (caches.breaker, limits.breaker, wake.breaker):
        breaker.reset()
    cache.clear()
    nearby.forget()
    yield
    cache.clear()
