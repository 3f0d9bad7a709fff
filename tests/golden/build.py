"""Builds what must verify and decode for ever: run once for a new version, never again for a frozen one.

    python tests/golden/build.py v2         the books of a new version, beside those that there are
    python tests/golden/build.py acts       the leaves of act types that have none yet, listed as frozen
    python tests/golden/build.py freeze     what is not listed yet is, as frozen (`manifest.py`)

A version, here v1, is, each where it is not there yet: `v1`, a small published book; `v1-matters`, `v1-casework`, `v1-audits`, `v1-time`, the
stories of `stories.py`. Each has `book`, `log.vkey`, `kept` (receipts, openings, heads, keys of slots, packs), and what verify
says: `expected.json` of the book alone, `expected-kept.json` with all that was kept, `expected-NAME.json` of a pack. In `v1-refused`
stands a book for every family of refusals that a book can show, with `verdicts.json`; in `acts` a leaf of every stored act type.
What is there is left alone, and a frozen version is not built. The examples of docs/formats.md that are of `v1` are written anew with it.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "governance"), str(HERE)]

import examples  # noqa: E402
import manifest  # noqa: E402
import recorded  # noqa: E402
import stories  # noqa: E402

from gongyue.book.disclosure import head_line  # noqa: E402
from gongyue.book.entry import SignedAct, draft  # noqa: E402
from gongyue.book.signing import sign  # noqa: E402
from gongyue.covenant.values import Meaning  # noqa: E402
from gongyue.demo.simulated_office import ORIGIN, seed_of  # noqa: E402
from gongyue.governance.acts import ACT_TYPES, On, Place, View  # noqa: E402
from gongyue.governance.articles import bundled_edition  # noqa: E402
from gongyue.governance.dossier import MEMBERS, Dossier, next_place  # noqa: E402
from gongyue.office.evidence_pack import make_pack  # noqa: E402
from gongyue.office.store import OPEN  # noqa: E402
from gongyue.transparency import canonical  # noqa: E402
from support.alliance import FIRST, Alliance  # noqa: E402
from support.cases import ACCUSED, EVIDENCE, heard, staffed  # noqa: E402
from support.dossiers import noted  # noqa: E402
from support.draws import slot_keys  # noqa: E402
from support.published import Files, files_of, receipts, story, vkey  # noqa: E402
from support.sealed import lines_of, sealed_openings  # noqa: E402

TIME = 1_767_571_200
DOSSIER, FIRST_ENTRY = "d:" + "22" * 32, "sha256:" + "33" * 32


def books(version: str) -> None:
    """Every book of a version that is not there yet."""
    told: dict[str, Callable[[Path], tuple[Alliance, Files]]] = {
        version: _first,
        f"{version}-matters": lambda folder: _with(stories.matters()),
        f"{version}-casework": _casework,
        f"{version}-audits": lambda folder: _audits(stories.audits()),
        f"{version}-time": lambda folder: _with(stories.false_time()),
    }
    for name, tell in told.items():
        folder = HERE / name
        if (folder / "expected.json").exists():
            continue
        with tempfile.TemporaryDirectory() as place:
            world, kept = tell(Path(place))
        _write_all(folder / "book", files_of(world))
        _write(folder / "log.vkey", vkey(world).encode() + b"\n")
        _write_all(folder / "kept", kept)
        for of, verdict in recorded.verdicts(folder).items():
            _write_json(folder / f"{of}.json", verdict)
        if name == version:
            examples.write(folder)
    types = HERE / version / "types.json"
    if not types.exists():
        _write_json(types, sorted(ACT_TYPES))


def _first(_: Path) -> tuple[Alliance, Files]:
    """The story's book with what its parties kept."""
    kept: Files = {}
    for number, (name, receipt) in enumerate(receipts()):
        if receipt.opening or number % 10 == 0:
            kept[f"{name}.receipt"] = receipt.proof
        if receipt.opening:
            kept[f"{name}.opening"] = receipt.opening
        if receipt.head:
            kept[f"{name}.head"] = receipt.head
    earlier = story().stage.office.store.note(OPEN, 20)
    assert earlier is not None
    return story(), kept | {"earlier.checkpoint": earlier[1]}


def _with(world: Alliance, **more: bytes) -> tuple[Alliance, Files]:
    """Every sealed act opened, every link, the head of every dossier."""
    dossiers = dict.fromkeys(one.entry.rx.dossier for one in sealed_openings(world.stage.office))
    kept = {f"{name}.head": note for name, note in stories.heads(world, [d for d in (*dossiers, MEMBERS) if d])}
    lines = [*lines_of(world.stage.office), *stories.link_lines(world), *map(head_line, kept.values())]
    return world, kept | {"all.opening": b"".join(lines)} | {n.replace("__", "."): data for n, data in more.items()}


def _casework(folder: Path) -> tuple[Alliance, Files]:
    """With the packs that the accused and the reporter have made of their dossiers."""
    world = stories.casework(folder)
    of = {
        one.entry.act.type: str(one.entry.rx.dossier)
        for one in sealed_openings(world.stage.office)
        if one.entry.rx.n == 1
    }
    packs = {}
    for unit, type in ((ACCUSED, "case.open/1"), (FIRST, "report.file/1")):
        of[type] = next(
            str(o.entry.rx.dossier) for o in sealed_openings(world.stage.office) if o.entry.act.type == type
        )
        made = folder / "pack.zip"
        make_pack(world.stage.office, folder, unit, of[type], made)
        packs[f"{type.partition('.')[0]}__zip"] = made.read_bytes()
        made.unlink()
    return _with(world, **packs)


def _audits(world: Alliance) -> tuple[Alliance, Files]:
    """With the keys of the slots drawn, and the openings that the content half is checked by."""
    (one,) = world.inst.seeds.values()
    world, kept = _with(world, slot__keys=slot_keys(world, one))
    return world, kept | {"content.audit": kept["all.opening"]}


def refused(folder: Path) -> None:
    """A book for every family of refusals: the lies of the tests that first show each, told with every key of the executive body."""
    if (folder / "verdicts.json").exists():
        return
    verdicts = {}
    for family, (files, key, openings) in sorted(_unlawful()):
        data = {f"book/{path}": data for path, data in files.items()} | {"log.vkey": key.encode() + b"\n"}
        _zip(folder / f"{family}.zip", data | {f"kept/{name}.opening": data for name, data in openings})
        verdicts[family] = recorded.refusal(folder / f"{family}.zip")
    _write_json(folder / "verdicts.json", verdicts)


def _on_a_principle() -> Alliance:
    world = staffed()
    noted(world, heard(world, articles=["3"]), ACCUSED, complete=True)
    return world


ACCUSING = "行业预警\n单位2违反第八条，泄露用户数据。".encode()
PRINCIPLE = {"article": "3", "clause": None, "established": True, "evidence": [EVIDENCE], "signed": None}
MORE: dict[str, list[tuple[tuple[str, Any, str, str], dict[str, Any]]]] = {
    "bulletin.publish/1": [
        (("text", canonical.digest(ACCUSING), "GY-13-01", "it accuses a member"), {"files": [ACCUSING]})
    ],
    "case.conclude/1": [(("findings", [PRINCIPLE], "GY-03-01", "on a principle alone"), {"world": _on_a_principle})],
}
"""What the table of lies does not tell, because other tests do."""


def _unlawful() -> Iterator[tuple[str, tuple[Files, str, Any]]]:
    from lies import telling
    from lies.table import ENVELOPE, LAWFUL

    told: dict[str, Any] = {}
    run = telling._run

    def kept(world: Alliance, files: Files, **request: Any) -> Any:
        told.update(files=files, key=vkey(world), openings=request["disclosures"])
        return run(world, files, **request)

    telling._run = kept
    seen: set[str] = set()
    for lawful in [*LAWFUL, *ENVELOPE["open"], *ENVELOPE["sealed"]]:
        lies = [*lawful.lies, *(telling.lie(*one, **how) for one, how in MORE.get(lawful.type, ()))]
        for lie in lies if lawful.software is nullcontext else ():
            family = recorded.family(lie.caught)
            if not lie.caught or lie.hole or lie.later or family in seen:
                continue
            told.clear()
            report = telling.told(lawful, lie)
            if told and report.failure and report.failure.code.removeprefix("out-of-turn/") == lie.caught:
                seen.add(family)
                yield family, (told["files"], told["key"], told["openings"])


def acts(folder: Path) -> None:
    """A leaf of every stored act type, made of the type's example."""
    bound = Meaning(bundled_edition())
    for type, kind in ACT_TYPES.items():
        path = folder / f"{type.replace('/', '@')}.json"
        if not path.exists():
            view = View("sha256:" + "00" * 32, 0)
            fields = draft(
                type, "u:0001", kind.example, cov=ORIGIN, rev="sha256:" + "11" * 32, basis=bound.basis(kind.clause),
                seq=1 if kind.numbered and kind.by.who == "unit" else None, at=TIME, nonce=bytes(32), view=view,
                on=On(FIRST_ENTRY, DOSSIER, 1) if kind.within else None, to=FIRST_ENTRY if kind.answers else None,
            )  # fmt: skip
            act = sign(SignedAct(fields), seed_of("u:0001"))
            place = Place(DOSSIER, 2, FIRST_ENTRY) if kind.within else None
            place = next_place(Dossier(), kind, act.digest) if kind.opens else place
            _write(path, act.received(TIME, None if kind.public else 0, place))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        _write(folder / path, data)


def _write_json(path: Path, value: Any) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")


def _zip(path: Path, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)


def main(what: str) -> None:
    """Build a version, or the leaves of new act types, or list what is new as frozen."""
    if what == "freeze":
        return manifest.freeze()
    if what != "acts":
        if manifest.is_frozen(what):
            raise SystemExit(f"{what} 已冻结；请建下一版 / is frozen: build the next version beside it")
        books(what)
        refused(HERE / f"{what}-refused")
    acts(HERE / "acts")
    if what == "acts" and manifest.listed():
        manifest.freeze()
    return None


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) == 2 else ""
    if not re.fullmatch("freeze|acts|v[1-9][0-9]*", asked):
        raise SystemExit(str(__doc__))
    main(asked)
