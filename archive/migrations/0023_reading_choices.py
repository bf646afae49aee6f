"""How members want texts set."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0022_bookmarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="reading_choices",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
        ),
    ]
