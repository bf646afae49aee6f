"""One history of tables, in one line, that says what the models say."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from tests.house.sources import ARCHIVE, lines_with

MIGRATIONS = sorted(path for path in (ARCHIVE / "migrations").glob("*.py") if path.stem != "__init__")


@pytest.fixture(scope="module")
def history():
    return {name: migration for (app, name), migration in MigrationLoader(None).disk_migrations.items() if app == "archive"}


@pytest.mark.django_db
def test_the_models_ask_for_no_migration_that_is_not_there():
    said = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said)
    except (SystemExit, CommandError):
        pytest.fail(f"Run `manage.py makemigrations`, and name what comes of it: {said.getvalue()}")


def test_each_migration_follows_the_one_before_it(history):
    names = sorted(history)
    followed = {name: [before for app, before in history[name].dependencies if app == "archive"] for name in names}
    expected = dict(zip(names, [[], *([name] for name in names[:-1])], strict=True))

    assert followed == expected, "Two branches have each added a migration. Number the later one anew and let it follow the other."


def test_migrations_are_numbered_without_a_gap_and_named_by_what_they_do(history):
    assert [int(name[:4]) for name in sorted(history)] == list(range(1, len(history) + 1))
    assert [name for name in history if re.fullmatch(r"\d{4}_(auto_\w+|alter_\w+_and_more)", name)] == []


def test_data_migrations_can_be_undone_and_left_out(history):
    steps = [(name, step) for name, migration in history.items() for step in migration.operations if isinstance(step, RunPython)]

    assert [name for name, step in steps if step.reverse_code is None or not step.elidable] == []


def test_migrations_use_no_living_models():
    assert lines_with(r"(from|import) archive(?!\.text\.fields|\.people\.models$)", MIGRATIONS) == []
    assert lines_with(r"archive\.\w+\.models\.(?!validate_)", MIGRATIONS) == []
