"""What others look up by the name `person`."""

from community.core import kinds

from .models import User
from .models.users import UserQuerySet
from .readers import Reader


def visible_people(reader: Reader) -> UserQuerySet:
    """Every active member has a public page."""
    return User.objects.get_queryset().filter(is_active=True)


kinds.register(
    kinds.Kind(
        name="person",
        visible_to=visible_people,
        title_of=lambda person: person.name,
        url_of=lambda person: person.get_absolute_url(),
        author_of=lambda person: person.pk,
    )
)
