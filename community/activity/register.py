"""The register of consequences: which functions follow which event."""

from collections import defaultdict
from collections.abc import Callable

from .models import Event

React = Callable[[Event], None]

_by_event: dict[str, dict[str, React]] = defaultdict(dict)


def reaction(*event_names: str) -> Callable[[React], React]:
    """Register a function as a consequence of these events.

    It runs in the worker after the commit, alone, at least once: it has to be safe to repeat.
    """

    def register(react: React) -> React:
        name = f"{react.__module__}.{react.__qualname__}"
        for event_name in event_names:
            _by_event[event_name][name] = react
        return react

    return register


def reactions_to(event_name: str) -> dict[str, React]:
    """The consequences of an event, by their stored name."""
    return _by_event[event_name]


def forget(event_name: str) -> None:
    """Let nothing follow this event any more."""
    _by_event.pop(event_name, None)
