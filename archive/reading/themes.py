"""Themes: paper by day, lamp by night, and two between. A plain cookie keeps the choice, for guests too."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
KEPT = 60 * 60 * 24 * 365  # seconds


class Theme(models.TextChoices):
    """How a page is coloured."""

    SYSTEM = "", _("As my device says")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    SEPIA = "sepia", _("Sepia")
    CONTRAST = "contrast", _("High contrast")


def theme_of(request: HttpRequest) -> str:
    """Answer the theme that this browser keeps; an unknown one counts as none."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if kept in Theme.values else ""


def keep_theme(response: HttpResponse, theme: str) -> None:
    """Have the browser keep a theme, or follow the system again."""
    if not theme:
        response.delete_cookie(COOKIE)
        return
    response.set_cookie(COOKIE, theme, max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
