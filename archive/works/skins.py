"""Skins: stylesheets that members write, for a work of theirs or for the pages of the archive."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from archive.text import stylesheets

if TYPE_CHECKING:
    from archive.people.models import User, Viewer
    from archive.text.stylesheets import Stylesheet

TITLE_LENGTH = 100
ABOUT_LENGTH = 1_000
KEY_LENGTH = 32
SCOPE = "#workskin"
MOST_LAYERS = 4  # skins one on another, the topmost counted along
BELOW = "parent__parent__parent"  # as many as can lie below one
REMEMBERED = 32  # written skins that a process keeps


class Kind(models.TextChoices):
    """What a skin is for."""

    WORK = "work", _("for works")
    SITE = "site", _("for the archive's pages")


class Media(models.TextChoices):
    """The screens that a skin is for."""

    ALL = "", _("Everywhere")
    SCREEN = "screen", _("On screens, not on paper")
    NARROW = "narrow", _("On narrow screens")
    WIDE = "wide", _("On wide screens")
    DARK = "dark", _("Where the device is set to dark")
    PRINT = "print", _("On paper")


QUERIES = {
    Media.SCREEN: "screen",
    Media.NARROW: "screen and (max-width: 42em)",
    Media.WIDE: "screen and (min-width: 42.01em)",
    Media.DARK: "(prefers-color-scheme: dark)",
    Media.PRINT: "print",
}


class SkinQuerySet(models.QuerySet["Skin"]):
    """Questions about skins."""

    def visible_to(self, viewer: Viewer) -> SkinQuerySet:
        """Public skins, and one's own; a member's programs find the public ones."""
        public = models.Q(public_at__isnull=False)
        sees_own = viewer.is_authenticated and not viewer.reads_only
        return self.filter(public | models.Q(user=viewer.pk) if sees_own else public)

    def editable_by(self, user: User) -> SkinQuerySet:
        """One's own, until they are everybody's."""
        return self.filter(user=user, public_at=None)

    def moderatable_by(self, user: User) -> SkinQuerySet:
        """Skins that were offered to everybody, or are everybody's already."""
        return self.filter(models.Q(offered_at__isnull=False) | models.Q(public_at__isnull=False)) if user.is_staff else self.none()

    def worn(self, pk: int | None) -> SkinQuerySet:
        """The skin that a work wears: whoever may read the work may see it so, whosever skin it is."""
        return self.filter(pk=pk or 0, kind=Kind.WORK)

    def to_build_on(self, kind: str, *, by: User) -> SkinQuerySet:
        """What a skin of this kind can be built on by a member: skins of their own, and everybody's."""
        return self.visible_to(by).filter(kind=kind).order_by("title", "pk")

    def with_parents(self) -> SkinQuerySet:
        """Skins with all that they build on, for `layers`."""
        return self.select_related(BELOW)

    def without_css(self) -> SkinQuerySet:
        """Skins, and what they build on, without what is long."""
        below = BELOW.split("__")
        return self.defer("source", *("__".join([*below[: place + 1], "source"]) for place in range(len(below))))

    def for_a_work(self, worn: int | None, *, by: User) -> SkinQuerySet:
        """What an author may dress a work in: their own skins, everybody's, and the one that it wears already."""
        return (self.visible_to(by).for_works() | self.worn(worn)).order_by("title", "pk")

    def for_works(self) -> SkinQuerySet:
        """Skins for works."""
        return self.filter(kind=Kind.WORK)

    def for_the_site(self) -> SkinQuerySet:
        """Skins for the archive's pages."""
        return self.filter(kind=Kind.SITE)

    def public(self) -> SkinQuerySet:
        """Skins that everybody may use."""
        return self.filter(public_at__isnull=False)

    def offered(self) -> SkinQuerySet:
        """Skins that wait for an administrator's yes."""
        return self.filter(offered_at__isnull=False, public_at=None)

    def in_order(self) -> SkinQuerySet:
        """By title, without what is long."""
        return self.select_related("user").defer("source").order_by("title", "pk")


class Skin(models.Model):
    """A stylesheet as it was typed. What of it reaches a page is written anew by `text.stylesheets` each time."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="skins")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    about = models.TextField(_("about"), max_length=ABOUT_LENGTH, blank=True, default="")
    source = models.TextField(_("CSS"), max_length=stylesheets.LONGEST)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="children", verbose_name=_("builds on"))
    media = models.CharField(_("where it holds"), max_length=6, choices=Media, blank=True, default="")
    digest = models.CharField(max_length=KEY_LENGTH, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    offered_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)

    objects = SkinQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "title", name="skin_title_once_for_a_user")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Answer the address that AO3's readers know."""
        return reverse("skin_show", args=[self.pk])

    @property
    def is_for_works(self) -> bool:
        """Whether it dresses works."""
        return self.kind == Kind.WORK

    def layers(self) -> list[Skin]:
        """Answer the skins that it builds on, the lowest first, and itself at the end; got `with_parents`, without a question.

        What its author may no longer build on, since an administrator has given it back to its own author, is left out.
        """
        found = [self]
        while len(found) < MOST_LAYERS and (below := found[0].parent) and below.can_be_under(found[0]):
            found.insert(0, below)
        return found

    def can_be_under(self, skin: Skin) -> bool:
        """Whether another skin may rest on it: what is everybody's rests on nothing that somebody could still change."""
        return self.public_at is not None or (self.user_id == skin.user_id and skin.public_at is None)

    @property
    def key(self) -> str:
        """What its stylesheet's address ends with: another for every change, and not to be guessed."""
        value = f"{self.pk}:{self.digest}:{stylesheets.CLEANER_VERSION}"
        return salted_hmac("archive.works.skins", value, algorithm="sha256").hexdigest()[:KEY_LENGTH]

    @property
    def stylesheet_url(self) -> str:
        """Answer the address of its stylesheet."""
        return reverse("skin_stylesheet", args=[self.pk, self.key])


def layers_of(pk: int | None) -> list[Skin]:
    """Answer a skin with all that it builds on, the lowest first, without what is long: nothing where there is none.

    Whoever asks has the number from something that may be seen: a work that wears it, or a skin's own form.
    """
    skin = Skin.objects.filter(pk=pk or 0).with_parents().without_css().first()
    return skin.layers() if skin else []


def digest_of(kind: str, media: str, source: str) -> str:
    """Answer what names the stylesheet that comes of a skin."""
    told = repr((kind, media, source)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=KEY_LENGTH // 2).hexdigest()


def stylesheet_of(kind: str, source: str) -> Stylesheet:
    """Answer what of a skin is allowed, and sentences about the rest."""
    return stylesheets.read(source, names_values=kind == Kind.SITE)


@lru_cache(maxsize=REMEMBERED)
def on_page(kind: str, media: str, source: str) -> str:
    """Answer the stylesheet of a skin as pages load it."""
    query = QUERIES.get(Media(media), "") if media in Media.values else ""
    return stylesheet_of(kind, source).on_page(scope=SCOPE if kind == Kind.WORK else "", media=query)
