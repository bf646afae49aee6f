"""How often the API was asked. The table is unlogged: a crash may empty it, and counting waits for no disk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0026_arrivals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("asker", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("window", models.BigIntegerField(db_index=True)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE archive_asking SET UNLOGGED", reverse_sql="ALTER TABLE archive_asking SET LOGGED"),
    ]
