"""What an operator sets: each variable has its row in the table, and production settings are strict."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from archive import policies
from tests.house.sources import ARCHIVE, DOCS, ROOT, lines_with, modules, tree_of

TABLE = DOCS / "running/settings.md"
READERS = {"number", "read"}
STRICT = {
    "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True,
    "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000, "DEBUG": False,
}  # fmt: skip
PROBE = """
import django, json
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("check", deploy=True, fail_level="DEBUG")
print(json.dumps({name: getattr(settings, name) for name in %r}))
"""


def variables():
    """Answer the names of all environment variables that the settings read."""
    found = set()
    for node in ast.walk(tree_of(ARCHIVE / "settings.py")):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            of_env = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "env"
            if of_env or getattr(node.func, "id", "") in READERS:
                found.add(node.args[0].value)
    return found


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """What a process finds that is started as the documents say for a public archive."""
    clean = {name: value for name, value in os.environ.items() if name not in variables()}
    chosen = {"SITE_ADDRESS": "https://archive.example", "TRUSTED_PROXIES": "1", "EMAIL_URL": "smtp+tls://a:b@mail.example:587"}
    own = {"ARCHIVE_DATA": str(tmp_path_factory.mktemp("data")), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    environment = clean | chosen | own
    command = [sys.executable, "-c", PROBE % list(STRICT)]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_variable_has_its_row_in_the_table_and_every_row_its_variable():
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", TABLE.read_text(), re.MULTILINE))

    assert rows == variables()


def test_tests_begin_without_what_an_operator_has_set():
    set_here = {"ARCHIVE_DATA", "DATABASE_URL"}  # a folder of their own; and a database that somebody may name for them
    lists = [node.value for node in tree_of(ROOT / "tests/settings.py").body if isinstance(node, ast.Assign)]
    from_outside = ast.literal_eval(next(one for one in lists if isinstance(one, ast.List)))

    assert set(from_outside) | set_here == variables()


def test_the_environment_is_read_in_the_settings_alone():
    asked = r"os\.environ(\.get\(|\[)|getenv\("
    others = [path for path in modules() if path != ARCHIVE / "settings.py"]

    assert [line for line in lines_with(asked, others) if "DJANGO_SETTINGS_MODULE" not in line] == []


def test_a_public_archive_passes_djangos_own_check(production):
    assert production.returncode == 0, production.stderr
    assert "no issues" in production.stdout


def test_a_public_archive_sends_its_cookies_over_https_alone(production):
    assert json.loads(production.stdout.splitlines()[-1]) == STRICT


@pytest.mark.parametrize("policy", [settings.SECURE_CSP, policies.WITH_AUTHORS_IMAGES], ids=["every page", "pages with texts"])
def test_no_policy_allows_anything_inline(policy):
    sources = {source for allowed in policy.values() for source in allowed}

    assert sources <= {"'self'", "'none'", "https:"}
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["default-src"] == ["'none'"]


def test_no_view_loosens_the_policy():
    # The three that there are: the reading pages and the two forms that preview a text.
    assert lines_with(r"csp_override\((?!policies\.WITH_AUTHORS_IMAGES\))|csp_exempt|unsafe-", list(modules())) == []
