"""Of a voter's address the part is kept that a household or an office shares, never the whole."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from community.people.door import network_of
from ideas.models import Vote


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:7:1:2:3:4:5", "2001:db8:7::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_the_network_of_a_client(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_only_proxies_that_are_trusted_name_the_client(settings):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 203.0.113.77"
    )
    assert network_of(request) == "198.51.100.0/24"

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert network_of(request) == "203.0.113.0/24"


def test_a_vote_keeps_the_network_it_was_cast_from(as_customer: Client, customer, idea):
    as_customer.post(idea.vote_url, REMOTE_ADDR="203.0.113.77")

    assert Vote.objects.get(voter=customer).network == "203.0.113.0/24"
