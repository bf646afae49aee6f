"""`manage.py up` as its users know it: real processes, a free port, a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from archive.ops import starting

# Generous: other tests may keep the machine busy.
SECONDS_TO_START = 240
SECONDS_TO_STOP = 60

pytestmark = pytest.mark.xdist_group("up")  # one after another, with one data folder


@dataclass
class Running:
    """An archive that has been started."""

    process: "subprocess.Popen[str]"
    address: str
    output: Path

    def everybody(self) -> list[psutil.Process]:
        """Answer `up` and all that it started."""
        up = psutil.Process(self.process.pid)
        return [up, *up.children(recursive=True)]

    def wait_until_well(self, patience: float = SECONDS_TO_START) -> int:
        """Answer the status of the health page as soon as there is one."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/health/", timeout=10) as answer:  # noqa: S310 # our own address
                    return int(answer.status)
            except urllib.error.HTTPError as refusal:
                return refusal.code
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.output.read_text())

    def says(self, words: str) -> bool:
        """Say whether these words stand in the output, or come to stand there soon."""
        deadline = time.monotonic() + SECONDS_TO_STOP
        while words not in self.output.read_text() and time.monotonic() < deadline:
            time.sleep(0.1)
        return words in self.output.read_text()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def environment(data: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "ARCHIVE_DATA": str(data), "WEB_WORKERS": "1", "WEB_THREADS": "2", **variables}


def manage(data: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=settings.BASE_DIR,
        env=environment(data, **variables),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_START,
    )


BESIDE = "import django; django.setup(); from tests.ops import ledger_archive; ledger_archive.main()"


def beside(data: Path, *arguments: str) -> object:
    """Answer what `ledger_archive` says beside a running archive."""
    said = subprocess.run(
        [sys.executable, "-c", BESIDE, *arguments],
        check=False,
        cwd=settings.BASE_DIR,
        env=environment(data, DJANGO_SETTINGS_MODULE="archive.settings"),
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


@contextmanager
def up(data: Path, port: int = 0) -> Iterator[Running]:
    port = port or free_port()
    output = data.parent / f"output-{port}"
    with output.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--bind", f"127.0.0.1:{port}"],
            cwd=settings.BASE_DIR,
            env=environment(data),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    running = Running(process, f"http://127.0.0.1:{port}", output)
    try:
        yield running
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        finally:
            process.kill()


def have_ended(processes: list[psutil.Process]) -> bool:
    """Say whether all have ended in time. One that nobody has reaped yet has ended too."""

    def lives(process: psutil.Process) -> bool:
        try:
            return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(map(lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(map(lives, processes))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an archive that has been up before."""
    folder = tmp_path_factory.mktemp("up") / "var"
    with up(folder) as running:
        assert running.wait_until_well() == 200
    return folder


def test_sigterm_ends_every_process(data: Path) -> None:
    with up(data) as running:
        running.wait_until_well()
        everybody = running.everybody()

        running.process.send_signal(signal.SIGTERM)

        assert running.process.wait(SECONDS_TO_STOP) == 0
        assert have_ended(everybody)
        assert {process.pid for process in everybody} > {running.process.pid}


def test_after_kill_9_nothing_lingers_and_the_next_up_recovers(data: Path) -> None:
    with up(data) as running:
        running.wait_until_well()
        everybody = running.everybody()
        running.process.kill()
        assert have_ended(everybody)

    with up(data) as again:
        assert again.wait_until_well() == 200


def test_a_web_server_that_dies_is_started_again(data: Path) -> None:
    with up(data) as running:
        running.wait_until_well()
        web = next(process for process in running.everybody() if process.name() == "lamplight-web")
        web.kill()

        assert running.says("The web server ended")
        assert running.wait_until_well() == 200


def test_a_second_up_on_the_same_data_says_so(tmp_path: Path) -> None:
    with starting.only_one(tmp_path):
        second = manage(tmp_path, "up", "--bind", f"127.0.0.1:{free_port()}")

    assert (second.returncode, second.stderr) == (3, f"The archive of {tmp_path} is already up.\n")


def test_a_taken_port_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        refused = manage(tmp_path, "up", "--bind", f"127.0.0.1:{port}")

    assert (refused.returncode, refused.stderr) == (
        1,
        f"Port {port} of 127.0.0.1 is taken by another program. Choose another with --bind 127.0.0.1:PORT.\n",
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SITE_ADDRESS", "archive.example"),
        ("BIND", "8000"),
        ("WEB_THREADS", "many"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("DATABASE_URL", "mysql://localhost/x"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(tmp_path: Path, variable: str, value: str) -> None:
    refused = manage(tmp_path, "up", **{variable: value})

    assert (refused.returncode, refused.stderr.count("\n"), refused.stderr.split()[0]) == (2, 1, variable)


def test_a_data_folder_that_cannot_be_one_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")

    refused = manage(tmp_path / "var", "up")

    assert (refused.returncode, refused.stderr) == (
        2,
        f"The data folder {tmp_path / 'var'} (ARCHIVE_DATA) cannot be used: File exists.\n",
    )
