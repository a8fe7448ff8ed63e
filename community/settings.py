"""One file of settings, read from the environment only; unset means a laptop.

`PRODUCTION=1` is production; `DATABASE_URL`, `REDIS_URL` and `EMAIL_URL` only choose services.
Each setting is explained in docs/configure.md, which a test compares with this file.
"""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where this runs ------------------------------------------------------------------------

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=not PRODUCTION)
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else "a laptop keeps no secrets")
PORT = env.int("PORT", default=8000)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else LOCAL_HOSTS)
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
VAR_DIR = Path(env.str("HEARD_VAR", default=str(BASE_DIR / "var")))
MAINTENANCE = env.bool("MAINTENANCE", default=False)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")


def refuse_unsafe() -> None:
    """Stop a production start that would be open to the world, and say why."""
    faults = {
        "SECRET_KEY is not set": not SECRET_KEY,
        "DEBUG is on": DEBUG,
        "ALLOWED_HOSTS names no host": not ALLOWED_HOSTS,
    }
    found = [fault for fault, is_there in faults.items() if is_there]
    if PRODUCTION and found:
        raise ImproperlyConfigured(f"PRODUCTION=1 refuses to start: {'; '.join(found)}.")
    if not PRODUCTION and set(ALLOWED_HOSTS) - {*LOCAL_HOSTS, "testserver"}:
        raise ImproperlyConfigured("Without PRODUCTION=1 only localhost is served (ALLOWED_HOSTS).")


refuse_unsafe()

# --- Brand: what an operator changes without forking ----------------------------------------

BRAND_NAME = env.str("BRAND_NAME", default="Northline Community")
BRAND_COMPANY = env.str("BRAND_COMPANY", default="Northline")
BRAND_HUE = env.int("BRAND_HUE", default=255)
TERMS_VERSION = env.str("TERMS_VERSION", default="2026-11")

# --- Applications ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "community.pages",
    "ideas",
    "community.moderation",
    "forum",
    "community.notifications",
    "community.search",
    "community.voices",
    "community.people",
    "community.activity",
    "community.core",
    "allauth",
    "allauth.account",
    "taggit",
    "django_htmx",
    "community.people.apps.HeardAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "community.core.middleware.request_id.RequestIdMiddleware",
    "community.core.middleware.access_log.AccessLogMiddleware",
    "community.core.middleware.security.SecurityHeadersMiddleware",
    "community.core.middleware.refuse.RefuseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.core.middleware.maintenance.MaintenanceMiddleware",
    "community.core.middleware.faults.FaultsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.core.middleware.htmx.HtmxRedirectMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "community.core.templatetags.quick_i18n"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.core.processors.frame",
                "community.pages.processors.rights",
            ],
        },
    }
]

# --- Database: SQLite on a laptop, PostgreSQL by DATABASE_URL --------------------------------

EMBEDDED_DATABASE = f"sqlite:///{VAR_DIR / 'heard.sqlite3'}"
DATABASES = {"default": env.db_url("DATABASE_URL", default=EMBEDDED_DATABASE)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 3
    is_kept = DATABASES["default"]["CONN_MAX_AGE"] > 0
    # A pooler in transaction mode hands each statement outside a transaction to another connection.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = not is_kept
    if env.bool("PREPARED_STATEMENTS", default=is_kept):
        DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 1
MIGRATE_DATABASE_URL = env.str("MIGRATE_DATABASE_URL", default="")
if MIGRATE_DATABASE_URL and sys.argv[1:2] == ["migrate"]:
    DATABASES["default"].update(env.db_url("MIGRATE_DATABASE_URL"))

# --- Redis: broker, cache and limits; without it files, memory and a table --------------------

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "community.core.caches.SafeRedisCache"
        if REDIS_URL
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "heard",
    }
}
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=30)

# --- Celery: wake-up calls -------------------------------------------------------------------

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "files://localhost"
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 300,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 0.2,
        "socket_timeout": 5,
    }
else:
    for folder in ("messages", "control", "processed"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "core.tick", "schedule": 60.0, "options": {"expires": 55}}}
TICK_MAX_AGE = env.int("TICK_MAX_AGE", default=180)

# --- Mail ------------------------------------------------------------------------------------

MAIL_DIR = VAR_DIR / "mail"
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email_url("EMAIL_URL"))
elif PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "community.core.mail.FolderBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{BRAND_NAME} <hello@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_PAUSED = env.bool("MAIL_PAUSED", default=False)

# --- People and sign-in ----------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["community.people.backends.MemberBackend"]
SESSION_ENGINE = "community.people.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "community.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"community.people.account_forms.{form}"
    for name, form in {
        "add_email": "NewAddressForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ForgottenForm",
        "reset_password_from_key": "FromLinkForm",
        "reauthenticate": "ReauthenticateForm",
        "confirm_email_verification_code": "AddressCodeForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # so that a known address takes no longer to answer
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
HELD_ACT_MINUTES = env.int("HELD_ACT_MINUTES", default=60)
HELD_ACT_TRIES = 5

# --- Limits: name -> (times, seconds), each multiplied by LIMITS_FACTOR ------------------------

LIMITS_FACTOR = env.float("LIMITS_FACTOR", default=1.0)
LIMITS = {
    "code": (5, 600),
    "code-a-day": (30, 86_400),
    "code-from-address": (30, 600),
    "code-try": (60, 600),
    "vote": (120, 60),
    "post": (10, 600),
    "comment": (20, 300),
    "report": (20, 3600),
    "similar": (120, 60),
    "record-vote": (60, 3600),
    "recorded-to": (5, 86_400),
    "typed": (30, 600),
    "csv": (10, 60),
    "invite": (20, 86_400),
}

NEWCOMER_HOURS = env.int("NEWCOMER_HOURS", default=24)
VOTE_ALARM_MINUTES = env.int("VOTE_ALARM_MINUTES", default=60)
VOTE_ALARM_VOTES = env.int("VOTE_ALARM_VOTES", default=30)
VOTE_ALARM_SHARE = env.float("VOTE_ALARM_SHARE", default=0.8)
NEWCOMER_LINKS = env.int("NEWCOMER_LINKS", default=3)

ACCOUNT_RATE_LIMITS = {
    name: ",".join(f"{max(1, round(times * LIMITS_FACTOR))}/{per}" for times, per in rates)
    for name, rates in {
        "change_password": [(5, "m/user")],
        "login": [(120, "m/ip")],
        "login_failed": [(20, "m/ip"), (5, "300s/key")],
        "manage_email": [(10, "m/user")],
        "reauthenticate": [(10, "m/user")],
        "reset_password": [(20, "m/ip"), (5, "m/key")],
        "reset_password_from_key": [(20, "m/ip")],
    }.items()
}

# --- Ideas: what heat, digests and decisions rest on -------------------------------------------

HEAT_HALF_LIFE_DAYS = 21
EDIT_FREE_MINUTES = env.int("EDIT_FREE_MINUTES", default=30)
CSV_ROWS = env.int("CSV_ROWS", default=20_000)
REMIND_AT_SHARE = 0.75
EXECUTIVES_AFTER_DAYS = env.int("EXECUTIVES_AFTER_DAYS", default=7)
TELLING_BATCH = 500

# --- Security ----------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "community.core.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # unique in lower case: people.one_account_an_address
    "models.W040",  # SQLite's indexes leave out the columns that PostgreSQL's include
    "templates.W003",  # our `i18n` stands in for Django's on purpose
]
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# --- Language, time, files ---------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "community.core.static_files.JoinedStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

SEARCH_BY_MEANING = env.bool("SEARCH_BY_MEANING", default=True)  # where the model is installed

# --- Logs: one JSON line each, with the request's id, without addresses and tokens --------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "community.core.logs.PrivateFilter"}},
    "formatters": {"json": {"()": "community.core.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["private"]},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "django": {"handlers": [], "propagate": True},
    },
}
