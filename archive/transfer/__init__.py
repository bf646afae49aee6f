"""What comes into the archive and what leaves it: the files of authors and of readers."""
