"""ao3-py, told where the archive is: prints what it makes of a work, and of the HTML file.

ao3_here.py SITE NAME PASSWORD NUMBER
"""

import json
import sys

from ao3 import AO3Client

site, name, password, number = sys.argv[1:]
client = AO3Client(base_url=site)
if name:
    client.login(name, password)
work = client.work(int(number))
links = work.download_links
page = client.get(f"/downloads/{number}/any.html?view_adult=true")
print(
    json.dumps(
        {
            "title": work.title,
            "words": work.words,
            "links": str(links),
            "status": page.status_code,
            "kind": page.headers["Content-Type"],
            "has_words": "lamp was lit" in page.text,
        }
    )
)
