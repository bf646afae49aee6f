"""Which pages are measured: the ones that readers open most, each with the nearest to an ordinary content that there is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Pseud, User
from archive.reading.models import Reading
from archive.search import browsing
from archive.tags.models import FREEFORM, MEDIA, Tag
from archive.tags.naming import to_path
from archive.warnings.readers import ONCE
from archive.works.models import Creatorship, Work, WorkQuerySet
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

WORDS, TAGS = 5_000, 20
WORDS_FOR_A_TAG = 50  # a tag more or less counts like so many words when the nearest work is looked for
CANDIDATES = 400
LONG_WORK = 30  # chapters
MIDDLING_TAG, SMALL_TAG = 100, 3  # works
AUTHORS_WORKS = 25


class NothingToMeasure(ArchiveError):
    """The archive has not enough in it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a page must reach: how many times the bare page's time, how many milliseconds, queries, and bytes compressed."""

    ratio: float | None = None
    queries: int = 12
    compressed: int | None = None
    milliseconds: float | None = None


WORK_BAR = Bar(ratio=4, queries=8, compressed=60 * 1024)
LISTING_BAR = Bar(ratio=10, queries=12)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure. `alike` names one that must take the same number of queries."""

    name: str
    address: str
    bar: Bar | None = None
    cookie: str = ""
    alike: str = ""


def pages(*, member: str) -> list[Page]:
    """Answer the pages to measure; `member` is the cookie of somebody who is logged in. Raises `NothingToMeasure`."""
    plain, asking = nearest_work(asks=False), nearest_work(asks=True)
    long = nearest(Work.objects.listed_to(AnonymousUser()), "chapter_count", LONG_WORK)
    middle = long.chapters.posted().in_order()[long.chapter_count // 2]
    largest = next(iter(browsing.largest_fandoms(viewer=AnonymousUser())), None)
    if largest is None:
        raise nothing()
    return [
        Page("work, guest", plain.get_absolute_url(), WORK_BAR),
        Page("work behind consent, guest", f"{asking.get_absolute_url()}?{ONCE}=true", WORK_BAR),
        Page("work, member", plain.get_absolute_url(), None, member),
        Page("advisory, guest", asking.get_absolute_url()),
        Page(f"chapter of {long.chapter_count}, guest", f"{middle.get_absolute_url()}?{ONCE}=true"),
        Page("chapter index, guest", reverse("work_navigate", args=[long.pk])),
        Page("recent works, guest", reverse("works_index"), LISTING_BAR),
        Page("recent works, member", reverse("works_index"), None, member),
        Page("largest fandom, guest", largest.row.get_absolute_url(), LISTING_BAR),
        Page("middling tag, guest", tag_borne_by(MIDDLING_TAG).get_absolute_url(), LISTING_BAR),
        Page("tag with few works, guest", tag_borne_by(SMALL_TAG).get_absolute_url(), LISTING_BAR, alike="middling tag, guest"),
        Page("feed of recent works", f"{reverse('works_index')}/feed.atom", LISTING_BAR),
        Page("feed of the largest fandom", f"{largest.row.get_absolute_url()}/feed.atom", LISTING_BAR),
        Page("OPDS page of recent works", f"{reverse('opds')}{reverse('works_index')}", LISTING_BAR),
        Page("OPDS page of the largest fandom", f"{reverse('opds')}{largest.row.get_absolute_url()}", LISTING_BAR),
        Page("works of an author, guest", reverse("user_works", args=[author().username])),
        Page("fandoms of a medium, guest", reverse("media_fandoms", args=[to_path(medium().name)])),
        Page("media, guest", reverse("media_index")),
        Page("home, guest", reverse("home")),
    ]


def bare_address() -> str:
    """Answer the address of the bare page, with the same words as the first work page."""
    chapter = nearest_work(asks=False).chapters.posted().in_order()[0]
    return reverse("bare", args=[chapter.pk], urlconf="archive.ops.benching.urls")


def nothing() -> NothingToMeasure:
    """Answer the refusal, with what to do."""
    return NothingToMeasure(_("There is too little in this archive to measure. Seed one first: manage.py seed --works 10000."))


def nearest[Row: Model](rows: QuerySet[Row], number: str, wanted: int) -> Row:
    """Answer the row whose number is nearest to the wanted one."""
    row = rows.annotate(far=Abs(F(number) - wanted)).order_by("far", "pk").first()
    if row is None:
        raise nothing()
    return row


def nearest_work(*, asks: bool) -> Work:
    """Answer an English work in one piece, nearest to the ordinary length and number of tags, that asks for consent or not."""
    asking = Exists(Tagging.objects.filter(content_object=OuterRef("pk"), tag__asks_consent=True))
    found: WorkQuerySet = Work.objects.listed_to(AnonymousUser()).filter(chapter_count=1, language="en")
    found = found.filter(asking) if asks else found.exclude(asking)
    by_length = found.annotate(far=Abs(F("word_count") - WORDS)).order_by("far", "pk")[:CANDIDATES]
    taggings = Tagging.objects.filter(content_object__in=[work.pk for work in by_length])
    tags = dict(taggings.values_list("content_object").annotate(Count("pk")))
    if not tags:
        raise nothing()
    return min(by_length, key=lambda work: (abs(work.word_count - WORDS) + WORDS_FOR_A_TAG * abs(tags[work.pk] - TAGS), work.pk))


def tag_borne_by(works: int) -> Tag:
    """Answer an additional tag, without other spellings, that about so many works bear."""
    counts = Tagging.objects.visible_to(AnonymousUser()).filter(tag__kind=FREEFORM, tag__synonym_of=None, tag__synonyms=None)
    row = counts.values("tag").annotate(works=Count("pk")).order_by(Abs(F("works") - works), "tag").first()
    if row is None:
        raise nothing()
    return Tag.objects.get(pk=row["tag"])


def author() -> User:
    """Answer somebody who has written about as much as fills a page."""
    listed = Creatorship.objects.filter(work__in=Work.objects.listed_to(AnonymousUser()))
    works = listed.values("pseud__user").annotate(works=Count("pk"))
    row = works.order_by(Abs(F("works") - AUTHORS_WORKS), "pseud__user").first()
    if row is None:
        raise nothing()
    return User.objects.get(pk=row["pseud__user"])


def medium() -> Tag:
    """Answer the type of media with most fandoms."""
    return max(Tag.objects.of_kind(MEDIA), key=lambda tag: tag.children.count())


@contextmanager
def member_session() -> Iterator[str]:
    """Give the cookie of a member's session; what it and its reading write is gone when the block ends."""
    pseud = Pseud.objects.filter(user__is_active=True, user__is_staff=False).select_related("user").order_by("pk").first()
    if pseud is None:
        raise nothing()
    with unread(pseud.user), session_of(pseud.user) as cookie:
        yield cookie


@contextmanager
def unread(user: User) -> Iterator[None]:
    """Have what a member has read stand afterwards as it stood before: opening a work's page is noted."""
    before = list(Reading.objects.filter(user=user))
    try:
        yield
    finally:
        Reading.objects.filter(user=user).exclude(pk__in=[reading.pk for reading in before]).delete()
        noted = [field.name for field in Reading._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 # Django's own name for it
        Reading.objects.bulk_update(before, noted, batch_size=1_000)


@contextmanager
def session_of(user: User) -> Iterator[str]:
    """Give the cookie of a session that ends with the block."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    try:
        yield f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    finally:
        session.delete()
