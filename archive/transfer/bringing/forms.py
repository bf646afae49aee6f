"""The form that takes files, and that which says anew how the letters of one are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from archive.people.submissions import KeyedForm
from archive.text import decoding
from archive.transfer.bringing import keeping
from archive.transfer.bringing.models import Batch
from archive.works.form_fields import LineField

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from archive.people.models import User

ZIP_BEGINS = b"PK\x03\x04"
# What a browser offers first; every other file can be chosen, too, and is looked into.
OFFERED = ".html,.htm,.xhtml,.epub,.txt,.md,.markdown,.docx,.odt,.zip"


class SeveralFiles(forms.FileInput):
    """A field in a browser that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Answer the files, each of a length that can be kept, or say which is not."""
        sent = [file for file in value if file] if isinstance(value, (list, tuple)) else [value] if value else []
        if not sent:
            raise forms.ValidationError(_("Choose one file or more."))
        return [self._fitting(super(FilesField, self).clean(file, initial)) for file in sent]

    @staticmethod
    def _fitting(file: UploadedFile[bytes]) -> UploadedFile[bytes]:
        is_zip = file.read(len(ZIP_BEGINS)) == ZIP_BEGINS
        file.seek(0)
        longest = keeping.LONGEST_ZIP if is_zip else keeping.LONGEST_FILE
        if (file.size or 0) > longest:
            raise forms.ValidationError(
                _("“%(name)s” is longer than the %(longest)s that fit. Please divide it.")
                % {"name": keeping.shown_name(file.name or ""), "longest": filesizeformat(longest)}
            )
        return file


class FilesForm(KeyedForm):
    """Files, and what they are."""

    chosen = FilesField(
        label=_("Your files"), allow_empty_file=True, required=False,
        help_text=_("Up to 100 at once, 25 MB each. A ZIP of up to 60 MB may hold a thousand."),
        widget=SeveralFiles(attrs={"accept": OFFERED}),
    )  # fmt: skip
    makes = forms.ChoiceField(
        label=_("What they are"), choices=Batch.Makes.choices, widget=forms.RadioSelect, initial=Batch.Makes.WORKS
    )
    title = LineField(
        _("Title of the work"), help_text=_("Where the files are chapters of one work. Empty, the first file says it.")
    )
    encoding = forms.ChoiceField(
        label=_("How the letters of text files are written"), required=False,
        choices=[("", _("Find out")), *decoding.ENCODINGS.items()],
        help_text=_("It can be changed for each file afterwards, too."),
    )  # fmt: skip
    joins_lines = forms.BooleanField(
        label=_("Join the lines of each paragraph"), required=False,
        help_text=_("For text files whose lines were broken at the same width, as mail programs did it."),
    )  # fmt: skip

    def save(self, *, by: User) -> Batch:
        """Keep the files. Raises `keeping.TooManyBytes`."""
        typed = self.cleaned_data
        return keeping.keep(
            typed["chosen"], makes=typed["makes"], title=typed["title"], encoding=typed["encoding"],
            joins_lines=typed["joins_lines"], by=by,
        )  # fmt: skip


class EncodingForm(forms.Form):
    """How the letters of one file are written."""

    encoding = forms.ChoiceField(choices=list(decoding.ENCODINGS.items()))
