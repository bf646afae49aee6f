"""Themes: paper by day, lamp by night, and two between."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """How a page is coloured."""

    SYSTEM = "", _("As my device says")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    SEPIA = "sepia", _("Sepia")
    CONTRAST = "contrast", _("High contrast")
