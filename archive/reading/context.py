"""How the reader wants pages and texts to look, in every template."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from archive.reading.choices import choices_of
from archive.reading.dressing import TRIED, site_skin


def reading(request: HttpRequest) -> dict[str, object]:
    """Answer the choices for templates, the theme among them, and the skin, which is looked up where a page asks."""
    choices = choices_of(request)
    has_skin = choices.skin is not None or TRIED.search(request.META.get("QUERY_STRING", "")) is not None
    return {
        "reading": choices,
        "theme": choices.theme,
        "site_skin": SimpleLazyObject(lambda: site_skin(request)) if has_skin else None,
    }
