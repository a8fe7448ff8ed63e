"""Where more is decided than shown, "Show all" leads to all of it, whatever its status."""

from __future__ import annotations

import pytest
from django.test import Client

from ideas.models import Idea
from ideas.statuses import Status
from tests import make

pytestmark = pytest.mark.django_db


def test_done_and_already_there_each_have_their_list(client: Client):
    for status in (Status.DONE, Status.EXISTS):
        Idea.objects.filter(pk=make.idea().pk).update(status=status)

    page = client.get("/ideas/decided/").content.decode()

    assert '<a href="/ideas/?status=done">Done</a>' in page
    assert '<a href="/ideas/?status=exists">Already there</a>' in page
