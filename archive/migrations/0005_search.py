"""What search needs beside the rows themselves: the log of changes, tallies, and what members keep."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_fewer_indexes")]

    operations = [
        migrations.CreateModel(
            name="LeftOutAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="LeftOutLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField()),
                ("is_default", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.Cast(
                                models.Func(function="pg_current_xact_id"), models.TextField()
                            ),
                            models.BigIntegerField(),
                        ),
                        db_index=True,
                    ),
                ),
                ("work_id", models.BigIntegerField(null=True)),
                ("tag_id", models.BigIntegerField(null=True)),
                ("beside_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "work",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="archive.work",
                    ),
                ),
                ("hits", models.PositiveIntegerField(default=0)),
                ("kudos", models.PositiveIntegerField(default=0)),
                ("comments", models.PositiveIntegerField(default=0)),
                ("bookmarks", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.AddField(
            model_name="kind",
            name="is_in_blurbs",
            field=models.BooleanField(db_default=True, default=True, verbose_name="shown in listings"),
        ),
        migrations.AddField(
            model_name="kind",
            name="is_in_filters",
            field=models.BooleanField(db_default=True, default=True, verbose_name="listings can be filtered by it"),
        ),
        migrations.AddField(
            model_name="tag",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name="tag",
            name="is_unwrangleable",
            field=models.BooleanField(db_default=False, default=False, verbose_name="cannot be wrangled"),
        ),
        migrations.AddField(
            model_name="tag",
            name="uses",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="kind",
            name="is_on_works",
            field=models.BooleanField(default=True, verbose_name="works bear it"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["kind", "-uses", "folded"], name="tag_by_uses"),
        ),
        migrations.AddField(
            model_name="leftoutauthor",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="left_out_by", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="leftoutauthor",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="left_out_authors",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leftoutlanguage",
            name="language",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="left_out_by", to="archive.language"),
        ),
        migrations.AddField(
            model_name="leftoutlanguage",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="left_out_languages",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="tag",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="saved_filters", to="archive.tag"
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_filters",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="leftoutauthor",
            constraint=models.UniqueConstraint(fields=("user", "author"), name="author_left_out_once"),
        ),
        migrations.AddConstraint(
            model_name="leftoutlanguage",
            constraint=models.UniqueConstraint(fields=("user", "language"), name="language_left_out_once"),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("user", "tag", "name"), name="saved_filter_name_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("user", "tag"),
                name="saved_filter_one_default",
                nulls_distinct=False,
            ),
        ),
    ]
