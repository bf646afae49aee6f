"""Every kind of page that the archive has, and how one comes to it."""
