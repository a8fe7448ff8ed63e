"""Gauges of what is owed, for who knows the token."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer it-is-me"}


def test_the_token_opens_the_gauges(client: Client, settings) -> None:
    settings.METRICS_TOKEN = "it-is-me"
    make.question()

    answer = client.get("/metrics", headers=TOKEN)

    assert answer.status_code == 200
    assert "\nheard_questions_waiting 1\n" in answer.content.decode()


def test_without_the_token_there_is_nothing_here(as_admin: Client, settings) -> None:
    settings.METRICS_TOKEN = "it-is-me"

    assert as_admin.get("/metrics").status_code == 404
    assert as_admin.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 404


def test_in_production_no_token_means_nobody(client: Client, settings) -> None:
    settings.METRICS_TOKEN = ""
    settings.DEBUG = False

    assert client.get("/metrics").status_code == 404
