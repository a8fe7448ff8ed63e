"""The synonyms that Heard ships; an admin edits them from then on."""

from django.db import migrations

from community.search.synonyms import shipped


def ship(apps, schema_editor):
    rows = apps.get_model("search", "Synonyms").objects
    rows.bulk_create([rows.model(words=words) for words in shipped()], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_engines")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
