"""The verbs of the idea exchange. Each is atomic, safe to repeat, and rests on a constraint."""

from .posting import post_idea, withdraw_idea
from .voting import VotingClosed, cast_vote, withdraw_vote

__all__ = ["VotingClosed", "cast_vote", "post_idea", "withdraw_idea", "withdraw_vote"]
