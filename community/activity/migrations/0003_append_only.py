from django.db import migrations, models

from community.activity import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_initial")]

    operations = [
        migrations.DeleteModel(name="AuditSeal"),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("no", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.CharField(max_length=64, unique=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="seal",
                        to="activity.auditentry",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["kind", "-id"], name="audit_of_kind"),
        ),
        migrations.RunPython(install, remove),
    ]
