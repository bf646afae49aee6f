"""Every saved version of a chapter's text. Texts from before get their first one when they are next changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0007_wrangling"),
    ]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("is_whole", models.BooleanField()),
                ("word_count", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
                (
                    "chapter",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.chapter"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chapter", "number"), name="revision_once")],
            },
        ),
    ]
