"""What other slices may hear of tags."""

from django.dispatch import Signal

# tag, into: a tag is about to become a synonym. Sent inside the transaction, so that what members have on it can go along;
# a receiver answers a dict in JSON of what it moved, under a key of its own, and gets it back when the merge is undone.
merging = Signal()

# tag, into, moved: a merge is being undone, and `moved` holds what the receivers of `merging` answered.
merge_undone = Signal()
