"""No member may call themselves as the company speaks."""

from collections.abc import Iterable

from community.people.names import protected_names

from .models import Voice


@protected_names
def names_of_voices() -> Iterable[str]:
    """The public names of the company."""
    return Voice.objects.values_list("name", flat=True)
