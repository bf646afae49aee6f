"""The bare page, by which others are measured: one row got by its key, put into a template of ten lines."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """A chapter's words and nothing else. It asks nobody's consent, so it has an address in `benching.urls` alone."""
    texts = apps.get_model("archive", "ChapterText").objects  # not imported: only this page may pass the door
    return render(request, "ops/bare.html", {"html": texts.values_list("html", flat=True).get(pk=pk)})
