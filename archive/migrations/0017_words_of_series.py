"""What its authors say of a series, and whether it is complete."""

from django.db import migrations, models

import archive.text.fields


class Migration(migrations.Migration):
    dependencies = [("archive", "0016_scheduled_postings")]

    operations = [
        migrations.AddField("series", "summary_source", models.TextField(blank=True, default="", db_default="")),
        migrations.AddField("series", "summary", archive.text.fields.CleanHTMLField(default="", db_default="")),
        migrations.AddField("series", "notes_source", models.TextField(blank=True, default="", db_default="")),
        migrations.AddField("series", "notes", archive.text.fields.CleanHTMLField(default="", db_default="")),
        migrations.AddField("series", "cleaner_version", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.AddField("series", "is_complete", models.BooleanField(default=False, db_default=False)),
    ]
