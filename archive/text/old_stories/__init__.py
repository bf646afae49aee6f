"""Reads an old story as it lies there: its header in the shapes of mailing lists and journals, and what the header proposes."""
