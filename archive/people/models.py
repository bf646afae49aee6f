"""Accounts, the names they write under, and what keeps one press of a button to one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from archive.addresses import address
from archive.errors import ArchiveError
from archive.people import naming
from archive.text.fields import CleanHTMLField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    type Viewer = User | AnonymousUser


def validate_username(value: str) -> None:
    """Refuse what `naming.username` refuses, in the shape that Django's forms understand."""
    try:
        naming.username(value)
    except ArchiveError as refusal:
        raise ValidationError(str(refusal)) from refusal


class GiftsFrom(models.TextChoices):
    """Who may give works to a member, to be taken or refused."""

    NOBODY = "nobody", _("Nobody")
    CO_AUTHORS = "co-authors", _("Those whom I have written a work with")
    EVERYBODY = "everybody", _("Every member")


class User(AbstractUser):
    """An account. What others see of it are its pseuds."""

    username = models.CharField(
        _("username"),
        max_length=40,
        unique=True,
        validators=[validate_username],
        error_messages={"unique": _("This name is taken.")},
    )
    email = models.EmailField(_("e-mail address"))
    first_name = None  # type: ignore[assignment] # Django's own way to take a column away
    last_name = None  # type: ignore[assignment] # likewise
    is_wrangler = models.BooleanField(
        _("tag wrangler"),
        default=False,
        db_default=False,
        help_text=_("Keeps the archive's tags in order. Administrators may do that anyway."),
    )

    can_be_invited = models.BooleanField(
        _("others may ask me to be a co-author"),
        default=False,
        db_default=False,
        help_text=_("My name stands under nothing before I have said yes."),
    )

    takes_gifts_from = models.CharField(
        _("takes gifts from"), max_length=12, choices=GiftsFrom, default=GiftsFrom.NOBODY, db_default=GiftsFrom.NOBODY
    )

    avoids_search_engines = models.BooleanField(
        _("search engines are asked to leave my works out"), default=False, db_default=False
    )
    refuses_share_links = models.BooleanField(_("my works have no text for sharing"), default=False, db_default=False)
    keeps_history = models.BooleanField(
        _("keep what I read"),
        default=True,
        db_default=True,
        help_text=_("Which works I opened, when, and where I stopped. Only I can see it."),
    )
    # As archive/reading/choices.py writes them down. Here, so that no page of a member's asks for them apart.
    reading_choices = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    # Whether this person is here by an app password: doors then show what is posted, and nothing else of their own.
    reads_only = False
    # And whether what they keep for themselves is shown: an app password opens that where it has the scope for it.
    sees_own_lists = True

    class Meta:
        constraints = [
            # As `iexact` asks for it, so that its index serves every look-up of a name.
            models.UniqueConstraint(Upper("username"), name="user_username_unique_in_any_case"),
            models.UniqueConstraint(Upper("email"), name="user_email_unique_in_any_case"),
        ]
        indexes = [
            # The few whom every file of the site map asks after.
            models.Index(fields=["id"], condition=models.Q(avoids_search_engines=True), name="user_avoids_search_engines"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_absolute_url(self) -> str:
        """Answer the address of the profile."""
        return address("user_show", self.username)

    @property
    def can_wrangle(self) -> bool:
        """Whether the archive's tags are in this person's hands."""
        return self.is_wrangler or self.is_staff


class PseudQuerySet(models.QuerySet["Pseud"]):
    """Questions about pseuds."""

    def visible_to(self, viewer: Viewer) -> PseudQuerySet:
        """Pseuds of active accounts, and of one's own."""
        return self.filter(models.Q(user__is_active=True) | models.Q(user=viewer.pk))

    def editable_by(self, user: User) -> PseudQuerySet:
        """Pseuds of this account."""
        return self.filter(user=user)

    def with_account(self) -> PseudQuerySet:
        """Pseuds with what their byline needs."""
        return self.select_related("user")


class Pseud(models.Model):
    """A name that an account writes under. Each account has one that is its default."""

    # pseud_name_unique_in_account leads with it.
    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="pseuds", db_index=False)
    name = models.CharField(_("name"), max_length=40)
    is_default = models.BooleanField(_("default"), default=False)
    about_source = models.TextField(_("about"), max_length=500, blank=True, default="")
    about = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = PseudQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint("user", Lower("name"), name="pseud_name_unique_in_account"),
            models.UniqueConstraint("user", condition=models.Q(is_default=True), name="pseud_one_default_in_account"),
        ]

    def __str__(self) -> str:
        return self.byline

    def get_absolute_url(self) -> str:
        """Answer the address that clients know authors by."""
        return address("pseud_show", self.user.username, self.name)

    @property
    def byline(self) -> str:
        """The name, with the username behind it where the two differ."""
        username = self.user.username
        return self.name if self.name == username else f"{self.name} ({username})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self) -> InvitationQuerySet:
        """Invitations that nobody has used yet."""
        return self.filter(used_at=None)


class Invitation(models.Model):
    """Lets one person sign up while the archive is closed to others."""

    token = models.CharField(max_length=64, unique=True)
    note = models.CharField(_("for whom"), max_length=120, blank=True, default="")
    made_by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="invitations")
    made_at = models.DateTimeField(auto_now_add=True)
    used_by = models.OneToOneField("archive.User", on_delete=models.SET_NULL, null=True, related_name="invitation")
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.note or self.token[:8]


class Scope(models.TextChoices):
    """What an app password opens."""

    READ = "read", _("Reading: works, downloads, catalogue and feeds, with those for members alone")
    MARKS = "marks", _("My lists: what I marked for later, what I follow, what I have read, and my bookmarks, private ones too")


class AppPasswordQuerySet(models.QuerySet["AppPassword"]):
    """Questions about app passwords."""

    def valid(self) -> AppPasswordQuerySet:
        """App passwords that still open something: not revoked, and of an account that is active."""
        return self.filter(revoked_at=None, user__is_active=True)

    def editable_by(self, user: User) -> AppPasswordQuerySet:
        """App passwords of this account that are not revoked."""
        return self.filter(user=user, revoked_at=None)


class AppPassword(models.Model):
    """A password for one program of a member: it reads, and changes nothing. What is typed is nowhere kept, see `passes`."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="app_passwords")
    name = models.CharField(_("name"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = AppPasswordQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "user", Lower("name"), condition=models.Q(revoked_at=None), name="app_password_name_unique_in_account"
            ),
            models.CheckConstraint(
                condition=models.Q(scopes__len__gt=0, scopes__contained_by=list(Scope.values)), name="app_password_scopes_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> User:
        """Its account, as whoever comes with this app password: they read, and see of their own what its scopes open."""
        owner = self.user
        owner.reads_only, owner.sees_own_lists = True, Scope.MARKS in self.scopes
        return owner

    @property
    def scope_labels(self) -> list[str]:
        """The scopes, as they are called."""
        return [str(Scope(scope).label) for scope in self.scopes]


class Submission(models.Model):
    """One sending of one form: its key makes a double click, a refresh or a retry one row."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="submissions")
    key = models.UUIDField()
    answer = models.CharField(max_length=500, default="")
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.key}"
