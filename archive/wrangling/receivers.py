"""What happens to the fandoms that wranglers have taken when one of them is merged."""

from archive.tags.following import follow_merges
from archive.wrangling.models import WranglerAssignment

follow_merges(WranglerAssignment, known_as="assignments", owner="wrangler", tag="fandom")
