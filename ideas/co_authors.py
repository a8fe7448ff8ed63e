"""Co-authors by their kind: who is told of an invitation and its answer, and how that reads."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from community.activity.models import Event
from community.activity.register import reaction
from community.core import kinds
from community.notifications import phrases
from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category, Notification
from community.people.models import User
from community.people.readers import Reader

from .models import CoAuthor, Idea


def visible_co_authors(reader: Reader) -> QuerySet[CoAuthor]:
    """What concerns the reader as who asked or who was asked, where they may read the idea."""
    rows = CoAuthor.objects.select_related("idea__topic", "member")
    if not reader.is_authenticated:
        return rows.none()
    concerned = Q(member=reader.pk) | Q(idea__topic__author=reader.pk)
    return rows.filter(concerned, idea__in=Idea.objects.visible_to(reader))


kinds.register(
    kinds.Kind(
        name="co-author",
        visible_to=visible_co_authors,
        title_of=lambda row: str(row.idea.topic.title),
        url_of=lambda row: reverse("idea-authors", args=[row.idea_id]),
        author_of=lambda row: None,
    )
)


@reaction("co_author.asked")
def tell_invited(event: Event) -> None:
    """Tell the member that somebody asks them to write an idea together."""
    row = _row(event)
    if row is not None and row.accepted_at is None and row.declined_at is None:
        _tell(row.member, row.invited_by, row, event)


@reaction("co_author.accepted")
def tell_author(event: Event) -> None:
    """Tell whose idea it is that the member writes it too."""
    row = _row(event)
    if row is not None and row.idea.topic.author is not None:
        _tell(row.idea.topic.author, row.member, row, event)


def _row(event: Event) -> CoAuthor | None:
    rows = CoAuthor.objects.select_related("idea__topic__author", "member", "invited_by")
    return rows.filter(pk=event.object_id).first()


def _tell(person: User, actor: User | None, row: CoAuthor, event: Event) -> None:
    """The notice, and the letter where they want it."""
    key = f"event:{event.pk}"
    notify(
        [person],
        key=key,
        category=Category.MENTIONS,
        verb=event.name,
        kind="co-author",
        object_id=row.pk,
        actor=actor,
        at=event.at,
    )
    if person.pk not in wants_mail([person.pk], Category.MENTIONS):
        return
    title = row.idea.topic.title
    owe_mails(
        [person],
        key=key,
        category=Category.MENTIONS,
        template="ideas/mail/co_author",
        context={
            "sentence": _sentence(event.name, title, actor.name if actor else _("Somebody")),
            "title": title,
            "words": row.idea.topic.excerpt,
            "url": settings.SITE_URL + reverse("idea-authors", args=[row.idea_id]),
        },
    )


def _sentence(verb: str, title: str, actor: str) -> str:
    words = {
        "co_author.asked": _("%(actor)s asks you to write an idea together: %(title)s"),
        "co_author.accepted": _("%(actor)s writes your idea with you now: %(title)s"),
    }
    return words[verb] % {"actor": actor, "title": title}


def _phrase(notice: Notification, title: str, actor_name: str) -> str:
    return _sentence(notice.verb, title, actor_name)


for _verb in ("co_author.asked", "co_author.accepted"):
    phrases.register(_verb, _phrase)
