"""Readers, one for each kind of file: bytes in, what the file claims out. None of them knows the database."""
