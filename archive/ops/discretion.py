"""Keeps out of the log what stands in an address to open something: whoever reads the log must not be able to go there."""

import logging
import re

# A feed of one's own, the first set-up, an invitation, an address to be confirmed, a password to be made anew.
OPENS = "feeds|setup|signup|settings/invitations|users/confirm-email|users/password/reset/key"
SHORTEST = 16  # letters of a secret; words of addresses are shorter
SECRET = re.compile(rf"(/(?:{OPENS})/)[^/\s]{{{SHORTEST},}}")


class Discretion(logging.Filter):
    """Writes an ellipsis in the place of every secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without its secrets."""
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"\1…", said), ()
        return True
