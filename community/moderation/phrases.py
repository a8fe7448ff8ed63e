"""How the moderators' notices read, and what a notice about a review leads to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core import kinds
from community.notifications.models import Notification
from community.notifications.phrases import register
from community.people.readers import Reader

from .models import Review


def reviews_of(reader: Reader) -> QuerySet[Review]:
    """The reviews this reader had a part in by reporting."""
    return Review.objects.filter(reports__reporter=reader.pk)


kinds.register(
    kinds.Kind(
        name="review",
        visible_to=reviews_of,
        title_of=lambda review: "",
        url_of=lambda review: "/house-rules/",
        author_of=lambda review: None,
    )
)


def _hidden(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator hid what you wrote; the reason stands there: %s") % title


def _restored(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator has brought back what you wrote: %s") % title


def _held(notice: Notification, title: str, actor: str) -> str:
    return _("A text waits for a moderator before others can read it: %s") % title


def _released(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator has read what you wrote, and everybody can now: %s") % title


def _locked(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator locked “%s”; the reason stands there.") % title


def _unlocked(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator has unlocked “%s”: it takes posts again.") % title


def _warned(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator has warned you. The reason stands on your page.")


def _suspended(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator suspended your account for some time. Your page says until when.")


def _lifted(notice: Notification, title: str, actor: str) -> str:
    return _("Your suspension is over: you can write and vote again.")


def _report_kept(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator looked at what you reported, and left it as it is.")


def _report_hidden(notice: Notification, title: str, actor: str) -> str:
    return _("A moderator looked at what you reported, and hid it. Thank you.")


register("post.hidden", _hidden)
register("post.restored", _restored)
register("post.held", _held)
register("post.released", _released)
register("topic.locked", _locked)
register("topic.unlocked", _unlocked)
register("member.warned", _warned)
register("member.suspended", _suspended)
register("member.suspension_lifted", _lifted)
register("report.kept", _report_kept)
register("report.hidden", _report_hidden)
