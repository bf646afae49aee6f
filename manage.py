#!/usr/bin/env python
"""The archive's command line: every command that needs the database finds it running."""

import argparse
import os
import sys
from contextlib import AbstractContextManager, nullcontext

import django
from django.core.exceptions import ImproperlyConfigured

from archive.errors import ArchiveError

# Commands that need no database, and `up`, which starts it itself and says so.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "sendtestemail",
    "startapp",
    "startproject",
    "up",
    "version",
}
WRONG_SETTINGS, REFUSED = 2, 1


def needs_database(arguments: list[str]) -> bool:
    """Say whether the command named by these arguments works with the database."""
    is_question = not {"--help", "-h", "--version"}.isdisjoint(arguments)
    return bool(arguments) and arguments[0] not in WITHOUT_DATABASE and not is_question


def database() -> AbstractContextManager[object]:
    """Give the embedded PostgreSQL for the length of a command, or nothing where DATABASE_URL names another."""
    from django.conf import settings  # the settings may be wrong, and that is a sentence, not a traceback

    django.setup()  # what the database has to say is translated
    if not settings.IS_EMBEDDED:
        return nullcontext()
    from archive.ops import postgres  # after the settings, like all that reads them

    return postgres.running(
        settings.DATA, say=lambda sentence: print(sentence, file=sys.stderr), settings=settings.EMBEDDED_SETTINGS
    )


def put_bind_into_environment(arguments: list[str]) -> None:
    """Make `up --bind` another way to say BIND: the settings are read once, and much in them follows from the address."""
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options.add_argument("--bind", default=os.environ.get("BIND"))
    bind = options.parse_known_args(arguments)[0].bind
    if bind is not None:
        os.environ["BIND"] = bind


def main(arguments: list[str]) -> int:
    """Run the command and answer its exit code; wrong settings and refusals end in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    if arguments[:1] == ["up"]:
        put_bind_into_environment(arguments)
    from django.core.management import execute_from_command_line  # kept beside the settings it reads

    try:
        with database() if needs_database(arguments) else nullcontext():
            execute_from_command_line(["manage.py", *arguments])
    except ImproperlyConfigured as mistake:
        print(mistake, file=sys.stderr)
        return WRONG_SETTINGS
    except ArchiveError as refusal:
        print(refusal, file=sys.stderr)
        return getattr(refusal, "exit_code", REFUSED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
