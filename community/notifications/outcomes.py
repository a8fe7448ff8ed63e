"""What apps above do when a mail has been sent, refused or given up.

@when_settled
def count_told(mails: Sequence[Mail]) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from .models import Mail

Settle = Callable[[Sequence[Mail]], None]
AnySettle = TypeVar("AnySettle", bound=Settle)
_followers: list[Settle] = []


def when_settled(follow: AnySettle) -> AnySettle:
    """Register a function that gets mails as they settle, with their new `state`.

    It runs in the transaction that marks them. Where it breaks, that is logged and they are marked
    without it: a fault of ours must not send anybody the same mail again.
    """
    _followers.append(follow)
    return follow


def tell_settled(mails: Sequence[Mail]) -> None:
    """Hand the settled mails to all who asked."""
    for follow in _followers:
        follow(mails)


def forget(follow: Settle) -> None:
    """Tell this function nothing more."""
    _followers.remove(follow)
