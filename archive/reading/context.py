"""How the reader wants texts set, in every template."""

from django.http import HttpRequest

from archive.reading.choices import choices_of


def reading(request: HttpRequest) -> dict[str, object]:
    """Answer the choices for templates, and the theme among them, which the head of a page shows."""
    choices = choices_of(request)
    return {"reading": choices, "theme": choices.theme}
