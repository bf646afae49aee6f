"""Indexes that only repeat the first column of another go: each was written to with every row and read by no query."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_given_kinds_and_languages")]

    operations = [
        migrations.AlterField(
            model_name="chapter",
            name="work",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="chapters", to="archive.work"
            ),
        ),
        migrations.AlterField(
            model_name="creatorship",
            name="work",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="creatorships", to="archive.work"
            ),
        ),
        migrations.AlterField(
            model_name="pseud",
            name="user",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="pseuds", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="seriesentry",
            name="series",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="archive.series"
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="code",
            field=models.SlugField(blank=True, db_index=False, default="", editable=False, max_length=40),
        ),
        migrations.AlterField(
            model_name="tag",
            name="kind",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="tags", to="archive.kind"
            ),
        ),
        migrations.AlterField(
            model_name="tagging",
            name="content_object",
            field=models.ForeignKey(
                db_column="work_id",
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="archive.work",
            ),
        ),
        migrations.AlterField(
            model_name="tagging",
            name="tag",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="archive.tag"
            ),
        ),
    ]
