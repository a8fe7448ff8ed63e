"""The rule that Heard ships: 100 votes, and head office answers within 30 days."""

from datetime import time

from django.db import migrations


def ship_the_rule(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="reviewers")
    audience, _ = apps.get_model("ideas", "Audience").objects.get_or_create(
        slug="corporate",
        defaults={
            "name": "Corporate review",
            "group": group,
            "time_zone": "America/Chicago",
            "closes_on": 0,
            "closes_at": time(7, 0),
        },
    )
    apps.get_model("ideas", "EscalationRule").objects.get_or_create(
        name="Corporate review",
        defaults={"votes": 100, "days": 30, "audience": audience},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0003_decisions_in_drafts_and_outcomes"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(ship_the_rule, migrations.RunPython.noop)]
