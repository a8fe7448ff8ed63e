"""Calling reviewers: a notice to each, and mail where it cannot wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category
from community.people.models import User

from ..models import Audience, Escalation


def reviewers_of(audience: Audience, *, at: datetime) -> QuerySet[User]:
    """Who is called: the active members of the audience's group."""
    at_work = Q(suspended_until=None) | Q(suspended_until__lte=at)
    return User.objects.filter(at_work, groups=audience.group_id, is_active=True).order_by("pk")


def call_reviewers(escalation: Escalation, verb: str, *, key: str, at: datetime) -> None:
    """Give a notice of this case to everybody who reviews it."""
    people = list(reviewers_of(escalation.rule.audience, at=at))
    notice_review(people, verb, kind="escalation", object_id=escalation.pk, key=key, at=at)


def notice_review(
    people: list[User], verb: str, *, kind: str, object_id: int, key: str, at: datetime
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
