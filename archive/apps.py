"""The one app: every slice's models live here, in one linear history of migrations."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Lamplight's only app."""

    name = "archive"
    verbose_name = "Archive"
