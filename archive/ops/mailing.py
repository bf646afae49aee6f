"""Mail on a machine that has no mail server yet: it is written where `up` was started."""

from typing import TextIO

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class ReadableConsole(EmailBackend):
    """Writes mails to the terminal as people read them.

    Django's own writes them as they travel, where a long line is broken and the link in it cannot be followed.
    """

    stream: TextIO

    def write_message(self, message: EmailMessage) -> None:
        """Write to whom, about what, and the words."""
        self.stream.write(f"\nTo: {', '.join(message.recipients())}\nSubject: {message.subject}\n\n{message.body}\n{'-' * 79}\n")
