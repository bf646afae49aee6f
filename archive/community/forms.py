"""The form of a bookmark, under the names and ids that tools know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.community.bookmarking import BookmarkEntry
from archive.community.models import MOST_TAGS, NOTES_LENGTH
from archive.errors import ArchiveError
from archive.tags import naming
from archive.text.cleaning import Profile
from archive.works.entries import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from archive.community.models import Bookmark
    from archive.people.models import Pseud

IDS = {"bookmarker_notes": "bookmark_notes"}  # where a field's id is not made of its name
MOST_TYPED = 20_000  # characters in the field of tags


class KnownField(forms.BoundField):
    """A field under the id that tools and userscripts know."""

    @property
    def auto_id(self) -> str:
        """The id of its box, and the beginning of the ids of its help and its errors."""
        return IDS.get(self.name, f"bookmark_{self.name}")


class Tick(forms.CheckboxInput):
    """A box that takes AO3's way, too: a hidden 0 before it, which a ticked 1 comes after."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Answer whether it is ticked."""
        return data.get(name) != "0" and bool(super().value_from_datadict(data, files, name))


class NotesField(forms.CharField):
    """What somebody says of what they bookmark: a little markup, neither classes nor images."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Notes"),
            required=False,
            strip=False,
            help_text=_("What you want to say of it, or remember. A little HTML may be in it."),
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        )

    def clean(self, value: object) -> Words:
        """Answer the words as typed, and as they will stand on the page."""
        source = str(super().clean(value)).replace("\r\n", "\n")
        if len(source) > NOTES_LENGTH:
            too_long = _(
                "These notes are %(length)d characters long; %(longest)d fit. They are all still here: please shorten them."
            )
            raise forms.ValidationError(too_long % {"length": len(source), "longest": NOTES_LENGTH})
        try:
            return Words.cleaned(source, Profile.SUMMARY)
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class TagsField(forms.CharField):
    """Free words of the bookmark's owner, separated by commas."""

    def __init__(self) -> None:
        help_text = _("Words of your own to find it by, separated by commas. They are no tags of the work.")
        super().__init__(label=_("Your tags"), required=False, max_length=MOST_TYPED, help_text=help_text)

    def clean(self, value: object) -> list[str]:
        """Answer the names, each good; the first bad one is told by name."""
        try:
            names = [naming.tag_name(name) for name in naming.split_names(str(super().clean(value)))]
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(
                _("These are %(count)d tags; a bookmark can have %(most)d.") % {"count": len(names), "most": MOST_TAGS}
            )
        return names


class BookmarkForm(forms.Form):
    """What a member says with a bookmark."""

    bound_field_class = KnownField
    use_required_attribute = False

    bookmarker_notes = NotesField()
    tag_string = TagsField()
    pseud_id = forms.TypedChoiceField(
        label=_("Bookmark as"), required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": _("This is none of your pseuds.")},
    )  # fmt: skip
    rec = forms.BooleanField(label=_("I recommend it (a rec)"), required=False, widget=Tick)
    private = forms.BooleanField(
        label=_("For me alone"), required=False, widget=Tick,
        help_text=_("A private bookmark is shown to nobody else, and counted nowhere."),
    )  # fmt: skip

    names: list[Pseud]

    def __init__(self, sent: QueryDict | None = None, *, names: list[Pseud], bookmark: Bookmark | None = None) -> None:
        self.names = names
        super().__init__(sent, initial=said_in(bookmark) if bookmark else {"pseud_id": names[0].pk})
        choice = cast("forms.ChoiceField", self.fields["pseud_id"])
        choice.choices = [(name.pk, name.name) for name in names]
        if len(names) == 1:
            choice.widget = forms.HiddenInput()

    def add_prefix(self, field_name: str) -> str:
        """Answer the parameter of a field."""
        return f"bookmark[{field_name}]"

    def entry(self) -> BookmarkEntry:
        """Answer what was said. Without a name it stands under the default one."""
        said = self.cleaned_data
        return BookmarkEntry(
            pseud=next((name for name in self.names if name.pk == said["pseud_id"]), self.names[0]),
            notes=said["bookmarker_notes"],
            tags=said["tag_string"],
            is_private=said["private"],
            is_rec=said["rec"],
        )


def said_in(bookmark: Bookmark) -> dict[str, object]:
    """Answer what a form begins with that changes a bookmark."""
    return {
        "pseud_id": bookmark.pseud_id,
        "bookmarker_notes": bookmark.notes_source,
        "tag_string": bookmark.tag_string,
        "private": bookmark.is_private,
        "rec": bookmark.is_rec,
    }
