"""The verbs of the idea exchange. Each is atomic, safe to repeat, and rests on a constraint."""

from .editing import edit_idea
from .posting import CommentsClosed, comment, post_idea, withdraw_idea
from .voting import VotingClosed, cast_vote, withdraw_vote

__all__ = [
    "CommentsClosed",
    "VotingClosed",
    "cast_vote",
    "comment",
    "edit_idea",
    "post_idea",
    "withdraw_idea",
    "withdraw_vote",
]
