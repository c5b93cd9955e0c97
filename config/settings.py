"""Settings, from the environment only.

REGISTRY_ENVIRONMENT is `production` (the default), `demonstration` (`make run`: this machine only, plain HTTP) or
`test`. In production a variable without which the registry would be unsafe or useless is refused when missing, with
the remedy.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# pytest names itself in the environment before settings are read: `pytest` alone needs no variable.
ENVIRONMENT = env.str("REGISTRY_ENVIRONMENT", default="test" if "PYTEST_VERSION" in os.environ else "production")
if ENVIRONMENT not in {"production", "demonstration", "test"}:
    raise ImproperlyConfigured(
        f"REGISTRY_ENVIRONMENT is {ENVIRONMENT!r}. Set it to production, demonstration or test, or leave it out."
    )
PRODUCTION = ENVIRONMENT == "production"
TEST = ENVIRONMENT == "test"


def required(name: str, *, remedy: str, otherwise: str) -> str:
    """The variable's value; outside production `otherwise` when it is missing."""
    value = env.str(name, default="")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. {remedy}")
    return value or otherwise


# --- Disclosure -------------------------------------------------------------------------------------------------------

# Fewer patients than this are a small cell: no reader of one centre is told of so few patients of the others.
SMALL_CELL = 5

# --- Django itself ----------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = required(
    "SECRET_KEY",
    remedy="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. Keep it out of the sources.",
    otherwise="a fixed key, good enough where no session outlives the test run",
)
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS",
    remedy="Name the host names under which users reach the registry, separated by commas.",
    otherwise="localhost,127.0.0.1,[::1],testserver",
).split(",")
# The address in mails that no request asked for. The proxy's name stands first in ALLOWED_HOSTS.
SITE_URL = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "registry",  # before allauth and django.forms: its templates win
    "analytics",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "bootstrap",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # what the browser asks for; after sessions, before all that speaks
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "registry.web.language.UserLanguageMiddleware",  # what the user chose
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "registry.web.privacy.NoStoreMiddleware",
    "registry.web.second_factor.SecondFactorMiddleware",
    # Last: it opens the transaction in which the centre of the user is known to the database.
    "registry.access.middleware.CentreScopeMiddleware",
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
                "registry.web.navigation.page_context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("it", "Italiano")]
# What pages say, and what the case report form, its checks and derivations say: see docs/decisions/0010.
LOCALE_PATHS = [BASE_DIR / "locale" / "pages", BASE_DIR / "locale" / "dictionary"]
USE_I18N = True
TIME_ZONE = "Europe/Rome"
USE_TZ = True

# --- Database ---------------------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, Any]:
    """One of Django's DATABASES from a URL; a socket folder stands as `?host=/folder`."""
    return env.db_url_config(url) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": database(
        required(
            "DATABASE_URL",
            remedy="Give the web role's: postgresql://reg_web:PASSWORD@HOST:5432/registry",
            otherwise="postgresql://reg_web@/registry",
        )
    ),
    "report": database(
        required(
            "REPORT_DATABASE_URL",
            remedy="Give the report role's: postgresql://reg_report:PASSWORD@HOST:5432/registry",
            otherwise="postgresql://reg_report@/registry",
        )
    ),
}
# Only where `manage.py migrate --database migration` runs; web, worker and beat do not know this role's password.
if migration_url := env.str("MIGRATION_DATABASE_URL", default=""):
    DATABASES["migration"] = database(migration_url) | {"CONN_MAX_AGE": 0}

# In the database, not in a process: a one-time code used in one web process must be known as used in the others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "registry_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond that it forgets at random, used codes included
    }
}

# --- Users and sessions -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["config.hashers.RegistryArgon2PasswordHasher"]
PASSWORD_HASH_MEMORY_KIB = env.int("PASSWORD_HASH_MEMORY_KIB", default=64 if TEST else 47_104)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "registry.web.adapter.AccountAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or after 20 idle minutes
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_AGE = 20 * 60
SESSION_SAVE_EVERY_REQUEST = True  # so that the 20 minutes are of idleness
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True

# --- Programming interface --------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["registry.api.authentication.TokenAuthentication"],  # never a session
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["registry.api.parsing.JsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "registry.api.negotiation.WhatThereIs",
    "DEFAULT_PAGINATION_CLASS": "registry.api.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["registry.api.throttles.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.str("API_RATE", default="600/minute")},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "registry.api.problems.answer",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "INO registry",
    "DESCRIPTION": "What the pages do, for programs: through the same checks, with the same rights.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_PATCH": False,
    "SORT_OPERATIONS": False,  # in the order of the paper, as the addresses are listed
    "POSTPROCESSING_HOOKS": ["registry.api.description.hooks.add_common_parts"],
}

# --- Transport and browser --------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside the container, without the proxy
# Set only behind a proxy that removes these headers from what its clients send.
if TRUSTED_PROXY_COUNT := env.int("TRUSTED_PROXY_COUNT", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Tests serve the files from where they stand in the sources.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TEST

# --- Mail -------------------------------------------------------------------------------------------------------------

EMAIL_CONFIGURATION = env.email_url_config(
    required(
        "EMAIL_URL",
        remedy="Name the hospital's mail server: smtp+tls://USER:PASSWORD@HOST:587",
        otherwise="memorymail://" if TEST else "consolemail://",
    )
)
vars().update(EMAIL_CONFIGURATION)
DEFAULT_FROM_EMAIL = required(
    "DEFAULT_FROM_EMAIL",
    remedy="Give the address from which the registry writes, such as registry@hospital.example",
    otherwise="registry@localhost",
)

# --- Background work --------------------------------------------------------------------------------------------------

# A run whose worker has not renewed its lease for this long is given to another worker.
RUN_LEASE_SECONDS = env.float("RUN_LEASE_SECONDS", default=2.0 if TEST else 120.0)
REAPER_SECONDS = env.float("REAPER_SECONDS", default=2.0 if TEST else 60.0)
# The outcomes page is computed again when nothing was changed for so long, or when the first change is so old.
LIVE_LOOK_SECONDS = env.float("LIVE_LOOK_SECONDS", default=1.0 if TEST else 3.0)
LIVE_QUIET = timedelta(seconds=env.float("LIVE_QUIET_SECONDS", default=1.0 if TEST else 5.0))
LIVE_LONGEST_WAIT = timedelta(seconds=env.float("LIVE_LONGEST_WAIT_SECONDS", default=3.0 if TEST else 30.0))
# How often the new rows of the audit trail are sealed.
SEAL_SECONDS = env.float("SEAL_SECONDS", default=2.0 if TEST else 60.0)

CELERY_BROKER_URL = required(
    "CELERY_BROKER_URL",
    remedy="Name Redis (redis://HOST:6379/0), RabbitMQ or the broker database "
    "(sqla+postgresql+psycopg://reg_broker:PASSWORD@HOST:5432/registry_broker).",
    otherwise="memory://",
)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True  # the run's row is the result
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = 2
# The processes of a pool share one lock where the transport cannot be waited for, as on SQL: a kill -9 of one that is
# idle stops all of them for good. There a worker is one process, and there are several workers.
CELERY_WORKER_POOL = "solo" if CELERY_BROKER_URL.startswith("sqla+") else "prefork"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "config.beat:HealingScheduler"
if CELERY_BROKER_URL.startswith("redis"):
    # Kombu looks for lost messages every tenth interval of 10 s unless told otherwise.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }

# --- Logging ----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"key value": {"()": "config.log_format.KeyValueFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "key value"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
