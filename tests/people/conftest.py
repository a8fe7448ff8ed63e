"""Reading the letters that people are sent."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from community.notifications.models import Mail
from community.people.models import HeldAct

CODE = re.compile(r"\b[0-9]{6}\b")


@pytest.fixture
def code_sent_to(db: None) -> Callable[[str], str]:
    """The six digits of the newest letter to an address, as its subject has them."""

    def code(address: str) -> str:
        newest = Mail.objects.filter(to=address).latest("pk")
        found = CODE.search(newest.subject)
        assert found, newest.subject
        return found[0]

    return code


@pytest.fixture
def begin_sign_in(db: None) -> Callable[..., HeldAct]:
    """Ask for a code as a browser does; answers the act that waits for it."""

    def begin(client: Client, address: str, **fields: str) -> HeldAct:
        answer = client.post("/accounts/login/", {"email": address, **fields})
        assert answer.status_code == 303, answer.content
        token = answer["Location"].strip("/").rpartition("/")[2]
        return HeldAct.objects.get(token=token)

    return begin
