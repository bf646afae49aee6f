"""The log that the search index follows is written by the database itself.

Statement triggers, so that a deed over many rows writes its changes in one go, and nothing can be forgotten: not by a
deed, an import, an operator's hand or a cascade. `session_replication_role = replica` silences them, as it does all.
"""

from django.db import migrations

# What the touched rows of a table concern: the ids of works, or of tags.
WORKS = {
    "archive_work": "SELECT id FROM touched",
    "archive_tagging": "SELECT DISTINCT work_id FROM touched",
    "archive_creatorship": "SELECT DISTINCT work_id FROM touched",
    "archive_chapter": "SELECT DISTINCT work_id FROM touched",
    "archive_chaptertext": (
        "SELECT DISTINCT chapter.work_id FROM touched JOIN archive_chapter AS chapter ON chapter.id = touched.chapter_id"
    ),
    "archive_seriesentry": "SELECT DISTINCT work_id FROM touched",
    "archive_tally": "SELECT work_id FROM touched",
}
TAGS = {
    "archive_tag_parents": "SELECT DISTINCT from_tag_id FROM touched",
    "archive_tag_metatags": "SELECT DISTINCT from_tag_id FROM touched",
}
# Tables of which only some columns are searched, and what a change of these concerns.
NARROW = {
    "archive_series": (
        "work_id",
        "title",
        "SELECT DISTINCT entry.work_id FROM touched JOIN archive_seriesentry AS entry ON entry.series_id = touched.id",
    ),
    "archive_pseud": (
        "work_id",
        "name, user_id",
        "SELECT DISTINCT made.work_id FROM touched JOIN archive_creatorship AS made ON made.pseud_id = touched.id",
    ),
    "archive_user": (
        "work_id",
        "username",
        (
            "SELECT DISTINCT made.work_id FROM touched JOIN archive_pseud AS pseud ON pseud.user_id = touched.id"
            " JOIN archive_creatorship AS made ON made.pseud_id = pseud.id"
        ),
    ),
    # A tag's works are counted under its canonical one: the one that it left and the one that it came to are off meanwhile.
    "archive_tag": (
        "tag_id, beside_id",
        "name, kind_id, is_canonical, is_unwrangleable, synonym_of_id",
        ("SELECT id, synonym_of_id FROM touched UNION SELECT id, synonym_of_id FROM before WHERE id IN (SELECT id FROM touched)"),
    ),
}


def function(table, column, rows):
    """Answer how the function is made, and unmade, that logs what these rows concern."""
    name = f"{table}_is_searched"
    create = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO archive_searchchange ({column}) {rows}; RETURN NULL; END $$"
    )
    return migrations.RunSQL(create, f"DROP FUNCTION {name}()")


def trigger(table, deed):
    """Answer how a table gets, and loses, the trigger for a deed."""
    rows = "OLD" if deed == "DELETE" else "NEW"
    name = f"{table.removeprefix('archive_')}_is_searched_{deed.lower()}"
    create = (
        f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {rows} TABLE AS touched"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_searched()"
    )
    return migrations.RunSQL(create, f"DROP TRIGGER {name} ON {table}")


def narrow(table, column, columns, rows):
    """Answer how changes of only these columns are logged. A trigger on rows that changed cannot name columns itself."""
    name = f"{table}_is_searched_anew"
    values = ", ".join(f"{{0}}.{one.strip()}" for one in columns.split(","))
    changed = (
        "SELECT after.* FROM after JOIN before ON before.id = after.id"  # noqa: S608 # our own names
        f" WHERE ({values.format('after')}) IS DISTINCT FROM ({values.format('before')})"
    )
    yield migrations.RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO archive_searchchange ({column}) WITH touched AS ({changed}) {rows}; RETURN NULL; END $$",
        f"DROP FUNCTION {name}()",
    )
    yield migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER UPDATE ON {table} REFERENCING OLD TABLE AS before NEW TABLE AS after"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_search")]

    operations = (
        [
            operation
            for column, watched in (("work_id", WORKS), ("tag_id", TAGS))
            for table, rows in watched.items()
            for operation in (
                function(table, column, rows),
                *(trigger(table, deed) for deed in ("INSERT", "UPDATE", "DELETE")),
            )
        ]
        + [operation for table, (column, columns, rows) in NARROW.items() for operation in narrow(table, column, columns, rows)]
        + [
            function("archive_tag", "tag_id", "SELECT id FROM touched"),
            trigger("archive_tag", "INSERT"),
            trigger("archive_tag", "DELETE"),
        ]
    )
