from django.db import migrations, models


class Migration(migrations.Migration):
    """What a text means, as a vector; which entries have none yet."""

    dependencies = [("search", "0003_synonyms_that_heard_ships")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="vector",
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                fields=["id"], condition=models.Q(vector=None), name="entries_without_vector"
            ),
        ),
    ]
