"""What the names of warnings in a chapter's marked passages mean, so that a warning can be called something else."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0011_co_authors"),
    ]

    operations = [
        migrations.CreateModel(
            name="PassageWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=600)),
                ("is_in_text", models.BooleanField(default=True)),
                (
                    "chapter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passage_warnings",
                        to="archive.chapter",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marked_passages", to="archive.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chapter", "folded"), name="passage_warning_once")],
            },
        ),
    ]
