"""What the archive may refuse: one base, one named subclass beside each rule."""

from django.utils.functional import Promise


class ArchiveError(Exception):
    """A refused deed. Carries one translatable sentence that can be shown to the person who asked."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)
