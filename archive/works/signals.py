"""What other slices may hear of. Sent once, after commit, but for `maker_leaving`."""

from django.dispatch import Signal

published = Signal()  # work, by: a work was posted, or gained a chapter
changed = Signal()  # work, by: something that readers see of it changed

# works, by: somebody no longer makes the works of these ids. Sent inside the transaction, so that whatever links the works to them
# is forgotten with it.
maker_leaving = Signal()
