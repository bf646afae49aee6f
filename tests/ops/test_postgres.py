"""The embedded PostgreSQL: shared by all who need it, and not to be blocked by any sudden end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from archive.ops import keeping, postgres
from tests.conftest import FAST_AND_FORGETFUL

SECONDS_OF_PATIENCE = 60  # other tests may keep the machine busy

pytestmark = pytest.mark.xdist_group("postgres")  # one after another, with one data folder

# A process that needs the database until it is killed.
NEEDY = """
import sys, time
from pathlib import Path
from archive.ops import postgres
with postgres.running(Path(sys.argv[1])):
    print("running", flush=True)
    time.sleep(100)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database, whose making was once interrupted."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "postgres.unfinished").mkdir()
    (folder / "postgres.unfinished" / "PG_VERSION").write_text("half")
    with running(folder):
        pass
    return folder


@contextmanager
def running(data: Path) -> Iterator[postgres.Cluster]:
    with postgres.running(data, settings=FAST_AND_FORGETFUL) as cluster:
        yield cluster


def ask(data: Path, question: str) -> object:
    place = postgres.connection(data)
    with psycopg.connect(host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"]) as connection:
        answer = connection.execute(question)
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def wait_until(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS_OF_PATIENCE
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.05)
    return happened()


def test_the_database_speaks_utf8_and_listens_at_its_socket_only(data: Path) -> None:
    with running(data):
        answers = [
            ask(data, question)
            for question in ["SHOW listen_addresses", "SHOW server_encoding", "SELECT upper('ß → é')", "SHOW fsync"]
        ]

    assert answers == ["", "UTF8", "ß → É", "off"]


def test_the_socket_is_closed_to_other_users(data: Path) -> None:
    with running(data) as cluster:
        mode = cluster.socket_folder.stat().st_mode & 0o777

    assert mode == 0o700


def test_a_server_is_shared_and_ends_with_the_last_who_needs_it(data: Path) -> None:
    with running(data) as cluster:
        first = keeping.postmaster(cluster.folder)
        with running(data):
            second = keeping.postmaster(cluster.folder)
        is_alive_with_one = postgres.is_alive(cluster)

    assert first == second
    assert is_alive_with_one
    assert not postgres.is_alive(cluster)


def test_what_was_committed_outlives_a_killed_server(data: Path) -> None:
    with postgres.running(data) as cluster:  # with the settings of real data
        ask(data, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
        number = keeping.postmaster(cluster.folder)
        assert number
        os.kill(number, signal.SIGKILL)
        assert wait_until(lambda: not postgres.is_alive(cluster))

    with running(data):
        answer = ask(data, "SELECT answer FROM kept")

    assert answer == 42


def test_a_left_over_number_that_now_belongs_to_another_process_does_not_block(data: Path) -> None:
    with running(data) as cluster:
        pass
    words = f"{os.getpid()}\n{cluster.folder}\n1\n5432\n{cluster.socket_folder}\n\n\nready\n"
    (cluster.folder / "postmaster.pid").write_text(words)
    (cluster.socket_folder / ".s.PGSQL.5432.lock").write_text(words)

    with running(data):
        answer = ask(data, "SELECT 1")

    assert answer == 1


def test_the_server_ends_when_the_one_who_needed_it_is_killed(data: Path) -> None:
    command = [sys.executable, "-c", NEEDY, str(data)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE) as needy:
        assert needy.stdout
        assert needy.stdout.readline() == b"running\n"
        cluster = postgres.Cluster(data)
        was_alive = postgres.is_alive(cluster)
        needy.kill()

    assert was_alive
    assert wait_until(lambda: not postgres.is_alive(cluster))


def test_data_of_another_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(postgres.OtherVersion, match="PostgreSQL 17; this archive brings PostgreSQL 18"), running(tmp_path):
        pass


def test_a_file_where_the_data_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(postgres.DataFolderUnusable, match="cannot be used: Not a directory"), running(tmp_path / "data"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_without_the_right_to_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(postgres.DataFolderUnusable, match="Permission denied"), running(tmp_path):
        pass


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB, too small for a database."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_said_in_words(full_disk: Path) -> None:
    with pytest.raises(postgres.DiskFull, match="The disk is full"), running(full_disk):
        pass


def test_the_socket_of_a_long_data_folder_has_a_short_path() -> None:
    place = postgres.connection(Path("/") / ("long" * 30))

    assert len(f"{place['HOST']}/.s.PGSQL.{place['PORT']}") < 104
