"""The languages that works can be written in."""

from django.db import models

from archive.remembering import Lately


class Language(models.Model):
    """A language that works are written in."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=60)
    english_name = models.CharField(max_length=60)
    is_right_to_left = models.BooleanField(default=False)

    class Meta:
        ordering = ["english_name"]

    def __str__(self) -> str:
        return self.name

    @property
    def direction(self) -> str:
        """The value of the `dir` attribute of a text in this language."""
        return "rtl" if self.is_right_to_left else "ltr"


def _ask() -> dict[str, str]:
    """Answer the name of each language by its code, in the order of the English names."""
    return dict(Language.objects.values_list("pk", "name"))


languages = Lately(_ask)  # as pages offer them
