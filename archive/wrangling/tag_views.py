"""One tag: all that can be done with it, and what it may belong together with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError, status_of
from archive.people.requests import wranglers_only
from archive.tags import descent, wrangling
from archive.tags.models import Tag
from archive.wrangling import hinting
from archive.wrangling.forms import MergingForm, TagForm
from archive.wrangling.requests import find_tag

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.people.requests import SignedInRequest

ACTS_OF_A_TAG = 5
MOST_SYNONYMS = 300


@wranglers_only
@require_http_methods(["GET", "HEAD", "POST"])
def tag_edit(request: SignedInRequest, name: str) -> HttpResponse:
    """Everything that wranglers decide about one tag."""
    tag = find_tag(request, name)
    form = TagForm(request.POST or None, tag=tag)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, _("Your changes are kept. The log can undo them."))
        return redirect("tag_edit", Tag.objects.get(pk=tag.pk).path_name)
    context = {
        "tag": tag,
        "form": form,
        "fandoms": descent.fandoms_of(tag.synonym_of or tag),
        "synonyms": tag.synonyms.order_by("-uses", "folded")[:MOST_SYNONYMS],
        "near": hinting.near(tag, viewer=request.user),
        "beside": hinting.beside(tag, viewer=request.user),
        "acts": tag.acts.select_related("by", "undone_by")[:ACTS_OF_A_TAG],
    }
    return render(request, "wrangling/tag_edit.html", context, status=status_of(form))


@wranglers_only
@require_POST
def tag_merge(request: SignedInRequest, name: str) -> HttpResponse:
    """Merge a tag into another one, by one press of a button."""
    tag = find_tag(request, name)
    form = MergingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the tag that it is another spelling of."))
        return redirect("tag_edit", tag.path_name)
    try:
        with transaction.atomic():
            into = wrangling.canonical_named(form.cleaned_data["into"], tag.kind, by=request.user)
            wrangling.merge(tag, into=into, by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("tag_edit", tag.path_name)
    messages.success(request, _("“%(tag)s” is another spelling of “%(into)s” now.") % {"tag": tag, "into": into})
    return redirect("tag_edit", into.path_name)
