"""The database itself refuses a published work without one rating, a fandom and a warning choice that holds together.

Constraint triggers, deferred to the commit, so that a deed may write in any order; they hold for raw SQL, imports and
races alike: the row of the work is locked while its tags are looked at, so two transactions cannot each take away what
the other left.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION archive_refuse_unwarned(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ratings integer; warnings integer; fandoms integer; promises integer;
BEGIN
    PERFORM 1 FROM archive_work WHERE id = checked AND published_at IS NOT NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT count(*) FILTER (WHERE tag.kind_id = 'rating'),
           count(*) FILTER (WHERE tag.kind_id = 'warning'),
           count(*) FILTER (WHERE tag.kind_id = 'fandom'),
           count(*) FILTER (WHERE tag.code = 'warning-no')
      INTO ratings, warnings, fandoms, promises
      FROM archive_tagging AS tagging JOIN archive_tag AS tag ON tag.id = tagging.tag_id
     WHERE tagging.work_id = checked;
    IF ratings <> 1 OR warnings < 1 OR fandoms < 1 OR (promises > 0 AND warnings > 1) THEN
        RAISE EXCEPTION 'published work % needs one rating, a fandom and a warning choice (has %, %, %)',
            checked, ratings, fandoms, warnings
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_published_is_warned', TABLE = 'archive_work';
    END IF;
END $$;

CREATE FUNCTION archive_check_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM archive_refuse_unwarned(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION archive_check_tagging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN PERFORM archive_refuse_unwarned(NEW.work_id); END IF;
    IF TG_OP <> 'INSERT' THEN PERFORM archive_refuse_unwarned(OLD.work_id); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION archive_check_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM archive_tagging WHERE tag_id = NEW.id) THEN
        RAISE EXCEPTION 'tag % is on works and cannot change its kind or code', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tag_in_use_keeps_its_kind', TABLE = 'archive_tag';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER work_published_is_warned
    AFTER INSERT OR UPDATE OF published_at ON archive_work DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION archive_check_work();

CREATE CONSTRAINT TRIGGER tagging_keeps_work_warned
    AFTER INSERT OR UPDATE OR DELETE ON archive_tagging DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION archive_check_tagging();

CREATE TRIGGER tag_in_use_keeps_its_kind
    AFTER UPDATE OF kind_id, code ON archive_tag
    FOR EACH ROW WHEN (OLD.kind_id IS DISTINCT FROM NEW.kind_id OR OLD.code IS DISTINCT FROM NEW.code)
    EXECUTE FUNCTION archive_check_tag();
"""

DROP = """
DROP TRIGGER tag_in_use_keeps_its_kind ON archive_tag;
DROP TRIGGER tagging_keeps_work_warned ON archive_tagging;
DROP TRIGGER work_published_is_warned ON archive_work;
DROP FUNCTION archive_check_tag();
DROP FUNCTION archive_check_tagging();
DROP FUNCTION archive_check_work();
DROP FUNCTION archive_refuse_unwarned(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
