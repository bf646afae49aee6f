# When works and chapters came before readers and when they changed, by the clock; and whether feeds may carry a text.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0025_app_passwords"),
    ]

    operations = [
        migrations.AddField(
            model_name="chapter",
            name="arrived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="chapter",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="work",
            name="arrived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="work",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="work",
            name="feeds_carry_text",
            field=models.BooleanField(db_default=False, default=False, verbose_name="feeds may carry its text"),
        ),
    ]
