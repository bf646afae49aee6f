"""Marks about bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from archive.community.forms import BookmarkForm
from archive.community.own import own_of

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.community.models import Bookmark
    from archive.search.bookmark_lists import BookmarkBlurb
    from archive.works.models import Work

register = template.Library()


@dataclass(frozen=True, slots=True)
class Corner:
    """The place on a work's page where whoever reads it bookmarks it, or changes what they said."""

    form: BookmarkForm
    action: str
    bookmark: Bookmark | None


@register.simple_tag(takes_context=True)
def bookmark_corner(context: Context, work: Work) -> Corner | None:
    """The form of a reader's own bookmark of a work; guests have none, nor what may not see it."""
    user = context["user"]
    if not user.is_authenticated or not user.sees_own_lists:
        return None
    own = own_of(user, work)
    kept = own.bookmark
    action = reverse("bookmark_edit", args=[kept.pk]) if kept else reverse("work_bookmarks", args=[work.pk])
    return Corner(BookmarkForm(names=own.names, bookmark=kept), action, kept)


@register.simple_tag
def bookmark_classes(entry: BookmarkBlurb) -> str:
    """The classes of a bookmark in a list: what it is of, who made that, and who bookmarked it."""
    of, people = [], [entry.bookmark.pseud.user_id]
    if entry.work:
        of.append(f"work-{entry.work.work.pk}")
        people = [maker.user_id for maker in entry.work.work.makers] + people
    elif entry.series:
        of.append(f"series-{entry.series.series.pk}")
    return " ".join(["bookmark blurb group", *of, *(f"user-{pk}" for pk in dict.fromkeys(people))])


@register.simple_tag
def bookmarked_work(entry: BookmarkBlurb) -> SafeString | str:
    """The blurb of the work that is bookmarked, without an item round it."""
    return entry.work.drawn_body() if entry.work else ""
