"""CI runs what the README tells people to run."""

import os
import subprocess

from tests.house.sources import ROOT

SCRIPT = ROOT / ".ci" / "run"


def test_ci_ends_with_the_readme_s_test_command_on_every_core():
    readme = (ROOT / "README.md").read_text()
    command = readme.split("## Test it")[1].split()  # the first indented line

    assert SCRIPT.read_text().splitlines()[-1].split()[:5] == [*command[:3], "-n", '"$(nproc)"']


def test_ci_can_be_run():
    subprocess.run(["bash", "-n", SCRIPT], check=True)

    assert os.access(SCRIPT, os.X_OK)
