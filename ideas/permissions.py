"""Who may do what with an idea: one predicate for each verb. Reading is `visible_to`."""

from __future__ import annotations

from community.people.readers import Reader
from forum.models import Post
from forum.permissions import may_reply

from .models import Idea


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


def may_edit(person: Reader, idea: Idea) -> bool:
    """Whether this person may change its words: its author, until it is decided or hidden."""
    return is_author(person, idea) and may_vote(idea) and idea.topic.locked_at is None


def may_withdraw(person: Reader, idea: Idea) -> bool:
    """Whether this person may take the idea back: its author, while theirs is its only vote."""
    return is_author(person, idea) and idea.accepts_votes and idea.vote_count <= 1
