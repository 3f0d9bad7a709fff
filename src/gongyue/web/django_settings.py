"""Django's settings, made of `web.settings`: the folder is named by GONGYUE_OFFICE, set by `web.bootstrap`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from gongyue.web import settings as house

WEB = house.read(
    Path(os.environ["GONGYUE_OFFICE"]), tuple(o for o in os.environ.get("GONGYUE_ORIGINS", "").split(",") if o)
)
HERE = Path(__file__).parent

SECRET_KEY = WEB.secret
DEBUG = False
ALLOWED_HOSTS = WEB.hosts
CSRF_TRUSTED_ORIGINS = list(WEB.origins)
ROOT_URLCONF = "gongyue.web.urls"
WSGI_APPLICATION = "gongyue.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "gongyue.web",
    "gongyue.web.accounts",
    "gongyue.web.acting",
    "gongyue.web.authority",
    "gongyue.web.binding",
    "gongyue.web.notices",
    "gongyue.web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongyue.web.middleware.Compressed",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongyue.web.middleware.Headers",  # outside of what may answer by itself: errors have these headers too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongyue.web.middleware.Present",
    "gongyue.web.errors.Methods",
    "gongyue.web.middleware.DenyByDefault",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongyue.web.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongyue.web.context_processors.shown_everywhere",
            ],
        },
    }
]


def _database(address: str) -> dict[str, object]:
    if "://" not in address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address,
            "CONN_MAX_AGE": None,  # one connection a thread: closing the last one writes the whole log back
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;",
            },
        }
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(address)  # its query too: how the connection is encrypted, say
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: str(given.pop(theirs, "")) for theirs, ours in names.items()},
        "OPTIONS": {**given, "pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


DATABASES = {"default": _database(WEB.database)}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = WEB.secure
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if WEB.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gongyue.web.errors.forged"
if WEB.written.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# No inline script or style, nothing from elsewhere; passkeys need neither.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(provider.server for provider in WEB.written.oidc)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongyue.web.unnamed_uploads.UnnamedUploads",
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "gongyue_lang"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = None  # the page cache gives them from where each application keeps them; nothing is collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no page stores files: the office does
    "staticfiles": {"BACKEND": "gongyue.web.static_storage.Versioned"},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if WEB.written.mail and not WEB.demo  # whom a demonstration would write to is fictional
    else "django.core.mail.backends.dummy.EmailBackend"
)
if WEB.written.mail:
    _mail = urlsplit(WEB.written.mail)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), WEB.mail_password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
DEFAULT_FROM_EMAIL = WEB.written.mail_from or f"noreply@{WEB.hosts[0]}"

SITE_ID = None
ACCOUNT_ADAPTER = "gongyue.web.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to who has no account
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not WEB.secure
MFA_RECOVERY_CODES_SHOW_ONCE = True  # whoever sits down at an open session later sees none
MFA_TOTP_ISSUER = "gongyue"
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # axes counts them, in the database
MFA_ADAPTER = "gongyue.web.accounts.adapters.Factors"
SOCIALACCOUNT_ADAPTER = "gongyue.web.accounts.adapters.Providers"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider.id,
                "name": provider.name,
                "client_id": provider.client,
                "secret": WEB.oidc_secrets[provider.id],
                "settings": {"server_url": provider.server},
            }
            for provider in WEB.written.oidc
        ],
    }
}
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "gongyue.web.accounts.rate_limit.account_named"
AXES_CLIENT_IP_CALLABLE = "gongyue.web.rate_limit.client_ip"
AXES_LOCKOUT_TEMPLATE = "accounts/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = None
