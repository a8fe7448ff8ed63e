from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_initial")]

    operations = [
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False), ("hidden_at", None)),
                fields=["board", "waiting_since", "id"],
                name="topics_waiting_of_board",
            ),
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("solved_at__isnull", False)),
                fields=["kind", "-last_post_at", "-id"],
                name="topics_solved",
            ),
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("solved_at__isnull", False)),
                fields=["board", "-last_post_at", "-id"],
                name="topics_solved_of_board",
            ),
        ),
    ]
