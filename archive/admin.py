"""Django's own administration, for what has no pages of ours yet: types of media, languages, accounts, invitations.

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

from archive.community import counting
from archive.errors import ArchiveError
from archive.models import Invitation, Language, Tag, User
from archive.tags import naming
from archive.tags.models import MEDIA
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

# Imported above so that what they register can be taken out: neither taggit's own tags nor groups are used here.
admin.site.unregister([taggit.models.Tag, Group])

admin.site.site_header = admin.site.site_title = _("Archive")
# One log-in, with its limits and its confirmed addresses, for everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # as allauth's documentation has it


class MediaForm(forms.ModelForm):  # type: ignore[type-arg] # at run time Django's class takes none
    """A type of media, with the rules that every tag's name is held to."""

    def clean_name(self) -> str:
        """Answer the name as it will be kept; refuse one that another tag has in other case or accents."""
        try:
            name = naming.tag_name(self.cleaned_data["name"])
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal
        if Tag.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a tag of this name already."))
        return name


@admin.register(Tag)
class MediaAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # at run time Django's class takes none
    """Types of media, which fandoms belong to.

    Other tags are not here: what wranglers do to them is logged and can be undone, and values of closed kinds have pages of ours.
    """

    form = MediaForm
    fields = ("name", "position")
    list_display = ("name", "position")
    ordering = ("position", "folded")
    search_fields = ("folded",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Answer types of media alone."""
        return super().get_queryset(request).filter(kind=MEDIA)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str) -> tuple[QuerySet[Tag], bool]:
        """Find tags whatever the case and accents of what was typed."""
        return super().get_search_results(request, queryset, folded_key(search_term))

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:  # type: ignore[type-arg] # Django's signature
        """Make a new one a type of media, which fandoms can belong to."""
        obj.kind_id, obj.is_canonical = MEDIA, True
        super().save_model(request, obj, form, change)


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

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:  # type: ignore[type-arg] # Django's signature
        """Keep an account; one that is closed or opened again takes its bookmarks out of the counts, or back into them."""
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            counting.recount_of(obj)

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
