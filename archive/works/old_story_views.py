"""Coming from old files: a page that takes a plain text, and what can be done on the posting form that it leads to."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

from archive.works.old_story_forms import NewWorkForm, OldStoryForm, with_character, with_header_put_back

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from archive.people.requests import SignedInRequest

PUT_BACK = "put_back"
TAKE = "take_character"


def work_import(request: SignedInRequest) -> HttpResponse:
    """Take an old story, and show the posting form with what its header proposes."""
    form = OldStoryForm(request.POST, request.FILES) if request.method == "POST" else OldStoryForm()
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "works/work_import.html", {"form": form}, status=status)
    filled = NewWorkForm(author=request.user, story=form.story())
    return render(request, "works/work_new.html", {"form": filled, "decoded": form.decoded})


def rewritten(sent: QueryDict) -> QueryDict | None:
    """Answer what was sent as a button of the old story changes it, or None where another was pressed."""
    if sent.get("action") == PUT_BACK:
        return with_header_put_back(sent)
    return with_character(sent, sent.get(TAKE, "")) if TAKE in sent else None
