"""Asks the index, or whatever finds works, in one call each."""

from contextlib import suppress
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from archive.search import in_index
from archive.search.query.parsing import parse
from archive.search.selections import Selection
from archive.warnings.readers import Reader
from archive.works.models import Work

GUEST = Reader(AnonymousUser())
MOST = 1_000  # works on one page


def whole(found):
    """What was found without where it came from, to be compared as one value."""
    return replace(found, is_from_index=True)


def by_index(selection=None, reader=GUEST, *, start=0, limit=MOST):
    """What the index answers."""
    return in_index.find(selection or Selection(), reader=reader, start=start, limit=limit)


def in_pages(find, selection, reader=GUEST, *, size):
    """All ids that a way to find works answers, page by page."""
    ids, count = [], None
    while count is None or len(ids) < count:
        found = find(selection, reader=reader, start=len(ids), limit=size)
        count = found.count
        if not found.ids:
            break
        ids += found.ids
    return ids


def titles(query="", reader=GUEST, **selected):
    """The titles of the works that the index finds for a typed query, in alphabetical order."""
    chosen = Selection(query=parse(query).root, **selected)
    ids = by_index(chosen, reader).ids
    return sorted(Work.objects.filter(pk__in=ids).values_list("title", flat=True))


def settle(follower):
    """Have a follower tell all that there is to tell."""
    while follower.step():
        pass


def cut(path, size):
    """Leave a file no longer than this."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        file.truncate(size)
