"""Evidence packs as tests handle them: made of a petition or of a case, changed by hand, checked as anybody checks them."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from gongyue.book import pack
from gongyue.book.pack import Manifest, PackedFile, parse_manifest
from gongyue.office.dossier_documents import file
from gongyue.office.evidence_pack import make_pack
from gongyue.transparency import canonical
from gongyue.verifying import packs
from gongyue.verifying.report import Report
from gongyue.verifying.verify import Request, verify
from support.alliance import CASEWORKER, FIRST, PANEL, SECRETARY, Alliance
from support.cases import ACCUSED, HU, REPORT, USERS, case_body, linked, staffed
from support.documents import document, filed, petitioned
from support.dossiers import assigned, done, id_of, noted

Files = dict[str, bytes]
TEXT, LETTER = document("请反映（演示）"), document("函（演示）", "函.txt")
FACTS, REASONS = document("检举的事实（演示）", "事实.txt"), document("理由（演示）", "理由.txt")
NOTICE, EVIDENCE, REPLY = document("告知书（演示）"), document("证据（演示）", "证据.txt"), document("答复（演示）")


def petition_story(folder: Path) -> tuple[Alliance, str]:
    """A petition with its text, assigned, answered by a letter, noted; anchored on 2026-05-07."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    dossier = petitioned(world, folder, TEXT)
    assigned(world, dossier)
    body = {"answer": "forwarded", "docs": [LETTER.commitment]}
    filed(world, folder, "petition.answer/1", dossier, body, [LETTER], SECRETARY)
    noted(world, dossier, complete=True)
    world.stage.now += 86_400
    world.tick()
    return world, dossier


def case_story(folder: Path) -> tuple[Alliance, str, str]:
    """A report of the first member with its facts, a case opened from it, notice and evidence served and received, a reply, a conclusion."""
    world = staffed()
    act = world.stage.signed("report.file/1", FIRST, REPORT | {"facts": FACTS.commitment}, [FIRST])
    report = id_of(file(world.stage.office, folder, act, [FACTS]))
    assigned(world, report)
    world.on("2026-06-10")
    link, line = linked(world, (report, 1))
    case = id_of(world.executive("case.open/1", case_body(link=link), (CASEWORKER, SECRETARY), line))
    for what, one in (("notice", NOTICE), ("evidence", EVIDENCE)):
        served(world, folder, case, what, one)
        done(world, "dossier.receive/1", case, {"docs": [one.commitment]}, ACCUSED, actor=ACCUSED)
    note = {"docs": [REPLY.commitment], "complete": True}
    filed(world, folder, "dossier.note/1", case, note, [REPLY], ACCUSED, actor=ACCUSED)
    world.on("2026-06-11")
    found = [USERS | {"evidence": [EVIDENCE.commitment]}]
    body = {"findings": found, "adverse": True, "reasons": REASONS.commitment}
    filed(world, folder, "case.conclude/1", case, body, [REASONS], *PANEL, HU)
    world.on("2026-06-12").tick()
    return world, report, case


def served(world: Alliance, folder: Path, case: str, what: str, one: object) -> None:
    """The caseworker serves a document."""
    body = {"what": what, "docs": [one.commitment]}  # type: ignore[attr-defined]
    filed(world, folder, "dossier.serve/1", case, body, [one], CASEWORKER)  # type: ignore[list-item]


def packed(world: Alliance, folder: Path, unit: str, dossier: str, name: str = "pack.zip") -> Path:
    """The pack of a dossier for a unit."""
    make_pack(world.stage.office, folder, unit, dossier, folder / name)
    return folder / name


def files_in(path: Path) -> Files:
    """What is in a pack."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """A pack of these files, whatever they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def relisted(files: Files) -> Files:
    """The same with a manifest that lists what is there, as a careful forger would write it."""
    said = parse_manifest(files[pack.MANIFEST])
    listed = tuple(PackedFile(canonical.digest(files[one.path]), one.path) for one in said.files if one.path in files)
    return files | {pack.MANIFEST: Manifest(said.documents, said.dossier, listed, said.party).data}


def checked(path: Path, **request: object) -> Report:
    """What verify says of a pack."""
    found = packs.opened(str(path))
    assert found is not None
    return verify(found.book, found.request(Request("", **request)))[0]  # type: ignore[arg-type]


_kept = tempfile.TemporaryDirectory(prefix="gongyue-pack-")
"""Where the pack is that is made once; it goes with the process."""


@cache
def petition_pack() -> tuple[Path, str]:
    """A pack of the petition, made once, and the dossier."""
    folder = Path(_kept.name)
    world, dossier = petition_story(folder)
    return packed(world, folder, FIRST, dossier), dossier


Change = Callable[[Files], Files]
