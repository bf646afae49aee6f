"""Whether what looks like a header is taken out of the text of a file that is brought along."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0012_warnings_of_passages"),
    ]

    operations = [
        migrations.AddField(
            model_name="broughtfile",
            name="takes_header",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="batch",
            name="makes",
            field=models.CharField(
                choices=[
                    ("works", "Each file is a work"),
                    ("chapters", "The files are the chapters of one work, in the order of their names"),
                ],
                default="works",
                max_length=10,
            ),
        ),
    ]
