"""What a new site needs before it opens, and what of it is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from community.core.models import Tick
from community.core.owed import SWEEP
from community.people.permissions import MODERATORS
from forum.models import Board
from ideas.models import EscalationRule


@dataclass(frozen=True)
class Step:
    """One thing to have: what it is, whether it is there, and how to get there."""

    title: str
    is_done: bool
    advice: str

    def __str__(self) -> str:
        return f"[x] {self.title}" if self.is_done else f"[ ] {self.title}\n    {self.advice}"


def steps() -> Iterator[Step]:
    """Every step, in the order in which one takes them."""
    yield from _settings()
    yield from _services()
    yield from _data()


def _settings() -> Iterator[Step]:
    yield Step("Production", settings.PRODUCTION, "Set PRODUCTION=1.")
    address = urlsplit(settings.SITE_URL)
    is_reachable = address.scheme == "https" and address.hostname in settings.ALLOWED_HOSTS
    yield Step(
        f"Links lead to {settings.SITE_URL}",
        is_reachable,
        "Set SITE_URL to the https address, and name its host in ALLOWED_HOSTS.",
    )
    yield Step(
        f"Mail comes from {settings.DEFAULT_FROM_EMAIL}",
        "example.com" not in settings.DEFAULT_FROM_EMAIL,
        "Set DEFAULT_FROM_EMAIL to an address of yours.",
    )
    yield Step("Mail goes out", not settings.MAIL_PAUSED, "Take MAIL_PAUSED out when it may.")
    yield Step(
        f"The company is called {settings.BRAND_COMPANY}",
        settings.BRAND_COMPANY != "Northline",
        "Set BRAND_NAME and BRAND_COMPANY: Northline is the demo's company.",
    )


def _services() -> Iterator[Step]:
    yield Step("PostgreSQL", connection.vendor == "postgresql", "Set DATABASE_URL.")
    yield Step(
        "The tables belong to another role than the site's",
        bool(settings.MIGRATE_DATABASE_URL),
        "Set MIGRATE_DATABASE_URL, so that the site cannot lift the guards of its audit trail.",
    )
    yield Step("Redis", bool(settings.REDIS_URL), "Set REDIS_URL.")
    yield Step(
        "Static files are collected",
        settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").exists(),
        "Run manage.py collectstatic --noinput.",
    )
    fresh = timezone.now() - timedelta(seconds=settings.TICK_MAX_AGE)
    yield Step(
        "Beat and worker do what is owed",
        Tick.objects.filter(name=SWEEP, at__gte=fresh).exists(),
        "Start heard-beat and heard-worker, and look again after a minute.",
    )


def _data() -> Iterator[Step]:
    admin = f"{settings.SITE_URL}/admin"
    boards = Board.objects
    yield Step(
        "A board for ideas and one for questions",
        boards.of_ideas().exists() and boards.of_questions().exists(),
        f"Make them at {admin}/forum/board/",
    )
    yield Step(
        "A rule that raises ideas, with somebody who reviews them",
        EscalationRule.objects.active().filter(audience__group__user__is_active=True).exists(),
        f"See {admin}/ideas/escalationrule/, and give people its audience's group.",
    )
    yield Step(
        "A moderator",
        Group.objects.filter(name=MODERATORS, user__is_active=True).exists(),
        f"Give somebody the group “{MODERATORS}” at {admin}/people/user/",
    )
