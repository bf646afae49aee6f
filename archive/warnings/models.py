"""What readers have said about warnings: what they need not be asked, what they leave out, what they went on past."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What a reader wants of works with a tag. Where there is no answer, the archive asks."""

    HEADER = "header", _("Just show me the header")
    OUT = "out", _("Leave such works out of everything I see")


class Choice(models.Model):
    """A member's answer for one tag: any rating or warning, or any tag at all to be left out."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="choices")
    tag = models.ForeignKey("archive.Tag", on_delete=models.CASCADE, related_name="choices")
    answer = models.CharField(max_length=10, choices=Answer)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "tag"], name="choice_once_for_a_tag")]

    def __str__(self) -> str:
        return f"{self.tag}: {self.get_answer_display()}"


class WarningPreferences(models.Model):
    """How a member wants to be shown warnings."""

    user = models.OneToOneField("archive.User", on_delete=models.CASCADE, primary_key=True, related_name="warning_preferences")
    hides_which = models.BooleanField(_("Tell me that there are warnings, but not which, until I ask"), default=False)
    folds_left_out = models.BooleanField(_("Fold what I leave out and say why, instead of taking it away"), default=False)

    def __str__(self) -> str:
        return f"{self.user}"


class Consent(models.Model):
    """A member went on past the advisory of a work, and these are the tags that it showed."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="consents")
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="consents")
    shown = ArrayField(models.BigIntegerField(), default=list)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "work"], name="consent_once_for_a_work")]

    def __str__(self) -> str:
        return f"{self.user}: {self.work}"


class LeftOutAuthor(models.Model):
    """A member sees no works of another."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="left_out_authors", db_index=False)
    author = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="left_out_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "author"], name="author_left_out_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.author}"


class LeftOutLanguage(models.Model):
    """A member sees no works in a language."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="left_out_languages", db_index=False)
    language = models.ForeignKey("archive.Language", on_delete=models.CASCADE, related_name="left_out_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "language"], name="language_left_out_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.language}"
