"""Knows which class names are the site's own, so that no text can dress itself up as one of its controls."""

import re

CLASS_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# Names that the pages, their stylesheets and readers' tools use. A text keeps every other name.
CHROME = frozenset({
    "a11y", "account", "action", "actions", "admin", "advisory", "advisory-again", "afterword", "alert", "alphabet",
    "alphabet-jump", "anonymous", "apart", "archive", "article", "associations", "badge", "banner", "beside", "blurb",
    "bookmark", "bookmarks", "box", "btn", "button", "buttons", "byline", "byuser", "canonical", "caps", "caret", "category",
    "caution", "chapter", "chapters", "chapters-show", "chapters-text", "character", "characters", "check", "chip", "choice",
    "choices", "close", "code", "collection", "collections", "colophon", "commas", "comment", "comments", "complete",
    "consent", "container", "content", "control", "controls", "count", "current", "danger", "dashboard", "datetime", "dialog",
    "download", "draft", "drafts-note", "drop-menu", "dropdown", "empty", "end", "end-notes", "error", "error-page",
    "errorlist", "exclude", "eyebrow", "fandom", "fandom-count", "fandoms", "far", "field", "fieldset", "filters", "fixed",
    "flame", "flash", "folded-blurb", "footer", "form", "freeform", "freeforms", "gap", "gift", "group", "guard",
    "has-errors", "head", "header", "heading", "hidden", "hide", "hits", "icon", "include", "index", "initial", "input",
    "kept-until", "kudos", "label", "landmark", "language", "lede", "less", "letter", "link-button", "list-filter", "listing",
    "locked", "logged-in", "logged-out", "login", "logo", "main", "many", "mask", "masthead", "media", "medium", "member",
    "menu", "message", "messagelist", "meta", "modal", "module", "more", "mystery", "narrow", "nav", "navigate-head",
    "navigation", "next", "none", "notes", "notice", "only-narrow", "only-wide", "optional", "options", "orphan", "others",
    "out", "outer", "over", "overlay", "own", "page", "pagination", "passage", "popover", "popup", "position", "posting",
    "preface", "preview", "preview-note", "previous", "private", "progress", "prose", "prosemirror", "protected", "pseud",
    "public", "published", "quiet", "rating", "rec", "recs", "region", "relationship", "relationships", "required-tags",
    "reveal", "revised", "roomy", "rows", "save-bar", "search", "secondary", "section", "segments", "series", "sheet",
    "short", "shortcut", "sidebar", "since", "site", "skin", "skip", "slim", "small", "spinner", "splash", "sr-only", "stats",
    "status", "step", "sticky", "submit", "subscribed", "subscription", "summary", "symbol", "tab", "tabs", "tag", "tags",
    "text", "text-of-work", "thread", "title", "toast", "tooltip", "top", "tree", "two", "user", "userstuff", "version",
    "versions", "visually-hidden", "warning", "warnings", "when", "who", "wip", "words", "work", "work-meta", "works",
    "workskin", "workskin-head", "wrapper", "writing",
})  # fmt: skip
# Families of names: whatever begins like this is ours, today or one day.
FAMILIES = (
    "account-", "admin-", "advisory-", "alike-", "archive-", "blurb-", "btn-", "button-", "card-", "chapter-", "choice-",
    "comment-", "complete-", "consent-", "content-notes", "dialog-", "drop-", "editor-", "field-", "filter-", "form-",
    "found-", "home-", "icon-", "is-", "js-", "kudos-", "lamplight", "layout-", "listing-", "masthead-", "menu-", "modal-",
    "moderation-", "mso", "nav-", "page-", "passage-", "posting-", "profile-", "prosemirror-", "pseud-", "rating-", "reader-",
    "reading-", "search-", "section-", "series-", "show-", "site-", "skin-", "skip-", "step-", "tag-", "theme-", "toast-",
    "user-", "userstuff-", "warning-", "work-", "works-",
)  # fmt: skip


def is_free_class(name: str) -> bool:
    """Whether an author may use this class name: a letter, then letters, digits, `-` or `_`, and not the site's own."""
    lowered = name.lower()
    return bool(CLASS_NAME.fullmatch(name)) and lowered not in CHROME and not lowered.startswith(FAMILIES)
