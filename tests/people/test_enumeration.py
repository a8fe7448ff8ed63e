"""Nobody learns at the door whether an address has an account: not by words, status or work."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.notifications.models import Mail
from tests import make

pytestmark = pytest.mark.django_db
VARYING = re.compile(r"[\w.-]+@example\.com|/held/[\w-]+/|\b[0-9]{6}\b|csrfmiddlewaretoken[^>]*")


def traces(address: str, path: str, fields: dict[str, str]) -> tuple[object, ...]:
    """What an outsider can see of a request about this address, and what it asks the database."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(path, {**fields})
    shapes = [re.sub(r"'[^']*'|\b[0-9]+\b", "?", query["sql"]) for query in queries]
    where = VARYING.sub("", answer.get("Location", ""))
    page = client.get(answer["Location"]) if where else answer
    words = VARYING.sub("", page.content.decode())
    return answer.status_code, where, words, len(shapes)


@pytest.mark.parametrize("name", ["email"])
def test_the_door_is_the_same_for_known_and_unknown(customer, name):
    known = traces(customer.email, "/accounts/login/", {name: customer.email})
    unknown = traces("nobody@example.com", "/accounts/login/", {name: "nobody@example.com"})

    assert known == unknown
    letters = [VARYING.sub("", mail.text) for mail in Mail.objects.order_by("pk")]
    assert len(letters) == 2
    assert letters[0] == letters[1]


def test_a_wrong_password_says_the_same_for_known_and_unknown(customer):
    make.member("keyholder", password="a long password")
    known = traces("", "/accounts/login/", {"login": "keyholder@example.com", "password": "x"})
    unknown = traces("", "/accounts/login/", {"login": "nobody@example.com", "password": "x"})

    assert known[:3] == unknown[:3]
    assert known[0] == 422


def test_a_password_reset_says_and_sends_the_same_for_known_and_unknown(customer):
    known = traces("", "/accounts/password/reset/", {"email": customer.email})
    unknown = traces("", "/accounts/password/reset/", {"email": "nobody@example.com"})

    assert known[:3] == unknown[:3]
    assert Mail.objects.count() == 2


def test_limits_count_known_and_unknown_alike(customer, settings):
    settings.LIMITS = {**settings.LIMITS, "code": (2, 600)}
    for address in (customer.email, "nobody@example.com"):
        answers = [Client().post("/accounts/login/", {"email": address}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [303, 303, 429]


def test_spellings_of_one_mailbox_share_its_limit(settings):
    settings.LIMITS = {**settings.LIMITS, "code": (2, 600)}
    spellings = ("ann@example.com", "ANN+shop@example.com", "a.nn@example.com")

    answers = [Client().post("/accounts/login/", {"email": each}) for each in spellings]

    assert [answer.status_code for answer in answers] == [303, 303, 429]


def test_one_client_gets_its_share_of_codes(settings):
    settings.LIMITS = {**settings.LIMITS, "code-from-address": (3, 600)}

    answers = [
        Client().post(
            "/accounts/login/", {"email": f"n{no}@example.com"}, HTTP_X_FORWARDED_FOR=f"9.9.9.{no}"
        )
        for no in range(4)
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
