"""Places where listings of works stand, by the names of their addresses: for pages, and for feeds and catalogues of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from archive.addresses import address
from archive.people.models import Pseud, User
from archive.reading.models import Subscription
from archive.search import browsing, listings
from archive.search.listings import Place
from archive.search.parameters import Asked
from archive.search.selecting import known_tags
from archive.search.selections import Selection
from archive.tags.models import Tag
from archive.tags.naming import from_path, to_path
from archive.works.languages import Language
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict

    from archive.people.models import Viewer
    from archive.warnings.readers import Reader

CONTEXTS = ("tag_id", "user_id", "pseud_id", "language_id")  # by which AO3's addresses of all works name others


def find(path: str, *, reader: Reader) -> Place:
    """Answer the place whose page has this path; where there is none, or none for this reader, that is a 404."""
    try:
        match = resolve(path)
    except Resolver404 as nowhere:
        raise Http404 from nowhere
    finder = FINDERS.get(match.url_name or "")
    if finder is None:
        raise Http404
    return finder(reader=reader, **match.kwargs)


def find_asked(path: str, query: QueryDict, *, reader: Reader) -> tuple[Place, Asked]:
    """Answer the place that an address leads to, as `find`, and what else it asks: AO3's of all works may name another place."""
    place, way = find(path, reader=reader), asked_for(query)
    if not way or place.path != reverse("works_index"):
        return place, Asked.of(query)
    rest = query.copy()
    for name in CONTEXTS:
        rest.pop(name, None)
    return find(way, reader=reader), Asked.of(rest)


def asked_for(query: QueryDict) -> str:
    """Answer the address of the listing that AO3's parameters name; nothing where they name none. A name that none has is a 404."""
    tag, user, pseud, language = (query.get(name, "").replace("\0", "").strip() for name in CONTEXTS)
    try:
        if user:
            return reverse("pseud_works", args=[user, pseud]) if pseud else reverse("user_works", args=[user])
        if tag:
            return reverse("tag_works", args=[to_path(from_path(tag))])
        return reverse("language_works", args=[language]) if language else ""
    except NoReverseMatch as nobody:
        raise Http404 from nobody


def everything(*, reader: Reader) -> Place:  # noqa: ARG001 - every finder is asked in one way
    """All works."""
    return Place(path=reverse("works_index"), title=_("Recent Works"))


def search(*, reader: Reader) -> Place:  # noqa: ARG001 - likewise
    """All works, as somebody looks through them."""
    return Place(path=reverse("works_search"), title=_("Search results"), takes_filters=False)


def find_tag(name: str, *, viewer: Viewer) -> Tag:
    """Answer the tag whose name stands in an address, if anybody may know of it."""
    return get_object_or_404(known_tags(viewer).named(from_path(name)))


def of_tag(name: str, *, reader: Reader) -> Place:
    """The works that bear a tag; for a synonym those of what it is a synonym of."""
    return of_this_tag(find_tag(name, viewer=reader.user))


def of_tag_numbered(pk: int, *, reader: Reader) -> Place:
    """The works that bear the tag of a number, as AO3's feeds name it."""
    return of_this_tag(get_object_or_404(known_tags(reader.user), pk=pk))


def of_this_tag(named: Tag) -> Place:
    """The works that bear a tag that somebody has found; for a synonym those of what it is a synonym of."""
    is_elsewhere = named.synonym_of_id is not None
    tag = Tag.objects.get(synonyms=named) if is_elsewhere else named
    return Place(
        path=tag.get_absolute_url(), title=tag.name, words=f"in {tag.name}", base=Selection(include=(tag.pk,)), tag=tag,
        is_elsewhere=is_elsewhere,
    )  # fmt: skip


def of_language(code: str, *, reader: Reader) -> Place:  # noqa: ARG001 - likewise
    """The works in one language."""
    language = get_object_or_404(Language, code=code)
    return Place(
        path=address("language_works", language.code), title=language.name, words=f"in {language.name}", subject=language,
        base=Selection(language=language.pk), fields=tuple(name for name in listings.BESIDE if name != "language_id"),
    )  # fmt: skip


def of_series(pk: int, *, reader: Reader) -> Place:
    """The works of a series, in their order."""
    followed = Exists(Subscription.objects.of(reader.user).filter(series=OuterRef("pk")))
    series = get_object_or_404(Series.objects.visible_to(reader.user).with_makers().annotate(is_followed=followed), pk=pk)
    order, totals = browsing.in_order(series, reader=reader)
    return Place(
        path=series.get_absolute_url(), title=series.title, subject=series, totals=totals, base=Selection(series=series.pk),
        order=tuple(order), is_followed=vars(series)["is_followed"],
    )  # fmt: skip


def find_user(username: str, *, viewer: Viewer) -> User:
    """Answer the account of this name, in whatever case it is written, with its pseuds."""
    pseud = Pseud.objects.visible_to(viewer).with_account().filter(user__username__iexact=username).first()
    if pseud is None:
        raise Http404
    return pseud.user


def of_user(username: str, *, reader: Reader) -> Place:
    """All works of a member, under whichever of their names."""
    person = find_user(username, viewer=reader.user)
    path = address("user_works", person.username)
    return Place(path=path, title=person.username, words=f"by {person.username}", subject=person, base=Selection(user=person.pk))


def of_pseud(username: str, name: str, *, reader: Reader) -> Place:
    """The works under one of a member's names."""
    pseuds = Pseud.objects.visible_to(reader.user).with_account()
    pseud = get_object_or_404(pseuds, user__username__iexact=username, name__iexact=name)
    path = address("pseud_works", pseud.user.username, pseud.name)
    return Place(path=path, title=pseud.byline, words=f"by {pseud.byline}", subject=pseud, base=Selection(pseud=pseud.pk))


# By the names of the addresses of their pages. A listing that stands here has its feed and its catalogue.
FINDERS: dict[str, Callable[..., Place]] = {
    "works_index": everything,
    "works_search": search,
    "tag_show": of_tag,
    "tag_works": of_tag,
    "language_works": of_language,
    "series_show": of_series,
    "user_show": of_user,
    "user_works": of_user,
    "pseud_show": of_pseud,
    "pseud_works": of_pseud,
}
