"""What follows from a post: whom it mentions, who asked, who has it too, and who follows are told.

Each person is told once of a post, for the reason nearest to them, and only where they may read it.
Decisions are told by `ideas`, to everyone who voted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from community.activity.models import Event
from community.activity.register import reaction
from community.notifications.actions import watchers
from community.notifications.models import Category, Watch
from community.people.mentions import members_named

from .led_here import topics_led_to
from .models import Post, Topic
from .telling import News, tell


@reaction("post.published")
def tell_of_post(event: Event) -> None:
    """Tell those mentioned; of a reply also who asked, who has it too, and who follows."""
    post = _public_post(event.object_id)
    if post is None:
        return
    mentioned = _mentioned(event)
    told = tell(mentioned, _news(post, "post.mentioned", Category.MENTIONS, event.at))
    if post.no == 1:
        return
    verb = "post.answered" if post.is_staff_answer else "post.replied"
    told |= set(watchers("topic", post.topic_id, [Watch.Level.NONE]))
    for people, category in _listeners(post):
        told |= tell(set(people) - told, _news(post, verb, category, event.at))


@reaction("post.edited")
def tell_of_new_mentions(event: Event) -> None:
    """Tell those whom an edit mentions, unless they have been told of this post already."""
    post = _public_post(event.object_id)
    if post is not None:
        tell(_mentioned(event), _news(post, "post.mentioned", Category.MENTIONS, event.at))


@reaction("topic.solved")
def tell_of_solution(event: Event) -> None:
    """Tell whose reply it was that they helped, and who has the question too that it is solved."""
    topic = Topic.objects.select_related("board", "author").get(pk=event.object_id)
    post = topic.posts.published().select_related("author").filter(solves=topic).first()
    if post is None or topic.hidden_at is not None:
        return
    post.topic = topic
    key = f"solved:{post.pk}"
    helper = {post.author_id} if post.author_id else set()
    told = tell(helper, News(post, "post.helped", Category.REPLIES, event.at, topic.author, key))
    sharers = set(topic.me_toos.values_list("member", flat=True))
    tell(sharers - told, News(post, "post.solved", Category.WATCHES, event.at, topic.author, key))


def _public_post(post_id: int) -> Post | None:
    """The post, while it is public and no decision."""
    posts = Post.objects.published().filter(topic__hidden_at=None, is_decision=False)
    return posts.select_related("topic__board", "author", "reply_to").filter(pk=post_id).first()


def _news(post: Post, verb: str, category: str, at: datetime) -> News:
    return News(post, verb, category, at, post.author, f"post:{post.pk}")


def _mentioned(event: Event) -> set[int]:
    return {member.pk for member in members_named(event.data.get("mentions", [])).values()}


def _listeners(post: Post) -> Iterable[tuple[Iterable[int], str]]:
    """Who hears of a reply, with the category they hear it under; the nearest reason first."""
    wrote = {post.topic.author_id, post.reply_to.author_id if post.reply_to else None}
    yield {user_id for user_id in wrote if user_id}, Category.REPLIES
    if post.is_staff_answer:
        yield post.topic.me_toos.values_list("member", flat=True), Category.WATCHES
    yield watchers("topic", post.topic_id, [Watch.Level.ALL]), Category.WATCHES
    if post.topic.is_idea:
        yield _led_here(post.topic), Category.WATCHES


def _led_here(topic: Topic) -> set[int]:
    """Who began or follows what leads here, unless they have said how they follow this."""
    led = topics_led_to(topic.pk)
    if not led:
        return set()
    begun = Topic.objects.filter(pk__in=led, hidden_at=None).exclude(author=None)
    began = set(begun.values_list("author", flat=True))
    follow = Watch.objects.filter(kind="topic", object_id__in=led)
    quiet = follow.exclude(level=Watch.Level.ALL).values_list("user", flat=True)
    here = watchers("topic", topic.pk, Watch.Level.values)
    loud = follow.filter(level=Watch.Level.ALL).values_list("user", flat=True)
    return (began - set(quiet) | set(loud)) - set(here)
