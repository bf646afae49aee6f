"""The pages of skins, and the stylesheets that pages load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, signed_in
from archive.works import skinning, skins, trying_on
from archive.works.skin_forms import SkinForm
from archive.works.skins import Kind, Skin

if TYPE_CHECKING:
    from archive.people.models import User

A_YEAR = 60 * 60 * 24 * 365  # seconds
PREVIEW = "preview"
FIELDS_OF_REFUSALS = {skinning.TitleTaken: "title", skinning.CannotBuildOn: "parent"}


@require_safe
def skin_stylesheet(request: HttpRequest, pk: int, key: str) -> HttpResponse:  # noqa: ARG001 - the key alone opens it
    """The stylesheet of a skin, for whoever was given its address by a page that wears it. It changes its address, never itself."""
    skin = Skin.objects.filter(pk=pk).first()
    if skin is None or skin.key != key:
        raise Http404
    response = HttpResponse(skins.on_page(skin.kind, skin.media, skin.source), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def skin_tried(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - likewise
    """The stylesheet of a skin that its author looks at and has not kept."""
    css = trying_on.stylesheet(key)
    if css is None:
        raise Http404
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"private, max-age={trying_on.KEPT}"
    return response


@require_safe
def skins_index(request: HttpRequest) -> HttpResponse:
    """The skins that everybody may use."""
    return render(request, "works/skins_index.html", {"skins": Skin.objects.visible_to(request.user).public().in_order()})


@signed_in
@require_safe
def own_skins(request: SignedInRequest, username: str) -> HttpResponse:
    """One's own skins."""
    if username.casefold() != request.user.username.casefold():
        raise Http404
    own = Skin.objects.visible_to(request.user).filter(user=request.user)
    return render(request, "works/own_skins.html", {"skins": own.in_order()})


@require_safe
def skin_show(request: HttpRequest, pk: int) -> HttpResponse:
    """A skin: what it says, and a sample that wears it."""
    skin = get_object_or_404(Skin.objects.visible_to(request.user).with_parents(), pk=pk)
    is_own = request.user.is_authenticated and skin.user_id == request.user.pk
    layers = skin.layers()
    context = {"skin": skin, "layers": layers, "below": layers[:-1], "is_own": is_own, "can_edit": is_own and not skin.public_at}
    return render(request, "works/skin_show.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skin_new(request: SignedInRequest) -> HttpResponse:
    """Make a skin for works, or with `?kind=site` for the archive's pages."""
    kind = Kind.SITE if request.GET.get("kind") == Kind.SITE else Kind.WORK
    form = SkinForm(request.POST if request.method == "POST" else None, kind=kind, author=request.user)
    return answer_form(request, form, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skin_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a skin of one's own."""
    skin = own_skin(request.user, pk)
    kept = model_to_dict(skin, ["title", "about", "source", "parent"]) | {"where": skin.media}
    form = SkinForm(
        request.POST if request.method == "POST" else None, initial=kept, kind=Kind(skin.kind), author=request.user, skin=skin
    )
    return answer_form(request, form, skin)


def answer_form(request: SignedInRequest, form: SkinForm, skin: Skin | None) -> HttpResponse:
    """Keep what was typed and show it, or show the form, or with it a look at what was typed."""
    context = {"form": form, "skin": skin, "is_for_works": form.kind == Kind.WORK}
    if form.is_valid() and request.POST.get("action") == PREVIEW:
        tried = trying_on.try_on(form.kind, form.entry())
        worn = {"site_skin": tried} if form.kind == Kind.SITE else {}
        return render(request, "works/skin_edit.html", context | worn | {"tried": tried})
    if form.is_valid():
        try:
            kept = form.save(skin, by=request.user)
        except ArchiveError as refusal:
            form.add_error(FIELDS_OF_REFUSALS.get(type(refusal)), str(refusal))
        else:
            messages.success(request, _("The skin is kept."))
            return redirect(kept)
    return render(request, "works/skin_edit.html", context, status=status_of(form))


def own_skin(user: User, pk: int) -> Skin:
    """Answer a skin that this member may change; anything else is a 404."""
    return get_object_or_404(Skin.objects.editable_by(user), pk=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skin_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a skin of one's own, after a question."""
    skin = own_skin(request.user, pk)
    if request.method != "POST":
        context = {"skin": skin, "worn_by": skin.works.editable_by(request.user).count()}
        return render(request, "works/skin_delete.html", context | {"under": skin.children.editable_by(request.user).count()})
    skinning.delete(skin, by=request.user)
    messages.success(request, _("The skin is deleted."))
    return redirect("own_skins", request.user.username)


@signed_in
@require_POST
def skin_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a skin of one's own to be everybody's."""
    skin = own_skin(request.user, pk)
    try:
        skinning.offer(skin, by=request.user)
    except skinning.CannotBuildOn as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("An administrator will look at it."))
    return redirect(skin)


@signed_in
@require_safe
def skins_offered(request: SignedInRequest) -> HttpResponse:
    """For administrators: the skins that wait for a yes, and those that are everybody's."""
    if not request.user.is_staff:
        raise Http404
    moderatable = Skin.objects.moderatable_by(request.user).select_related("user", "parent").order_by("public_at", "offered_at")
    return render(request, "works/skins_offered.html", {"skins": moderatable})


@signed_in
@require_POST
def skin_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """For administrators: make a skin everybody's, or its author's alone."""
    skin = get_object_or_404(Skin.objects.moderatable_by(request.user), pk=pk)
    (skinning.publish if request.POST.get("answer") == "yes" else skinning.take_back)(skin, by=request.user)
    return redirect("skins_offered")
