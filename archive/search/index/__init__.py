"""The index: a folder on this machine's disk that can be thrown away, and is made anew from the database."""
