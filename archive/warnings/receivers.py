"""What happens to members' choices when wranglers merge a tag."""

from archive.tags.following import follow_merges
from archive.warnings.models import Choice

follow_merges(Choice, known_as="choices", owner="user")
