"""Django's own administration, for what has no pages of ours yet: tags, languages, kinds, accounts, invitations.

Works and their texts are not here: they are reached through their doors alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import django.contrib.auth.admin  # noqa: F401 # registers groups
import taggit.admin
import taggit.models
from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.models import Invitation, Kind, Language, Tag, User
from archive.tags import naming
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

# Imported above so that what they register can be taken out: neither taggit's own tags nor groups are used here.
admin.site.unregister([taggit.models.Tag, Group])

admin.site.site_header = admin.site.site_title = _("Archive")
# One log-in, with its limits and its confirmed addresses, for everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # as allauth's documentation has it


class TagForm(forms.ModelForm):  # type: ignore[type-arg] # at run time Django's class takes none
    """A tag, with the rules that a form for authors holds too."""

    def clean_name(self) -> str:
        """Answer the name as it will be kept; refuse one that another tag has in other case or accents."""
        try:
            name = naming.tag_name(self.cleaned_data["name"])
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal
        if Tag.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a tag of this name already."))
        return name

    def clean_synonym_of(self) -> Tag | None:
        """Refuse a tag that would stand for itself, or for one that is not canonical."""
        meant: Tag | None = self.cleaned_data["synonym_of"]
        if meant and (meant.pk == self.instance.pk or not meant.is_canonical):
            raise ValidationError(_("A synonym stands for another tag, which has to be canonical."))
        return meant


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Tags: what hangs under what, which spelling is the archive's own, what is accepted."""

    form = TagForm
    fields = (
        "name", "kind", "explanation", "is_canonical", "synonym_of", "parents", "metatags",
        "is_accepted", "asks_consent", "position", "retired_at",
    )  # fmt: skip
    list_display = ("name", "kind", "is_canonical", "synonym_of", "is_accepted")
    list_filter = ("kind", "is_canonical", "is_accepted")
    list_select_related = ("kind", "synonym_of")
    search_fields = ("folded",)
    ordering = ("kind", "position", "folded")
    autocomplete_fields = ("synonym_of", "parents", "metatags")
    show_full_result_count = False  # a table of a million rows is not counted for a heading

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str) -> tuple[QuerySet[Tag], bool]:
        """Find tags whatever the case and accents of what was typed."""
        return super().get_search_results(request, queryset, folded_key(search_term))


@admin.register(Kind)
class KindAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Kinds of tags. An archive may add its own."""

    list_display = ("name", "code", "position", "is_closed", "is_single", "is_required", "is_on_works")

    def get_readonly_fields(self, request: HttpRequest, obj: Kind | None = None) -> tuple[str, ...]:  # noqa: ARG002 # Django's signature
        """Keep the code of a kind that exists: tags and the program itself name kinds by it."""
        return ("code",) if obj else ()


@admin.register(Language)
class LanguageAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Languages that works can be written in."""

    list_display = ("english_name", "name", "code", "is_right_to_left")
    search_fields = ("english_name", "name", "code")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Accounts: who may come in and who runs the archive. Names, addresses and passwords are their owners' own."""

    fields = (
        "username", "email", "date_joined", "last_login",
        "is_active", "is_wrangler", "is_staff", "is_superuser", "user_permissions",
    )  # fmt: skip
    list_display = ("username", "is_active", "is_wrangler", "is_staff", "is_superuser", "date_joined", "last_login")
    list_filter = ("is_active", "is_wrangler", "is_staff", "is_superuser")
    search_fields = ("username", "email")
    ordering = ("username",)
    filter_horizontal = ("user_permissions",)
    OWN: ClassVar = ("username", "email", "date_joined", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:  # noqa: ARG002 # Django's signature
        """Let only those who may do everything say who may do what."""
        return self.OWN if request.user.is_superuser else (*self.OWN, "is_wrangler", "is_staff", "is_superuser", "user_permissions")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 # Django's signature
        """Nobody makes accounts here: they are made by signing up, with their first pseud."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002 # Django's signature
        """Nobody deletes accounts here: their works would have to go somewhere first."""
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Invitations, to be looked through. They are made and withdrawn on their own page."""

    fields = ("note", "made_by", "made_at", "used_by", "used_at")
    list_display = ("__str__", "made_by", "made_at", "used_by", "used_at")
    search_fields = ("note",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 # Django's signature
        """Nobody makes invitations here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:  # noqa: ARG002 # Django's signature
        """Nobody changes invitations."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:  # noqa: ARG002 # Django's signature
        """Nobody withdraws invitations here."""
        return False
