"""The theme in every template: one that the reader picked, or none, and then the system's is followed."""

from django.http import HttpRequest

from archive.reading.themes import theme_of


def theme(request: HttpRequest) -> dict[str, object]:
    """Answer the name of the theme for templates."""
    return {"theme": theme_of(request)}
