"""What readers take away: files of works. Their words come through `warnings.opening`, like those on every page."""
