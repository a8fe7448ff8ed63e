"""What the frame of a page needs to know of a signed-in reader; strangers cost nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.core.prepared import prepared
from community.notifications.models import Notification
from community.people.permissions import answers_cases, is_admin, is_moderator

MOST = 100


class Rights:
    """Which areas the reader may enter, and how many notices wait (100 means “99+”)."""

    def __init__(self, reader: Any) -> None:
        self.review = answers_cases(reader)
        self.moderate = is_moderator(reader)
        self.admin = is_admin(reader)
        self.unread = len(_unread(reader.pk)) if reader.is_authenticated else 0


@prepared
def _unread(reader: int) -> QuerySet[Notification, int]:
    unread = Notification.objects.unread().filter(user=reader)
    return unread.values_list("pk", flat=True)[:MOST]


def rights(request: HttpRequest) -> dict[str, object]:
    """`rights.review`, `.moderate`, `.admin` and `.unread`, worked out when a page asks."""
    return {"rights": SimpleLazyObject(lambda: Rights(request.user))}
