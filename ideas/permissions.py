"""Who may do what with an idea: one predicate for each verb. Reading is `visible_to`."""

from __future__ import annotations

from community.people.permissions import is_employee, is_moderator
from community.people.readers import Reader
from forum.models import Post
from forum.permissions import may_reply

from .models import CoAuthor, Idea


def may_vote(idea: Idea) -> bool:
    """Whether the idea takes votes now; whoever may read it may vote."""
    return idea.accepts_votes and idea.topic.hidden_at is None


def may_comment(idea: Idea) -> bool:
    """Whether the idea takes comments now; whoever may read it may write one."""
    return idea.accepts_comments and may_reply(idea.topic)


def may_take_side(person: Reader, post: Post, idea: Idea) -> bool:
    """Whether this person may say which side a comment takes: its writer, in their own name."""
    is_theirs = person.is_authenticated and person.pk == post.author_id
    return is_theirs and not post.is_hidden and post.voice_id is None and may_comment(idea)


def is_author(person: Reader, idea: Idea) -> bool:
    """Whether this person posted the idea."""
    return person.is_authenticated and person.pk == idea.topic.author_id


def is_writer(person: Reader, idea: Idea) -> bool:
    """Whether this person posted the idea, or writes it with who did.

    One query, unless the idea was read `with_part_of` this person.
    """
    if is_author(person, idea) or not person.is_authenticated:
        return is_author(person, idea)
    known = getattr(idea, "is_co_author", None)
    if known is not None:
        return bool(known)
    return CoAuthor.objects.accepted().filter(idea=idea, member=person.pk).exists()


def may_edit(person: Reader, idea: Idea) -> bool:
    """Whether this person may change its words: its writers, until it is decided or hidden."""
    is_open = may_vote(idea) and idea.topic.locked_at is None
    return is_open and is_writer(person, idea)


def may_invite(person: Reader, idea: Idea) -> bool:
    """Whether this person may ask others to write the idea too: its author, while it can change."""
    return is_author(person, idea) and may_edit(person, idea)


def may_withdraw(person: Reader, idea: Idea) -> bool:
    """Whether this person may take the idea back: its author, while theirs is its only vote."""
    is_alone = idea.vote_count <= 1 and not idea.imported_votes
    return is_author(person, idea) and idea.accepts_votes and is_alone


def may_join(person: Reader) -> bool:
    """Whether this person may join ideas and part them: a moderator."""
    return is_moderator(person)


def may_remove_votes(person: Reader) -> bool:
    """Whether this person may take votes out of the count, and put them back: a moderator."""
    return is_moderator(person)


def may_record(person: Reader) -> bool:
    """Whether this person may note a customer's vote: who works here, or moderates."""
    return is_employee(person) or is_moderator(person)
