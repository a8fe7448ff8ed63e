"""Whoever does something too often is asked to wait, with or without Redis."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from community.core import limits
from community.core.limits import LimitReached, check_limit
from community.core.models import LimitCounter

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DEAD_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def table_only(settings):
    """Three times a minute, counted in the table."""
    settings.LIMITS = {"knock": (3, 60)}
    settings.REDIS_URL = ""


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def knock(who: object = "mara", times: int = 1) -> None:
    for _ in range(times):
        check_limit("knock", who)


@pytest.mark.django_db
def test_the_fourth_of_three_is_too_many(noon):
    knock(times=3)

    with pytest.raises(LimitReached):
        knock()


@pytest.mark.django_db
def test_everybody_is_counted_alone(noon):
    knock("mara", times=3)
    knock("jon", times=3)


@pytest.mark.django_db
def test_the_next_window_begins_anew(noon):
    knock(times=3)
    noon.shift(timedelta(seconds=60))

    knock(times=3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("elapsed", "words"), [(0, "1 minute"), (20, "40 seconds"), (59, "1 second")]
)
def test_the_sentence_says_how_long_to_wait(noon, elapsed, words):
    noon.shift(timedelta(seconds=elapsed))
    knock(times=3)

    with pytest.raises(LimitReached) as reached:
        knock()

    assert reached.value.sentence.endswith(f"again in {words}.")
    assert reached.value.seconds == 60 - elapsed


@pytest.mark.django_db
def test_the_factor_multiplies_the_times(noon, settings):
    settings.LIMITS_FACTOR = 2

    knock(times=6)

    with pytest.raises(LimitReached):
        knock()


@pytest.mark.django_db
def test_no_address_is_kept(noon):
    knock("mara@example.com")

    assert "mara" not in LimitCounter.objects.get().key


def test_a_limit_that_is_not_set_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        check_limit("unheard-of", "mara")


@pytest.mark.django_db
def test_without_redis_the_table_goes_on_counting(noon, settings, monkeypatch):
    settings.REDIS_URL = DEAD_REDIS
    limits.redis_client.cache_clear()
    limits.breaker.reset()
    knock(times=3)

    with pytest.raises(LimitReached):
        knock()

    assert LimitCounter.objects.get().hits == 4
    limits.redis_client.cache_clear()
    limits.breaker.reset()
