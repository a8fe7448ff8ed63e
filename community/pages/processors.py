"""What the frame of a page needs to know of a signed-in reader; strangers cost nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.notifications.models import Notification
from community.people.permissions import answers_cases, is_admin, is_moderator

MOST = 100


class Rights:
    """Which areas the reader may enter, and how many notices wait (100 means “99+”)."""

    def __init__(self, reader: Any) -> None:
        self.review = answers_cases(reader)
        self.moderate = is_moderator(reader)
        self.admin = is_admin(reader)
        unread = Notification.objects.unread().filter(user=reader)
        self.unread = unread[:MOST].count() if reader.is_authenticated else 0


def rights(request: HttpRequest) -> dict[str, object]:
    """`rights.review`, `.moderate`, `.admin` and `.unread`, worked out when a page asks."""
    return {"rights": SimpleLazyObject(lambda: Rights(request.user))}
