"""Catalogues for e-readers: OPDS 1.2, which is Atom, and OPDS 2.0, which is JSON, at the same addresses."""
