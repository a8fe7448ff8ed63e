"""What the new columns copy: an idea's store from its topic, a case's round from its cycle."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def copy(apps: Any, schema_editor: Any) -> None:
    """Fill both columns in one statement each."""
    ideas, topics = apps.get_model("ideas", "Idea"), apps.get_model("forum", "Topic")
    store = topics.objects.filter(pk=OuterRef("pk")).values("store")
    ideas.objects.filter(topic__store__isnull=False).update(store=Subquery(store))
    apps.get_model("ideas", "Escalation").objects.update(round=F("cycle"))


class Migration(migrations.Migration):
    dependencies = [("ideas", "0005_joins_rules_and_review_work")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
