"""Bookmarks for tests, made by the real deeds."""

from archive.community import bookmarking
from archive.community.bookmarking import BookmarkEntry
from archive.text.cleaning import Profile
from archive.works.entries import Words
from archive.works.models import Tally
from tests.factories.people import UserFactory


def entry_of(user, *, notes="", **fields):
    """What a member says with a bookmark, notes as they would be typed."""
    pseud = fields.pop("pseud", None) or user.pseuds.get(is_default=True)
    return BookmarkEntry(pseud=pseud, notes=Words.cleaned(notes, Profile.SUMMARY), **fields)


def keep(subject, *, by=None, **fields):
    """A bookmark of a work or a series."""
    user = by or UserFactory()
    return bookmarking.bookmark(subject, entry_of(user, **fields), by=user)


def counted(work):
    """How many bookmarks a work's tally says."""
    return Tally.objects.filter(work=work).values_list("bookmarks", flat=True).first() or 0
