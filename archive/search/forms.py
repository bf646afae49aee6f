"""The forms that filter and search works. What was typed stays in them, and a mistake gets its sentence beside the field."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.search import parameters
from archive.search.query import parsing
from archive.search.query.mistakes import Mistake
from archive.search.query.tree import AllOf, AnyOf, Date, Field, Not, Number, Phrase, Query, Word
from archive.search.selections import Column, Period, Span
from archive.tags.models import Kind, Tag
from archive.works.languages import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from archive.search.parameters import Asked
    from archive.search.query.tree import Node

LARGEST = 2**31 - 1  # what PostgreSQL counts works' words and readers' kudos with
FIRST_YEAR, LAST_YEAR = 1900, 2199

SORTS = {
    Column.SCORE: _("Best match"),
    Column.UPDATED: _("Date updated"),
    Column.POSTED: _("Date posted"),
    Column.CREATORS: _("Creator"),
    Column.TITLE: _("Title"),
    Column.WORDS: _("Word count"),
    Column.HITS: _("Hits"),
    Column.KUDOS: _("Kudos"),
    Column.COMMENTS: _("Comments"),
    Column.BOOKMARKS: _("Bookmarks"),
}
ASCENDING, DESCENDING = "asc", "desc"
YES, NO = "T", "F"
CHECKED = {"1", "on", "t", "true", "yes"}
# What takes words: what is typed there ranks works, so there can be a best match.
WORDED = ("query", "title", "creators")


class AskedField(forms.BoundField):
    """A field under the id that userscripts know."""

    @property
    def auto_id(self) -> str:
        """The id of its box, and the beginning of the ids of its help and its errors."""
        return f"work_search_{self.name}"


class OneOf(forms.ChoiceField):
    """One of a few values. An unknown one is none, as AO3 takes it."""

    def clean(self, value: object) -> str:
        """Answer the value, or nothing."""
        known = {str(key) for key, _label in cast("list[tuple[str, str]]", self.choices)}
        return value if isinstance(value, str) and value in known else ""


class SomeOf(forms.MultipleChoiceField):
    """Some of a few values; they are read as the tags that they are, not here."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: object) -> object:
        """Take what there is."""
        return value


class WholeNumber(forms.CharField):
    """A number as people write it: 1000, 1,000 or 1 000."""

    SEPARATORS = re.compile(r"[\s.,_'’]")
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: object) -> int | None:
        """Answer the number, or None where there is none."""
        written = self.SEPARATORS.sub("", str(super().clean(value) or ""))
        if not written:
            return None
        if not written.isdecimal():
            raise forms.ValidationError(_("This is no number. Write it in digits, such as 1000."))
        return min(int(written[:12]), LARGEST)


class DayInput(forms.DateInput):
    """A calendar where the browser has one; what is no day stays as it was typed."""

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Answer what the widget is drawn with."""
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "text" if value and _day(str(value)) is None else "date"
        return context


class Day(forms.CharField):
    """A day, as YYYY-MM-DD; answers where it begins."""

    widget = DayInput

    def clean(self, value: object) -> dt.datetime | None:
        """Answer the day's first moment, or None where there is none."""
        written = str(super().clean(value) or "")
        if not written:
            return None
        day = _day(written)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("This is no date. Write it as year, month and day, such as 2020-12-31."))
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class Names(forms.CharField):
    """Names of tags of one kind, separated by commas; they are read as the tags that they are, not here."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(label=kind.name_plural, required=False)
        self.kind = kind.pk


class Words(forms.CharField):
    """A search in words, of the whole work or of one field."""

    def __init__(self, field: Field | None = None, **options: object) -> None:
        super().__init__(required=False, **options)  # type: ignore[arg-type] # a label and a help text
        self.field = field
        self.widget.attrs.setdefault("dir", "auto")

    def clean(self, value: object) -> Query:
        """Answer what it means, or refuse it with the sentence of the query language."""
        try:
            query = parsing.parse(str(super().clean(value) or ""))
        except Mistake as mistake:
            raise forms.ValidationError(str(mistake)) from mistake
        if self.field is None or query.root is None:
            return query
        return Query(_in_field(query.root, self.field), query.sort)


class Range(forms.CharField):
    """A number or a date as AO3's form takes it: 1000, >1000, 100-200, < 7 days."""

    def __init__(self, name: str, column: Column, refusal: _StrPromise, **options: object) -> None:
        super().__init__(required=False, **options)  # type: ignore[arg-type] # likewise
        self.name, self.column, self.refusal = name, column, refusal

    def clean(self, value: object) -> Span | Period | None:
        """Answer the range, or None where there is none."""
        written = str(super().clean(value) or "")
        if not written:
            return None
        try:
            root = parsing.parse(f"{self.name}:{written}").root
        except Mistake as mistake:
            raise forms.ValidationError(self.refusal) from mistake
        if isinstance(root, Number) and root.column == self.column:
            return Span(root.column, _at_most(root.lowest), _at_most(root.highest))
        if isinstance(root, Date) and root.column == self.column:
            return Period(root.column, root.earliest, root.latest)
        raise forms.ValidationError(self.refusal)


NO_NUMBERS = _("This is no number. Write 1000, >1000, <1000 or 100-200.")
NO_DATES = _("This is no date. Write a day such as 2020-12-31, or a time such as < 7 days, 2-3 weeks or > 1 year ago.")


class Tick(forms.CheckboxInput):
    """A box that sends 1, as AO3's does; what else is sent for it there means the same here."""

    def value_from_datadict(self, data: Mapping[str, object], _files: object, name: str) -> bool:
        """Answer whether it is ticked."""
        return str(data.get(name, "")).lower() in CHECKED


class WorkSearch(forms.Form):
    """All that can be asked of works. It is always bound to an address, since an empty one asks for everything."""

    bound_field_class = AskedField

    query = Words(
        label=_("Any words"),
        help_text=_(
            "In titles, names, summaries, notes, tags and texts. Quotation marks hold words together; a minus leaves one out."
        ),
    )
    title = Words(Field.TITLE, label=_("Title"))
    creators = Words(Field.CREATORS, label=_("Creator"))
    sort_column = OneOf(label=_("Sort by"), required=False)
    sort_direction = OneOf(
        label=_("Direction"), required=False,
        choices=[("", _("As usual")), (ASCENDING, _("Ascending")), (DESCENDING, _("Descending"))],
    )  # fmt: skip
    other_tag_names = forms.CharField(label=_("Other tags to include"), required=False)
    excluded_tag_names = forms.CharField(label=_("Other tags to exclude"), required=False)
    crossover = OneOf(
        label=_("Crossovers"), required=False, widget=forms.RadioSelect,
        choices=[("", _("With or without")), (NO, _("No crossovers")), (YES, _("Only crossovers"))],
    )  # fmt: skip
    complete = OneOf(
        label=_("Completion"), required=False, widget=forms.RadioSelect,
        choices=[("", _("All works")), (YES, _("Complete works")), (NO, _("Works in progress"))],
    )  # fmt: skip
    single_chapter = forms.Field(label=_("In one chapter"), required=False, widget=Tick(attrs={"value": "1"}))
    language_id = OneOf(label=_("Language"), required=False)
    words_from = WholeNumber(label=_("Words from"), required=False)
    words_to = WholeNumber(label=_("Words to"), required=False)
    date_from = Day(label=_("Updated from"), required=False)
    date_to = Day(label=_("Updated to"), required=False)
    revised_at = Range("revised_at", Column.UPDATED, NO_DATES, label=_("Date updated"))
    word_count = Range("word_count", Column.WORDS, NO_NUMBERS, label=_("Word count"))
    hits = Range("hits", Column.HITS, NO_NUMBERS, label=_("Hits"))
    kudos_count = Range("kudos_count", Column.KUDOS, NO_NUMBERS, label=_("Kudos"))
    comments_count = Range("comments_count", Column.COMMENTS, NO_NUMBERS, label=_("Comments"))
    bookmarks_count = Range("bookmarks_count", Column.BOOKMARKS, NO_NUMBERS, label=_("Bookmarks"))

    def __init__(self, asked: Asked, *, own_order: str | _StrPromise = "") -> None:
        """Bind to an address; `own_order` names the order that the works have already, as in a series."""
        self.asked = asked
        self.languages = languages()
        super().__init__(_data(asked))
        has_words = any(asked.said.get(name) for name in WORDED)
        sorts = [(column.value, label) for column, label in SORTS.items() if has_words or column is not Column.SCORE]
        self._offer("sort_column", [("", own_order), *sorts] if own_order else sorts)
        self._offer("language_id", [("", _("Any language")), *self.languages.items()])

    def _offer(self, name: str, choices: Sequence[tuple[str, str | _StrPromise]]) -> None:
        cast("OneOf", self.fields[name]).choices = choices

    def add_prefix(self, field_name: str) -> str:
        """Answer the parameter of a field."""
        name = parameters.field_name(field_name)
        return f"{name}[]" if isinstance(self.fields.get(field_name), SomeOf) else name

    def add_kinds(self) -> list[forms.BoundField]:
        """Add a field for each kind of tag that works are filtered by, as the page of the search has them."""
        closed = Tag.objects.choosable().select_related("kind")
        values: dict[str, list[tuple[str, str]]] = {}
        for tag in closed:
            values.setdefault(tag.kind_id, []).append((str(tag.pk), tag.name))
        added = []
        for kind in Kind.objects.filter(is_in_filters=True, is_on_works=True):
            name = parameters.parameter_of(kind.code)
            if not kind.is_closed:
                name = f"{name}_names"
                self.fields[name] = Names(kind)
            elif kind.is_single:
                name = f"{name}_ids"
                self.fields[name] = OneOf(label=kind.name, choices=[("", _("Any")), *values.get(kind.code, [])], required=False)
            else:
                name = f"{name}_ids"
                self.fields[name] = SomeOf(label=kind.name_plural, choices=values.get(kind.code, []), required=False)
            added.append(self[name])
        return added

    def clean(self) -> dict[str, object]:
        """Refuse ranges that begin behind their end, and more tags than are looked up."""
        answers = super().clean() or self.cleaned_data
        for name, is_out in (("other_tag_names", False), ("excluded_tag_names", True)):
            if sum(tag.is_out is is_out for tag in self.asked.tags) > parameters.MOST_TAGS:
                self.add_error(
                    name, _("These are more than %(most)d tags. Please take some away.") % {"most": parameters.MOST_TAGS}
                )
        for first, last, sentence in (
            ("words_from", "words_to", _("This is more than the number of words that it goes up to.")),
            ("date_from", "date_to", _("This is later than the day that it goes up to.")),
        ):
            begin, end = answers.get(first), answers.get(last)
            if begin is not None and end is not None and begin > end:
                self.add_error(first, sentence)
        return answers

    def sent_along(self, *fields: str, shown: Collection[tuple[str, str]] = ()) -> parameters.Pairs:
        """Answer what the address asks for and the page has no field for: it goes along hidden.

        `fields` are drawn, and so is what of the tags is `shown`.
        """
        drawn = {self.add_prefix(name) for name in fields}
        return [(key, value) for key, value in self.asked.kept() if key not in drawn and (key, value) not in shown]


def _data(asked: Asked) -> QueryDict:
    """Answer what fields read: each parameter under the one name that its field has here."""
    data = QueryDict(mutable=True)
    for key, value in asked.pairs:
        found = parameters.LISTED.fullmatch(key)
        if found is None:
            data.appendlist(key, value)
        elif found["way"] == "work_search":
            kind = parameters.parameter_of(parameters.CODES.get(found["kind"], found["kind"]))
            data.appendlist(parameters.field_name(f"{kind}_ids"), value)
            data.appendlist(f"{parameters.field_name(f'{kind}_ids')}[]", value)
    return data


def _in_field(node: Node, field: Field) -> Node:
    """Answer what was typed into the box of one field: words without a field of their own are looked for in that one."""
    match node:
        case Word(field=None) | Phrase(field=None):
            return replace(node, field=field)
        case AllOf(parts) | AnyOf(parts):
            return type(node)(tuple(_in_field(part, field) for part in parts))
        case Not(part):
            return Not(_in_field(part, field))
    return node


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        return None


def _at_most(number: int | None) -> int | None:
    return None if number is None else min(number, LARGEST)
