"""Reads the files of tests/data that concern texts."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of tests/data, in order."""
    # Not splitlines(): an attack may hold a line separator of its own.
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]
