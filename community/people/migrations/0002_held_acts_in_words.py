from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="heldact",
            name="heading",
            field=models.CharField(
                default="", help_text="What it is, as its page and mail say it.", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="heldact",
            name="button",
            field=models.CharField(
                default="", help_text="The words of the button that does it.", max_length=60
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="heldact",
            name="outcome_sentence",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="heldact",
            name="code_digest",
            field=models.CharField(
                blank=True,
                help_text="Keyed hash of the code; empty once it came back.",
                max_length=64,
            ),
        ),
    ]
