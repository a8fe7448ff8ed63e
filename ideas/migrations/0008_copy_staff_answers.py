"""When each idea was first answered by staff, copied from its topic."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy(apps: Any, schema_editor: Any) -> None:
    """Fill the column in one statement."""
    ideas, topics = apps.get_model("ideas", "Idea"), apps.get_model("forum", "Topic")
    answered = topics.objects.filter(pk=OuterRef("pk")).values("staff_answered_at")
    answered_ideas = ideas.objects.filter(topic__staff_answered_at__isnull=False)
    answered_ideas.update(answered_at=Subquery(answered))


class Migration(migrations.Migration):
    dependencies = [("ideas", "0007_who_was_answered_and_looked")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
