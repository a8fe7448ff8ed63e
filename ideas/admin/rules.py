"""When ideas are raised, and to whom: data, edited here."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.activity.audited import AuditedAdmin
from community.core.wording import grouped_number
from forum.models import Board

from ..actions.ruling import begin_anew_if_changed
from ..crossing import would_raise
from ..models import EscalationRule

PLACEHOLDER = re.compile(r"\{[^}]*\}?")
KNOWN = {"{who}", "{date}"}
SCOPE = ("board", "department", "tag", "store")
MEASURE = ("measure", "votes", "stores", "first_run_cap")
ANSWER = ("audience", "asks_owner", "days", "words")
FIELDS = ("name", "is_active", *SCOPE, *MEASURE, *ANSWER)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule, checked for what would make it raise nothing or say nonsense."""

    class Meta:
        model = EscalationRule
        fields = FIELDS
        labels = {
            "asks_owner": gettext_lazy("The owning department answers"),
            "words": gettext_lazy("Words on the idea’s page"),
            "votes": gettext_lazy("How many"),
            "stores": gettext_lazy("Stores"),
            "first_run_cap": gettext_lazy("At most a day, of old ideas"),
            "is_active": gettext_lazy("Active"),
        }

    def clean_words(self) -> str:
        """Only the two names that are filled in."""
        words: str = self.cleaned_data["words"]
        odd = [each for each in PLACEHOLDER.findall(words) if each not in KNOWN]
        if odd or "}" in PLACEHOLDER.sub("", words):
            raise ValidationError(_("Write {who} and {date} where they belong, and no other {…}."))
        return words

    def clean_board(self) -> Board | None:
        """A board that has ideas."""
        board: Board | None = self.cleaned_data["board"]
        if board is not None and board.holds != Board.Holds.IDEAS:
            raise ValidationError(_("This board holds questions, so the rule would raise nothing."))
        return board

    def clean_votes(self) -> int:
        """At least one."""
        votes: int = self.cleaned_data["votes"]
        if votes < 1:
            raise ValidationError(_("Ask for at least 1."))
        return votes

    def clean_days(self) -> int:
        """Some time."""
        days: int = self.cleaned_data["days"]
        if days < 1:
            raise ValidationError(_("Give at least 1 day to answer."))
        return days

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        board, department = given.get("board"), given.get("department")
        if board and department and board.department_id != department.pk:
            self.add_error("department", _("It does not own the board chosen above."))
        elif board and given.get("asks_owner") and board.department_id is None:
            self.add_error("asks_owner", _("No department owns this board: nobody could answer."))
        if given.get("measure") == EscalationRule.Measure.STORES:
            self._check_stores(given)
        return given

    def _check_stores(self, given: dict[str, Any]) -> None:
        stores, votes = given.get("stores") or 0, given.get("votes") or 0
        if stores < 2:
            self.add_error("stores", _("Give at least 2 stores, or choose “Votes”."))
        elif votes < stores:
            self.add_error("votes", _("That many stores need at least as many votes."))


@admin.register(EscalationRule)
class EscalationRuleAdmin(AuditedAdmin):
    """Rules: so many votes, and they answer within so many days."""

    form = RuleForm
    list_display = ["name", "measure", "votes", "days", "who", "board", "is_active"]
    list_filter = ["is_active", "audience", "asks_owner"]
    list_select_related = ["audience", "board"]
    autocomplete_fields = ["store"]
    readonly_fields = ["preview"]
    fieldsets = [
        (None, {"fields": ["name", "is_active", "preview"]}),
        (
            gettext_lazy("Which ideas"),
            {
                "fields": SCOPE,
                "description": gettext_lazy("All that is chosen has to fit. Empty: every idea."),
            },
        ),
        (gettext_lazy("When"), {"fields": MEASURE}),
        (gettext_lazy("Who answers"), {"fields": ANSWER}),
    ]

    @admin.display(description=gettext_lazy("Answered by"))
    def who(self, rule: EscalationRule) -> str:
        """Who answers, in the list."""
        return _("the owning department") if rule.asks_owner else rule.audience.name

    @admin.display(description=gettext_lazy("If it ran now"))
    def preview(self, rule: EscalationRule | None) -> str:
        """How many ideas it would raise now; save it inactive to look before it does."""
        if rule is None or rule._state.adding:
            return _("Save it with “Active” off, and it stands here how many ideas it would raise.")
        return _would_raise(rule)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let it begin anew where it asks for other ideas now, and say what follows."""
        before = EscalationRule.objects.filter(pk=obj.pk).first() if change else None
        begin_anew_if_changed(obj, before=before)
        super().save_model(request, obj, form, change)
        if obj.is_active:
            messages.info(request, _would_raise(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what has raised nothing yet can go; the others can be switched off."""
        return obj is not None and not obj.escalations.exists()


def _would_raise(rule: EscalationRule) -> str:
    """How many ideas the rule would raise, and in what portions."""
    count = would_raise(rule, at=timezone.now())
    if not count:
        return _("It would raise no idea now.")
    words = ngettext(
        "It would raise %(count)s idea now.", "It would raise %(count)s ideas now.", count
    )
    text = words % {"count": grouped_number(count)}
    if count > rule.first_run_cap:
        more = _("Those with most votes come first, %(cap)s a day; the others wait as backlog.")
        text += " " + more % {"cap": grouped_number(rule.first_run_cap)}
    return text
