"""How often the API was asked, from where."""

from __future__ import annotations

from django.db import models


class Asking(models.Model):
    """How often one network, or one app password, has asked in one window of time. In a table that a crash may empty."""

    asker = models.CharField(max_length=64, primary_key=True)  # a digest: no address of anybody is kept
    window = models.BigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.asker}: {self.count}"
