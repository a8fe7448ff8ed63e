"""What follows from a moderator's act: the one it concerns is told, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from community.activity.models import Event
from community.activity.register import reaction
from community.core.wording import local_day
from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category
from community.people.models import Sanction, User
from community.people.permissions import MODERATORS
from forum.models import Post, Topic

from .actions import put_before_moderators


@reaction("post.hidden", "post.restored")
def tell_author(event: Event) -> None:
    """Tell the author that it is gone and why, or that it is back."""
    post = Post.objects.select_related("topic", "author").filter(pk=event.object_id).first()
    if post is None or post.author is None:
        return
    context = {
        "title": post.topic.title,
        "link": settings.SITE_URL + post.get_absolute_url(),
        "reason": event.data["reason"],
        "is_hidden": event.name == "post.hidden",
    }
    _tell(event, post.author, kind="post", template="moderation/mail/post", context=context)


@reaction("post.held")
def queue_held(event: Event) -> None:
    """Put it in the queue, and tell the moderators: of one writer once a day."""
    post = Post.objects.filter(pk=event.object_id).first()
    if post is None or put_before_moderators(post, at=event.at) is None:
        return
    notify(
        User.objects.filter(is_active=True, groups__name=MODERATORS),
        key=f"held:{post.author_id}:{local_day(event.at)}",
        category=Category.MODERATION,
        verb=event.name,
        kind="post",
        object_id=post.pk,
        at=event.at,
    )


@reaction("post.released")
def tell_released(event: Event) -> None:
    """Tell its author that everybody can read it now."""
    post = Post.objects.select_related("author").filter(pk=event.object_id).first()
    if post is None or post.author is None:
        return
    notify(
        [post.author],
        key=f"event:{event.pk}",
        category=Category.MODERATION,
        verb=event.name,
        kind="post",
        object_id=post.pk,
        at=event.at,
    )


@reaction("topic.locked", "topic.unlocked")
def tell_asker(event: Event) -> None:
    """Tell who began the topic that it takes no more posts, or takes them again."""
    topic = Topic.objects.select_related("author").filter(pk=event.object_id).first()
    if topic is None or topic.author is None or topic.author_id == event.actor_id:
        return
    notify(
        [topic.author],
        key=f"event:{event.pk}",
        category=Category.MODERATION,
        verb=event.name,
        kind="topic",
        object_id=topic.pk,
        at=event.at,
    )


@reaction("member.warned")
def tell_warned(event: Event) -> None:
    """Tell the member what was not all right."""
    sanction = Sanction.objects.select_related("member").get(pk=event.data["sanction"])
    context = {"reason": sanction.reason, "link": _page_of(sanction.member)}
    _tell(event, sanction.member, kind="person", template="moderation/mail/warned", context=context)


@reaction("member.suspended", "member.suspension_lifted")
def tell_suspended(event: Event) -> None:
    """Tell the member until when they cannot write, or that they can again."""
    member = User.objects.get(pk=event.object_id)
    until = event.data["until"]
    context = {
        "reason": event.data["reason"],
        "until": datetime.fromisoformat(until) if isinstance(until, str) else None,
        "link": _page_of(member),
    }
    _tell(event, member, kind="person", template="moderation/mail/suspended", context=context)


def _tell(
    event: Event, member: User, *, kind: str, template: str, context: Mapping[str, object]
) -> None:
    """A notice, and a mail where it is wanted; both once for each event."""
    key = f"event:{event.pk}"
    notify(
        [member],
        key=key,
        category=Category.MODERATION,
        verb=event.name,
        kind=kind,
        object_id=event.object_id,
        at=event.at,
    )
    if wants_mail([member.pk], Category.MODERATION):
        owe_mails(
            [member], key=key, category=Category.MODERATION, template=template, context=context
        )


def _page_of(member: User) -> str:
    return f"{settings.SITE_URL}{member.get_absolute_url()}"
