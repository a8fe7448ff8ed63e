"""Telling members of a post: the notice, the mail for those who want it, and how both read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from community.core.text import excerpt
from community.notifications import phrases
from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Notification
from community.people.models import User

from .models import Post

EXCERPT = 400
Sentence = Callable[[str, str], str]


@dataclass(frozen=True)
class News:
    """What happened to a post (with its topic and board), by whom, and why these people hear of it.

    `key` names the cause: of one cause nobody is told twice.
    """

    post: Post
    verb: str
    category: str
    at: datetime
    actor: User | None
    key: str


def tell(people: Iterable[int], news: News) -> set[int]:
    """Give these members the notice, and the mail where they want it; answer who was told.

    Never the one who did it, and only who may read the topic.
    """
    ids = set(people) - {news.actor.pk if news.actor else 0}
    if not ids:
        return set()
    readers = list(news.post.topic.board.readers_among(User.objects.filter(pk__in=ids)))
    notify(
        readers,
        key=news.key,
        category=news.category,
        verb=news.verb,
        kind="post",
        object_id=news.post.pk,
        post_no=news.post.no,
        actor=news.actor,
        at=news.at,
    )
    _mail(readers, news)
    return {reader.pk for reader in readers}


def _mail(readers: list[User], news: News) -> None:
    """The letter, for those of them who want this category by mail."""
    wanted = wants_mail([reader.pk for reader in readers], news.category)
    title = news.post.topic.title
    owe_mails(
        [reader for reader in readers if reader.pk in wanted],
        key=news.key,
        category=news.category,
        template="forum/mail/post",
        context={
            "sentence": SENTENCES[news.verb](news.actor.name if news.actor else "", title),
            "title": title,
            "byline": news.post.byline or (news.post.author.name if news.post.author else ""),
            "words": excerpt(news.post.text, EXCERPT),
            "url": settings.SITE_URL + news.post.get_absolute_url(),
        },
    )


def _mentioned(actor: str, title: str) -> str:
    return _("%(actor)s mentions you: %(title)s") % {"actor": actor, "title": title}


def _replied(actor: str, title: str) -> str:
    return _("%(actor)s replied: %(title)s") % {"actor": actor, "title": title}


def _answered(actor: str, title: str) -> str:
    values = {"company": settings.BRAND_COMPANY, "actor": actor, "title": title}
    return _("%(company)s answered (%(actor)s): %(title)s") % values


def _helped(actor: str, title: str) -> str:
    return _("Your answer solved it for %(actor)s: %(title)s") % {"actor": actor, "title": title}


def _solved(actor: str, title: str) -> str:
    return _("A question that you have too is solved: %(title)s") % {"title": title}


SENTENCES: dict[str, Sentence] = {
    "post.mentioned": _mentioned,
    "post.replied": _replied,
    "post.answered": _answered,
    "post.helped": _helped,
    "post.solved": _solved,
}


def _register(verb: str, sentence: Sentence) -> None:
    """A notice reads as its letter's subject does."""

    def phrase(notice: Notification, title: str, actor_name: str) -> str:
        return sentence(actor_name, title)

    phrases.register(verb, phrase)


for _verb, _sentence in SENTENCES.items():
    _register(_verb, _sentence)
