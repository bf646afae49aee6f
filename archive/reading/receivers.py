"""What subscriptions do when wranglers merge a tag, and what the menu counts of them."""

from archive.reading.models import Subscription
from archive.reading.subscriptions import new_works_for_menu
from archive.tags.following import follow_merges
from archive.works import asking

follow_merges(Subscription, known_as="subscriptions", owner="user")
asking.count_in_menu("news", new_works_for_menu)
