"""The charter in every template, asked for once a page and only where a page shows it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from archive.charter.models import Charter


def charter(_request: HttpRequest) -> dict[str, object]:
    """Answer the charter for templates."""
    return {"charter": SimpleLazyObject(Charter.objects.current)}
