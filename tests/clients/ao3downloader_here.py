"""ao3downloader's own parts, pointed at an archive elsewhere: downloads a work in the formats asked for, and prints the files.

ao3downloader_here.py SITE NUMBER FORMAT...
"""

import json
import sys
from pathlib import Path

from ao3downloader import strings
from ao3downloader.ao3 import Ao3
from ao3downloader.fileio import FileOps
from ao3downloader.repo import Repository

site, number, *formats = sys.argv[1:]
strings.AO3_BASE_URL = site
for key, value in vars(strings).items():
    if isinstance(value, str) and "https://archiveofourown.org" in value:
        setattr(strings, key, value.replace("https://archiveofourown.org", site))
files = FileOps()
files.initialize()
with Repository(files) as repository:
    ao3 = Ao3(repository, files, formats, None, False, False)
    ao3.download(f"{site}/works/{number}")
found = {path.name: path.read_bytes()[:4].hex() for path in Path().rglob("*") if path.suffix.lower() in {".epub", ".html"}}
logs = [path.read_text() for path in Path().rglob("*.jsonl")]
print(json.dumps({"files": found, "log": logs}))
