from django.db import migrations

from community.search.engines import postgres, sqlite


def engine_of(connection):
    return postgres.ENGINE if connection.vendor == "postgresql" else sqlite.ENGINE


def install(apps, schema_editor):
    engine_of(schema_editor.connection).install(schema_editor.connection)


def remove(apps, schema_editor):
    engine_of(schema_editor.connection).remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Each database's own indexes: FTS5 on SQLite; tsvector, GIN and pg_trgm on PostgreSQL."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
