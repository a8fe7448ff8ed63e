"""The machines that watch the site learn whether it lives, and which part of it fails."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from community.core import wake
from community.core.models import Tick
from community.core.owed import SWEEP


@pytest.fixture
def ticking(db):
    Tick.objects.create(name=SWEEP, at=timezone.now())


def ready() -> tuple[int, str, dict[str, str]]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()["status"], answer.json()["parts"]


def test_that_the_process_lives_is_asked_of_nobody_else():
    assert Client().get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_it_opens_no_session(django_assert_num_queries, as_customer):
    with django_assert_num_queries(0):
        assert as_customer.get("/healthz").status_code == 200


def test_all_is_well(ticking):
    parts = {"database": "ok", "migrations": "ok", "broker": "ok", "tick": "ok"}

    assert ready() == (200, "ok", parts)


@pytest.mark.django_db
def test_before_the_first_tick_it_serves_but_is_degraded():
    status, state, parts = ready()

    assert (status, state) == (200, "degraded")
    assert "no tick yet" in parts["tick"]


def test_when_beat_and_worker_stand_still_it_serves_but_is_degraded(ticking, settings):
    Tick.objects.update(at=timezone.now() - timedelta(seconds=settings.TICK_MAX_AGE + 10))

    status, state, parts = ready()

    assert (status, state) == (200, "degraded")
    assert "seconds ago" in parts["tick"]


def test_without_a_broker_it_serves_but_is_degraded(ticking, monkeypatch):
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    wake.broker_connection.cache_clear()
    try:
        status, state, parts = ready()
    finally:
        wake.broker_connection.cache_clear()
        wake.breaker.reset()

    assert (status, state) == (200, "degraded")
    assert "broker does not answer" in parts["broker"]


def test_with_a_migration_missing_it_is_not_ready(ticking):
    MigrationRecorder(connection).record_unapplied("core", "0001_initial")

    status, state, parts = ready()

    assert (status, state) == (503, "down")
    assert "manage.py migrate" in parts["migrations"]
    assert parts["database"] == "ok"
