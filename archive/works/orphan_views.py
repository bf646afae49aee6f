"""Letting go of works, or of an account with them: what would happen is shown first, and takes a yes that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from archive.errors import ArchiveError, status_of
from archive.people import departing
from archive.people.models import Pseud
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import farewells
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.orphan_forms import DepartureForm, OrphanForm
from archive.works.orphaning import Choice
from archive.works.series import Series

if TYPE_CHECKING:
    from django.http import HttpResponse

LONGEST_ID = 18  # digits


@signed_in
@require_safe
def orphans(request: SignedInRequest) -> HttpResponse:
    """What orphaning is, and what of one's own can be."""
    works = Work.objects.editable_by(request.user).published()
    context = {
        "works": works.latest_first(),
        "pseuds": Pseud.objects.editable_by(request.user),
        "series": Series.objects.editable_by(request.user).order_by("title"),
    }
    return render(request, "works/orphans.html", context)


def choice_of(request: SignedInRequest) -> Choice:
    """Answer what an address asks to let go of; what is not one's own is a 404."""
    asked = request.GET
    if asked.get("all") == "true":
        return Choice(is_everything=True)
    if name := asked.get("pseud_id", "").replace("\0", ""):
        return Choice(pseud=get_object_or_404(Pseud.objects.editable_by(request.user).with_account(), name=name))
    if ids := ids_in(asked.getlist("series_id")):
        return Choice(series=get_object_or_404(Series.objects.editable_by(request.user), pk=ids[0]))
    return Choice(works=ids_in(asked.getlist("work_id")))


def ids_in(values: list[str]) -> list[int]:
    """Answer the values that could be ids."""
    return [int(value) for value in values if value.isdecimal() and len(value) <= LONGEST_ID]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def orphan_new(request: SignedInRequest) -> HttpResponse:
    """Show what would become of some works, and let go of them."""
    choice = choice_of(request)
    works = list(choice.works_of(request.user).for_pages())
    if not works:
        raise Http404
    ids = [work.pk for work in works]
    form = OrphanForm(request.POST if request.method == "POST" else None, shown=ids)
    if form.is_valid():
        try:
            count = form.save(choice, by=request.user)
        except ArchiveError as refusal:
            form.add_error(None, str(refusal))
        else:
            sentence = ngettext("%(count)d work is no longer yours.", "%(count)d works are no longer yours.", count)
            messages.success(request, sentence % {"count": count})
            return redirect("orphans")
    context = {
        "form": form,
        "works": works,
        "choice": choice,
        "pseuds": [choice.pseud] if choice.pseud else choice.names_of(request.user, ids),
        "drafts": Chapter.objects.editable_by(request.user).filter(work__in=ids, published_at=None).count(),
        "has_co_authors": any(not work.is_made_alone_by(request.user) for work in works),
    }
    return render(request, "works/orphan_new.html", context, status=status_of(form))


@sensitive_post_parameters("password")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: SignedInRequest, username: str) -> HttpResponse:
    """Ask what shall become of everything, and delete an account."""
    own_page(request, username)
    user = request.user
    own, shared = list(farewells.own_works(user)), list(farewells.shared_works(user))
    form = DepartureForm(
        request.POST if request.method == "POST" else None, user=user, shown=[work.pk for work in (*own, *shared)],
        has_own=any(not work.is_draft and work.deleted_at is None for work in own), has_shared=bool(shared),
    )  # fmt: skip
    refusal = departing.reason_to_stay(user)
    if refusal is None and form.is_valid():
        try:
            form.save()
        except ArchiveError as reason:
            form.add_error(None, str(reason))
        else:
            request.session.flush()
            request.user = AnonymousUser()  # type: ignore[assignment] # the page that follows has a guest
            messages.success(request, _("Your account is deleted."))
            return redirect("home")
    context = {"form": form, "own": own, "shared": shared, "refusal": refusal}
    return render(request, "works/account_delete.html", context, status=status_of(form))
