"""What wranglers need: who they are, the fandoms they have taken, the log of what they did, and indexes for their bins."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0006_search_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="WranglerAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="WranglingAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("canonical", "made canonical"),
                            ("not canonical", "made not canonical"),
                            ("merged", "merged"),
                            ("split", "split off"),
                            ("parents", "sorted"),
                            ("metatags", "hung under or over others"),
                            ("unwrangleable", "marked as unwrangleable"),
                            ("wrangleable", "marked as wrangleable again"),
                            ("renamed", "renamed"),
                            ("kind", "made another kind"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("detail", models.CharField(blank=True, default="", max_length=1000)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("moved", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="is_wrangler",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Keeps the archive's tags in order. Administrators may do that anyway.",
                verbose_name="tag wrangler",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["kind", "-created_at", "-id"], name="tag_by_age"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(("is_canonical", True)), fields=["kind", "-uses", "folded"], name="tag_canonical"
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(condition=models.Q(("synonym_of__isnull", False)), fields=["kind", "folded"], name="tag_synonym"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(condition=models.Q(("is_unwrangleable", True)), fields=["kind", "folded"], name="tag_unwrangleable"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(("synonym_of", models.F("id")), _negated=True), name="tag_is_not_its_own_synonym"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_unwrangleable", False), models.Q(("is_canonical", False), ("synonym_of", None)), _connector="OR"
                ),
                name="tag_unwrangleable_is_nothing_else",
            ),
        ),
        migrations.AddField(
            model_name="wranglerassignment",
            name="fandom",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="wrangler_assignments", to="archive.tag"
            ),
        ),
        migrations.AddField(
            model_name="wranglerassignment",
            name="wrangler",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wrangler_assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="wranglingact",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="wrangling_acts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="wranglingact",
            name="tag",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="acts", to="archive.tag"),
        ),
        migrations.AddField(
            model_name="wranglingact",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="wranglerassignment",
            constraint=models.UniqueConstraint(fields=("wrangler", "fandom"), name="assignment_once"),
        ),
    ]
