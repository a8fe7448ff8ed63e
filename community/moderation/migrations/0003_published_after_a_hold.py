"""A review may end with the publication of what was held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_initial")]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[("kept", "Kept"), ("hidden", "Hidden"), ("released", "Published")],
                max_length=8,
            ),
        ),
    ]
