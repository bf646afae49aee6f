"""Schemathesis against the API of the archive that a test has started: prints what it found.

    schemathesis_here.py SITE TOKEN EXAMPLES NAME=ID...

All of its checks are on. Words that nobody can look for (a bracket that is never closed) are answered 422, though no pattern
could say which they are: that is the one thing that is said beside the document.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

site, token, examples, *known = sys.argv[1:]
ids = dict(one.split("=") for one in known)
there = {
    "/works/{pk}": {"pk": ids["work"]},
    "/works/{pk}/chapters": {"pk": ids["work"]},
    "/works/{work_pk}/chapters/{pk}": {"work_pk": ids["work"], "pk": ids["chapter"]},
    "/series/{pk}": {"pk": ids["series"]},
    "/series/{pk}/works": {"pk": ids["series"]},
    "/authors/{username}": {"username": '"heron"'},
    "/authors/{username}/works": {"username": '"heron"'},
    "/authors/{username}/pseuds/{name}/works": {"username": '"heron"', "name": '"heron"'},
    "/tags/{name}": {"name": '"Ines Calder"'},
    "/tags/{name}/works": {"name": '"Ines Calder"'},
}
lines = ["[checks.positive_data_acceptance]", 'expected-statuses = ["2xx", 401, 403, 404, 422]']  # see above
for path, values in there.items():
    said = ", ".join(f'"path.{name}" = {value}' for name, value in values.items())
    lines += ["[[operations]]", f'include-path = "/api/v1{path}"', f"parameters = {{ {said} }}"]
Path("schemathesis.toml").write_text("\n".join(lines))
command = [
    str(Path(sys.executable).with_name("schemathesis")), "run", f"{site}/api/v1/openapi.json", "--checks", "all", "--seed", "1",
    "--phases", "examples,fuzzing", "--max-examples", examples, "--continue-on-failure", "--no-shrink", "--no-color",
    "--suppress-health-check", "all", "--warnings", "off", "--header", f"Authorization: Bearer {token}",
]  # fmt: skip
run = subprocess.run(command, capture_output=True, text=True, check=False)
failures = [run.stdout[-20_000:], run.stderr] if run.returncode else []
asked = re.search(r"(\d[\d,]*) generated", run.stdout)
sys.stdout.write("\n" + json.dumps({"failures": failures, "asked": int(asked[1].replace(",", "")) if asked else 0}))
