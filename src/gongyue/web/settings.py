"""The pages' settings: `web.toml` in the office's folder, read once into one frozen object.

No file is needed: SQLite beside the office's store, http://localhost:8000, mail written to the notices only.
An unknown key or a malformed value stops the start. A value that is secret may stand in a file of its own:
`mail_password_file`, `secret_file`, `oidc_secret_file`.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from gongyue.office.office_folder import WEB_ORIGIN, BadOffice, Settings, read_settings, read_toml, store_url

SETTINGS, SECRET, DATABASE = "web.toml", "web-secret", "web.db"

Origin = Annotated[str, Meta(pattern=WEB_ORIGIN)]
LOCAL = ("http://localhost:8000",)
"""Where the pages are reached if nothing else is said."""


class Oidc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An OpenID Connect provider: it opens a session and never signs an act."""

    id: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
    name: str
    server: Origin
    client: str
    secret_file: str = ""


Plain = Annotated[str, Meta(max_length=120, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where whoever has no account turns to: an office's own address, no person's. Shown on every page, on forms, in the mirror."""

    office: Plain
    post: Plain = ""
    phone: Annotated[str, Meta(pattern=r"\A[0-9 ()+-]{0,40}\Z")] = ""
    mail: Annotated[str, Meta(pattern=r"\A(?:[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,190})?\Z")] = ""

    @property
    def said(self) -> str:
        """In one line, for a form on paper."""
        return "，".join(part for part in (self.office, self.post, self.phone, self.mail) if part)


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the software comes from that verifies this book: not from this site, which would then vouch for itself.

    `address`: the file to download, https; `version`; `sha256`: of that file, 64 hexadecimal digits.
    """

    address: Annotated[str, Meta(pattern=r"\Ahttps://[A-Za-z0-9.-]+(?::\d{1,5})?/[\x21-\x7e]+\.(?:whl|tar\.gz)\Z")]
    version: Annotated[str, Meta(pattern=r"\A[0-9][0-9A-Za-z.+-]{0,39}\Z")]
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]

    @property
    def file(self) -> str:
        """The name of the downloaded file."""
        return self.address.rpartition("/")[2]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`web.toml`. `origins`: where the pages are reached; empty: this computer. `mail`: smtp://, smtp+tls:// or
    smtps://[USER@]HOST[:PORT]. `source`: where readers get the software from that verifies the book. `contact`: where whoever
    has no account turns to. `api_per_minute`: requests a minute to the API for each key, and each address without one."""

    v: Literal["gongyue/web@1"] = "gongyue/web@1"
    origins: tuple[Origin, ...] = ()
    secret_file: str = SECRET
    mail: Annotated[str, Meta(pattern=r"\A(?:smtp(?:s|\+tls)?://(?:[^/\s]+@)?[A-Za-z0-9.-]+(?::\d{1,5})?/?)?\Z")] = ""
    mail_from: str = ""
    mail_password_file: str = ""
    behind_proxy: bool = False
    require_mfa: bool = True
    api_per_minute: Annotated[int, Meta(ge=1, le=10_000_000)] = 1_200
    oidc: tuple[Oidc, ...] = ()
    source: Source | None = None
    contact: Contact | None = None


class Web(msgspec.Struct, frozen=True):
    """Everything the pages need to know: the office's folder, its settings and theirs, secrets read from their files.

    `origins`: where the pages are reached, the first is the address written into letters and mails; passkeys work
    there if the genesis act allows them. `database`: where accounts, sessions and drafts are kept.
    """

    directory: Path
    office: Settings
    written: Written
    secret: str
    mail_password: str
    database: str
    oidc_secrets: dict[str, str] = {}

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the pages are reached."""
        return self.written.origins

    @property
    def address(self) -> str:
        """The address to write into letters, without a slash at its end."""
        return self.origins[0]

    @property
    def hosts(self) -> list[str]:
        """The host names requests may name."""
        return [urlsplit(origin).hostname or "" for origin in self.origins]

    @property
    def secure(self) -> bool:
        """Whether every address is https, so that cookies travel nowhere else."""
        return all(origin.startswith("https://") for origin in self.origins)

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration, whose keys are public."""
        return self.office.demo


def read(directory: Path, origins: tuple[str, ...] = (), otherwise: tuple[str, ...] = LOCAL) -> Web:
    """The settings of the pages of the office in that folder; `origins` replaces those in the file, `otherwise` is
    taken where there are none. BadOffice."""
    directory = directory.absolute()
    office = read_settings(directory)
    written = _written(directory / SETTINGS)
    written = msgspec.structs.replace(written, origins=origins or written.origins or otherwise)
    _require_elsewhere(directory / SETTINGS, written)
    url = store_url(directory, office)
    database = url if "://" in url else str(directory / DATABASE)
    secret = _secret(directory / written.secret_file)
    password = (directory / written.mail_password_file).read_text("utf-8").strip() if written.mail_password_file else ""
    return Web(directory, office, written, secret, password, database, _oidc_secrets(directory, written))


def written_origins(directory: Path) -> tuple[str, ...]:
    """Where the pages are reached as their settings say; empty where they say nothing. BadOffice."""
    return _written(directory / SETTINGS).origins


def _written(path: Path) -> Written:
    return read_toml(path, Written) if path.is_file() else Written()


def _require_elsewhere(path: Path, written: Written) -> None:
    """The software is not handed out by the site whose book it is to verify."""
    own = {urlsplit(origin).hostname for origin in written.origins}
    if written.source is not None and urlsplit(written.source.address).hostname in own:
        raise BadOffice(
            f"{path}：source 不能是本站自己的地址：核验本站的软件须从别处取得。",
            f"{path}: source must not be this site's own address: what verifies it comes from elsewhere.",
        )


def _oidc_secrets(directory: Path, written: Written) -> dict[str, str]:
    """Each provider's secret from its file, by the provider's id; none for a public client."""
    secrets_: dict[str, str] = {}
    for provider in written.oidc:
        path = directory / provider.secret_file if provider.secret_file else None
        try:
            secrets_[provider.id] = path.read_text("utf-8").strip() if path else ""
        except OSError as error:
            raise BadOffice(
                f"{path}：读不出 {provider.name} 的密钥（{error}）。",
                f"{path}: cannot read the secret of {provider.name} ({error}).",
            ) from None
    return secrets_


def _secret(path: Path) -> str:
    """What signs cookies; made at the first start, readable by the office alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
    except OSError:  # a full disk: what is not written must not stay
        path.unlink()
        raise
    return _kept_secret(path)


def _kept_secret(path: Path) -> str:
    try:
        secret = path.read_text("ascii").strip()
    except UnicodeDecodeError:
        secret = ""
    if len(secret) < 32:
        raise BadOffice(
            f"{path}：不是网页的密文（太短或不是 ASCII）；删去它，下次启动时新建，届时各人须重新登录。",
            f"{path} is no secret of the pages (too short, or no ASCII): remove it and the next start makes a new one;"
            " everybody signs in again.",
        )
    return secret
