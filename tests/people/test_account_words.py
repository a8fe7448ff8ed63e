"""The account's pages speak in our words: a label for each field, no example text inside it."""

from __future__ import annotations

import pytest
from django.test import Client

from community.people.models import User

PASSWORD = "correct-horse-battery"


@pytest.fixture
def as_known(customer: User) -> Client:
    """A member with a password."""
    customer.set_password(PASSWORD)
    customer.save()
    client = Client()
    client.force_login(customer)
    return client


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/accounts/email/", ["Your new e-mail address"]),
        (
            "/accounts/password/change/",
            ["Your password now", "Your new password", "The new password once more"],
        ),
        ("/accounts/reauthenticate/", ["Your password"]),
    ],
)
def test_members_pages(as_known: Client, path: str, labels: list[str]) -> None:
    page = as_known.get(path).content.decode()

    for label in labels:
        assert f">{label}</label>" in page
    assert "placeholder=" not in page
    assert "<ul><li>Your password" not in page


def test_who_forgot_a_password_is_asked_for_the_address(db: None) -> None:
    page = Client().get("/accounts/password/reset/").content.decode()

    assert ">Your e-mail address</label>" in page
    assert "placeholder=" not in page


def test_the_first_password_has_its_help_in_one_sentence(as_customer: Client) -> None:
    page = as_customer.get("/accounts/password/set/").content.decode()

    assert "At least 8 characters" in page
    assert "Your password must contain" not in page


def test_a_wrong_password_is_said_plainly(as_known: Client, customer: User) -> None:
    wrong = {"login": customer.email, "password": "something-else"}
    page = Client().post("/accounts/login/", wrong).content.decode()
    assert "This address and this password do not belong together." in page

    again = as_known.post("/accounts/reauthenticate/", {"password": "something-else"})
    assert "This is not your password." in again.content.decode()


def test_a_weak_new_password_is_refused_beside_its_field(as_known: Client) -> None:
    fields = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    page = as_known.post("/accounts/password/change/", fields).content.decode()

    assert "entirely numeric" in page
