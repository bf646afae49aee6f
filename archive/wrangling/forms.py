"""What wranglers fill in: names of tags become tags, and an act is asked for many at once or for one."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags import naming, wrangling
from archive.tags.models import CHARACTER, FANDOM, MEDIA, RELATIONSHIP, Kind, Status, Tag
from archive.text.fields import folded_key
from archive.wrangling import bins
from archive.wrangling.bins import TAGS_ON_A_PAGE, Bin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.http import QueryDict

    from archive.people.models import User
    from archive.tags.models import WranglingAct
    from archive.tags.wrangling import Outcome

LONGEST_LIST = 20_000  # characters


class NameField(forms.CharField):
    """The name of one tag, which need not exist."""

    def clean(self, value: object) -> str:
        """Answer the name, or nothing."""
        names = naming.split_names(super().clean(value))
        if len(names) > 1:
            raise forms.ValidationError(_("Name one tag; these are several."))
        return "".join(names)


class TagsField(forms.CharField):
    """Names of tags of certain kinds that exist, separated by commas."""

    def __init__(self, kinds: Sequence[str], **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_LIST, **options)
        self.kinds = kinds

    def clean(self, value: object) -> list[Tag]:
        """Answer the tags; the first name that none of them has is told."""
        names = {folded_key(name): name for name in naming.split_names(super().clean(value))}
        found = {tag.folded: tag for tag in Tag.objects.filter(folded__in=names, kind__in=self.kinds).select_related("kind")}
        for key, name in names.items():
            if key not in found:
                raise forms.ValidationError(_("There is no tag “%(name)s” of that kind.") % {"name": name})
        return [found[key] for key in names]


class SeenField(forms.Field):
    """What a page showed when it was opened, as JSON. It is the page's own, so what is spoilt is nobody's mistake: it is empty."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> dict[str, str]:
        """Answer it, or nothing."""
        try:
            seen = json.loads(str(value))
        except (ValueError, RecursionError):
            return {}
        return {name: str(said) for name, said in seen.items()} if isinstance(seen, dict) else {}


class FandomsForm(forms.Form):
    """Fandoms for a wrangler to look after."""

    fandoms = TagsField([FANDOM], label=_("Looks after"), help_text=_("Canonical fandoms."))

    def clean_fandoms(self) -> list[Tag]:
        """Refuse fandoms that are not canonical."""
        fandoms: list[Tag] = self.cleaned_data["fandoms"]
        for fandom in fandoms:
            if not fandom.is_canonical:
                raise forms.ValidationError(_("“%(name)s” is not canonical. Make it so first.") % {"name": fandom})
        return fandoms


class TakeForm(FandomsForm):
    """Fandoms that a wrangler takes."""

    fandoms = TagsField([FANDOM], label=_("Take fandoms"), help_text=_("Canonical fandoms. Their bins then stand on this page."))

    def clean_fandoms(self) -> list[Tag]:
        """Refuse no fandom at all, too."""
        fandoms = super().clean_fandoms()
        if not fandoms:
            raise forms.ValidationError(_("Name a fandom."))
        return fandoms


class Act(TextChoices):
    """What can be done to many tags at once."""

    CANONICAL = "canonical", _("Make canonical")
    MERGE = "merge", _("Merge")
    SORT = "sort", _("Sort under it")
    UNWRANGLEABLE = "unwrangleable", _("Mark as unwrangleable")
    NOT_CANONICAL = "not-canonical", _("Make not canonical")
    SPLIT = "split", _("Split off")
    WRANGLEABLE = "wrangleable", _("Mark as wrangleable")


OFFERED = {
    Status.UNWRANGLED: (Act.CANONICAL, Act.UNWRANGLEABLE, Act.MERGE, Act.SORT),
    Status.CANONICAL: (Act.NOT_CANONICAL, Act.MERGE, Act.SORT),
    Status.SYNONYM: (Act.SPLIT, Act.MERGE),
    Status.UNWRANGLEABLE: (Act.WRANGLEABLE, Act.SORT),
}

PLAIN_DEEDS: dict[str, Callable[..., WranglingAct | None]] = {
    Act.CANONICAL: wrangling.make_canonical,
    Act.UNWRANGLEABLE: wrangling.mark_unwrangleable,
    Act.NOT_CANONICAL: wrangling.unmake_canonical,
    Act.SPLIT: wrangling.split,
    Act.WRANGLEABLE: wrangling.mark_wrangleable,
}


# The acts that need a name, with its field. Enter in the field, which presses no button, means its act.
NAMED = {Act.MERGE: "into", Act.SORT: "under"}
BIN_FORM = "bin"  # the id of the form on the page
CHOOSE = _("Choose what to do with the ticked tags.")
SORTED_UNDER = {FANDOM: _("Media types."), RELATIONSHIP: _("Fandoms, and the characters who are in it.")}
SORTED_UNDER_FANDOMS = _("Fandoms.")


class ManyForm(forms.Form):
    """One act for many tags of a bin."""

    act = forms.ChoiceField(choices=Act.choices, required=False, error_messages={"invalid_choice": CHOOSE})
    into = NameField(
        label=_("Merge the ticked tags into"), required=False, help_text=_("One tag. A new name makes it; it becomes canonical.")
    )

    def __init__(self, sent: QueryDict | None = None, *, of: Bin) -> None:
        super().__init__(sent)
        self.bin = of
        # The ids of the tags that were ticked, to be ticked again.
        self.ticked = {int(pk) for pk in sent.getlist("tags") if pk.isdecimal()} if sent else set()
        self.fields["tags"] = forms.ModelMultipleChoiceField(
            bins.tags_for(of.viewer).of_kind(of.kind.code),
            error_messages={
                "required": _("Tick at least one tag."),
                "invalid_choice": _("One of these tags is not here any more."),
            },
        )
        self.fields["under"] = TagsField(
            of.kind.parent_kinds,
            label=_("Sort the ticked tags under"),
            help_text=SORTED_UNDER.get(of.kind.code, SORTED_UNDER_FANDOMS),
        )
        self.parent_kind = of.kind.parent_kinds[0]
        for field in NAMED.values():  # they stand beside the form, not in it
            self.fields[field].widget.attrs["form"] = BIN_FORM

    @property
    def acts(self) -> list[Act]:
        """The acts that need no name."""
        return [act for act in OFFERED[self.bin.status] if act not in {Act.MERGE, Act.SORT}]

    @property
    def can_merge(self) -> bool:
        """Whether tags of this bin can be merged."""
        return Act.MERGE in OFFERED[self.bin.status]

    @property
    def can_sort(self) -> bool:
        """Whether tags of this bin can be sorted under others."""
        return Act.SORT in OFFERED[self.bin.status]

    def clean_tags(self) -> list[Tag]:
        """Refuse more tags than a page shows."""
        tags = list(self.cleaned_data["tags"])
        if len(tags) > TAGS_ON_A_PAGE:
            raise forms.ValidationError(_("These are too many tags at once."))
        return tags

    def clean(self) -> dict[str, Any]:
        """Take a name alone for the wish to do what its field is for, and require the name that an act needs."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("act") == "":
            wished = [act for act, field in NAMED.items() if typed.get(field) or field in self.errors]
            if len(wished) == 1:
                typed["act"] = wished[0]
            else:
                self.add_error("act", CHOOSE)
        field = NAMED.get(typed.get("act", ""))
        if field and field not in self.errors and not typed.get(field):
            self.add_error(field, _("Name a tag."))
        return typed

    def save(self, *, by: User) -> list[Outcome]:
        """Do it to each tag, and answer what became of each. Raises the refusals of a name that cannot be merged into."""
        return wrangling.each(self.cleaned_data["tags"], self._deed(by))

    def _deed(self, by: User) -> Callable[[Tag], WranglingAct | None]:
        """Answer the deed that was asked for, to be done to one tag."""
        typed = self.cleaned_data
        if typed["act"] == Act.MERGE:
            into = wrangling.canonical_named(typed["into"], self.bin.kind, by=by)
            # Whoever ticks all spellings of a thing ticks the right one too.
            return lambda tag: None if tag == into else wrangling.merge(tag, into=into, by=by)
        if typed["act"] == Act.SORT:
            return partial(wrangling.change_parents, add=typed["under"], by=by)
        return partial(PLAIN_DEEDS[typed["act"]], by=by)


STATUSES = {
    Status.UNWRANGLED: _("It waits for a decision"),
    Status.CANONICAL: _("Canonical: works are found by it, and other spellings stand for it"),
    Status.SYNONYM: _("Another spelling of the tag named below"),
    Status.UNWRANGLEABLE: _("Unwrangleable: nothing can be made of it"),
}
PARENTS = "parents_"
LABELS = {FANDOM: _("Belongs to fandoms"), CHARACTER: _("Who is in it"), MEDIA: _("Media types")}
LINK_DEEDS = {"metatags": wrangling.change_metatags, "subtags": wrangling.change_subtags}


class TagForm(forms.Form):
    """One tag. Only what was changed on the page is done, so two wranglers at once do not take back each other's acts."""

    name = forms.CharField(label=_("Name"), widget=forms.TextInput({"dir": "auto"}), required=False)
    status = forms.ChoiceField(label=_("What it is"), choices=list(STATUSES.items()), widget=forms.RadioSelect)
    synonym_of = NameField(
        label=_("Another spelling of"), required=False, help_text=_("One tag. A new name makes it; it becomes canonical.")
    )
    seen = SeenField()

    def __init__(self, sent: QueryDict | None = None, *, tag: Tag) -> None:
        super().__init__(sent)
        self.tag = tag
        self._add_parents()
        if tag.is_canonical:
            options = {"label": _("Part of (meta tags)"), "help_text": _("Wider tags. Whoever looks for these finds this one too.")}
            self.fields["metatags"] = TagsField([tag.kind_id], **options)
            self.fields["subtags"] = TagsField([tag.kind_id], label=_("More precisely (sub-tags)"))
        if tag.status == Status.UNWRANGLED and wrangling.is_unused(tag):
            kinds = [(kind.code, kind.name) for kind in bins.kinds()]
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds)
        kept = self._kept()
        self.initial = kept | {"seen": json.dumps(kept)}

    def _add_parents(self) -> None:
        """Add a field for each kind of tag that this one may belong to; those of a synonym are its canonical's."""
        self.parent_kinds = [] if self.tag.synonym_of_id else list(Kind.objects.filter(pk__in=self.tag.kind.parent_kinds))
        for kind in self.parent_kinds:
            offered = Tag.objects.of_kind(kind.code).order_by("position", "folded") if kind.is_closed else []
            self.fields[PARENTS + kind.code] = TagsField(
                [kind.code], label=LABELS.get(kind.code, kind.name_plural), help_text=", ".join(tag.name for tag in offered)
            )

    def _kept(self) -> dict[str, str]:
        """Answer what the tag holds now."""
        tag, parents = self.tag, list(self.tag.parents.order_by("folded"))
        kept = {
            "name": tag.name,
            "status": tag.status.value,
            "kind": tag.kind_id,
            "synonym_of": tag.synonym_of.name if tag.synonym_of else "",
        }
        for kind in self.parent_kinds:
            kept[PARENTS + kind.code] = ", ".join(parent.name for parent in parents if parent.kind_id == kind.code)
        if tag.is_canonical:
            kept["metatags"] = ", ".join(other.name for other in tag.metatags.order_by("folded"))
            kept["subtags"] = ", ".join(other.name for other in tag.subtags.order_by("folded"))
        return kept

    def parent_fields(self) -> list[tuple[Kind, forms.BoundField]]:
        """Answer the fields of what it belongs to, each with its kind."""
        return [(kind, self[PARENTS + kind.code]) for kind in self.parent_kinds]

    def clean_seen(self) -> dict[str, str]:
        """Answer what the page showed when it was opened; what it does not tell counts as what is so now."""
        kept, seen = self._kept(), self.cleaned_data["seen"]
        return {name: seen.get(name, value) for name, value in kept.items()}

    def clean(self) -> dict[str, Any]:
        """Take a name typed as the canonical for the wish to merge, and require one for that wish."""
        typed: dict[str, Any] = super().clean() or {}
        if "status" not in typed or "synonym_of" not in typed:
            return typed
        seen = typed["seen"]
        if typed["synonym_of"] and typed["synonym_of"] != seen["synonym_of"] and typed["status"] == seen["status"]:
            typed["status"] = Status.SYNONYM.value
        elif typed["synonym_of"] != seen["synonym_of"] and typed["synonym_of"] and typed["status"] != Status.SYNONYM:
            self.add_error("synonym_of", _("Something else is chosen above, and a tag is named here. Take one of the two back."))
        if typed["status"] == Status.SYNONYM and not typed["synonym_of"]:
            self.add_error("synonym_of", _("Name the tag that it is another spelling of."))
        return typed

    def save(self, *, by: User) -> bool:
        """Do what was changed, all of it or nothing; what is refused is said beside its field."""
        field = None
        try:
            with transaction.atomic():
                for field, deed in self._deeds(by):  # noqa: B007 # the last one is the one that was refused
                    deed()
        except ArchiveError as refusal:
            self.add_error(field, str(refusal))
        return not self.errors

    def _deeds(self, by: User) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield, with the field that it is about, each deed that comes of what was changed."""
        typed, seen, tag = self.cleaned_data, self.cleaned_data["seen"], self.tag
        if typed["name"] != seen["name"]:
            yield "name", partial(wrangling.rename, tag, typed["name"], by=by)
        if typed.get("kind", seen["kind"]) != seen["kind"]:
            yield "kind", partial(wrangling.change_kind, tag, Kind.objects.get(pk=typed["kind"]), by=by)
        if typed["status"] != Status.SYNONYM:
            yield from self._links(by)
        if (typed["status"], typed["synonym_of"]) != (seen["status"], seen["synonym_of"]):
            yield ("synonym_of" if typed["status"] == Status.SYNONYM else "status"), partial(self._become, by)

    def _links(self, by: User) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield the deeds that come of the lists of other tags."""
        for name, field in self.fields.items():
            if isinstance(field, TagsField):
                seen = {folded_key(one) for one in naming.split_names(self.cleaned_data["seen"][name])}
                typed = {tag.folded: tag for tag in self.cleaned_data[name]}
                add = [tag for key, tag in typed.items() if key not in seen]
                remove = list(Tag.objects.filter(folded__in=seen - typed.keys()))
                if add or remove:
                    yield name, partial(LINK_DEEDS.get(name, wrangling.change_parents), self.tag, add=add, remove=remove, by=by)

    def _become(self, by: User) -> None:
        """Make of the tag what was chosen, by way of what it was."""
        tag, status = Tag.objects.get(pk=self.tag.pk), self.cleaned_data["status"]
        if status == Status.SYNONYM:
            into = wrangling.canonical_named(self.cleaned_data["synonym_of"], tag.kind, by=by)
            wrangling.merge(tag, into=into, by=by)
            return
        if tag.status == Status.SYNONYM:
            wrangling.split(tag, by=by)
        if tag.status == Status.CANONICAL and status != Status.CANONICAL:
            wrangling.unmake_canonical(tag, by=by)
        if status == Status.CANONICAL:
            wrangling.make_canonical(tag, by=by)
        elif status == Status.UNWRANGLEABLE:
            wrangling.mark_unwrangleable(tag, by=by)
        else:
            wrangling.mark_wrangleable(tag, by=by)


class MergingForm(forms.Form):
    """A tag that another one is merged into, by one press of a button."""

    into = NameField()
