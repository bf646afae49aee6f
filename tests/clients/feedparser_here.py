"""feedparser, over HTTP: reads a feed, and reads it again with what it was told of its version.

feedparser_here.py SITE PATH
"""

import json
import sys

import feedparser

site, path = sys.argv[1:]
found = feedparser.parse(f"{site}{path}")
again = feedparser.parse(f"{site}{path}", etag=found.get("etag"))
entries = [
    {
        "id": entry.id,
        "title": entry.title,
        "authors": [[author.name, author.href] for author in entry.get("authors", []) if author],
        "tags": sorted([tag.term, tag.scheme.rpartition(":")[2], tag.label] for tag in entry.get("tags", [])),
        "summary": entry.summary,
        "content": [one.value for one in entry.get("content", [])],
        "link": entry.link,
    }
    for entry in found.entries
]
print(
    json.dumps({"bozo": str(found.get("bozo_exception", "")), "again": again.status, "entries": entries, "title": found.feed.title})
)
