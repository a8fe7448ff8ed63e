"""Markdown to HTML: CommonMark with tables, strikethrough, bare links and @mentions.

Raw HTML shows as text. Texts are rendered once, when they are saved, and the HTML is stored.
"""

from ..caps import LONGEST_TEXT, TextRefused
from .rendering import Rendered, render

__all__ = ["LONGEST_TEXT", "Rendered", "TextRefused", "render"]
