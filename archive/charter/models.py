"""The charter: the one row in which an operator says what this archive is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.text.fields import CleanHTMLField


class SignUp(models.TextChoices):
    """Who may make an account."""

    OPEN = "open", _("Open: anybody can sign up")
    INVITED = "invited", _("Invited: only with an invitation")
    CLOSED = "closed", _("Closed: nobody new for now")


class CharterQuerySet(models.QuerySet["Charter"]):
    """Questions about the charter."""

    def current(self) -> Charter:
        """Answer the archive's charter, or an unfounded one where there is none yet."""
        return self.filter(pk=Charter.ONLY).order_by().first() or Charter(pk=Charter.ONLY)


class Charter(models.Model):
    """The archive's name and rules. There is exactly one; until it is founded, nobody can sign up."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    name = models.CharField(_("name of the archive"), max_length=80, default="Lamplight")
    sign_up = models.CharField(_("who may sign up"), max_length=10, choices=SignUp, default=SignUp.CLOSED)
    contact = models.EmailField(_("contact address"), blank=True, default="")
    policy_source = models.TextField(_("policy"), blank=True, default="")
    policy = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    refusal = models.CharField(_("sentence about works that are not accepted"), max_length=500, blank=True, default="")
    may_be_found = models.BooleanField(_("search engines may show this archive"), default=True, db_default=True)
    keeps_ai_out = models.BooleanField(_("crawlers of AI companies are asked to stay away"), default=True, db_default=True)
    robots_lines = models.TextField(_("more lines for robots.txt"), blank=True, default="", db_default="")
    founded_at = models.DateTimeField(null=True, editable=False)
    setup_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = CharterQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="charter_is_one")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_founded(self) -> bool:
        """Whether somebody has been through the set-up page."""
        return self.founded_at is not None

    @property
    def takes_sign_ups(self) -> bool:
        """Whether somebody without an invitation can make an account."""
        return self.is_founded and self.sign_up == SignUp.OPEN

    @property
    def takes_invited(self) -> bool:
        """Whether somebody with an invitation can make an account."""
        return self.is_founded and self.sign_up != SignUp.CLOSED
