"""Calling who has to answer: a notice to each, and mail where it cannot wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category
from community.people.models import RoleGrant, User

from ..models import Audience, Escalation


def reviewers_of(audience: Audience, *, at: datetime) -> QuerySet[User]:
    """Who is called: the active members of the audience's group."""
    return _at_work(at).filter(groups=audience.group_id).order_by("pk")


def answerers_of(case: Escalation, *, at: datetime) -> list[User]:
    """Who has to answer: the owners of the case's department, or else the audience."""
    owners = owners_of(case.department_id, at=at) if case.department_id is not None else []
    return owners or list(reviewers_of(case.rule.audience, at=at))


def owners_of(department_id: int, *, at: datetime) -> list[User]:
    """Who answers for a department: its owner, and whoever was granted that role over it."""
    granted = RoleGrant.objects.filter(
        role=RoleGrant.Role.OWNER, kind="department", object_id=department_id
    )
    owns = Q(owned_departments=department_id) | Q(pk__in=granted.values("user"))
    return list(_at_work(at).filter(owns).order_by("pk").distinct())


def call_answerers(case: Escalation, *, at: datetime) -> None:
    """Give a notice of a new case to everybody who has to answer it.

    A department has no digest, so its owners get a mail too.
    """
    people, key = answerers_of(case, at=at), f"raised:{case.pk}"
    notice_review(people, "idea.raised", kind="escalation", object_id=case.pk, key=key, at=at)
    if case.department is not None:
        context = case_facts(case)
        mail_review(people, key=key, template="review/mail/asked", context=context, at=at)


def case_facts(case: Escalation) -> dict[str, object]:
    """What every mail about a case says."""
    return {
        "escalation": case,
        "title": case.idea.topic.title,
        "votes": case.idea.vote_count,
        "url": settings.SITE_URL + case.get_absolute_url(),
    }


def notice_review(
    people: Iterable[User | int], verb: str, *, kind: str, object_id: int, key: str, at: datetime
) -> None:
    """A notice of review work to each of these people, once for each key."""
    notify(
        people, key=key, category=Category.REVIEW, verb=verb, kind=kind, object_id=object_id, at=at
    )


def mail_review(
    people: list[User], *, key: str, template: str, context: Mapping[str, object], at: datetime
) -> None:
    """A mail about review work to each of these people who wants such mail, once for each key."""
    wanted = wants_mail([person.pk for person in people], Category.REVIEW)
    owe_mails(
        [person for person in people if person.pk in wanted],
        key=key,
        category=Category.REVIEW,
        template=template,
        context=context,
        at=at,
    )


def _at_work(at: datetime) -> QuerySet[User]:
    free = Q(suspended_until=None) | Q(suspended_until__lte=at)
    return User.objects.filter(free, is_active=True)
