"""Builds what must verify and decode for ever: run once for a new version, never again for a released one.

    python tests/golden/build.py v1

writes `v1/book` (a small published book), `v1/log.vkey`, `v1/kept` (receipts, openings, an earlier checkpoint) and
`v1/expected.json` (what verify says of it), and in `acts/` one leaf for every stored act type that has none yet.
A folder or a leaf that is there is left alone: until the first release it may be deleted and built anew, afterwards
a change that breaks it needs a new version of the rules or of the act type instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from gongyue.book.entry import SignedAct, draft  # noqa: E402
from gongyue.book.signing import sign  # noqa: E402
from gongyue.covenant.values import Meaning  # noqa: E402
from gongyue.demo.simulated_office import ORIGIN, seed_of  # noqa: E402
from gongyue.governance.acts import ACT_TYPES, On, Place, View  # noqa: E402
from gongyue.governance.articles import bundled_edition  # noqa: E402
from gongyue.governance.dossier import Dossier, next_place  # noqa: E402
from gongyue.office.store import OPEN  # noqa: E402
from support.published import receipts, run, story, story_files, vkey  # noqa: E402

TIME = 1_767_571_200
DOSSIER, FIRST_ENTRY = "d:" + "22" * 32, "sha256:" + "33" * 32


def book(folder: Path) -> None:
    """The story's book with what its parties kept."""
    for path, data in story_files().items():
        _write(folder / "book" / path, data)
    _write(folder / "log.vkey", vkey().encode() + b"\n")
    for number, (name, receipt) in enumerate(receipts()):
        if receipt.opening or number % 10 == 0:
            _write(folder / "kept" / f"{name}.receipt", receipt.proof)
        if receipt.opening:
            _write(folder / "kept" / f"{name}.opening", receipt.opening)
    earlier = story().stage.office.store.note(OPEN, 20)
    assert earlier is not None
    _write(folder / "kept" / "earlier.checkpoint", earlier[1])
    report, _ = run(story_files())
    assert report.code == 0, report.failure
    _write(folder / "expected.json", json.dumps(report.data(), ensure_ascii=False, indent=1).encode() + b"\n")


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


if __name__ == "__main__":
    version = HERE / sys.argv[1]
    if not (version / "expected.json").exists():
        book(version)
    acts(HERE / "acts")
