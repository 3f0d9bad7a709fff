"""Where a command reads the institution from: the office itself, or a published book that it verifies first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from gongyue.book.entry import SignedAct
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import read_file
from gongyue.cli.published_place import PublishedPlace
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import ActType, On, View
from gongyue.governance.clock import Clock
from gongyue.office.dry_run import require_objects
from gongyue.office.facts.shapes import AsOf
from gongyue.office.index import Index
from gongyue.office.office import Office
from gongyue.office.store import OPEN, SEALED, Reading
from gongyue.transparency.notes import MAX_NOTE_SIZE

F = TypeVar("F", bound=Callable[..., Any])


def reading(command: F) -> F:
    """Give a command --office, --public and --vkey: where it reads from."""
    for option in where_options():
        command = option(command)
    return command


def office_option(command: F) -> F:
    """--office alone: for what only the office can do."""
    return click.option(
        "--office",
        "office_dir",
        type=click.Path(path_type=Path),
        envvar="GONGYUE_OFFICE",
        default=Path("office"),
        show_default=True,
        metavar="DIR",
        help="办公室目录 / The office's folder.",
    )(command)


def where_options() -> list[Callable[[F], F]]:
    """--office, --public, --vkey."""
    return [
        office_option,
        click.option(
            "--public",
            metavar="DIR|URL|ZIP",
            help="不用办公室，改读公开的簿册（先核验）/ Read a published book instead, verified first.",
        ),
        click.option(
            "--vkey", metavar="K|FILE", help="公开簿的验证密钥，与 --public 同用 / The book's key, with --public."
        ),
    ]


def where_if_any(command: F) -> F:
    """--office, --public, --vkey for a command that also works where neither is (`place_if_any`)."""
    for option in (
        click.option(
            "--office",
            "office_dir",
            type=click.Path(path_type=Path),
            envvar="GONGYUE_OFFICE",
            metavar="DIR",
            help="办公室目录，默认此处的 office/ / The office's folder; office/ here by default.",
        ),
        *where_options()[1:],
    ):
        command = option(command)
    return command


class BookSource(AsOf, Protocol):
    """The institution as a command sees it, and what drafting and dry-running an act need."""

    rev: str
    view: View
    now: int
    """The time as of which everything is shown."""
    clock: Clock | None
    """The office's clock, held against the last entry; a published book has none."""

    def at(self, kind: ActType) -> int:
        """When an act of that type, drafted here, says it is done."""

    def seq(self, kind: ActType, actor: str, key: str, body: Mapping[str, Any]) -> int | None:
        """The `seq` of the key's next act of that kind; None where it carries none."""

    def seen_in(self, kind: ActType, actor: str, body: Mapping[str, Any], dossier: str) -> tuple[On | None, str | None]:
        """What an act in a dossier is signed on, and what it answers there; (None, None) of any other."""

    def judge(self, act: SignedAct) -> list[Ruling]:
        """Every ruling the act would have to satisfy; raises as recording it would."""

    store: Reading | None
    """Where sealed acts can be opened; None of a published book."""

    def sealed_leaves(self) -> list[bytes]:
        """The leaves of the sealed book: commitments to acts and to padding."""


class OfficePlace:
    """An office, opened."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.store: Reading | None = office.store
        self.inst = office.catch_up()
        self.rev, self.view = office.rev, office.view()
        self.clock: Clock | None = office.clock()
        self.now = self.clock.believed
        self.size, self.day = self.inst.size, day_of(self.now)

    @cached_property
    def index(self) -> Index:
        return Index().catch_up(partial(self.office.store.leaves, OPEN), self.size)

    def at(self, kind: ActType) -> int:
        return self.office.clock().done_at(kind)

    def seq(self, kind: ActType, actor: str, key: str, body: Mapping[str, Any]) -> int | None:
        return self.office.next_seq(kind, actor, key, body)

    def seen_in(self, kind: ActType, actor: str, body: Mapping[str, Any], dossier: str) -> tuple[On | None, str | None]:
        return self.office.seen_in(kind, actor, body, dossier)

    def leaf(self, index: int) -> bytes | None:
        return self.office.store.leaf(OPEN, index)

    def object(self, digest: str) -> bytes | None:
        return self.office.store.object(digest)

    def judge(self, act: SignedAct) -> list[Ruling]:
        rulings = self.office.dry_run(act)
        require_objects(act, self.object)
        return rulings

    def sealed_leaves(self) -> list[bytes]:
        head = self.office.store.head(SEALED)
        return list(self.office.store.leaves(SEALED, 0, head.size)) if head else []


def office_at(directory: Path) -> Office:
    """The office in that folder, closed when the command ends."""
    from gongyue.office.office_folder import open_office

    return closing(open_office(directory))


def closing(office: Office) -> Office:
    """Close the office's store and guard when the command ends."""
    ctx = click.get_current_context()
    ctx.call_on_close(office.store.close)
    ctx.call_on_close(office.guard.close)
    return office


def place_of(office_dir: Path, public: str | None, vkey: str | None) -> BookSource:
    """The place the options name."""
    if public is None:
        return OfficePlace(office_at(office_dir))
    if vkey is None:
        raise usage(
            "--public 须与 --vkey 同用：簿册的验证密钥（联盟公布的 log.vkey）。签署材料里写着一把，但须先打电话请联盟读出核对词，"
            "逐字相符才可用：换了密钥的人也能换掉签署材料。",
            "--public needs --vkey: the book's key (the log.vkey the alliance publishes). A bundle states one, but call the alliance"
            " first and have its words read out: whoever replaced the key could have replaced the bundle too.",
        )
    from gongyue.verifying.locations import open_place

    return PublishedPlace(open_place(public), vkey_text(vkey))


def place_if_any(office_dir: Path | None, public: str | None, vkey: str | None) -> BookSource | None:
    """The place the options name; else the office this folder stands in, None where it stands in none."""
    if office_dir is not None or public is not None:
        return place_of(office_dir or Path("office"), public, vkey)
    return OfficePlace(office_at(Path("office"))) if (Path("office") / "office.toml").is_file() else None


def vkey_text(given: str) -> str:
    """A verifier key from its text, or from the file that holds it."""
    if "+" in given and not Path(given).is_file():
        return given
    try:
        return read_file(given, MAX_NOTE_SIZE).decode("ascii").strip()
    except (InvalidInput, UnicodeDecodeError) as error:
        zh, en = (f"（{error.zh}）", f" ({error.en})") if isinstance(error, InvalidInput) else ("", "")
        raise InvalidInput(
            f"{given} 既不是验证密钥（名称+编号+密钥），也不是存有它的文件{zh}。",
            f"{given} is neither a verifier key (name+id+key) nor a file that holds one{en}.",
        ) from None
