"""Changes to many works at once, kept so that they can be undone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0018_related_works"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deed", models.CharField(choices=[("edit", "Edited"), ("delete", "Deleted")], max_length=10)),
                ("made_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("series_gone", models.JSONField(default=list)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bulk_changes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
