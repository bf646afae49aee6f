"""The pages on which readers keep filters."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import ArchiveError
from archive.people.requests import personal
from archive.search import keepers, keeping, parameters, selecting
from archive.text import lines
from archive.warnings import memory

if TYPE_CHECKING:
    from archive.tags.models import Tag

LONGEST_QUERY = 4_000  # characters: what fits into an address everywhere
KEPT_IN_BROWSER = _("The filter is kept in this browser until you close it.")


class NameForm(forms.Form):
    """What a filter is called."""

    name = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"dir": "auto"}))

    def clean_name(self) -> str:
        """Answer the name on one line, or refuse it in a sentence."""
        try:
            return lines.one_line(self.cleaned_data["name"], longest=keeping.NAME_LENGTH)
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class KeepForm(NameForm):
    """A filter to be kept: what it asks for, the tag that it is for, the listing that it came from."""

    query = forms.CharField(max_length=LONGEST_QUERY, widget=forms.HiddenInput)
    tag = forms.CharField(required=False, widget=forms.HiddenInput)
    path = forms.CharField(required=False, widget=forms.HiddenInput)
    is_default = forms.BooleanField(required=False)

    def clean_query(self) -> str:
        """Answer what the filter asks for, without anything else that an address may hold."""
        query = parameters.Asked.of(QueryDict(self.cleaned_data["query"]))
        written = parameters.written(query.kept())
        if query.is_bare or not written:
            raise forms.ValidationError(_("This filter asks for nothing."))
        return written


def find_tag(request: HttpRequest, name: str) -> Tag | None:
    """Answer the tag that a filter is to be for, if the reader may know of it."""
    name = name.replace("\0", "")
    return get_object_or_404(selecting.known_tags(request.user).named(name)) if name else None


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filters(request: HttpRequest) -> HttpResponse:
    """All filters of a reader; one more is kept by a POST, from the listing that it was made on."""
    keeper = keepers.keeper_of(request)
    if request.method != "POST":
        return render(request, "search/saved_filters.html", {"filters": keeper.filters()})
    form = KeepForm(request.POST)
    if not form.is_valid():
        return render(request, "search/saved_filter_new.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = form.cleaned_data
    tag = find_tag(request, kept["tag"])
    try:
        keeper.keep(kept["name"], kept["query"], tag=tag, is_default=kept["is_default"] and tag is not None)
    except (keeping.TooMany, memory.Full) as refusal:
        form.add_error("name", str(refusal))
        return render(request, "search/saved_filter_new.html", {"form": form}, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The filter is kept.") if request.user.is_authenticated else KEPT_IN_BROWSER)
    is_ours = url_has_allowed_host_and_scheme(kept["path"], None) and kept["path"].startswith("/")
    return _remembered(keeper, HttpResponseRedirect(f"{kept['path']}?{kept['query']}" if is_ours else reverse("saved_filters")))


@personal
@require_safe
def saved_filter_new(request: HttpRequest) -> HttpResponse:
    """Name what a list asks for, to keep it: where the list itself holds no form."""
    tag = find_tag(request, request.GET.get("tag", ""))
    said = {name: request.GET.get(name, "") for name in ("query", "path")}
    return render(request, "search/saved_filter_new.html", {"form": KeepForm(initial=said | {"tag": tag.name if tag else ""})})


@require_POST
def saved_filter_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a filter another name."""
    keeper, form = keepers.keeper_of(request), NameForm(request.POST)
    kept = keeper.find(pk)
    if form.is_valid():
        try:
            keeper.rename(pk, form.cleaned_data["name"])
            return _remembered(keeper, redirect("saved_filters"))
        except (keeping.NameTaken, memory.Full) as refusal:
            form.add_error("name", str(refusal))
    context = {"form": form, "kept": kept}
    return render(request, "search/saved_filter_name.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def saved_filter_default(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a filter wherever its tag's works are listed, or no longer."""
    keeper = keepers.keeper_of(request)
    has_tag = keeper.find(pk).tag is not None
    keeper.make_default(pk, is_default=bool(request.POST.get("is_default")) and has_tag)
    return _remembered(keeper, redirect("saved_filters"))


@require_POST
def saved_filter_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a filter no longer. Pressed twice, the second press finds it gone and says nothing else."""
    keeper = keepers.keeper_of(request)
    keeper.delete(pk)
    messages.success(request, _("The filter is gone."))
    return _remembered(keeper, redirect("saved_filters"))


def _remembered(keeper: keepers.Keeper, response: HttpResponse) -> HttpResponse:
    """Answer a form, and have a guest's browser remember what it changed."""
    keeper.remember(response)
    return response
