"""A rule for removing votes has to say something: an empty one is asked back, not passed over."""

from __future__ import annotations

import pytest
from django.test import Client

from ideas.actions import cast_vote
from tests import make

pytestmark = pytest.mark.django_db


def test_an_empty_rule_is_told_so(as_moderator: Client):
    idea = make.idea(at=make.NOON)
    address = f"/ideas/{idea.pk}/votes/"

    answer = as_moderator.get(address, {"accounts": "", "networks": "", "mail_domains": ""})

    assert answer.status_code == 422
    assert "Say at least one thing that these votes have in common." in answer.content.decode()
    assert as_moderator.get(address).status_code == 200


def test_of_many_votes_the_page_says_how_many_it_shows(as_moderator: Client):
    idea = make.idea(at=make.NOON)
    for n in range(12):
        cast_vote(idea, by=make.member(f"v{n}"), network="203.0.113.0/24", at=make.NOON)

    page = as_moderator.get(f"/ideas/{idea.pk}/votes/", {"networks": "203.0.113.0/24"})

    assert "The newest 10 of 12" in page.content.decode()
