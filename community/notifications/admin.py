"""The outbox as admins see it: what goes out, what was refused, and what to try again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.actions import audit
from community.activity.admin import ReadOnly
from community.people.models import User

from .actions import retry_mail
from .models import Mail


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """Mails, without their words: a code is nobody else's business."""

    list_display = ("created_at", "to", "about", "category", "state", "attempts", "last_error")
    list_filter = ("state", "category")
    search_fields = ("=to",)
    ordering = ("-pk",)
    exclude = ("subject", "text", "html", "key")
    actions = ("try_again",)

    @admin.display(description=gettext_lazy("subject"))
    def about(self, mail: Mail) -> str:
        """The subject, but never of a letter that may carry a code."""
        return mail.subject if mail.category else "–"

    @admin.action(description=gettext_lazy("Release: try again what was given up"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Owe these mails again, and write down who released them."""
        by = request.user if isinstance(request.user, User) else None
        released = [mail for mail in queryset if retry_mail(mail)]
        for mail in released:
            after = {"state": Mail.State.WAITING.value}
            before = {"state": Mail.State.FAILED.value}
            audit("mail.released", mail, kind="mail", by=by, before=before, after=after)
        messages.success(request, _("%d will be tried again.") % len(released))
