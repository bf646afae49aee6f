"""The day that an author gives a draft chapter, for when it is posted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0014_gifts")]

    operations = [migrations.AddField("chapter", "dated_on", models.DateField(null=True))]
