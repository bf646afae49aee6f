"""All places, and as whom one comes to them."""

from tests.browser.places.accounts import ACCOUNT
from tests.browser.places.bookmarks import BOOKMARKS, as_bookmarker
from tests.browser.places.browsing import GUEST, as_browsing_guest
from tests.browser.places.members import MEMBER, as_member
from tests.browser.places.operators import FOUNDING, OPERATOR, as_operator, before_founding
from tests.browser.places.people import PEOPLE, as_friend
from tests.browser.places.reading import READING, as_guest
from tests.browser.places.wranglers import WRANGLING, as_wrangler
from tests.browser.places.writing import WRITING, as_author

GROUPS = {
    "guest": (as_browsing_guest, GUEST),
    "reading": (as_guest, READING),
    "account": (as_guest, ACCOUNT),
    "writing": (as_author, WRITING),
    "member": (as_member, MEMBER),
    "operator": (as_operator, OPERATOR),
    "wrangling": (as_wrangler, WRANGLING),
    "bookmarks": (as_bookmarker, BOOKMARKS),
    "people": (as_friend, PEOPLE),
    "founding": (before_founding, FOUNDING),
}
