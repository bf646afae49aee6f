"""What search engines read of a page beside its words, in the vocabulary of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.transfer import linking
from archive.transfer.presenting import cards

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.transfer.presenting.cards import Card
    from archive.warnings.headers import Header
    from archive.works.chapters import Chapter
    from archive.works.models import Work
    from archive.works.series import Series

type Description = dict[str, object]

SCHEMA = "https://schema.org"
GENRE = "Fan fiction"


def of_work(work: Work, header: Header, card: Card, *, chapter: Chapter | None = None, number: int | None = None) -> Description:
    """Describe a work, or a chapter as a part of it."""
    address = linking.whole(work.get_absolute_url())
    book: Description = {
        "@type": ["Book", "Article"],  # a book alone has no count of words there
        "@id": address,
        "url": address,
        "name": str(work),
        "author": [person(maker.byline, maker.get_absolute_url) for maker in work.makers],
        "description": card.description,
        "contentRating": cards.advice_of([header]),
        "genre": GENRE,
        "about": [{"@type": "Thing", "name": name} for name in card.fandoms],
        "inLanguage": work.language.code if work.language else "",
        "isAccessibleForFree": True,
        "wordCount": work.word_count,
        "datePublished": card.published_at,
        "dateModified": card.revised_at,
        "isPartOf": [
            {"@type": "BookSeries", "name": place.title, "url": linking.whole(place.get_absolute_url)} for place in work.places
        ],
    }
    if chapter is None or not work.is_chaptered:
        return described(book)
    part: Description = {"@type": "Chapter", "url": card.url, "name": card.title, "position": number, "isPartOf": known(book)}
    return described(part)


def of_series(series: Series, card: Card) -> Description:
    """Describe a series."""
    authors = [person(pseud.byline, pseud.get_absolute_url()) for pseud in series.pseuds.all()]
    return described(
        {"@type": "BookSeries", "url": card.url, "name": card.title, "description": card.description, "author": authors}
    )


def of_person(user: User) -> Description:
    """Describe a member by the name that is on their profile, and nothing else."""
    return described({"@type": "ProfilePage", "mainEntity": person(user.username, user.get_absolute_url())})


def person(name: str, path: str) -> Description:
    """Describe somebody by the name on what they made."""
    return {"@type": "Person", "name": name, "url": linking.whole(path)}


def described(thing: Description) -> Description:
    """Answer a description as it stands alone."""
    return {"@context": SCHEMA, **known(thing)}


def known(thing: Description) -> Description:
    """Answer a description without what there is nothing to say about."""
    return {name: value for name, value in thing.items() if value not in ("", [], None)}
