"""Changing a rule: what had crossed it already comes in portions, as at its first run."""

from __future__ import annotations

from ..models import EscalationRule

ASKS = ("board_id", "tag_id", "department_id", "store_id", "measure", "votes", "stores")
SENDS = ("asks_owner", "is_active")


def begin_anew_if_changed(rule: EscalationRule, *, before: EscalationRule | None) -> bool:
    """Before it is saved: let a rule that asks for other ideas run as if for the first time.

    So a threshold that is lowered, or a rule that was off for a year, raises no flood. Answers
    whether it begins anew.
    """
    if before is not None and _facts(rule) == _facts(before):
        return False
    rule.first_run_at = None
    if rule.pk:
        rule.backlog.all().delete()
    return True


def _facts(rule: EscalationRule) -> list[object]:
    return [getattr(rule, name) for name in (*ASKS, *SENDS)]
