"""The posting forms: what an author types becomes an entry, and nothing typed is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.people.models import Pseud
from archive.tags.models import FREEFORM, RATING, WARNING, Kind, Tag
from archive.text.cleaning import Profile
from archive.works import arranging, cowriting, dating, entries, giving, marking, publishing, tagging, writing
from archive.works.form_fields import (
    DayField,
    LineField,
    NamesField,
    PeopleField,
    RecipientsField,
    ValueField,
    ValuesField,
    WordsField,
    expected_field,
)
from archive.works.languages import Language
from archive.works.models import MOST_CHAPTERS, NOTES_LENGTH, SUMMARY_LENGTH, TEXT_LENGTH
from archive.works.order_forms import NumberField
from archive.works.series import Series
from archive.works.skins import Skin, layers_of
from archive.works.texts import ChapterText
from archive.works.versioned_forms import VersionedForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from archive.errors import ArchiveError
    from archive.people.models import User
    from archive.works.chapters import Chapter
    from archive.works.models import Work
    from archive.works.series import SeriesEntry

PROFILES = {
    "summary": Profile.SUMMARY,
    "notes": Profile.NOTES,
    "endnotes": Profile.NOTES,
    "content_notes": Profile.SUMMARY,
    "text": Profile.CHAPTER,
}
KIND_PREFIX = "tags_"
STEPS = {
    "advisory": ["tags_rating", "tags_warning", "content_notes"],
    "about": ["title", "language", "summary"],
    "text": ["text", "chapter_title"],
    "notes": ["notes", "endnotes"],
    "people": [
        "pseuds",
        "recipients",
        "invited",
        "series",
        "series_position",
        "expected_chapters",
        "dated_on",
        "skin",
        "is_restricted",
        "feeds_carry_text",
    ],
}


FIELDS_OF_REFUSALS: dict[type[ArchiveError], str] = {
    tagging.TooManyTags: FREEFORM,
    tagging.Contradiction: WARNING,
    writing.NotYours: "pseuds",
    giving.TakesNoGifts: "recipients",
    giving.TooManyRecipients: "recipients",
    cowriting.CannotBeInvited: "invited",
    cowriting.TooManyPending: "invited",
    marking.MarkRefused: "text",
}


def refuse_too_few(form: forms.Form, work: Work | None) -> None:
    """Say beside the field where fewer chapters are promised than there are."""
    expected = form.cleaned_data.get("expected_chapters")
    if work is not None and expected is not None and expected < work.chapter_count and "expected_chapters" in form.changed_data:
        sentence = ngettext(
            "There is %(count)d chapter already. Give at least that many, or leave it empty.",
            "There are %(count)d chapters already. Give at least that many, or leave it empty.",
            work.chapter_count,
        )
        form.add_error("expected_chapters", sentence % {"count": work.chapter_count})


class ChapterFields(forms.Form):
    """What belongs to one chapter."""

    chapter_title = LineField(_("Chapter title"))
    text = WordsField(
        _("Text"), Profile.CHAPTER, longest=TEXT_LENGTH, rows=24,
        help_text=_(
            "Plain text, HTML or Markdown. A blank line begins a new paragraph; a line of only *** becomes a scene break. "
            "A line [warning: …] before a passage and a line [end warning] behind it mark it."
        ),
    )  # fmt: skip
    dated_on = DayField()
    text_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def date_chapter(form: forms.Form, chapter: Chapter, *, by: User) -> None:
    """Give a chapter the day that was sent, where the form asked for one."""
    if "dated_on" in form.data:
        dating.date_chapter(chapter, form.cleaned_data["dated_on"], by=by)


class WorkForm(VersionedForm):
    """A work. With its one chapter's text where it has no more than one."""

    title = LineField(_("Title"))
    language = forms.ModelChoiceField(
        Language.objects.all(), label=_("Language"), required=False, empty_label=_("Choose a language")
    )
    summary = WordsField(_("Summary"), Profile.SUMMARY, longest=SUMMARY_LENGTH, rows=4)
    notes = WordsField(_("Notes before the text"), Profile.NOTES, longest=NOTES_LENGTH, rows=4)
    endnotes = WordsField(_("Notes after the text"), Profile.NOTES, longest=NOTES_LENGTH, rows=4)
    content_notes = WordsField(
        _("In your own words"), Profile.SUMMARY, longest=NOTES_LENGTH, rows=3,
        help_text=_("What is ahead, as precisely as you like. It stays folded until a reader asks for it."),
    )  # fmt: skip
    pseuds = forms.ModelMultipleChoiceField(
        Pseud.objects.none(), label=_("Written as"), required=False, widget=forms.CheckboxSelectMultiple
    )
    recipients = RecipientsField(
        _("A gift for"),
        help_text=_("Names, with commas between. A member is named once they have said yes; anybody else at once."),
    )
    invited = PeopleField(
        _("Invite co-authors"),
        help_text=_("Names of members, with commas between. Their names stand under the work once they have said yes."),
    )
    series = LineField(
        _("Series"), options="series-titles", help_text=_("Its title. A new title makes a new series; leave it empty for none.")
    )
    series_position = forms.IntegerField(label=_("Part"), required=False, min_value=1, max_value=MOST_CHAPTERS)
    expected_chapters = expected_field()
    skin = forms.ModelChoiceField(
        Skin.objects.none(),
        label=_("Skin"),
        required=False,
        empty_label=_("None"),
        help_text=_("How the text is dressed. Readers can take it off, and it dresses no warning."),
    )
    is_restricted = forms.BooleanField(label=_("Only members of this archive can read it"), required=False)
    feeds_carry_text = forms.BooleanField(
        label=_("Feeds may carry its text"),
        help_text=_("As far as nobody has to be asked first. Feeds of a work that has warnings, or is for adults, never do."),
        required=False,
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, sent: QueryDict | None = None, *, author: User, work: Work | None = None, chapter: Chapter | None = None
    ) -> None:
        self.author, self.work, self.chapter = author, work, chapter
        self.free_recipients: set[str] = set()
        self.kinds = list(Kind.objects.filter(is_on_works=True))
        self.has_text = work is None or chapter is not None
        super().__init__(sent, initial=self._kept(work) if work else {"expected_chapters": 1})
        self._add_kinds()
        if self.has_text:
            self.fields |= ChapterFields().fields
        own = Pseud.objects.editable_by(author).with_account()
        self.fields["pseuds"].queryset = own  # type: ignore[attr-defined] # a ModelMultipleChoiceField
        skins = Skin.objects.for_a_work(work.skin_id if work else None, by=author)
        self.fields["skin"].queryset = skins  # type: ignore[attr-defined] # likewise
        for name in ("invited", "recipients"):
            self.fields[name].viewer = author  # type: ignore[attr-defined] # a PeopleField
        self.fields["recipients"].kept = self.free_recipients  # type: ignore[attr-defined] # a RecipientsField
        self.series_titles = list(Series.objects.editable_by(author).values_list("title", flat=True))
        if work is None:
            self.initial["pseuds"] = [pseud.pk for pseud in own if pseud.is_default]

    def _add_kinds(self) -> None:
        """Add a field for each kind of tag, the operator's own included."""
        borne: dict[str, list[Tag]] = {}
        if self.work:
            for tagging in self.work.taggings.select_related("tag").order_by("position", "pk"):
                if tagging.is_own:
                    borne.setdefault(tagging.tag.kind_id, []).append(tagging.tag)
        choosable = list(Tag.objects.choosable())
        for kind in self.kinds:
            name, on_work = f"{KIND_PREFIX}{kind.code}", borne.get(kind.code, [])
            if not kind.is_closed:
                self.fields[name] = NamesField(kind)
                self.initial[name] = ", ".join(tag.name for tag in on_work)
                continue
            offered = [tag for tag in choosable if tag.kind_id == kind.code]
            offered += [tag for tag in on_work if tag not in offered]
            names = [tag.name for tag in on_work]
            # A work may bear several from before the kind took only one: they are shown, and its author says which it is.
            is_single = kind.is_single and len(names) <= 1
            self.fields[name] = (ValueField if is_single else ValuesField)(kind, offered)
            self.initial[name] = next(iter(names), None) if is_single else names

    def _kept(self, work: Work) -> dict[str, object]:
        """Answer what the work holds now, as it was typed."""
        place = next(iter(self._own_places(work)), None)
        kept: dict[str, object] = {
            "title": work.title,
            "language": work.language_id,
            "pseuds": list(work.pseuds.filter(user=self.author).values_list("pk", flat=True)),
            "series": place.series.title if place else "",
            "series_position": place.position if place else None,
            "expected_chapters": work.expected_chapters,
            "is_restricted": work.is_restricted,
            "feeds_carry_text": work.feeds_carry_text,
            "skin": work.skin_id,
            "version": work.version,
        }
        gifts = work.gifts.kept().select_related("pseud__user").order_by("pk")
        kept["recipients"] = ", ".join(gift.recipient for gift in gifts)
        self.free_recipients = {gift.name for gift in gifts if gift.name}
        kept |= {name: getattr(self.work, f"{name}_source") for name in entries.RICH_FIELDS}
        if self.chapter:
            text = ChapterText.objects.get(chapter=self.chapter)
            kept |= {"chapter_title": self.chapter.title, "text": text.source, "text_version": text.version}
            kept["dated_on"] = dating.day_of(self.chapter)
        return kept

    def co_authors(self) -> list[Pseud]:
        """Answer the others who make the work."""
        if self.work is None:
            return []
        return list(self.work.pseuds.exclude(user=self.author).with_account().order_by("creatorships__position", "pk"))

    def clean(self) -> dict[str, object]:
        """Refuse a promise of fewer chapters than there are."""
        refuse_too_few(self, self.work)
        return self.cleaned_data

    def kind_fields(self) -> list[tuple[Kind, forms.BoundField]]:
        """Answer the fields of all kinds, each with its kind, in order."""
        return [(kind, self[f"{KIND_PREFIX}{kind.code}"]) for kind in self.kinds]

    def advisory_fields(self) -> list[tuple[Kind, forms.BoundField]]:
        """Answer the fields of what readers are told first."""
        return [(kind, field) for kind, field in self.kind_fields() if kind.code in {RATING, WARNING}]

    def other_kind_fields(self) -> list[tuple[Kind, forms.BoundField]]:
        """Answer the fields of what the work is about, the operator's own kinds included."""
        return [(kind, field) for kind, field in self.kind_fields() if kind.code not in {RATING, WARNING}]

    def step_mistakes(self) -> dict[str, int]:
        """Answer how many mistakes lie in each of the form's five parts."""
        mistakes = dict.fromkeys(STEPS, 0)
        for name in self.errors:
            step = next((step for step, names in STEPS.items() if name in names), "about")
            mistakes[step] += name != NON_FIELD_ERRORS
        return mistakes

    def previewed_layers(self) -> list[Skin]:
        """Answer the skin that was chosen with what it builds on, for a look at the work before it is kept."""
        skin = self.cleaned_data["skin"]
        return layers_of(skin.pk) if skin else []

    def previewed_tags(self) -> list[tuple[Kind, list[str]]]:
        """Answer the names in each kind, for a look at the work before it is kept."""
        return [(kind, names) for kind in self.kinds if (names := self._names(kind))]

    def entry(self) -> entries.WorkEntry:
        """Answer what was typed about the work."""
        typed = self.cleaned_data
        series = [entries.SeriesPlace(typed["series"], typed["series_position"])] if typed["series"] else []
        series += [other for other in self._other_places() if other.title.casefold() != typed["series"].casefold()]
        return entries.WorkEntry(
            title=typed["title"],
            language=typed["language"],
            pseuds=list(typed["pseuds"]),
            tags={kind.code: self._names(kind) for kind in self.kinds},
            is_restricted=typed["is_restricted"],
            feeds_carry_text=typed["feeds_carry_text"],
            expected_chapters=typed["expected_chapters"],
            series=series,
            invited=typed["invited"],
            recipients=typed["recipients"],
            **{name: typed[name] for name in entries.RICH_FIELDS},
        )

    def _other_places(self) -> list[entries.SeriesPlace]:
        """Answer the author's series that the work is in besides the one that the form shows: it stays in them."""
        own = self._own_places(self.work)[1:] if self.work else []
        return [entries.SeriesPlace(place.series.title, place.position) for place in own]

    def _own_places(self, work: Work) -> list[SeriesEntry]:
        """Answer the places of a work in the author's own series, the oldest first."""
        own = Series.objects.editable_by(self.author)
        return list(work.series_entries.filter(series__in=own).select_related("series").order_by("pk"))

    def _names(self, kind: Kind) -> list[str]:
        """Answer the names of the tags that were chosen or typed in one kind."""
        typed = self.cleaned_data[f"{KIND_PREFIX}{kind.code}"]
        if not kind.is_closed:
            return list(typed)
        if isinstance(self.fields[f"{KIND_PREFIX}{kind.code}"], ValueField):
            return [typed.name] if typed else []
        return [tag.name for tag in typed]

    def chapter_entry(self) -> entries.ChapterEntry:
        """Answer what was typed of the one chapter; what else the chapter has stays as it is."""
        typed = self.cleaned_data
        kept: dict[str, object] = {}
        if self.chapter:
            kept = {name: kept_words(self.chapter, name) for name in entries.RICH_FIELDS}
            kept["warnings"] = list(self.chapter.warnings.values_list("name", flat=True))
        return entries.ChapterEntry(title=typed["chapter_title"], text=typed["text"], **kept)  # type: ignore[arg-type] # see kept_words

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        missing = getattr(refusal, "missing", None) or {self._field_of(refusal): refusal.sentence}
        for name, sentence in missing.items():
            field = name if name in self.fields else f"{KIND_PREFIX}{name}"
            self.add_error(field if field in self.fields else None, str(sentence))

    @staticmethod
    def _field_of(refusal: ArchiveError) -> str:
        """Answer the field that a refusal without a list of fields is about."""
        if isinstance(refusal, tagging.KindRefused):
            return refusal.kind
        if isinstance(refusal, publishing.NotAccepted):
            return refusal.tag.kind_id
        return next((field for kind, field in FIELDS_OF_REFUSALS.items() if isinstance(refusal, kind)), "")


def kept_words(chapter: Chapter, name: str) -> entries.Words:
    """Answer a chapter's summary or notes as they are kept, cleaned anew from what was typed."""
    return entries.Words.cleaned(getattr(chapter, f"{name}_source"), PROFILES[name])


class ChapterForm(VersionedForm, ChapterFields):
    """A chapter of a work that has, or will have, several."""

    summary = WordsField(_("Chapter summary"), Profile.SUMMARY, longest=SUMMARY_LENGTH, rows=3)
    notes = WordsField(_("Notes before the chapter"), Profile.NOTES, longest=NOTES_LENGTH, rows=3)
    endnotes = WordsField(_("Notes after the chapter"), Profile.NOTES, longest=NOTES_LENGTH, rows=3)
    content_notes = WordsField(
        _("In your own words"), Profile.SUMMARY, longest=NOTES_LENGTH, rows=3,
        help_text=_("What is ahead in this chapter. It stays folded until a reader asks for it."),
    )  # fmt: skip

    position = NumberField(_("Number"), last=MOST_CHAPTERS)
    expected_chapters = expected_field()

    def __init__(self, sent: QueryDict | None = None, *, work: Work, chapter: Chapter | None = None) -> None:
        self.work, self.chapter = work, chapter
        super().__init__(sent, initial=self._kept(chapter) if chapter else self._next())
        kind = Kind.objects.get(pk=WARNING)
        offered = [tag for tag in Tag.objects.choosable().of_kind(WARNING) if not tag.means_no_warnings]
        if chapter:
            offered += [tag for tag in chapter.warnings.all() if tag not in offered]
        self.fields["warnings"] = ValuesField(kind, offered)
        self.fields["warnings"].label = _("Warnings of this chapter")
        self.fields["warnings"].help_text = _("Only what this chapter brings by itself. The whole work bears it too.")

    def _next(self) -> dict[str, object]:
        """Answer what a chapter behind the others begins with. A work that was whole so far promises nothing more."""
        expected = self.work.expected_chapters
        return {
            "position": self.work.chapters.count() + 1,
            "expected_chapters": expected if expected and expected > self.work.chapter_count else None,
        }

    def _kept(self, chapter: Chapter) -> dict[str, object]:
        """Answer what the chapter holds now, as it was typed."""
        text = ChapterText.objects.get(chapter=chapter)
        kept: dict[str, object] = {name: getattr(chapter, f"{name}_source") for name in entries.RICH_FIELDS}
        return kept | {
            "chapter_title": chapter.title,
            "text": text.source,
            "text_version": text.version,
            "warnings": list(chapter.warnings.values_list("name", flat=True)),
            "position": chapter.position,
            "expected_chapters": self.work.expected_chapters,
            "dated_on": dating.day_of(chapter),
        }

    def clean(self) -> dict[str, object]:
        """Refuse a promise of fewer chapters than there are."""
        refuse_too_few(self, self.work)
        return self.cleaned_data

    def previewed_layers(self) -> list[Skin]:
        """Answer the skin that the work wears with what it builds on, for a look at the chapter before it is kept."""
        return layers_of(self.work.skin_id) if self.work.skin_id else []

    def put(self, chapter: Chapter, *, by: User) -> None:
        """Give a chapter that was kept its day and its number, and its work how many there will be, where these were sent."""
        date_chapter(self, chapter, by=by)
        position = self.cleaned_data["position"]
        if position is not None and position != chapter.position:
            arranging.put(chapter, position, by=by)
        if "expected_chapters" in self.data:
            arranging.expect(self.work, self.cleaned_data["expected_chapters"], by=by)

    def entry(self) -> entries.ChapterEntry:
        """Answer what was typed."""
        typed = self.cleaned_data
        return entries.ChapterEntry(
            title=typed["chapter_title"],
            text=typed["text"],
            warnings=[tag.name for tag in typed["warnings"]],
            **{name: typed[name] for name in entries.RICH_FIELDS},
        )

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        missing = getattr(refusal, "missing", None)
        if missing is None:
            field = next((field for refused, field in FIELDS_OF_REFUSALS.items() if isinstance(refusal, refused)), "")
            missing = {field: refusal.sentence}
        for name, sentence in missing.items():
            field = "warnings" if name == WARNING else name
            self.add_error(field if field in self.fields else None, str(sentence))
