"""Content security policies that differ from the one in the settings."""

from django.conf import settings
from django.utils.csp import CSP

# Pages with an author's words may show the images that the author put there, over https and from anywhere.
WITH_AUTHORS_IMAGES = settings.SECURE_CSP | {"img-src": [CSP.SELF, "https:"]}
