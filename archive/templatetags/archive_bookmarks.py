"""Marks about bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string

from archive.addresses import address
from archive.community.forms import BookmarkForm
from archive.community.own import own_of
from archive.drawing import fill

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.search.bookmark_lists import BookmarkBlurb
    from archive.works.models import Work

register = template.Library()


@register.simple_tag(takes_context=True)
def bookmark_corner(context: Context, work: Work) -> SafeString | str:
    """The form of a reader's own bookmark of a work; guests have none, nor what may not see it."""
    user = context["user"]
    if not user.is_authenticated or not user.sees_own_lists:
        return ""
    own = own_of(user, work)
    kept = own.bookmark
    action = address("bookmark_edit", kept.pk) if kept else address("work_bookmarks", work.pk)
    gaps = {"action": action, "next": context["request"].get_full_path(), "csrf_token": context["csrf_token"]}
    template = "components/bookmark_corner.html"
    if kept:
        return render_to_string(template, {"form": BookmarkForm(names=own.names, bookmark=kept), "bookmark": kept, **gaps})
    # Templates call what can be called, once the piece has to be drawn.
    shown = {"form": lambda: BookmarkForm(names=own.names)}
    return fill(template, shown, of=tuple((name.pk, name.name) for name in own.names), gaps=gaps)


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
