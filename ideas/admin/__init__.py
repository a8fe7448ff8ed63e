"""What an admin edits of the idea exchange."""

from . import rules

__all__ = ["rules"]
