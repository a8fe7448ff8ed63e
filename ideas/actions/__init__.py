"""The verbs of the idea exchange. Each is atomic, safe to repeat, and rests on a constraint."""

from .authors import accept_invitation, decline_invitation, invite_co_author, remove_co_author
from .editing import edit_idea, free_until
from .posting import CommentsClosed, comment, post_idea, withdraw_idea
from .stances import take_side
from .voting import VotingClosed, cast_vote, withdraw_vote

__all__ = [
    "CommentsClosed",
    "VotingClosed",
    "accept_invitation",
    "cast_vote",
    "comment",
    "decline_invitation",
    "edit_idea",
    "free_until",
    "invite_co_author",
    "post_idea",
    "remove_co_author",
    "take_side",
    "withdraw_idea",
    "withdraw_vote",
]
