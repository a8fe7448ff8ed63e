"""What the “Follow” box of an idea says: what its reader will still hear, and what they may change.

Of a decision everybody hears who asked before it; of its outcome those who heard of the decision.
So who comes later can follow the comments, and is promised no more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.notifications.models import Watch

from .importing.writing import TERMS
from .models import Idea
from .statuses import TAKES_VOTES, Status

DOING = (Status.PLANNED, Status.PILOT)
ALL, DECISIONS, NONE = Watch.Level.ALL, Watch.Level.DECISIONS, Watch.Level.NONE


@dataclass(frozen=True)
class FollowWords:
    """The sentence, and the button with the level that it sets; "" where there is none."""

    words: str
    button: str = ""
    level: str = ""


def follow_words(idea: Idea, level: str | None) -> FollowWords | None:
    """The box for a reader who follows at this level; None where nothing more can happen.

    The idea has `is_my_vote`; strangers follow nothing and have no vote.
    """
    if idea.status in (Status.WITHDRAWN, Status.DUPLICATE):
        return None
    if level == NONE:
        return _may_follow(idea, _("You hear nothing of this idea."), _("Follow it again"))
    asked = idea.is_my_vote or level == DECISIONS  # type: ignore[attr-defined]
    if idea.status in TAKES_VOTES:
        return _undecided(idea, level, asked=asked)
    return _decided(idea, level, asked=asked)


def _undecided(idea: Idea, level: str | None, *, asked: bool) -> FollowWords:
    if level == ALL:
        words = _("You hear of every comment, and of the decision.")
        return FollowWords(words, _("Only the decision"), DECISIONS)
    if asked:
        words = _("You hear once, when it is decided.")
        return _may_follow(idea, words, _("Follow comments too"))
    words = _("Voting follows this idea: one message when it is decided.")
    return FollowWords(words, _("Follow without voting"), ALL)


def _decided(idea: Idea, level: str | None, *, asked: bool) -> FollowWords:
    is_coming = idea.status in DOING
    if level == ALL:
        heard = _("You hear of every comment, and when it is done.")
        words = heard if is_coming and asked else _("You hear of every comment.")
        return FollowWords(words, _("No more comments"), DECISIONS if asked else NONE)
    if is_coming and asked:
        words = _("You were told of the decision. You hear once more, when it is done.")
        return _may_follow(idea, words, _("Follow comments too"))
    if is_coming:
        words = _("Everybody who asked for it hears when it is done.")
    elif idea.terms_version == TERMS and not idea.vote_count:
        words = _("It had its answer on the site before this one.")
    else:
        words = _("It has its answer, and everybody who asked for it was told.")
    return _may_follow(idea, words, _("Follow the comments"))


def _may_follow(idea: Idea, words: str, button: str) -> FollowWords:
    """With the button that follows all, where there is still something to come."""
    may = idea.accepts_comments or idea.accepts_votes
    return FollowWords(words, button, ALL) if may else FollowWords(words)
