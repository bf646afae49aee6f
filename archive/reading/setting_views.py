"""Where readers say how texts are set and coloured.

The forms have no token: it would put a cookie on every page that a guest opens. Browsers tell where a form comes from, and one of
another site changes nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from archive.people.requests import referrer_of, without_token
from archive.reading import choices, dressing
from archive.works.skins import Skin


@require_POST
@without_token
def theme(request: HttpRequest) -> HttpResponse:
    """Keep a theme and go back to where the reader was."""
    response = HttpResponseRedirect(referrer_of(request) or reverse("home"))
    said = choices.choices_of(request).saying({"theme": request.POST.get("theme", "")})
    choices.keep(said, request=request, response=response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@without_token
def reading_preferences(request: HttpRequest) -> HttpResponse:
    """How texts are set: keep what was chosen, wherever that was, and go back there; or show it beside a sample."""
    said = choices.choices_of(request)
    if request.method == "POST":
        response = HttpResponseRedirect(referrer_of(request) or reverse("reading_preferences"))
        choices.keep(said.saying(request.POST), request=request, response=response)
        return response
    wanted = choices.TEXT | choices.COLOURS | choices.DRESSES | (choices.PLACES if request.user.is_authenticated else {})
    context = {"groups": choices.groups_of(said, wanted), "skin": dressing.site_skin(request)}
    return render(request, "reading/reading_preferences.html", context)


@require_POST
@without_token
def skin_choice(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the archive's pages wear a skin, or with `off` none."""
    skin = get_object_or_404(Skin.objects.visible_to(request.user).for_the_site(), pk=pk)
    response = HttpResponseRedirect(referrer_of(request) or skin.get_absolute_url())
    said = choices.choices_of(request).saying({choices.SKIN: "" if "off" in request.POST else str(skin.pk)})
    choices.keep(said, request=request, response=response)
    return response
