"""The one settings file. It reads the environment once and fails loudly."""

from email.utils import formataddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from psoas import charts
from psoas.care.people.keyring import Keyring
from psoas.cli import environment

ENVIRONMENT = environment.read()
KEYRING = Keyring.open(ENVIRONMENT.keys)

DEBUG = False
SECRET_KEY = KEYRING.session_key
_host = ENVIRONMENT.url.hostname or "localhost"
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host]
if ENVIRONMENT.loopback:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin]
PUBLIC_ORIGIN = ENVIRONMENT.origin
DEMO = ENVIRONMENT.demo
LOOPBACK = ENVIRONMENT.served_on_loopback
LEAVE_URL = ENVIRONMENT.leave_url
DATA_FOLDER = ENVIRONMENT.data
KEYS_FOLDER = ENVIRONMENT.keys

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "psoas.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "psoas.care.people",
    "psoas.care.assessment",
    "psoas.care.journal",
    "psoas.care.experiment",
    "psoas.care.programme",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages that echo a form token are safe to compress: the token is masked anew each time,
    # and the middleware adds random bytes of its own (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "psoas.web.middleware.private_headers",
    # From here on answers carry every header, whoever gives them.
    "psoas.web.middleware.wrong_host",
    "psoas.web.middleware.way_out",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "psoas.web.middleware.own_language_and_zone",
    "allauth.account.middleware.AccountMiddleware",
    "psoas.web.middleware.NotWritten",
    "psoas.web.doors.DoorMiddleware",
]

ROOT_URLCONF = "psoas.site.urls"
WSGI_APPLICATION = "psoas.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "psoas.web.surroundings.surroundings",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.data / "psoas.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL, because a phone deletes its own copy on acknowledgement: an entry
            # that was acknowledged must survive a power cut.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA journal_size_limit=16777216;"
                "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # allauth's rate limits must be one count for all worker processes.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "psoas.web.account.Adapter"
MFA_ADAPTER = "psoas.web.account.SecondFactorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Addresses are verified by the one-time link a person is handed, so no mail server is needed.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# By address generous, since a whole clinic may share one; by account strict.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    # A letter takes seconds to draw, and everybody else waits for them.
    "letter": "6/m/user",
}
# Over HTTPS a web server stands in front and names the caller; without it the header is anybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.secure else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Notes"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT.loopback

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SENDS_MAIL = bool(ENVIRONMENT.mail)
if ENVIRONMENT.mail:
    _mail = urlsplit(ENVIRONMENT.mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp"
    EMAIL_TIMEOUT = 10
    # Mail servers send for the account they know; without one, as the installation itself.
    _sender = EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else f"notes@{_host}"
    DEFAULT_FROM_EMAIL = formataddr(("Notes", _sender))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [Path(charts.__file__).parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATICFILES_DIRS = [Path(charts.__file__).parent / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "psoas.web.statics.HashedStatics"},
}
WHITENOISE_MAX_AGE = 600

SESSION_ENGINE = "psoas.care.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT.secure else 0
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
if ENVIRONMENT.secure:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "psoas.web.faults.stale_form"
X_FRAME_OPTIONS = "DENY"
_leave = urlsplit(LEAVE_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Leaving without JavaScript is a form whose answer redirects to a neutral page.
        "form-action": [SELF, f"{_leave.scheme}://{_leave.netloc}"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# What people bring is about their health: no temporary file of it, however large it is.
FILE_UPLOAD_HANDLERS = ["psoas.web.uploads.InMemoryUpTo"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"bare": {"()": "psoas.cli.logs.WithoutBodies"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["bare"], "formatter": "plain"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
