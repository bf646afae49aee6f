"""Palace's models of OPDS 2.0, over HTTP: walks the catalogue from its beginning; whatever is not as it should be raises.

palace_here.py SITE
"""

import json
import sys
import urllib.error
import urllib.request

from palace.opds.authentication.document import AuthenticationDocument
from palace.opds.opds2 import Feed, PublicationFeed

[site] = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetched(address):
    request = urllib.request.Request(address, headers={"Accept": "application/opds+json"})  # noqa: S310 - the tests' own
    return opener.open(request).read()


ways, works, groups, waiting, seen = [], {}, [], [f"{site}/opds"], set()
while waiting:
    address = waiting.pop(0)
    if address in seen or address.endswith(("/marked", "/followed", "/bookmarks")):
        continue
    seen.add(address)
    body = fetched(address)
    feed = Feed.model_validate_json(body)
    if "publications" in json.loads(body):
        PublicationFeed.model_validate_json(body)
    ways += [str(link.title) for link in feed.navigation]
    waiting += [link.href for link in feed.navigation]
    groups += [str(facet.metadata.title) for facet in feed.facets]
    for one in feed.publications:
        works[str(one.metadata.title)] = [str(author.name) for author in one.metadata.authors]
try:
    fetched(f"{site}/opds/marked")
except urllib.error.HTTPError as refused:
    document = AuthenticationDocument.model_validate_json(refused.read())
    asked = [refused.code, [one.type for one in document.authentication]]
print(json.dumps({"ways": ways, "works": works, "groups": groups, "asked": asked}))
