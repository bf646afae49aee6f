"""Real clients against a real server: each runs in a process of its own, as people run it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS = 240  # for one run of one client, on a machine that does everything at once


def pytest_collection_modifyitems(items):
    """Mark what drives a client."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.clients)


def needed(package):
    """Skip where a client is not installed; where CI is set, that is a failure."""
    if importlib.util.find_spec(package) is None:
        message = f"{package} is not installed: uv sync --group clients"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def needed_from_npm(package):
    """Skip where a client written in JavaScript is not installed, or fail where CI is set; answer its folder."""
    folder = HERE / "node_modules" / package
    if not folder.is_dir():
        message = f"{package} is not installed: npm install --prefix tests/clients --ignore-scripts --no-package-lock"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return folder


@pytest.fixture
def run(live_server, settings, tmp_path, tmp_path_factory):
    """Run a script of this folder against the archive with these arguments, and answer what it prints as JSON."""
    settings.FILES_FOLDER = tmp_path_factory.mktemp("files")
    settings.SITE_ADDRESS = live_server.url

    def run(package, script, *arguments):
        needed(package)
        said = subprocess.run(
            [sys.executable, "-W", "ignore", str(HERE / script), live_server.url, *map(str, arguments)],
            cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False,
            env={**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "NO_PROXY": "*"},
        )  # fmt: skip
        assert said.returncode == 0, f"{said.stdout[-3000:]}\n{said.stderr[-3000:]}"
        return json.loads(said.stdout.strip().rpartition("\n")[2])

    return run
