"""An address is changed by proving the new one; whose mailbox it is stays true."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from community.people.actions import join
from community.people.mailbox import person_key
from community.people.models import User

pytestmark = pytest.mark.django_db
PAGE = "/accounts/email/"
CODE_PAGE = "/accounts/confirm-email/"


@pytest.fixture
def member(client: Client) -> User:
    """A member by code, signed in as `client`."""
    member = join("old@example.com")
    client.force_login(member)
    return member


def ask_for(client: Client, address: str) -> int:
    return client.post(PAGE, {"action_add": "1", "email": address}).status_code


def test_the_new_address_counts_once_its_code_came_back(client, member, code_sent_to):
    assert ask_for(client, "New.Address@Example.com") == 302
    member.refresh_from_db()
    assert member.email == "old@example.com"

    client.post(CODE_PAGE, {"code": code_sent_to("new.address@example.com")})

    member.refresh_from_db()
    assert member.email == "new.address@example.com"
    assert member.person == person_key("new.address@example.com")
    addresses = EmailAddress.objects.filter(user=member)
    assert [(each.email, each.verified, each.primary) for each in addresses] == [
        ("new.address@example.com", True, True)
    ]


def test_a_wrong_code_changes_nothing(client, member, code_sent_to):
    ask_for(client, "new@example.com")
    code = code_sent_to("new@example.com")

    answer = client.post(CODE_PAGE, {"code": "000000" if code != "000000" else "000001"})

    assert answer.status_code == 200
    member.refresh_from_db()
    assert member.email == "old@example.com"


def test_another_members_address_cannot_be_had_and_nothing_says_whose_it_is(client, member):
    join("taken@example.com")

    taken = ask_for(client, "taken@example.com")
    taken_page = client.get(PAGE).content.decode()
    EmailAddress.objects.filter(user=member, verified=False).delete()

    assert taken == ask_for(client, "free@example.com") == 302
    assert "already" not in taken_page.lower()
    assert User.objects.get(email="taken@example.com").pk != member.pk


def test_who_signs_in_with_the_address_first_has_it(client, member, begin_sign_in, code_sent_to):
    ask_for(client, "wanted@example.com")
    late = code_sent_to("wanted@example.com")
    newcomer = Client()
    act = begin_sign_in(newcomer, "wanted@example.com")
    newcomer.post(act.get_absolute_url(), {"code": code_sent_to("wanted@example.com")})

    answer = client.post(CODE_PAGE, {"code": late})

    assert answer.status_code < 500
    member.refresh_from_db()
    assert member.email == "old@example.com"
    assert User.objects.get(email="wanted@example.com").pk != member.pk


def test_the_row_keeps_address_and_mailbox_together_however_it_is_saved(member):
    member.email = " Mixed+tag@Example.COM"
    member.save(update_fields=["email"])

    member.refresh_from_db()
    assert member.email == "mixed+tag@example.com"
    assert member.person == person_key("mixed@example.com")
