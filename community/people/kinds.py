"""What others look up by the name `person`."""

from django.db.models import QuerySet

from community.core import kinds

from .models import User
from .readers import Reader


def visible_people(reader: Reader) -> QuerySet[User]:
    """Every active member has a public page."""
    return User.objects.filter(is_active=True)


kinds.register(
    kinds.Kind(
        name="person",
        visible_to=visible_people,
        title_of=lambda person: person.name,
        url_of=lambda person: person.get_absolute_url(),
        author_of=lambda person: person.pk,
    )
)
