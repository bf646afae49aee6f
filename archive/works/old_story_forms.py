"""The form that takes an old story, and the posting form that it fills."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags import naming
from archive.tags.models import CHARACTER, FANDOM
from archive.text import decoding
from archive.text.folding import fold
from archive.text.old_stories import joining, proposing, reading
from archive.works import old_stories
from archive.works.forms import KIND_PREFIX, WorkForm
from archive.works.models import TEXT_LENGTH

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

    from archive.people.models import User
    from archive.works.autosaving import Unsent

# A file is looked at no further when it is this long: 500,000 characters take no more bytes in any encoding.
LONGEST_FILE = 4 * TEXT_LENGTH + 4


class OldStoryForm(forms.Form):
    """An old story: pasted as plain text, or a text file."""

    old_text = forms.CharField(
        label=_("Paste it here"), required=False, strip=False,
        help_text=_("The whole of it, its header with title, pairing, rating and warnings too."),
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or choose a text file"), required=False, allow_empty_file=True, help_text=_("Plain text, such as story.txt."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("How the letters of the file are written"), required=False,
        choices=[("", _("Find out")), *decoding.ENCODINGS.items()],
        help_text=_("Choose it only where letters came out wrong."),
    )  # fmt: skip
    joins_lines = forms.BooleanField(
        label=_("Join the lines of each paragraph"), required=False,
        help_text=_("For a text whose lines were broken at the same width, as mail programs did it. Otherwise every line stays."),
    )  # fmt: skip

    decoded: decoding.Decoded | None = None

    def clean_old_text(self) -> str:
        """Answer what was pasted, if it is not too long."""
        text = reading.evenly(self.cleaned_data["old_text"])
        self._refuse_too_long(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Take one of the two ways: what was pasted, or the file."""
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), str(cleaned.get("old_text") or "")
        if self.errors:
            return cleaned
        if file and pasted.strip():
            self.add_error("file", _("Give either a text or a file: we cannot tell which of the two you mean."))
        elif file is not None:
            self._read(file, cleaned.get("encoding", ""))
        elif not pasted.strip():
            self.add_error("old_text", _("Paste your story, or choose its file."))
        return cleaned

    def _read(self, file: UploadedFile[Any], encoding: str) -> None:
        """Read the file, or say beside its field why that cannot be."""
        if (file.size or 0) > LONGEST_FILE:
            self.add_error("file", _("This file is too long. A chapter holds 500,000 characters; please divide it."))
            return
        try:
            self.decoded = decoding.decode(file.read(), encoding)
            self._refuse_too_long(self.decoded.text)
        except forms.ValidationError as refusal:
            self.add_error("file", refusal)
        except ArchiveError as refusal:
            self.add_error("encoding" if encoding else "file", str(refusal))
        else:
            if not self.decoded.text.strip():
                self.add_error("file", _("There is nothing in this file."))

    @staticmethod
    def _refuse_too_long(text: str) -> None:
        if len(text) > TEXT_LENGTH:
            raise forms.ValidationError(
                _("This is %(length)d characters long, %(over)d more than the %(longest)d that fit. Please divide it.")
                % {"length": len(text), "over": len(text) - TEXT_LENGTH, "longest": TEXT_LENGTH}
            )

    def story(self) -> proposing.OldStory:
        """Answer the story, parted into its header and its text."""
        story = proposing.read(self.decoded.text if self.decoded else self.cleaned_data["old_text"])
        if not self.cleaned_data["joins_lines"]:
            return story
        return replace(story, parted=replace(story.parted, text=joining.joined(story.text)))


class NewWorkForm(WorkForm):
    """A work that is not kept yet. One that comes from an old story carries the story's header along."""

    # A Field and no CharField: what is carried is never refused, since nobody could mend it.
    old_header = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None = None, *, author: User, story: proposing.OldStory | None = None) -> None:
        super().__init__(sent, author=author)
        self.is_from_old_story = story is not None or "old_header" in self.data
        if story:
            self.initial.update(old_stories.into_fields(story.proposals), text=story.text, old_header=story.header)
        if self.is_from_old_story:
            self._propose(story.proposals if story else proposing.propose(reading.pairs_in(self.header)))

    def take_back(self, unsent: Unsent) -> None:
        """Show what was typed before and never sent, with the header of the old story that it came from."""
        super().take_back(unsent)
        self.is_from_old_story = "old_header" in unsent.typed
        if self.is_from_old_story:
            self._propose(proposing.propose(reading.pairs_in(self.header)))

    @property
    def header(self) -> str:
        """The lines that were taken for a header."""
        return reading.evenly(str(self["old_header"].value() or ""))

    def _propose(self, proposals: proposing.Proposals) -> None:
        """Show beside the fields what the header proposes, with the words that led to it."""
        for name, beside in old_stories.beside_fields(proposals).items():
            if name in self.fields:
                self.fields[name].led_to = beside  # type: ignore[attr-defined] # for components/led_to.html

    def known_characters(self) -> list[old_stories.Known]:
        """Answer the characters whom the archive knows and the text names, but for those that the form has already."""
        if not self.is_from_old_story or f"{KIND_PREFIX}{CHARACTER}" not in self.fields:
            return []
        given = {fold(name) for name in naming.split_names(str(self[f"{KIND_PREFIX}{CHARACTER}"].value() or ""))}
        text = str(self["text"].value() or "")[:TEXT_LENGTH]
        return [known for known in old_stories.known_characters(text) if fold(known.name) not in given]


def with_header_put_back(sent: QueryDict) -> QueryDict:
    """Answer what was sent, with the lines of the header where they were: before the text."""
    changed = sent.copy()
    header, text = reading.evenly(sent.get("old_header", "")), reading.evenly(sent.get("text", ""))
    changed["text"], changed["old_header"] = f"{header}\n{text}" if header else text, ""
    return changed


def with_character(sent: QueryDict, pk: str) -> QueryDict:
    """Answer what was sent, with a character whom the text names and the fandoms that the character is from."""
    changed = sent.copy()
    chosen = [known for known in old_stories.known_characters(sent.get("text", "")[:TEXT_LENGTH]) if str(known.pk) == pk]
    for known in chosen:
        for kind, names in ((CHARACTER, [known.name]), (FANDOM, known.fandoms)):
            name = f"{KIND_PREFIX}{kind}"
            changed[name] = ", ".join(naming.split_names(", ".join([changed.get(name, ""), *names])))
    return changed
