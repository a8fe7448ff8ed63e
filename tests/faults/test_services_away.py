"""With Redis away everything goes on; with the database away a page says so. Nothing is lost."""

import json
import time

import pytest

from tests.faults.load import Backed, Load
from tests.services import wait_until

pytestmark = pytest.mark.server

RULE_OF_THREE = """
from ideas.models import EscalationRule
EscalationRule.objects.update(votes=3, is_active=True)
"""
NEXT_TICK = 150  # seconds until beat and worker have found Redis again and ticked


def test_without_redis_pages_stay_quick_and_what_is_owed_is_done_afterwards(
    backed: Backed,
) -> None:
    site = backed.site
    site.manage("shell", "-c", RULE_OF_THREE)
    backed.redis.kill()

    load = Load.on(site, "--seconds", "8", "--views", "6", "--writes", "3")
    found = load.figures()

    assert found["slowest_ms"] < 1000, found
    assert "degraded" in site.get("/readyz")
    assert raised(backed, load.idea) == []

    backed.redis.start()
    wait_until(lambda: raised(backed, load.idea) != [], "the idea to be raised", NEXT_TICK)

    assert len(raised(backed, load.idea)) == 1
    assert "No drift" in site.manage("reconcile")


def raised(backed: Backed, idea: int) -> list[object]:
    """The escalations that the idea's JSON names."""
    escalations: list[object] = json.loads(backed.site.get(f"/ideas/{idea}.json"))["raised"]
    return escalations


def test_a_database_restart_loses_nothing_acknowledged(backed: Backed) -> None:
    load = Load.on(backed.site, "--seconds", "16", "--views", "10", "--writes", "10", "--pauses")
    time.sleep(4)

    backed.postgres.kill()
    time.sleep(2)
    backed.postgres.start()
    found = load.figures()

    assert found["answers"].get("503"), "nobody met the restart"  # type: ignore[attr-defined]
    assert found["acknowledged"]
    assert found["lost"] == 0
    assert "No drift" in backed.site.manage("reconcile")
