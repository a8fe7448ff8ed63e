"""One command makes the first admin of a new site and says what is still to do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.activity.models import AuditEntry
from community.core.owed import sweep
from community.pages.checklist import steps
from community.people.models import User
from community.people.permissions import is_admin
from tests import make


def first_run(email: str = "boss@example.org") -> str:
    out = StringIO()
    call_command("first_run", email=email, stdout=out)
    return out.getvalue()


def undone() -> set[str]:
    return {step.title for step in steps() if not step.is_done}


@pytest.mark.django_db
def test_it_makes_an_admin() -> None:
    said = first_run("Boss@Example.org")

    assert is_admin(User.objects.get(email="boss@example.org"))
    assert "is now an admin" in said


@pytest.mark.django_db
def test_it_makes_a_member_the_admin() -> None:
    member = make.member("mara")

    first_run("mara@example.com")

    member.refresh_from_db()
    assert is_admin(member)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    first_run()

    assert "is already an admin" in first_run()
    assert User.objects.count() == 1
    assert AuditEntry.objects.filter(verb="make admin").count() == 1


@pytest.mark.django_db
def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        first_run("boss")

    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_list_says_how_to_get_what_is_missing() -> None:
    said = first_run()

    assert "[ ] A board for ideas and one for questions" in said
    assert "/admin/forum/board/" in said
    assert "still to do" in said


@pytest.mark.django_db
def test_what_is_there_is_ticked(moderator: User, reviewer: User) -> None:
    make.board("stores")
    make.question()
    make.rule()
    sweep(timezone.now())

    assert undone().isdisjoint(
        {
            "A board for ideas and one for questions",
            "A moderator",
            "A rule that raises ideas, with somebody who reviews them",
            "Beat and worker do what is owed",
        }
    )
