"""The pages on which members keep filters."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError
from archive.people.requests import SignedInRequest, signed_in
from archive.search import keeping, parameters, selecting
from archive.text import lines

if TYPE_CHECKING:
    from archive.search.models import SavedFilter
    from archive.tags.models import Tag

LONGEST_QUERY = 4_000  # characters: what fits into an address everywhere


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


def find_filter(request: SignedInRequest, pk: int) -> SavedFilter:
    """Answer a filter of the member's own."""
    return get_object_or_404(keeping.for_user(request.user), pk=pk)


def find_tag(request: SignedInRequest, name: str) -> Tag | None:
    """Answer the tag that a filter is to be for, if the member may know of it."""
    return get_object_or_404(selecting.known_tags(request.user).named(name)) if name else None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def saved_filters(request: SignedInRequest) -> HttpResponse:
    """All filters of a member; one more is kept by a POST, from the listing that it was made on."""
    if request.method != "POST":
        return render(request, "search/saved_filters.html", {"filters": list(keeping.for_user(request.user))})
    form = KeepForm(request.POST)
    if not form.is_valid():
        return render(request, "search/saved_filter_new.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = form.cleaned_data
    tag = find_tag(request, kept["tag"].replace("\0", ""))
    try:
        keeping.keep(kept["name"], kept["query"], tag=tag, is_default=kept["is_default"] and tag is not None, by=request.user)
    except keeping.TooMany as refusal:
        form.add_error("name", str(refusal))
        return render(request, "search/saved_filter_new.html", {"form": form}, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The filter is kept."))
    is_ours = url_has_allowed_host_and_scheme(kept["path"], None) and kept["path"].startswith("/")
    return HttpResponseRedirect(f"{kept['path']}?{kept['query']}" if is_ours else reverse("saved_filters"))


@require_POST
@signed_in
def saved_filter_name(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a filter another name."""
    kept, form = find_filter(request, pk), NameForm(request.POST)
    if form.is_valid():
        try:
            keeping.rename(kept, form.cleaned_data["name"], by=request.user)
            return redirect("saved_filters")
        except keeping.NameTaken as refusal:
            form.add_error("name", str(refusal))
    context = {"form": form, "kept": kept}
    return render(request, "search/saved_filter_name.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@signed_in
def saved_filter_default(request: SignedInRequest, pk: int) -> HttpResponse:
    """Use a filter wherever its tag's works are listed, or no longer."""
    kept = find_filter(request, pk)
    keeping.make_default(kept, is_default=bool(request.POST.get("is_default")) and kept.tag_id is not None, by=request.user)
    return redirect("saved_filters")


@require_POST
@signed_in
def saved_filter_deletion(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a filter no longer. Pressed twice, the second press finds it gone and says nothing else."""
    keeping.for_user(request.user).filter(pk=pk).delete()
    messages.success(request, _("The filter is gone."))
    return redirect("saved_filters")
