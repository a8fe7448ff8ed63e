"""Long lists of digests, and long digests, lead on page by page, or stand whole on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from ideas.actions.digesting import close_now
from ideas.actions.raising import raise_due
from ideas.models import ReviewDigest
from tests import make


@pytest.fixture
def long_digest(db) -> ReviewDigest:
    rule = make.rule(votes=1)
    for number in range(23):
        make.idea(f"Idea number {number} of many")
    raise_due(make.NOON)
    digest = close_now(rule.audience, at=make.NOON + timedelta(minutes=30))
    assert digest is not None
    return digest


def next_page(client: Client, address: str) -> str:
    """The page that the pager of this one leads to."""
    page = client.get(address).content.decode()
    query = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    return client.get(address + query).content.decode()


def test_a_long_digest_leads_on(long_digest, as_reviewer):
    first = as_reviewer.get(long_digest.get_absolute_url()).content.decode()
    second = next_page(as_reviewer, long_digest.get_absolute_url())

    assert (first.count("digest-item__no"), second.count("digest-item__no")) == (20, 3)
    assert "That was all." in second


def test_a_long_digest_can_be_printed_whole(long_digest, as_reviewer):
    whole = as_reviewer.get(f"{long_digest.get_absolute_url()}?all=1").content.decode()

    assert whole.count("digest-item__no") == 23
    assert 'rel="next"' not in whole


def test_the_list_of_digests_leads_on(as_reviewer):
    audience = make.audience()
    for hour in range(1, 23):
        close_now(audience, at=make.NOON + timedelta(hours=hour))

    second = next_page(as_reviewer, "/review/digests/")

    assert second.count('<th scope="row">') == ReviewDigest.objects.count() - 20


def test_a_cursor_that_is_none_is_no_page(long_digest, as_reviewer):
    assert as_reviewer.get(f"{long_digest.get_absolute_url()}?after=nonsense").status_code == 404
