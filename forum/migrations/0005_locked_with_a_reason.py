"""Reasons for locks and for what gates hold; counts of replies without official answers."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

LOCKED_BEFORE = "Closed by a moderator."


def mend_rows(apps: Any, schema_editor: Any) -> None:
    """Give earlier locks and holds what they need from now on, and count replies anew."""
    topics, posts = apps.get_model("forum", "Topic"), apps.get_model("forum", "Post")
    topics.objects.filter(locked_at__isnull=False).update(locked_reason=LOCKED_BEFORE)
    posts.objects.filter(state="held").update(held_at=F("created_at"))
    answers = posts.objects.filter(state="published", is_decision=True, no__gt=1)
    for topic in answers.order_by().values_list("topic", flat=True).distinct():
        said = posts.objects.filter(topic=topic, state="published", is_decision=False, no__gt=1)
        topics.objects.filter(pk=topic).update(reply_count=said.count())
    if schema_editor.connection.vendor == "postgresql":  # it alters no table with checks pending
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("forum", "0004_decisions_in_drafts_and_outcomes")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="locked_reason",
            field=models.TextField(blank=True, default="", help_text="Public words."),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="post",
            name="held_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="held_reason",
            field=models.TextField(
                blank=True, default="", help_text="What the gate said that held it."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="topic",
            name="reply_count",
            field=models.PositiveIntegerField(
                default=0,
                help_text="Published, without the opening and official answers to an idea.",
            ),
        ),
        migrations.RunPython(mend_rows, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=Q(locked_at=None, locked_reason="")
                | Q(locked_at__isnull=False) & ~Q(locked_reason=""),
                name="locked_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="held_at_its_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=~Q(state="published") | Q(held_at=None), name="held_until_published"
            ),
        ),
    ]
