"""Atom feeds: of a work, of every listing, and of what is a member's own at secret addresses."""
