"""What an admin edits of the idea exchange."""

from . import audiences, ideas, imports, reasons, rules

__all__ = ["audiences", "ideas", "imports", "reasons", "rules"]
