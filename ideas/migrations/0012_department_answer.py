"""What was put off, told by each case; and the rule shipped beside the corporate one.

25 votes, and the department that owns the idea's board answers within 14 days.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def tell_by_case(apps: Any, schema_editor: Any) -> None:
    """Cases of rounds that are over have returned; those of the running one say their day."""
    cases = apps.get_model("ideas", "Escalation").objects.filter(state="decided")
    cycle = apps.get_model("ideas", "Idea").objects.filter(pk=OuterRef("idea"))
    returned = cases.annotate(now=Subquery(cycle.values("cycle"))).filter(round__lt=F("now"))
    returned.update(returned_at=F("closed_at"))
    put_off = cases.filter(returned_at=None, idea__returns_on__isnull=False)
    put_off.update(returns_on=Subquery(cycle.values("returns_on")))


def ship_the_rule(apps: Any, schema_editor: Any) -> None:
    audience = apps.get_model("ideas", "Audience").objects.filter(slug="corporate").first()
    if audience is None:
        return
    apps.get_model("ideas", "EscalationRule").objects.get_or_create(
        name="Department answer",
        defaults={"votes": 25, "days": 14, "audience": audience, "asks_owner": True},
    )


class Migration(migrations.Migration):
    dependencies = [("ideas", "0011_each_rule_its_own_cycle")]

    operations = [
        migrations.RunPython(tell_by_case, migrations.RunPython.noop),
        migrations.RunPython(ship_the_rule, migrations.RunPython.noop),
    ]
