"""The one app: every slice's models live here, in one linear history of migrations."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Lamplight's only app."""

    name = "archive"
    verbose_name = "Archive"

    def ready(self) -> None:
        """Connect what slices listen for."""
        import archive.community.receivers  # noqa: PLC0415 - models have to be loaded before
        import archive.reading.receivers  # noqa: PLC0415 - likewise
        import archive.search.receivers  # noqa: PLC0415 - likewise
        import archive.transfer.receivers  # noqa: PLC0415 - likewise
        import archive.warnings.receivers  # noqa: PLC0415 - likewise
        import archive.works.receivers  # noqa: PLC0415 - likewise
        import archive.wrangling.receivers  # noqa: F401, PLC0415 - likewise
