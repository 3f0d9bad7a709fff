"""Where a command reads the institution from: the office itself, or a published book that it verifies first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from gongyue.book.drafting import next_seq
from gongyue.book.entry import SignedAct, decode
from gongyue.book.replay import Replay
from gongyue.cli.failing import Unusable, usage
from gongyue.covenant.citing import Ruling
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import Book, Entry, Kind, View, decode_body, instance
from gongyue.governance.institution import Institution
from gongyue.office.bodies import sealed_acts
from gongyue.office.judging import require_objects
from gongyue.office.office import Office
from gongyue.office.store import OPEN
from gongyue.transparency import canonical, tiles

if TYPE_CHECKING:
    from gongyue.verifying.places import Fetch

F = TypeVar("F", bound=Callable[..., Any])


def reading(command: F) -> F:
    """Give a command --office, --public and --vkey: where it reads from."""
    for option in where_options():
        command = option(command)
    return command


def where_options() -> list[Callable[[F], F]]:
    """--office, --public, --vkey."""
    return [
        click.option(
            "--office",
            "office_dir",
            type=click.Path(path_type=Path),
            envvar="GONGYUE_OFFICE",
            default=Path("office"),
            show_default=True,
            metavar="DIR",
            help="办公室目录 / The office's folder.",
        ),
        click.option(
            "--public",
            metavar="DIR|URL|ZIP",
            help="不用办公室，改读公开的簿册（先核验）/ Read a published book instead, verified first.",
        ),
        click.option(
            "--vkey", metavar="K|FILE", help="公开簿的验证密钥，与 --public 同用 / The book's key, with --public."
        ),
    ]


class Place(Protocol):
    """The institution as a command sees it, and what drafting and dry-running an act need."""

    inst: Institution
    rev: str
    view: View
    now: int

    def seq(self, key: str, kind: Kind, body: bytes, given: int | None) -> int:
        """The `seq` of the key's next act of that kind."""

    def leaf(self, index: int) -> bytes | None:
        """A leaf of the open book."""

    def object(self, digest: str) -> bytes | None:
        """An object."""

    def judge(self, act: SignedAct) -> list[Ruling]:
        """Every ruling the act would have to satisfy; raises as recording it would."""

    def sealed(self) -> Iterator[tuple[int, bytes, Entry, bytes]]:
        """(index, salt, entry, bytes) of every sealed act that can be opened here."""


class OfficePlace:
    """An office, opened."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.inst = office.catch_up()
        self.rev, self.view = office.rev, office.view()
        self.now = max(office.now, self.inst.now)

    def seq(self, key: str, kind: Kind, body: bytes, given: int | None) -> int:
        if given is not None:
            return given
        if kind.book is Book.SEALED:
            return self.office.sealed_seq(key, instance(kind, decode_body(kind, body)))
        return next_seq(self.inst, key)

    def leaf(self, index: int) -> bytes | None:
        return self.office.store.leaf(OPEN, index)

    def object(self, digest: str) -> bytes | None:
        return self.office.store.object(digest)

    def judge(self, act: SignedAct) -> list[Ruling]:
        rulings = self.office.dry_run(act)
        require_objects(act, self.object)
        return rulings

    def sealed(self) -> Iterator[tuple[int, bytes, Entry, bytes]]:
        return sealed_acts(self.office)


class PublishedPlace:
    """A published book, verified: what a remote member drafts against."""

    def __init__(self, fetch: Fetch, vkey: str) -> None:
        from gongyue.verifying import state
        from gongyue.verifying.verify import Request, verify

        report, verified = verify(fetch, Request(vkey))
        if verified is None or report.failure is None and not report.size:
            failure = report.failure
            zh, en = (failure.zh, failure.en) if failure else ("空簿", "an empty book")
            raise Unusable(f"公开的簿册未通过核验：{zh}", f"The published book does not verify: {en}")
        known = state.load(verified, vkey)
        assert known is not None
        self.fetch, self.inst, self.size, self.root_text = fetch, known.inst, report.size, report.root
        self.rev = canonical.digest(canonical.encode(self.inst.meaning.content()))
        self.view = View(report.root, report.size)
        assert self.inst.genesis is not None
        self.now = self.inst.now if self.inst.genesis.demo else max(int(time.time()), self.inst.now)

    def seq(self, key: str, kind: Kind, body: bytes, given: int | None) -> int:
        if given is not None:
            return given
        return 1 if kind.book is Book.SEALED else next_seq(self.inst, key)

    def leaf(self, index: int) -> bytes | None:
        if not 0 <= index < self.size:
            return None
        return next(tiles.read_entries(self.fetch, self.size, index))

    def object(self, digest: str) -> bytes | None:
        try:
            return self.fetch(f"objects/sha256/{digest.removeprefix('sha256:')}")
        except KeyError:
            return None

    def judge(self, act: SignedAct) -> list[Ruling]:
        replay = Replay(_Published(self, act.files()), self.inst)
        rulings = replay.judge(decode(act.received(self.now)))[0]
        require_objects(act, self.object)
        return rulings

    def sealed(self) -> Iterator[tuple[int, bytes, Entry, bytes]]:
        return iter(())


class _Published:
    """A published book as what acts name is read from, with the files of an act not yet handed in."""

    def __init__(self, place: PublishedPlace, files: dict[str, bytes]) -> None:
        self.place, self.files = place, files

    def object(self, digest: str) -> bytes | None:
        return self.files.get(digest) or self.place.object(digest)

    def leaf(self, index: int) -> bytes | None:
        return self.place.leaf(index)

    def sealed_leaf(self, index: int) -> bytes | None:
        return None

    def root(self, size: int) -> str | None:
        return self.place.root_text if size == self.place.size else None

    def sealed_root(self, size: int) -> str | None:
        return None

    opens_all = False

    def opened(self) -> Iterator[tuple[int, str, bytes]]:
        return iter(())


def office_at(directory: Path) -> Office:
    """The office in that folder, closed when the command ends."""
    from gongyue.office.setup import open_office

    return closing(open_office(directory))


def closing(office: Office) -> Office:
    """Close the office's store and guard when the command ends."""
    ctx = click.get_current_context()
    ctx.call_on_close(office.store.close)
    ctx.call_on_close(office.guard.close)
    return office


def place_of(office_dir: Path, public: str | None, vkey: str | None) -> Place:
    """The place the options name."""
    if public is None:
        return OfficePlace(office_at(office_dir))
    if vkey is None:
        raise usage(
            "--public 须与 --vkey 同用：公开簿的验证密钥（联盟公布的 log.vkey）。",
            "--public needs --vkey: the book's key (the log.vkey the alliance publishes).",
        )
    from gongyue.verifying.places import open_place

    return PublishedPlace(open_place(public), vkey_text(vkey))


def vkey_text(given: str) -> str:
    """A verifier key from its text, or from the file that holds it."""
    path = Path(given)
    if "+" not in given or path.is_file():
        try:
            return path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise Unusable(
                f"{given} 既不是验证密钥（名称+编号+密钥），也不是存有它的文件。",
                f"{given} is neither a verifier key (name+id+key) nor a file that holds one.",
            ) from None
    return given


def day(place: Place) -> int:
    """The Beijing day now, as the place sees it."""
    return day_of(place.now)
