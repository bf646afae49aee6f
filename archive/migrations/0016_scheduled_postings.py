"""When drafts are to be posted by themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0015_days_of_chapters")]

    operations = [
        migrations.CreateModel(
            name="ScheduledPosting",
            fields=[
                (
                    "chapter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="scheduled",
                        serialize=False,
                        to="archive.chapter",
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("zone", models.CharField(max_length=64)),
                ("refused_at", models.DateTimeField(null=True)),
                ("refusal", models.TextField(blank=True, default="")),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refusal", ""), ("refused_at", None)),
                            models.Q(("refused_at__isnull", False), models.Q(("refusal", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="scheduled_posting_says_why_it_was_refused",
                    )
                ],
                "indexes": [
                    models.Index(condition=models.Q(("refused_at", None)), fields=["due_at"], name="scheduled_posting_due")
                ],
            },
        ),
    ]
