"""What members have read, mark for later and follow, and whether their history is kept."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0020_what_machines_are_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="keeps_history",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Which works I opened, when, and where I stopped. Only I can see it.",
                verbose_name="keep what I read",
            ),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_read_at", models.DateTimeField(null=True)),
                ("last_read_at", models.DateTimeField(null=True)),
                ("visits", models.PositiveIntegerField(db_default=0, default=0)),
                ("marked_at", models.DateTimeField(null=True)),
                ("block", models.PositiveIntegerField(db_default=0, default=0)),
                ("into_block", models.FloatField(db_default=0, default=0)),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("placed_at", models.DateTimeField(null=True)),
                (
                    "chapter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="readings", to="archive.chapter"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="readings", to="archive.work"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("last_read_at__isnull", False)),
                        fields=["user", "-last_read_at", "-id"],
                        name="reading_latest",
                    ),
                    models.Index(
                        condition=models.Q(("marked_at__isnull", False)),
                        fields=["user", "-marked_at", "-id"],
                        name="reading_marked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "work"), name="reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_read_at__isnull", False), ("marked_at__isnull", False), _connector="OR"),
                        name="reading_read_or_marked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("into_block__gte", 0), ("into_block__lte", 1), ("percent__lte", 100)),
                        name="reading_place_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="archive.series"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="archive.tag"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="archive.work"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author__isnull", True), ("series__isnull", True), ("tag__isnull", True), ("work__isnull", False)
                            ),
                            models.Q(
                                ("author__isnull", True), ("series__isnull", False), ("tag__isnull", True), ("work__isnull", True)
                            ),
                            models.Q(
                                ("author__isnull", False), ("series__isnull", True), ("tag__isnull", True), ("work__isnull", True)
                            ),
                            models.Q(
                                ("author__isnull", True), ("series__isnull", True), ("tag__isnull", False), ("work__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="subscription_to_exactly_one",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "work", "series", "author", "tag"), name="subscription_once", nulls_distinct=False
                    ),
                ],
            },
        ),
    ]
