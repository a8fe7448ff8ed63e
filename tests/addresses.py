"""Every address of the product, and what it answers to whom.

A new route needs a line here: tests/architecture/test_addresses.py asks each of them as each role,
and the journeys look at each page that a role may open. A path may name things of `world()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from community.people.held import hold
from tests import make

ROLES = ("signed_out", "customer", "moderator", "reviewer", "admin")
MEMBERS = ROLES[1:]
SIGN_IN = "sign-in"  # a redirect to the sign-in page

Answer = int | str


@dataclass(frozen=True)
class Address:
    """A sample path of a route, and the answer to each role; with `fields` it is asked by POST."""

    path: str
    answers: Mapping[str, Answer]
    fields: Mapping[str, str] | None = None


def everyone(path: str, answer: Answer = 200, *, post: Mapping[str, str] | None = None) -> Address:
    """The same answer for all."""
    return Address(path, dict.fromkeys(ROLES, answer), post)


def members(path: str, answer: Answer = 200, *, post: Mapping[str, str] | None = None) -> Address:
    """Whoever is signed in; others are asked to sign in."""
    return Address(path, {"signed_out": SIGN_IN} | dict.fromkeys(MEMBERS, answer), post)


def only(
    *roles: str, path: str, answer: Answer = 200, post: Mapping[str, str] | None = None
) -> Address:
    """These roles; other members may not, and who is signed out is asked to sign in."""
    refused = {"signed_out": SIGN_IN} | dict.fromkeys(MEMBERS, 403)
    return Address(path, refused | dict.fromkeys(roles, answer), post)


def world() -> dict[str, object]:
    """The things that the sample paths name."""
    idea = make.idea()
    question = make.question()
    return {
        "idea": idea,
        "question": question,
        "answer": make.post(question),
        "author": make.member("author"),
        "held": hold(
            "people.sign_in",
            payload={},
            email="newcomer@example.com",
            heading="Sign in",
            button="Sign in",
        ),
    }


def strangers(path: str, answer: Answer = 200) -> Address:
    """A page of the way in; whoever is in already is led on."""
    return Address(path, {"signed_out": answer} | dict.fromkeys(MEMBERS, 302))


ACCOUNTS = {
    "account_login": strangers("/accounts/login/"),
    "account_signup": everyone("/accounts/signup/", SIGN_IN),
    "account_logout": Address(
        "/accounts/logout/", {"signed_out": 302} | dict.fromkeys(MEMBERS, 200)
    ),
    "account_inactive": everyone("/accounts/inactive/"),
    "account_reauthenticate": members("/accounts/reauthenticate/", 403),
    "account_email": members("/accounts/email/"),
    "account_email_verification_sent": members("/accounts/confirm-email/", 302),
    "account_change_password": members("/accounts/password/change/", 302),
    "account_set_password": members("/accounts/password/set/"),
    "account_reset_password": everyone("/accounts/password/reset/"),
    "account_reset_password_done": everyone("/accounts/password/reset/done/"),
    "account_reset_password_from_key": everyone("/accounts/password/reset/key/1-set-password/"),
    "account_reset_password_from_key_done": everyone("/accounts/password/reset/key/done/"),
    "account_confirm_login_code": strangers("/accounts/login/code/confirm/", SIGN_IN),
    "held": everyone("/held/{held.token}/"),
    "drafts": everyone("/drafts/", 302),
    "me": members("/me/"),
    "person": everyone("/people/{author.username}/"),
}

OPERATIONS = {
    "brand-hue": everyone("/theme/hue.css"),
    "styleguide": everyone("/dev/styleguide/", 404),
    "styleguide-sheet": everyone("/dev/styleguide/idea/", 404),
    "admin:index": only("admin", path="/admin/"),
}

ADDRESSES: dict[str, Address] = {**ACCOUNTS, **OPERATIONS}
