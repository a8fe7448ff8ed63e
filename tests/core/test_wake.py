"""A wake-up call goes out after the commit, may be lost, and never harms or slows who sends it."""

import json
import logging
import time
from base64 import b64decode
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from community.core import wake as waking
from community.core.wake import broker_answers, wake

pytestmark = pytest.mark.django_db

TASK = "test.nobody-listens"


@pytest.fixture(autouse=True)
def fresh_connection():
    """No connection and no failure of another test."""
    waking.breaker.reset()
    waking.broker_connection.cache_clear()
    yield
    waking.breaker.reset()
    waking.broker_connection.cache_clear()


@pytest.fixture
def mailbox(tmp_path, monkeypatch):
    """A filesystem broker of our own, as the embedded default has one."""
    folders = ("data_folder_in", "data_folder_out", "control_folder")
    options = dict.fromkeys(folders, str(tmp_path))
    monkeypatch.setitem(current_app.conf, "broker_url", "files://localhost")
    monkeypatch.setitem(current_app.conf, "broker_write_url", "files://localhost")
    monkeypatch.setitem(current_app.conf, "broker_transport_options", options)
    return tmp_path


@pytest.fixture
def dead_broker(monkeypatch):
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(current_app.conf, "broker_transport_options", {"socket_timeout": 5})


def calls(folder: Path) -> list[tuple[str, list[object]]]:
    """The tasks and arguments of the messages in a folder."""
    found = []
    for path in folder.glob("*.msg"):
        message = json.loads(path.read_bytes())
        args = json.loads(b64decode(message["body"]))[0]
        found.append((message["headers"]["task"], args))
    return found


def test_a_call_goes_out_once_the_transaction_is_committed(
    mailbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        wake(TASK, 17)
        assert calls(mailbox) == []

    assert calls(mailbox) == [(TASK, [17])]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_wakes_nobody(mailbox):
    with transaction.atomic():
        wake(TASK, 17)
        transaction.set_rollback(True)

    assert calls(mailbox) == []


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_next_to_nothing_and_is_left_alone(dead_broker, caplog):
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        for number in range(100):
            wake(TASK, number)

    assert time.monotonic() - started < 1
    assert caplog.text.count("does not answer") == 1
    assert TASK in caplog.text


@pytest.mark.django_db(transaction=True)
def test_after_some_seconds_the_broker_is_tried_again(dead_broker, caplog, monkeypatch):
    monkeypatch.setattr(waking.breaker, "seconds", 0.0)
    with caplog.at_level(logging.WARNING):
        wake(TASK, 1)
        wake(TASK, 2)

    assert caplog.text.count("does not answer") == 2


def test_it_is_known_whether_the_broker_answers(mailbox):
    assert broker_answers()


def test_a_dead_broker_does_not_answer(dead_broker):
    assert not broker_answers()


def test_the_settings_name_a_broker_that_answers():
    assert settings.CELERY_BROKER_URL
    assert broker_answers()
