"""Every address is in the table, and answers each role as the table says."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.addresses import ADDRESSES, MEMBERS, ROLES, SIGN_IN, Address, Answer
from tests.world import world

INDEX_ONLY = {"admin": "admin:index"}  # Django's own pages, behind one door


def routes(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The name of every route; an unnamed one shows as its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        elif pattern.namespace in INDEX_ONLY:
            yield INDEX_ONLY[pattern.namespace]
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, namespace + inner)


def ask(address: Address, path: str, client: Client) -> Answer:
    """What a client gets; what the request changed is taken back."""
    with transaction.atomic():
        asked = client.get if address.fields is None else client.post
        response = asked(path, address.fields)
        transaction.set_rollback(True)
    is_sign_in = response.status_code in (302, 303) and response.url.startswith("/accounts/login/")
    return SIGN_IN if is_sign_in else int(response.status_code)


def test_the_table_lists_every_route_and_no_other() -> None:
    found = set(routes(get_resolver().url_patterns))

    assert sorted(found - set(ADDRESSES)) == []
    assert sorted(set(ADDRESSES) - found) == []


@pytest.mark.django_db
def test_each_answers_each_role_as_the_table_says(request: pytest.FixtureRequest) -> None:
    clients = {role: request.getfixturevalue(f"as_{role}") for role in MEMBERS}
    clients["signed_out"] = Client()
    things = world(*(request.getfixturevalue(who) for who in ("reviewer", "moderator", "owner")))

    wrong = {}
    for route, address in ADDRESSES.items():
        path = address.path.format(**things)
        assert resolve(path.partition("?")[0]).view_name == route
        for role in ROLES:
            answer = ask(address, path, clients[role])
            if answer != address.answers[role]:
                wrong[route, role] = f"{answer} instead of {address.answers[role]}"

    assert wrong == {}
