"""All settings, in one typed file; what comes from the environment is listed in docs/settings.md.

A laptop needs none of them: every value has a default that fits ``make run``. ``meedoen check`` says in plain
words which defaults are not fit for a public site.
"""

from contextlib import suppress
from datetime import time
from email.utils import formataddr
from ipaddress import ip_address
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from environs import Env, ValidationError, validate

from meedoen import __version__
from meedoen.config import logs, secret

env = Env(prefix="MEEDOEN_")


def _must_be_addresses(given: list[str]) -> None:
    """Raises ValidationError; environs does not look at what a check returns."""
    for each in given:
        try:
            ip_address(each)
        except ValueError as problem:
            raise ValidationError(f"{each!r} is no address of a network.") from problem


# Where things stand -----------------------------------------------------------------------------------------

PACKAGE = Path(__file__).resolve().parent.parent
DATA: Path = Path(env.str("DATA", "data")).resolve()
MEDIA_ROOT = DATA / "media"
MAIL_DIR = DATA / "mail"
STATIC_ROOT = Path(env.str("STATIC", str(DATA / "static")))

# The address and the name -----------------------------------------------------------------------------------

PORT: int = Env().int("PORT", 8000) if environ.get("PORT") else 8000  # empty counts as not set
HOST: str = env.str("HOST", "127.0.0.1")
BASE_URL: str = env.str("URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("HOSTS", ["localhost", "127.0.0.1", "[::1]"])
DEBUG: bool = env.bool("DEBUG", False)
THREADS: int = env.int("THREADS", 2)  # of a server process; the supervisor reads it too, without Django
WORKERS: int = env.int("WORKERS", 1)  # server processes; as the one above


def said(name: str, example: str) -> str:
    """A setting that stands on pages and in mails; one that is left empty is not filled in yet."""
    return env.str(name, "").strip() or example


SITE_NAME: str = said("SITE_NAME", "Iedereen doet mee!")
EXAMPLE_ORGANISATION = "Voorbeeldorganisatie"
ORGANISATION: str = said("ORGANISATION", EXAMPLE_ORGANISATION)
HELP_NAME: str = said("HELP_NAME", "Het projectteam")
HELP_PHONE: str = said("HELP_PHONE", "070 000 00 00")
HELP_EMAIL: str = said("HELP_EMAIL", "hulp@voorbeeld.example")
CONTROLLER: str = said("CONTROLLER", EXAMPLE_ORGANISATION)
DSA_CONTACT: str = said("DSA_CONTACT", "meldpunt@voorbeeld.example")
SECURITY_CONTACT: str = said("SECURITY_CONTACT", "mailto:veilig@voorbeeld.example")
STATEMENT_URL: str = env.str("STATEMENT_URL", "")
# The banner "voorbeeldomgeving" stands on every page until an organisation has put its own name (decisions 17).
EXAMPLE_SITE: bool = ORGANISATION == EXAMPLE_ORGANISATION or CONTROLLER == EXAMPLE_ORGANISATION
# A CSS file with --basis-* tokens of the NL Design System: the house style to wear in light mode (decisions 18).
THEME: str = env.str("THEME", "")
THEME_DIR = DATA / "theme"  # what is made of it at preparation

# Secrets: from the environment; a laptop makes its own once and keeps it in its data folder -------------------

# What it was before stands after it (in the file one a line), so that changing it signs nobody out.
SECRET_KEY: str = env.str("SECRET_KEY", "")
SECRET_KEY_FILE: Path = Path(env.str("SECRET_KEY_FILE", "") or DATA / "secret-key")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# A file that is named and there goes before the environment: 'rotate-keys' changes it, and settings that a backup brought
# back hold the secret of then.
SECRET_IN_FILE: bool = not SECRET_KEY or (bool(env.str("SECRET_KEY_FILE", "")) and SECRET_KEY_FILE.exists())
if SECRET_IN_FILE:
    SECRET_KEY, *SECRET_KEY_FALLBACKS = secret.kept_in(SECRET_KEY_FILE).splitlines()
# What seals the vault, and nothing else; several with commas, the newest first. Else a file, with one a line.
VAULT_KEY: str = env.str("VAULT_KEY", "")
VAULT_KEY_FILE: Path = Path(env.str("VAULT_KEY_FILE", "") or DATA / "vault-key")
if not VAULT_KEY:
    with suppress(PermissionError):  # the rest of the site serves without it; meedoen check tells
        secret.kept_in(VAULT_KEY_FILE)

# The application --------------------------------------------------------------------------------------------

ROOT_URLCONF = "meedoen.config.urls"
WSGI_APPLICATION = "meedoen.config.wsgi.application"
NAVIGATION = "meedoen.config.navigation.items"
STATEMENTS = "meedoen.config.navigation.statements"
TELLING = "meedoen.config.worker.TELLING"
AUTH_USER_MODEL = "people.Address"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "meedoen.config",
    "meedoen.finding",
    "meedoen.newsletter",
    "meedoen.home",
    "meedoen.team",
    "meedoen.handover",
    "meedoen.keeping",
    "meedoen.forum",
    "meedoen.library",
    "meedoen.meetings",
    "meedoen.celebrations",
    "meedoen.coupling",
    "meedoen.barriers",
    "meedoen.conversation",
    "meedoen.activity",
    "meedoen.people.vault",
    "meedoen.people.standing",
    "meedoen.people.along",
    "meedoen.people",
    "meedoen.municipalities",
    "meedoen.themes",
    "meedoen.terms",
    "meedoen.mail.health",
    "meedoen.mail.incoming",
    "meedoen.mail",
    "meedoen.search",
    "meedoen.pages",
    "meedoen.ui",
    "meedoen.language",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "meedoen.config.middleware.RequestLog",
    "meedoen.config.waiting.WaitingRoom",
    "meedoen.config.middleware.SafeRequest",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "meedoen.config.middleware.CrossOriginHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "meedoen.config.middleware.Addresses",
    "meedoen.ui.preferences.PreferencesMiddleware",
    "meedoen.people.middleware.SignedIn",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "meedoen.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "meedoen.ui.templatetags.components",
            ],
        },
    },
]

# Data -------------------------------------------------------------------------------------------------------

DATABASE_URL: str = Env().str("DATABASE_URL", f"sqlite:///{DATA / 'meedoen.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None, conn_health_checks=False)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction takes its lock at the start, so it never has to give up half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds to wait for another writer
        # FULL: what somebody was told is kept is on the disk by then, also when the power fails (ADR-0072).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-8000;"
        " PRAGMA secure_delete=ON;",  # what is erased leaves no bytes in free pages, whoever built SQLite
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # One that stopped answering is given up soon, and one that only follows another is not taken (ADR-0070). What
    # DATABASE_URL says itself goes before these: postgres://…/meedoen?connect_timeout=10
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,  # seconds
        "target_session_attrs": "read-write",
        "tcp_user_timeout": 10_000,  # milliseconds that what we sent may stay without a sign of being received
        "keepalives_idle": 10,  # seconds of silence, after which we ask whether anybody is there
        "keepalives_interval": 3,
        "keepalives_count": 3,
        **DATABASES["default"].get("OPTIONS", {}),
    }
# A replica of it, from which visitors' pages are read where it is as new (ADR-0071); of PostgreSQL alone.
REPLICA_URL: str = env.str("REPLICA_URL", "")
if REPLICA_URL and "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["replica"] = dj_database_url.parse(
        REPLICA_URL, engine="meedoen.kernel.replica", conn_max_age=600, test_options={"MIRROR": "default"}
    )
    DATABASES["replica"]["AUTOCOMMIT"] = False  # pages/replica.py ends each transaction
    # Seconds to come in, for each of its addresses; psycopg takes no fewer.
    DATABASES["replica"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)

# Backups: where they come, and what locks them (ADR-0054); the key like the vault's, made at the first backup.
BACKUPS: Path = Path(env.str("BACKUPS", "") or DATA / "backups").resolve()
BACKUP_KEY: str = env.str("BACKUP_KEY", "")
BACKUP_KEY_FILE: Path = Path(env.str("BACKUP_KEY_FILE", "") or DATA / "backup-key")
# The time at which the worker makes one each night and tries it; empty: never. One of several servers makes them all.
_backup_at: str = env.str("BACKUP_AT", "" if EXAMPLE_SITE else "03:00")
BACKUP_ELSEWHERE: bool = _backup_at == "elsewhere"
BACKUP_AT: time | None = env.time("BACKUP_AT", time(3, 0)) if _backup_at and not BACKUP_ELSEWHERE else None

# Work behind the pages --------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# Mail -------------------------------------------------------------------------------------------------------

EMAIL_HOST: str = env.str("SMTP_HOST", "")
EMAIL_PORT: int = env.int("SMTP_PORT", 587)
EMAIL_HOST_USER: str = env.str("SMTP_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("SMTP_PASSWORD", "")
SMTP_SECURITY: str = env.str("SMTP_SECURITY", "starttls", validate=validate.OneOf(("starttls", "tls", "none")))
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL: str = said("MAIL_FROM", formataddr((SITE_NAME, "noreply@voorbeeld.example")))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "meedoen.mail.backends.FileBackend"
# The addresses that mail leaves from, as others see them. Empty: those of EMAIL_HOST, which may send on from others.
MAIL_OUT_IPS: list[str] = env.list("MAIL_OUT_IPS", [], validate=_must_be_addresses)
# The names of the keys that sign our mail (DKIM), or name@domain where another domain signs.
DKIM_SELECTORS: list[str] = env.list("DKIM_SELECTORS", [])
# Lists of unwanted senders to ask about us. Each question tells that list which server asks; so none by itself.
BLOCKLISTS: list[str] = env.list("BLOCKLISTS", [])
# The reading room for mail: only with the file backend and only on the own machine (decisions 16).
POSTBOX: bool = not EMAIL_HOST and HOST in ("127.0.0.1", "localhost", "::1")

# Mail that comes in (ADR-0052); docs/mail.md tells how ---------------------------------------------------------

# The domain of our addresses (antwoord+…@, vraag@ and others). Empty: no mail comes in, and none of ours asks for it.
MAIL_IN_DOMAIN: str = env.str("MAIL_IN_DOMAIN", "localhost" if POSTBOX else "").strip().lower()
# Where a mail server delivers over LMTP: host:port, or the path of a socket.
MAIL_IN_LMTP: str = env.str("MAIL_IN_LMTP", "")
# On a laptop: a port for SMTP on loopback, and a folder for .eml files. A site that others reach has neither.
MAIL_IN_SMTP_PORT: int = env.int("MAIL_IN_SMTP_PORT", 2525) if POSTBOX else 0
MAIL_IN_DIR: Path | None = DATA / "mail-in" if POSTBOX else None
# The names by which the receiving server signs its Authentication-Results. Empty: every mail is asked a code.
MAIL_IN_TRUSTED: list[str] = env.list("MAIL_IN_TRUSTED", [])
MAIL_IN_MAX_BYTES: int = env.int("MAIL_IN_MAX_MB", 25) * 1024 * 1024
# A mailbox to fetch mail from.
IMAP_HOST: str = env.str("IMAP_HOST", "")
IMAP_PORT: int = env.int("IMAP_PORT", 993)
IMAP_USER: str = env.str("IMAP_USER", "")
IMAP_PASSWORD: str = env.str("IMAP_PASSWORD", "")
IMAP_SECURITY: str = env.str("IMAP_SECURITY", "tls", validate=validate.OneOf(("starttls", "tls", "none")))
IMAP_FOLDER: str = env.str("IMAP_FOLDER", "INBOX")
# What becomes of the mailbox's own copy once a mail is with us, and no folder for it is set.
IMAP_DONE: str = env.str("IMAP_DONE", "erase", validate=validate.OneOf(("erase", "keep")))
IMAP_DONE_FOLDER: str = env.str("IMAP_DONE_FOLDER", "")

# Signing in (ADR-0013): a code by mail or a passkey, through django-allauth; none of its pages is mounted ------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/mijn/"
SESSION_ENGINE = "meedoen.people.entrance.sessions"
SESSION_COOKIE_NAME = "sessie"  # set when somebody begins to sign in, and not before
CSRF_COOKIE_NAME = "formulier"  # the token of a signed-in person's forms
SESSION_COOKIE_AGE = CSRF_COOKIE_AGE = 30 * 24 * 3600  # seconds; then a code is asked again
ACCOUNT_ADAPTER = "meedoen.people.entrance.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # Address.verified_at is ours
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 3600  # seconds (decisions 4); people/entrance/flow.py says so in words
ACCOUNT_LOGIN_TIMEOUT = 24 * 3600  # seconds in which new codes may be asked
ACCOUNT_RATE_LIMITS = False  # ours count over all processes: people/entrance/limits.py
MFA_ADAPTER = "meedoen.people.entrance.adapter.KeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False

# Another place to sign in, such as an organisation's own (OpenID Connect); off until its address is set.
OIDC_SERVER: str = env.str("OIDC_SERVER", "").rstrip("/")
OIDC_NAME: str = env.str("OIDC_NAME", "") or "je organisatie"
OIDC_CLIENT_ID: str = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET: str = env.str("OIDC_CLIENT_SECRET", "")
# Where meetings online are held that have no link of their own; one of these, or none.
JITSI_URL: str = env.str("JITSI_URL", "").rstrip("/")
JITSI_APP_ID: str = env.str("JITSI_APP_ID", "")
JITSI_SECRET: str = env.str("JITSI_SECRET", "")
BBB_URL: str = env.str("BBB_URL", "").rstrip("/")
BBB_SECRET: str = env.str("BBB_SECRET", "")
BBB_CHECKSUM: str = env.str("BBB_CHECKSUM", "sha256", validate=validate.OneOf(("sha1", "sha256", "sha384", "sha512")))

SOCIALACCOUNT_ADAPTER = "meedoen.people.entrance.provider.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
if OIDC_SERVER:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "own",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT_ID,
                    "secret": OIDC_CLIENT_SECRET,
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }

# Language and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # a year is a number too; templates say |dutch_number

# Files for everybody ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [THEME_DIR] if THEME else []
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "meedoen.files.folder.Folder"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site reads anything of ours by script
MEDIA_URL = "/media/"

# What people send: in a folder of this machine, or in a bucket that speaks S3 and that all servers share (ADR-0066).
S3_BUCKET: str = env.str("S3_BUCKET", "")
S3_ENDPOINT: str = env.str("S3_ENDPOINT", "").rstrip("/")
S3_REGION: str = env.str("S3_REGION", "")
S3_ACCESS_KEY: str = env.str("S3_ACCESS_KEY", "")
S3_SECRET_KEY: str = env.str("S3_SECRET_KEY", "")
S3_SECRET_KEY_FILE: str = env.str("S3_SECRET_KEY_FILE", "")
S3_ADDRESSING: str = env.str("S3_ADDRESSING", "auto", validate=validate.OneOf(("auto", "path", "virtual")))
if S3_SECRET_KEY_FILE and not S3_SECRET_KEY:
    with suppress(OSError):  # the rest of the site serves without it; meedoen check tells
        S3_SECRET_KEY = Path(S3_SECRET_KEY_FILE).read_text(encoding="utf-8").strip()
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "meedoen.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": S3_REGION or None,
            "access_key": S3_ACCESS_KEY,
            "secret_key": S3_SECRET_KEY,
            "addressing": S3_ADDRESSING,
        },
    }

# What a visitor's page may cost and how long others may keep it (decisions 10) ------------------------------

KEPT_PAGES_BYTES: int = env.int("KEPT_PAGES_BYTES", 64 * 1024 * 1024)
# A Valkey or Redis that servers share and that may vanish (ADR-0076): redis:// or rediss://, with its password.
VALKEY_URL: str = env.str("VALKEY_URL", "")
# Seconds a shared cache in front may serve a page without asking. 0: always ask, so never stale.
SHARED_MAX_AGE: int = env.int("SHARED_MAX_AGE", 0)

# Safety -----------------------------------------------------------------------------------------------------

HTTPS: bool = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS and env.bool("HTTPS_REDIRECT", False)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked by machines beside us, over plain http
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "meedoen.config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of a form; files have their own limit
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Who presses to go into a room is sent on to that server.
        "form-action": [SELF, *([f"{urlsplit(BBB_URL).scheme}://{urlsplit(BBB_URL).netloc}"] if BBB_URL else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Logs: one JSON line each, with a request's number and without personal data --------------------------------

LOG_FORMAT: str = env.str("LOG_FORMAT", "text", validate=validate.OneOf(("text", "json")))
LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO")
LOG_REQUESTS: bool = env.bool("LOG_REQUESTS", False)
_steps: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    logs.without_address,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer()
                if LOG_FORMAT == "json"
                else structlog.dev.ConsoleRenderer(colors=False),
            ],
            "foreign_pre_chain": _steps,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "mail.log": {"level": "WARNING"},  # aiosmtpd's, which tells from which address each line came
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[*_steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

# Who may read /metrics, by address; what a proxy passes on never may.
METRICS_FROM: list[str] = env.list("METRICS_FROM", ["127.0.0.1", "::1"])
PROMETHEUS_MULTIPROC_DIR: str = Env().str("PROMETHEUS_MULTIPROC_DIR", "")
# Where traces go, by OTLP over HTTP; needs requirements/traces.txt, and nothing of it is loaded where this is empty.
OTLP_ENDPOINT: str = env.str(
    "OTLP_ENDPOINT", "", validate=validate.Regexp("(https?://.+)?$", error="Must start with http:// or https://.")
).rstrip("/")
if OTLP_ENDPOINT:
    MIDDLEWARE.insert(1, "meedoen.config.traces.Traces")
# The route that make bench compares every page with; it shows nothing and is off unless asked for.
BENCH: bool = env.bool("BENCH", False)
# Whether the worker asks the sites to which our texts link if those pages are there still.
ASK_LINKS: bool = env.bool("ASK_LINKS", not EXAMPLE_SITE)
# The page that shows every component in every state; for who builds, so off on a public site.
SHOWROOM: bool = env.bool("SHOWROOM", EXAMPLE_SITE)

VERSION = __version__
