"""Every address of the product, and what it answers to whom.

A new route needs a line here: tests/architecture/test_addresses.py asks each of them as each role,
and the journeys look at each page that a role may open. A path may name things of `world()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
    }


ACCOUNTS = {
    "account_login": everyone("/accounts/login/"),
}

OPERATIONS = {
    "brand-hue": everyone("/theme/hue.css"),
    "styleguide": everyone("/dev/styleguide/", 404),
    "styleguide-sheet": everyone("/dev/styleguide/idea/", 404),
    "admin:index": only("admin", path="/admin/"),
}

ADDRESSES: dict[str, Address] = {**ACCOUNTS, **OPERATIONS}
