"""What an admin edits of the idea exchange."""

from . import ideas, imports, rules

__all__ = ["ideas", "imports", "rules"]
