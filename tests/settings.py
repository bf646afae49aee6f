"""The archive's settings as tests see them: a data folder of their own, nothing from this shell, no collected files.

pytest-django reads this before any conftest, which is why the data folder is chosen here.
"""

import os
import tempfile

# What an operator may have set in this shell; a test that needs one sets it itself.
FROM_OUTSIDE = [
    "ALLOWED_HOSTS",
    "BIND",
    "CACHE_URL",
    "DEBUG",
    "EMAIL_URL",
    "MAIL_FROM",
    "SECRET_KEY",
    "SITE_ADDRESS",
    "SOURCE_ADDRESS",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
    "WEB_THREADS",
    "WEB_WORKERS",
]

for _variable in FROM_OUTSIDE:
    os.environ.pop(_variable, None)

TEMPORARY_DATA = tempfile.TemporaryDirectory(prefix="lamplight-tests-", ignore_cleanup_errors=True)
os.environ["ARCHIVE_DATA"] = TEMPORARY_DATA.name

from archive import settings as _settings  # noqa: E402 # reads the environment as soon as it is imported

vars().update({name: value for name, value in vars(_settings).items() if name.isupper()})

SECONDS_REMEMBERED = 0.0  # a test that changes the charter sees it at once

# No test waits for collectstatic: files are served from where they were written.
STORAGES = {**_settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
