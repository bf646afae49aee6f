"""Every slice's models, so that Django finds them. Nothing is defined here."""

from archive.charter.models import Charter
from archive.community.models import Bookmark
from archive.people.models import AppPassword, Invitation, Pseud, Submission, User
from archive.reading.models import Reading, Subscription
from archive.search.models import SavedFilter, SearchChange
from archive.tags.models import Kind, Tag, WranglingAct
from archive.transfer.answering.models import Asking
from archive.transfer.bringing.models import Batch, BroughtFile, FilePiece, Origin
from archive.transfer.feeding.models import FeedKey
from archive.warnings.models import Choice, Consent, LeftOutAuthor, LeftOutLanguage, WarningPreferences
from archive.works.bulk import BulkChange
from archive.works.chapters import Chapter, PassageWarning
from archive.works.creators import ChapterCreatorship, CreatorInvitation
from archive.works.gifts import Gift
from archive.works.languages import Language
from archive.works.models import Creatorship, Tally, Work
from archive.works.related import Relation
from archive.works.scheduled import ScheduledPosting
from archive.works.series import Series, SeriesEntry
from archive.works.skins import Skin
from archive.works.taggings import Tagging
from archive.works.texts import Autosave, ChapterText, Revision
from archive.wrangling.models import WranglerAssignment

__all__ = [
    "AppPassword",
    "Asking",
    "Autosave",
    "Batch",
    "Bookmark",
    "BroughtFile",
    "BulkChange",
    "Chapter",
    "ChapterCreatorship",
    "ChapterText",
    "Charter",
    "Choice",
    "Consent",
    "CreatorInvitation",
    "Creatorship",
    "FeedKey",
    "FilePiece",
    "Gift",
    "Invitation",
    "Kind",
    "Language",
    "LeftOutAuthor",
    "LeftOutLanguage",
    "Origin",
    "PassageWarning",
    "Pseud",
    "Reading",
    "Relation",
    "Revision",
    "SavedFilter",
    "ScheduledPosting",
    "SearchChange",
    "Series",
    "SeriesEntry",
    "Skin",
    "Submission",
    "Subscription",
    "Tag",
    "Tagging",
    "Tally",
    "User",
    "WarningPreferences",
    "Work",
    "WranglerAssignment",
    "WranglingAct",
]
