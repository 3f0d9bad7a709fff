"""An office's folder: founded once by an explicit act, opened by reading its settings once.

office.toml    settings (below)          keys/       the books' keys and the office key, 0600
                                         the keys of padding, slots-YEAR.key
store.db       the store (SQLite)        guard.json  the fork guard
log.vkey       the open book's public key, to hand out with the export
vault/         documents, scans and names (see vault)   vault-keys/  their keys, and the list of erasures
receipts/      receipts given out                       vault-erased.json  how long that list was
private/       contents of commitments as earlier versions kept them, until `gongyue vault move-in`
"""

from __future__ import annotations

import os
import re
import shutil
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from gongyue.covenant.parties import SYSTEM
from gongyue.governance.book import book_vkeys
from gongyue.office import keys
from gongyue.office.fork_guard import ForkGuard
from gongyue.office.office import Office
from gongyue.office.settings_errors import settings_error
from gongyue.office.store import OPEN, Store, open_store
from gongyue.transparency.notes import BadKey

SETTINGS, PUBLIC_KEY = "office.toml", "log.vkey"
DEFAULT_STORE = "sqlite:store.db"
WEB_ORIGIN = r"\Ahttps?://[a-z0-9.-]+(?::\d{1,5})?\Z"
"""A site as a browser names it."""

Clock = Callable[[], int]
Entropy = Callable[[int], bytes]
Form = TypeVar("Form", bound=msgspec.Struct)


class BadOffice(Exception):
    """A folder that is no office or cannot be opened: ``zh`` and ``en`` say what, where and how to mend it."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} / {en}")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`office.toml`. `store`: sqlite:PATH (relative to the folder) or postgresql://…, or `store_file`: a file holding
    that line, where it contains a password. `demo`: a story whose keys are public, with a clock of its own."""

    origin: str
    store: str = DEFAULT_STORE
    store_file: str = ""
    demo: bool = False
    v: Literal["gongyue/office@1"] = "gongyue/office@1"


class FixedClock:
    """A story's clock between its acts: it stands at the last act recorded."""

    office: Office | None = None

    def __call__(self) -> int:
        return self.office.inst.now if self.office else 0


def wall_clock() -> int:
    """The time of this computer."""
    return int(time.time())


def create_office(
    directory: Path,
    settings: Settings,
    clock: Clock = wall_clock,
    entropy: Entropy = os.urandom,
    book_keys: keys.BookKeys | None = None,
) -> Office:
    """Make a new office with an empty book; it is founded by its genesis act. BadOffice if anything is there already.

    What was begun is removed again if it fails. `book_keys` only for a story with public keys.
    """
    if directory.exists():
        raise BadOffice(
            f"{directory} 已经存在；新的办公室须建在新目录里。",
            f"{directory} exists already: a new office needs a new directory.",
        )
    seeds = [entropy(32) for _ in range(3)]
    try:
        years = keys.YearKeys(directory / "keys", entropy)
        made = book_keys or keys.book_keys(settings.origin, seeds[0], seeds[1], seeds[2], years)
    except BadKey as error:
        raise BadOffice(
            f"来源名“{settings.origin}”不合格式（{error}）；应如 gongyue.example/xyz。",
            f"the origin “{settings.origin}” is not well formed ({error}); it should look like gongyue.example/xyz.",
        ) from None
    directory.mkdir(parents=True)
    try:
        return _create(directory, settings, made, seeds, clock, entropy)
    except BaseException:
        remove_office(directory)
        raise


def _create(
    directory: Path, settings: Settings, made: keys.BookKeys, seeds: list[bytes], clock: Clock, entropy: Entropy
) -> Office:
    store = open_store(store_url(directory, settings), create=True)
    if store.head(OPEN) is not None:
        store.close()
        raise BadOffice(
            "该数据库里已有簿册；请另用空的数据库。", "that database holds a book already: use an empty one."
        )
    if not settings.demo:
        for name, seed in zip(("open", "sealed", "system"), seeds, strict=True):
            keys.write_seed(directory / "keys" / f"{name}.key", seed)
    (directory / SETTINGS).write_text(_toml(settings), "utf-8")
    (directory / PUBLIC_KEY).write_text(made.open.verifier.vkey + "\n", "ascii")
    return _office(store, made, directory, clock, entropy)


def remove_office(directory: Path) -> None:
    """Remove an office that could not be founded."""
    shutil.rmtree(directory, ignore_errors=True)


def open_office(directory: Path, clock: Clock | None = None, entropy: Entropy = os.urandom) -> Office:
    """Open an office. BadOffice, BadStore or Forked say why not.

    A story's office (`demo = true`) has a clock of its own: unless `clock` is given, it stands at its last act.
    """
    settings = read_settings(directory)
    standing = FixedClock()
    if clock is None:
        clock = standing if settings.demo else wall_clock
    made = keys.demo_keys(settings.origin) if settings.demo else _load_keys(directory, settings.origin, entropy)
    office = _office(open_store(store_url(directory, settings)), made, directory, clock, entropy)
    standing.office = office
    try:
        _require_own_keys(office, directory)
    except BadOffice:
        office.store.close()
        office.guard.close()
        raise
    return office


def _require_own_keys(office: Office, directory: Path) -> None:
    """BadOffice where the keys or the origin are not this book's: what they signed nobody could verify."""
    inst, made = office.inst, office.keys
    if inst.genesis is None:
        return
    if made.open.verifier.name != inst.cov:
        raise BadOffice(
            f"{directory / SETTINGS}：origin 为“{made.open.verifier.name}”，簿册的来源名却是“{inst.cov}”，永不更改；请改回。",
            f"{directory / SETTINGS}: origin is “{made.open.verifier.name}”, but the book's is “{inst.cov}”, for ever: write that.",
        )
    system = inst.keys.get(made.system_id)
    ours = {
        "open": made.open.verifier.vkey in book_vkeys(inst, "open"),
        "sealed": made.sealed.verifier.vkey in book_vkeys(inst, "sealed"),
        "system": system is not None and system.holder == SYSTEM,
    }
    if foreign := [f"{name}.key" for name, own in ours.items() if not own]:
        raise BadOffice(
            f"{directory / 'keys'}：{'、'.join(foreign)} 不是这本簿册的密钥；请从备份恢复原来的。",
            f"{directory / 'keys'}: {', '.join(foreign)} is no key of this book: restore the right one from a backup.",
        )


def _office(store: Store, made: keys.BookKeys, directory: Path, clock: Clock, entropy: Entropy) -> Office:
    """The office over a store, which is closed again where it cannot start."""
    guard = None
    try:
        guard = _guard(directory / "guard.json")
        return Office(store, made, guard, clock, entropy)
    except BaseException:
        store.close()
        if guard is not None:
            guard.close()
        raise


def _guard(path: Path) -> ForkGuard:
    try:
        return ForkGuard(path)
    except (ValueError, TypeError) as error:
        raise BadOffice(
            f"{path} 已损坏（{error}）：无从判断是否曾公开过另一份历史。请与已公开的检查点核对后从备份恢复它。",
            f"{path} is damaged ({error}): whether another history was shown cannot be told. Compare with the published"
            " checkpoint, then restore it from a backup.",
        ) from None


def read_settings(directory: Path) -> Settings:
    """The settings of an office; an unknown key or a malformed value stops here."""
    path = directory / SETTINGS
    if not path.is_file():
        raise BadOffice(
            f"{directory} 不是办公室（没有 {SETTINGS}）；用 --office 或 GONGYUE_OFFICE 指明，或用 gongyue init 创立。",
            f"{directory} is no office (no {SETTINGS}): name it with --office or GONGYUE_OFFICE, or make one with gongyue init.",
        )
    settings = read_toml(path, Settings)
    if settings.store_file and settings.store != DEFAULT_STORE:
        raise BadOffice(f"{path}：store 与 store_file 只能有一个。", f"{path}: give store or store_file, not both.")
    return settings


def read_toml(path: Path, form: type[Form]) -> Form:
    """A settings file as that form; BadOffice says what is wrong, where, and which settings there are."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), form)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        known, (zh, en) = form.__struct_fields__, settings_error(error)
        raise BadOffice(
            f"{path}：{zh}。可用的设置：{'、'.join(known)}。", f"{path}: {en}. Settings there are: {', '.join(known)}."
        ) from None


def store_url(directory: Path, settings: Settings) -> str:
    """Where the store is: an address, or sqlite:PATH with the path in the folder."""
    url = settings.store
    if settings.store_file:
        path = directory / settings.store_file
        try:
            url = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadOffice(
                f"{path}：读不出数据库地址（{error}）。", f"{path}: cannot read the store's address ({error})."
            ) from None
    if "://" in url:
        if not _is_postgres(url):  # not repeated: it may hold a password
            raise BadOffice(
                "store 写作 sqlite:PATH 或 postgresql://USER@HOST/NAME；所写的不是。",
                "store is sqlite:PATH or postgresql://USER@HOST/NAME: what is written is neither.",
            )
        return url
    return f"sqlite:{directory / url.removeprefix('sqlite:')}"


def _is_postgres(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("postgresql", "postgres") and parts.port != 0
    except ValueError:
        return False


def _load_keys(directory: Path, origin: str, entropy: Entropy) -> keys.BookKeys:
    try:
        return keys.load_book_keys(directory / "keys", origin, entropy)
    except (OSError, ValueError) as error:
        raise BadOffice(
            f"{directory / 'keys'}：读不出簿册密钥（{error}）；请从备份恢复 open.key、sealed.key、system.key。",
            f"{directory / 'keys'}: cannot read the books' keys ({error}); restore open.key, sealed.key, system.key from a backup.",
        ) from None


def _toml(settings: Settings) -> str:
    """The settings as TOML; strings are JSON strings, which TOML's basic strings include."""
    rows = []
    for name in ("v", "origin", "store", "store_file", "demo"):
        value = getattr(settings, name)
        if value == "" or (name == "store" and settings.store_file):
            continue
        rows.append(f"{name} = {msgspec.json.encode(value).decode()}")
    return "\n".join(rows) + "\n"


_ORIGIN = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9._-]+)*")


def is_origin(origin: str) -> bool:
    """Whether an origin is a host name with a path, as C2SP asks: without scheme, spaces or capitals."""
    return bool(_ORIGIN.fullmatch(origin)) and len(origin) <= 200
