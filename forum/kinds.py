"""What others look up by the names `topic` and `post`: reports, notices and watches name them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core import kinds
from community.people.readers import Reader

from .models import Post, Topic


def visible_topics(reader: Reader) -> QuerySet[Topic]:
    """The topics this reader may open."""
    return Topic.objects.visible_to(reader)


def visible_posts(reader: Reader) -> QuerySet[Post]:
    """The posts this reader may open, with their topics."""
    return Post.objects.visible_to(reader).select_related("topic")


def title_of_post(post: Post) -> str:
    """An opening post is known by its topic's title, a reply by where it stands."""
    if post.no == 1:
        return post.topic.title
    return _("Reply %(no)d in “%(title)s”") % {"no": post.no, "title": post.topic.title}


kinds.register(
    kinds.Kind(
        name="topic",
        visible_to=visible_topics,
        title_of=lambda topic: str(topic.title),
        url_of=lambda topic: str(topic.get_absolute_url()),
        author_of=lambda topic: topic.author_id,
    )
)
kinds.register(
    kinds.Kind(
        name="post",
        visible_to=visible_posts,
        title_of=title_of_post,
        url_of=lambda post: str(post.get_absolute_url()),
        author_of=lambda post: post.author_id,
    )
)
