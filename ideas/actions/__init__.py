"""The verbs of the idea exchange. Each is atomic, safe to repeat, and rests on a constraint."""

from .editing import edit_idea
from .posting import CommentsClosed, comment, post_idea, withdraw_idea
from .stances import take_side
from .voting import VotingClosed, cast_vote, withdraw_vote

__all__ = [
    "CommentsClosed",
    "VotingClosed",
    "cast_vote",
    "comment",
    "edit_idea",
    "post_idea",
    "take_side",
    "withdraw_idea",
    "withdraw_vote",
]
