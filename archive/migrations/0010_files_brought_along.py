"""Files that authors bring along, kept until they are read, and where the works that came of them come from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0009_autosaves"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "makes",
                    models.CharField(
                        choices=[
                            ("works", "each file is a work"),
                            ("chapters", "the files are the chapters of one work, in the order of their names"),
                        ],
                        default="works",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=255)),
                ("encoding", models.CharField(blank=True, default="", max_length=20)),
                ("joins_lines", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="batches", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="archive.work"),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="BroughtFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, default="", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be read"),
                            ("opened", "Opened"),
                            ("read", "Read"),
                            ("known", "Already here"),
                            ("failed", "Not read"),
                            ("skipped", "Left as it is"),
                            ("updating", "Waits to be brought up to date"),
                            ("updated", "Brought up to date"),
                            ("posting", "Waits to be posted"),
                            ("posted", "Posted"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sentence", models.TextField(blank=True, default="")),
                ("claims", models.JSONField(blank=True, default=dict)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="files", to="archive.batch"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="archive.work"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="archive.broughtfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, default="", max_length=500)),
                ("digest", models.CharField(max_length=64)),
                ("published_on", models.DateField(null=True)),
                ("updated_on", models.DateField(null=True)),
                ("brought_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("work", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="origins", to="archive.work")),
            ],
        ),
        migrations.AddConstraint(
            model_name="broughtfile",
            constraint=models.UniqueConstraint(fields=("batch", "place"), name="brought_file_once_in_its_place"),
        ),
        migrations.AddConstraint(
            model_name="filepiece",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="file_piece_once"),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True), fields=("user", "source"), name="origin_once_by_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", "")), fields=("user", "digest"), name="origin_once_by_content"
            ),
        ),
    ]
