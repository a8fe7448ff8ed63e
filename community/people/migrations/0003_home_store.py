"""The store a member says they shop at: for rules that ask for votes from several stores."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_held_acts_in_words")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="home_store",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.store",
            ),
        ),
    ]
