"""Who wrangles which fandoms."""

from __future__ import annotations

from django.db import models


class WranglerAssignment(models.Model):
    """A wrangler has taken a fandom: its bins stand on their first page. Others may still wrangle it."""

    # assignment_once leads with it.
    wrangler = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="wrangler_assignments", db_index=False)
    fandom = models.ForeignKey("archive.Tag", on_delete=models.CASCADE, related_name="wrangler_assignments")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wrangler", "fandom"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.wrangler}: {self.fandom}"
