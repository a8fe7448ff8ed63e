"""Who may do what in a topic: one predicate for each verb. Reading is `visible_to`."""

from __future__ import annotations

from community.people.permissions import is_moderator
from community.people.readers import Reader

from .models import Post, Topic


def may_reply(topic: Topic) -> bool:
    """Whether the topic takes posts now; whoever may read it may write in it."""
    return topic.locked_at is None and topic.hidden_at is None


def may_edit(person: Reader, post: Post, topic: Topic) -> bool:
    """Whether this person may change the text: its writer, where it is public and the topic open.

    A decision's words stay as they were told to everyone.
    """
    if not person.is_authenticated or person.pk != post.author_id:
        return False
    return post.is_public and not post.is_decision and topic.locked_at is None


def may_solve(person: Reader, topic: Topic) -> bool:
    """Whether this person may say what solved the question: its asker."""
    if not person.is_authenticated or topic.hidden_at is not None:
        return False
    return topic.kind == Topic.Kind.QUESTION and topic.author_id == person.pk


def may_lock(person: Reader) -> bool:
    """Whether this person may close a topic to new posts, and open it again: a moderator."""
    return is_moderator(person)


def may_say_helpful(person: Reader, post: Post) -> bool:
    """Whether this person may say that the post helped: of a public reply, all but its writer.

    Of a decision nobody: it is no answer to choose among.
    """
    is_own = person.is_authenticated and person.pk == post.author_id
    is_public_reply = post.no > 1 and post.state == Post.State.PUBLISHED and not post.is_decision
    return is_public_reply and not is_own
