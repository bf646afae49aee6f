"""What works came from, and whether those works show a link back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0017_words_of_series"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_translation", models.BooleanField(default=False)),
                ("address", models.CharField(blank=True, default="", max_length=2000)),
                ("title", models.CharField(blank=True, default="", max_length=255)),
                ("author", models.CharField(blank=True, default="", max_length=500)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                (
                    "language",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.language",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="offspring", to="archive.work"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="archive.work"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "parent"), name="relation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("work")), _negated=True), _connector="OR"
                        ),
                        name="relation_between_two_works",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", ""),
                            models.Q(
                                models.Q(("title", ""), _negated=True), models.Q(("author", ""), _negated=True), ("parent", None)
                            ),
                            _connector="OR",
                        ),
                        name="relation_elsewhere_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("refused_at", None), _connector="OR"),
                        name="relation_accepted_or_refused",
                    ),
                ],
            },
        ),
    ]
