"""What all tests share: a PostgreSQL of their own, and a network that ends at this machine."""

import ipaddress
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from archive.charter.models import Charter, SignUp
from archive.ops import postgres
from archive.search.index import shelf
from archive.tags.models import Kind
from tests.factories.works import accept_everything
from tests.settings import TEMPORARY_DATA

# The data of tests are thrown away, so nothing waits for a disk.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}

# How long a busy machine takes over an example says nothing of the law. Tests that name more of these name this one, too.
# CI tries the same examples each time, so that it refuses no change for what was wrong before; here they are new each time.
hypothesis_settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
hypothesis_settings.load_profile("here")

# Empties tables after a test with transactions of its own. It waits for whoever still writes, as TRUNCATE does, but that
# makes every file of each table anew, and so takes ten times as long for a few rows. No trigger and no constraint looks on.
SWEEP = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;
    FOREACH name IN ARRAY string_to_array('{tables}', ', ') LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
END $$
"""


class NetworkIsClosed(RuntimeError):
    """A test reached for another machine."""


def is_here(host: object) -> bool:
    """Say whether a host's name or number means this machine."""
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what leaves this machine; Python itself calls this before each connection, datagram and look-up."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_here(host):
        raise NetworkIsClosed(f"A test reaches for {host!r}: the network is closed to tests.")


def pytest_configure() -> None:
    """Close the network for the whole session."""
    sys.addaudithook(guard)


def pytest_unconfigure() -> None:
    """Remove the data folder at the very end."""
    TEMPORARY_DATA.cleanup()


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """Run the embedded PostgreSQL for the session, unless DATABASE_URL names another."""
    if not settings.IS_EMBEDDED:
        yield
        return
    with postgres.running(settings.DATA, settings=FAST_AND_FORGETFUL):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: None) -> None:
    """Have the server running before pytest-django makes the test database."""
    if settings.IS_EMBEDDED:  # elsewhere we may not be who may switch triggers off
        connection.ops.sql_flush = sweep


def sweep(_style: object, tables: list[str], **_options: object) -> list[str]:
    """Answer the statements that empty these tables, for Django to run between tests."""
    return [SWEEP.format(tables=", ".join(map(connection.ops.quote_name, tables)))]


# The archive's own fixtures


@pytest.fixture(autouse=True)
def founded(request: pytest.FixtureRequest) -> None:
    """Have tests that use the database begin in an archive that is set up, open, and accepts everything."""
    if not {"db", "transactional_db", "live_server"} & set(request.fixturenames) and "django_db" not in [
        mark.name for mark in request.node.iter_markers()
    ]:
        return
    request.getfixturevalue("db" if "live_server" not in request.fixturenames else "transactional_db")
    if not Kind.objects.exists():  # a test with transactions of its own has emptied every table
        import_module("archive.migrations.0003_given_kinds_and_languages").give(apps, None)
    accept_everything()
    Charter.objects.update_or_create(
        pk=Charter.ONLY, defaults={"name": "The Harbour Archive", "sign_up": SignUp.OPEN, "founded_at": timezone.now()}
    )


@pytest.fixture
def index_folder(settings, tmp_path):
    """A folder of its own for the search index, in which there is none yet. Tests without it find by the database."""
    settings.SEARCH_FOLDER = Path(tmp_path) / "search"
    shelf.SHELF.forget()
    yield settings.SEARCH_FOLDER
    shelf.SHELF.forget()
