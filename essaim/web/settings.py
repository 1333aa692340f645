"""The one Django settings file: what the site is made of, read from the one configuration."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from essaim.config import configuration
from essaim.web.log_settings import log_settings
from essaim.web.secret_key import read_or_make_secret_key

_configuration = configuration()
_configuration.home.mkdir(parents=True, exist_ok=True)


def database(url: str) -> dict[str, Any]:
    """Describe the database named by the configuration as Django wants it.

    Args:
        url: `sqlite` or `postgresql://user:password@host:port/name?sslmode=require`.
    """
    if url == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _configuration.home / "essaim.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = _configuration.is_debug
SECRET_KEY = read_or_make_secret_key(_configuration.home)
ALLOWED_HOSTS = [host.strip() for host in _configuration.allowed_hosts.split(",") if host.strip()]
_is_https = _configuration.base_url.startswith("https://")
CSRF_TRUSTED_ORIGINS = [_configuration.base_url] if _is_https else []

# The rooms stand in the order of the floors; a room is an app, and its `urls` module is found by name (see urls.py).
HOUSE_APPS = [
    "essaim.recognition",
    "essaim.knowledge",
    "essaim.policy",
    "essaim.coordination",
    "essaim.countries",
    "essaim.desk",
    "essaim.accounts",
    "essaim.pages",
    "essaim.web",
]
INSTALLED_APPS = [
    *HOUSE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "simple_history",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

# Order matters: whitenoise answers files at once; gzip stands above the ETag, which is of the page and not of its packing.
MIDDLEWARE = [
    "essaim.web.requests.Requests",
    "essaim.web.middleware.HouseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "essaim.accounts.sessions.IdleSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks: it answers for a sign-in that was locked out
]

ROOT_URLCONF = "essaim.web.urls"
WSGI_APPLICATION = "essaim.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "essaim.pages.frame.frame",
                "essaim.accounts.viewer.viewer",
            ],
            "builtins": ["essaim.pages.templatetags.house", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": database(_configuration.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

# Mail: printed on the terminal unless a server is named.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _configuration.smtp_host else 'console'}.EmailBackend"
EMAIL_HOST = _configuration.smtp_host
EMAIL_PORT = _configuration.smtp_port
EMAIL_HOST_USER = _configuration.smtp_user
EMAIL_HOST_PASSWORD = _configuration.smtp_password
EMAIL_USE_TLS = _configuration.smtp_security == "starttls"
EMAIL_USE_SSL = _configuration.smtp_security == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = _configuration.mail_from
SERVER_EMAIL = _configuration.mail_from

# Languages of the interface. Arabic needs only its line here and its catalogues: layouts are logical, right-to-left comes free.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[str] = []
WHITENOISE_USE_FINDERS = True  # the build names files by content and packs them: there is nothing left to collect
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/essaim/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Nothing from elsewhere, nothing inline, nothing evaluated.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _is_https else 0
CSRF_COOKIE_SECURE = _is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "essaim.web.errors.refused_form"

# People: an account is made by invitation alone, signed in to by e-mail and password, with a second step or a passkey.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_account"
ACCOUNT_ADAPTER = "essaim.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"signup": "essaim.accounts.sign_up.InvitedSignUp"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Essaim: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _is_https else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}  # locking out is axes' work, below
MFA_ADAPTER = "essaim.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Essaim"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_https  # browsers themselves allow it on localhost alone
SESSION_COOKIE_NAME = "__Host-essaim" if _is_https else "essaim"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Lock-out: five wrong passwords for one address from one place close that door for half an hour, and no one else's.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "essaim.accounts.lockout.address_tried"
AXES_LOCKOUT_CALLABLE = "essaim.accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy in front answers http with a redirect
    "security.W004",  # HSTS follows the scheme of base_url
    "security.W016",
]

LOGGING = log_settings(_configuration)
