"""What the demonstration leaves behind: public books, keys, what members kept, and two copies that must not pass.

public/       both books and their objects      checkpoints/  kept by members along the way
log.vkey      the open book's key               receipts/     theirs: proofs, promises, disclosures
policy        witnesses: none yet               tampered/     public/ with one byte altered: verify exits 2
office/       the working store and all keys    unlawful/     signed by an office that skipped `step`: verify exits 3
pack.zip      the evidence pack of a petition, of its member
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongyue.covenant.edition_builder import Choices
from gongyue.covenant.text import Outline
from gongyue.demo.cheats import perform
from gongyue.demo.simulated_office import SimulatedOffice, seed_of
from gongyue.demo.story import replay
from gongyue.demo.story.script import ORIGINS, Script, Tell
from gongyue.demo.tampering import alter_one_byte
from gongyue.demo.world import ORIGIN, WATERMARK, world
from gongyue.office.evidence_pack import make_pack
from gongyue.office.keys import write_seed
from gongyue.office.office import Office
from gongyue.office.openings import of_types
from gongyue.office.publishing import publish
from gongyue.office.store import open_store

UNLAWFUL = "one-officer"
"""The cheat that `unlawful/` shows: it is possible under every covenant."""

PACK = "pack.zip"
_LEFT = ("public", "checkpoints", "receipts", "office", "tampered", "unlawful", "log.vkey", "policy", PACK)
_SETTINGS = f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "sqlite:book.db"\ndemo = true\n'
_PAGES = f"""v = "gongyue/web@1"

[contact]
office = "示范联盟秘书处（{WATERMARK}）"
post = "示范市公约路 1 号，邮编 000000"
phone = "000-5550-0100"
mail = "join@gongyue.example"
"""
"""Where the office is reached, as every installation should say: whoever wants to join sends a stamped form there."""


class NotOurs(Exception):
    """The folder holds something that is not a demonstration, or one that is to be kept: `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def is_demo(directory: Path) -> bool:
    """Whether the folder holds a demonstration."""
    settings = directory / "office" / "office.toml"
    return settings.is_file() and "demo = true" in settings.read_text("utf-8").splitlines()


def make_room(directory: Path, force: bool) -> None:
    """Take a new or empty folder, or with `force` one that holds a demonstration; NotOurs otherwise."""
    if directory.is_file() or (directory.is_dir() and any(directory.iterdir()) and not (force and is_demo(directory))):
        raise NotOurs(
            f"{directory} 已有内容；请换一个目录" + ("，或加 --force 重做演示。" if is_demo(directory) else "。"),
            f"{directory} is not empty: take another folder" + (", or --force." if is_demo(directory) else "."),
        )
    for name in _LEFT:
        path = directory / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    directory.mkdir(parents=True, exist_ok=True)


def build(
    directory: Path,
    document: Outline,
    tell: Tell,
    origins: Sequence[str] = ORIGINS,
    choices: Choices | None = None,
    other: Mapping[str, int | str] | None = None,
    to_today: bool = False,
) -> None:
    """Replay the story on that text into a folder that has room (`make_room`).

    `origins`: where its pages will be reached; passkeys made elsewhere cannot sign there; `choices`: how the
    text is bound, if not as proposed; `other`: the procedure rules adopted otherwise than proposed; `to_today`: on to a
    day on which matters are open.
    """
    office = directory / "office"
    _write_keys(office / "keys")
    (office / "office.toml").write_text(_SETTINGS, "utf-8")
    (office / "web.toml").write_text(_PAGES, "utf-8")
    store = open_store(f"sqlite:{office / 'book.db'}", create=True)
    try:
        stage = SimulatedOffice(store, office / "guard.json", ORIGIN, office)
        replay(Script(stage, tell, directory, origins, other), document, choices, to_today)
        if shown := stage.inst.in_force:
            publish(stage.office, directory / "public")
            _pack(stage.office, directory)
        stage.office.guard.close()
        vkey = stage.office.keys.open.verifier.vkey
    finally:
        store.close()
    for path in (directory / "log.vkey", office / "log.vkey"):
        path.write_text(vkey + "\n", "ascii")
    (directory / "policy").write_text(f"log {vkey}\nquorum none\n", "ascii")
    if shown:  # a text whose founding stops before publication has no public books
        shutil.copytree(directory / "public", directory / "tampered")
        alter_one_byte(directory / "tampered")
        perform(UNLAWFUL, directory, directory / "unlawful")


def _pack(office: Office, directory: Path) -> None:
    """The evidence pack of the first petition, for the member that made it; none where nobody petitioned."""
    for one in of_types(office.store, "petition.submit/1"):
        assert one.entry.rx.dossier is not None
        unit, book = one.entry.act.actor, directory / "public"
        make_pack(office, directory / "office", unit, one.entry.rx.dossier, directory / PACK, book=book)
        return


def _write_keys(folder: Path) -> None:
    """The books' keys, the office key, every officer's and every unit's; all public, from the demonstration's seed."""
    for name, holder in (("open", "book"), ("sealed", "sealed"), ("system", "sys")):
        write_seed(folder / f"{name}.key", seed_of(holder))
    for person in world().officer:
        write_seed(folder / "officers" / f"{person.id[2:]}.key", seed_of(person.id))
    for unit in world().unit:
        write_seed(folder / "units" / f"{unit.slug}.key", seed_of(unit.id))
    write_seed(folder / "units" / "yiwei-2.key", seed_of(f"{world().named('yiwei').id}#2"))
