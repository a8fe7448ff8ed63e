"""What an admin edits of the idea exchange."""

from . import ideas, imports, reasons, rules

__all__ = ["ideas", "imports", "reasons", "rules"]
