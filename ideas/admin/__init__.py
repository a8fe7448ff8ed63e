"""What an admin edits of the idea exchange."""

from . import ideas, rules

__all__ = ["ideas", "rules"]
