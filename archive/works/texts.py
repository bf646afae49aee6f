"""The words of chapters. Nothing but this slice and `warnings.opening` may import this module; a linter holds that."""

from __future__ import annotations

from django.db import models

from archive.text.fields import CleanHTMLField


class ChapterText(models.Model):
    """The words of a chapter. Only this slice writes them; readers get them from `warnings.opening` alone."""

    chapter = models.OneToOneField("archive.Chapter", on_delete=models.CASCADE, primary_key=True, related_name="+")
    source = models.TextField()
    html = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.chapter_id}, version {self.version}"
