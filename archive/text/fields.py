"""Columns for what this slice makes: HTML that has been cleaned, and keys for comparing names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.core.checks import CheckMessage
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.text.cleaning import CleanHTML
from archive.text.folding import fold

if TYPE_CHECKING:
    CleanText = models.TextField[CleanHTML | Literal[""], CleanHTML]
    Key = models.CharField[str, str]
else:
    CleanText = models.TextField
    Key = models.CharField

# Some characters fold to eighteen others. Cut here, a key of four-byte characters still fits an index
# entry of PostgreSQL (2,704 bytes); names differ long before.
LONGEST_KEY = 600


class CleanHTMLField(CleanText):
    """A text column of clean HTML: gives CleanHTML, takes CleanHTML or "", raises TypeError for any other value."""

    description = _("Clean HTML")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> CleanHTML | None:
        """What a row holds: only clean HTML could get there."""
        return None if value is None else CleanHTML(value)

    def get_default(self) -> CleanHTML:
        """Nothing, but of the right type."""
        return CleanHTML(super().get_default())

    def get_prep_value(self, value: Any) -> Any:
        """The bare string for the database, refused unless it came out of the cleaner."""
        value = super().get_prep_value(value)
        if isinstance(value, str):
            if value and not isinstance(value, CleanHTML):
                message = f"{self.name} takes CleanHTML made by archive.text.cleaning.clean, not {type(value).__name__}."
                raise TypeError(message)
            return str.__str__(value)
        return value


class FoldedField(Key):
    """The folded form of another column (`of`), kept by every save() and bulk_create() that writes this one."""

    description = _("Key for comparing names")

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As a CharField, with the column it follows."""
        name, path, args, kwargs = super().deconstruct()
        # CharField leaves "editable" out where it is True, which here is the exception.
        kwargs.pop("editable", None)
        if self.editable:
            kwargs["editable"] = True
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 - Django's signature
        """Fold the other column's value, and leave the key on the instance too."""
        key = folded_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key


def folded_key(name: str) -> str:
    """What a FoldedField holds for `name`, for looking rows up by it."""
    return fold(name)[:LONGEST_KEY]


class WrittenByDatabase(models.GeneratedField):
    """A column that PostgreSQL writes itself, from others of its row."""

    def check(self, **options: Any) -> list[CheckMessage]:
        """Ask no database whether it can: all that we run on do, and `manage.py check` has none."""
        return super().check(**{**options, "databases": []})
