"""The cast: one person for each role of the product, and a browser session for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from community.people.models import EmployeeRecord, User
from tests import make

GROUPS_OF = {
    "moderator": ("moderators",),
    "lead": ("leads",),
    "approver": ("approvers",),
    "reviewer": ("reviewers",),
    "executive": ("executives",),
}
EMPLOYEES = {
    "employee",
    "moderator",
    "lead",
    "owner",
    "approver",
    "reviewer",
    "executive",
    "manager",
}
CAST = ("customer", "stranger", "advocate", *sorted(EMPLOYEES), "admin")


def _person(name: str) -> Callable[..., User]:
    @pytest.fixture(name=name)
    def person(db: None) -> User:
        fields = {"is_staff": True, "is_superuser": True} if name == "admin" else {}
        user = make.member(name, groups=GROUPS_OF.get(name, ()), **fields)
        if name in EMPLOYEES:
            EmployeeRecord.objects.create(user=user, number=name, given_name=user.name)
        return user

    return person


def _session(name: str) -> Callable[..., Client]:
    @pytest.fixture(name=f"as_{name}")
    def session(request: pytest.FixtureRequest) -> Client:
        client = Client()
        client.force_login(request.getfixturevalue(name))
        return client

    return session


for _name in CAST:
    globals()[_name] = _person(_name)
    globals()[f"as_{_name}"] = _session(_name)


@pytest.fixture
def idea(db: None) -> object:
    """An open idea with its author's vote."""
    return make.idea()


@pytest.fixture
def question(db: None) -> object:
    """An unanswered question."""
    return make.question()
