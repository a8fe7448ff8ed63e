"""The door, what is held behind it, and drafts."""

from .drafts import drafts
from .held import held
from .login import login, signup

__all__ = ["drafts", "held", "login", "signup"]
