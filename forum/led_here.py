"""Topics that lead on to another one: who listens there hears what is said where they lead to.

Apps above register which: `@leads_on` answers the keys of the topics that lead to this one now.
Nothing is moved, so a topic that leads nowhere again has all its listeners as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Leads = Callable[[int], Iterable[int]]
_leading: list[Leads] = []


def leads_on(leads: Leads) -> Leads:
    """Register how the topics that lead to one are found, by its key."""
    _leading.append(leads)
    return leads


def topics_led_to(topic_id: int) -> list[int]:
    """The keys of the topics that lead to this one."""
    return [pk for leads in _leading for pk in leads(topic_id)]
