"""The service worker as browsers get it: with the addresses that its files have now."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static

from archive.transfer import freshness

SCRIPT = (Path(__file__).parent / "worker.js").read_text(encoding="utf-8")
BLANK = "const SHELL = {};"
# What the pages that are kept need: of the letters those that most texts are written in, the others are the device's own.
FILES = (
    "css/archive.css",
    "vendor/literata/literata-latin-wght-normal.woff2",
    "vendor/literata/literata-latin-wght-italic.woff2",
    "img/flame.svg",
    "img/lamp.svg",
    "img/marks.svg",
    "img/ornament.svg",
    "js/elements/offline-shelf.js",
    "js/offline/keeping.js",
    "js/offline/look.js",
)


@cache
def script() -> str:
    """Answer the script. It is another as soon as one of its files is, and browsers then keep the new ones."""
    files = [static(name) for name in FILES]
    name = freshness.digest_of(SCRIPT, files)
    shell = json.dumps({"name": f"offline-shell-{name}", "files": files})
    return SCRIPT.replace(BLANK, f"const SHELL = {shell};")
