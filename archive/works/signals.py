"""What other slices may hear of. Sent once, after commit."""

from django.dispatch import Signal

published = Signal()  # work, by: a work was posted, or gained a chapter
changed = Signal()  # work, by: something that readers see of it changed
