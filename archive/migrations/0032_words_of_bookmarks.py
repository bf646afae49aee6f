"""Words in the notes and tags of bookmarks are found by an index, and lists of bookmarks by the date of all of them."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import archive.text.fields

# array_to_string itself is not immutable, since some types are written differently from day to day; words are not.
MADE = """
CREATE FUNCTION archive_bookmark_said(notes text, tags text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
    RETURN upper(notes || E'\\n' || array_to_string(tags, ', '))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0031_words_cleaned_again"),
    ]

    operations = [
        migrations.RunSQL(MADE, "DROP FUNCTION archive_bookmark_said"),
        migrations.RemoveIndex(model_name="bookmark", name="bookmark_latest"),
        migrations.AddIndex(
            model_name="bookmark",
            index=models.Index(fields=["-made_at", "-id"], name="bookmark_latest"),
        ),
        migrations.AddField(
            model_name="bookmark",
            name="said",
            field=archive.text.fields.WrittenByDatabase(
                db_persist=True,
                expression=models.Func(models.F("notes_source"), models.F("tag_names"), function="archive_bookmark_said"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="bookmark",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("said", name="gin_trgm_ops"), name="bookmark_said_trigrams"
            ),
        ),
    ]
