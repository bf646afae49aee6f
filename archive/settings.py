"""Everything that an operator may set, read from environment variables.

Each variable stands in the table of docs/running/settings.md. A wrong value stops the start with a sentence that names
the variable; nothing here guesses what was meant.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from archive.ops import postgres

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def read[Value](variable: str, reader: Callable[[], Value], *, expected: str) -> Value:
    """Answer what `reader` makes of an environment variable, or stop the start with a sentence about it."""
    try:
        return reader()
    except (ImproperlyConfigured, ValueError, KeyError) as mistake:
        raise ImproperlyConfigured(f"{variable} is set to something that cannot be used: expected {expected}.") from mistake


def number(variable: str, *, default: int, least: int, most: int) -> int:
    """Answer a whole number from the environment that lies between `least` and `most`."""
    expected = f"a whole number from {least} to {most}"
    value = int(read(variable, lambda: env.int(variable, default=default), expected=expected))
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{variable} is {value}: expected {expected}.")
    return value


def kept_secret_key(folder: Path) -> str:
    """Answer the secret key kept in the data folder; the first start makes it, readable by its owner alone."""
    path = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Written beside its place and moved there whole: a full disk or a second process never finds half a key.
            with tempfile.NamedTemporaryFile("w", dir=folder, prefix="secret-key-") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        return path.read_text().strip()
    except OSError as mistake:
        raise ImproperlyConfigured(f"The data folder {folder} (ARCHIVE_DATA) cannot be used: {mistake.strerror}.") from mistake


def place(text: str) -> tuple[str, int]:
    """Answer the host and the port in HOST:PORT; raises ValueError when it is something else."""
    parts = urlsplit(f"//{text}")
    if not parts.hostname or not parts.port or parts.netloc != text or "@" in text:
        raise ValueError(text)
    return parts.hostname, parts.port


# Where the archive is and what it is called by.

BIND = read("BIND", lambda: place(env.str("BIND", default="127.0.0.1:8000")), expected="HOST:PORT, such as 127.0.0.1:8000")
_host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(BIND[0], BIND[0])  # noqa: S104 # named here, not bound
_default = f"http://[{_host}]:{BIND[1]}" if ":" in _host else f"http://{_host}:{BIND[1]}"
SITE_ADDRESS = env.str("SITE_ADDRESS", default=_default).rstrip("/")
_address = urlsplit(SITE_ADDRESS)
if _address.scheme not in {"http", "https"} or not _address.hostname or _address.path:
    raise ImproperlyConfigured(
        "SITE_ADDRESS is set to something that cannot be used: expected an address like https://archive.example."
    )
IS_HTTPS = _address.scheme == "https"
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_address.hostname, *LOOPBACK])
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

# The AGPL gives everybody who uses a changed version over a network the right to its source: where it lies.
SOURCE_ADDRESS = env.str("SOURCE_ADDRESS", default="")

DATA = Path(env.str("ARCHIVE_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret_key(DATA)
DEBUG = read("DEBUG", lambda: env.bool("DEBUG", default=False), expected="true or false")

# The parts.

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "archive.User"

INSTALLED_APPS = [
    "archive",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_tasks_db",
    "taggit",
]

MIDDLEWARE = [
    "archive.ops.answers.HeadersAlone",
    "archive.ops.answers.PrivateAnswers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.ops.packing.Packing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "archive.ops.addresses.ReadableAddresses",
    "archive.works.requests.RequestLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "archive.people.tool_sessions.ToolSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.charter.context.charter",
                "archive.works.context.menu_counts",
                "archive.reading.context.reading",
                "archive.search.context.works_to_index",
            ],
        },
    }
]

# The database: the one that DATABASE_URL names, or the embedded PostgreSQL under the data folder.

DATABASE_URL = env.str("DATABASE_URL", default="")
IS_EMBEDDED = not DATABASE_URL
WEB_THREADS = number("WEB_THREADS", default=8, least=1, most=64)
WEB_WORKERS = number("WEB_WORKERS", default=2, least=1, most=64)
# Each web process has a pool; beside them stand the worker and whoever works at the command line.
EMBEDDED_SETTINGS = {"max_connections": str(max(100, WEB_WORKERS * (WEB_THREADS + 2) + 20))}


def database() -> dict[str, Any]:
    """Answer Django's description of the database, with a pool of connections for each process."""
    found: dict[str, Any] = (
        {"ENGINE": "django.db.backends.postgresql", **postgres.connection(DATA)}
        if IS_EMBEDDED
        else read("DATABASE_URL", lambda: env.db("DATABASE_URL"), expected="postgres://user:password@host/name")
    )
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL names another database: expected postgres://user:password@host/name.")
    pool = {"min_size": 1, "max_size": WEB_THREADS + 2, "timeout": 10}
    return {**found, "CONN_HEALTH_CHECKS": True, "OPTIONS": {**found.get("OPTIONS", {}), "pool": pool}}


DATABASES = {"default": database()}

CACHES = {
    "default": (
        read("CACHE_URL", lambda: env.cache("CACHE_URL"), expected="redis://host:6379/0")
        if env.str("CACHE_URL", default="")
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "archive_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People and their sessions. A guest who only reads has no session row.

AUTHENTICATION_BACKENDS = [
    "archive.people.tool_sessions.AppPasswordBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "archive.people.hashing.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # two weeks, as AO3's readers know it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "archive.ops.views.form_refused"

ACCOUNT_ADAPTER = "archive.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "archive.people.forms.LoginForm",
    "signup": "archive.people.forms.SignupForm",
    "reset_password": "archive.people.forms.ResetPasswordForm",
    "reset_password_from_key": "archive.people.forms.ResetPasswordKeyForm",
    "change_password": "archive.people.forms.ChangePasswordForm",
    "set_password": "archive.people.forms.SetPasswordForm",
    "reauthenticate": "archive.people.forms.ReauthenticateForm",
    "add_email": "archive.people.forms.AddEmailForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up, within a quarter of an hour
ACCOUNT_CHANGE_EMAIL = True  # one address an account, changed when the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # what changes about an account is told to its address
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the address is the key to everything: no change without the password
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,3/12h/key"}  # three mails in twelve hours to one address, as AO3
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

# Mail.

SECONDS_FOR_MAIL = 20  # a mail server that does not answer must not hold up a page or the worker for ever
MAIL_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_FILE_PATH": "file_path",
}


def mailer() -> dict[str, object]:
    """Answer Django's description of the one way that mail leaves by, from EMAIL_URL."""
    parts = read(
        "EMAIL_URL", lambda: env.email_url("EMAIL_URL", default="consolemail://"), expected="smtp+tls://user:password@host:587"
    )
    options = {name: parts[key] for key, name in MAIL_OPTIONS.items() if parts.get(key)}
    if "host" in options:
        options["timeout"] = SECONDS_FOR_MAIL
    backend = parts["EMAIL_BACKEND"]
    is_console = backend == "django.core.mail.backends.console.EmailBackend"
    return {"BACKEND": "archive.ops.mailing.ReadableConsole" if is_console else backend, "OPTIONS": options}


MAILERS = {"default": mailer()}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default=f"archive@{_address.hostname}")

# How long a request may be: a chapter of 500,000 characters in any script where one is posted, see works/requests.py.

ORDINARY_REQUEST = 2_621_440  # bytes; Django's own limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 7_000_000  # bytes; 500,000 emoji, each sent as twelve characters, and the notes

# Seconds for which a web process shows the archive's name and rules without asking anew.

SECONDS_REMEMBERED = 1.0

# Tags.

TAGGIT_CASE_INSENSITIVE = True

# Words, dates and numbers.

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["archive.text.formats"]
TIME_ZONE = read("TIME_ZONE", lambda: ZoneInfo(env.str("TIME_ZONE", default="UTC")).key, expected="a name like Europe/Vienna")
USE_TZ = True

# The search index. It is made from the database and can be thrown away.

SEARCH_FOLDER = DATA / "search"

# Files of works that were made for readers. They are made anew when they are not there.

FILES_FOLDER = DATA / "files"

# Static files: hashed names, compressed once, no build step.

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "archive.ops.static_files.ArchiveStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60

# What browsers are told.

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from within, where there is no https
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=0, least=0, most=9)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What is written to the log: one line a thing, on standard error.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discretion": {"()": "archive.ops.discretion.Discretion"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "filters": ["discretion"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Tasks that succeed are no news; those that fail are logged as errors.
    "loggers": {"archive": {"level": "INFO"}, "django.tasks": {"level": "WARNING"}},
}
