"""A place that answers differently when it is asked again: what is judged is what was signed, or it is tampering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from gongyue.book.receipts import sign_inclusion_promise
from gongyue.covenant.periods import DAY
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency.tiles import decode_entries, encode_entries
from gongyue.verifying.verify import Request, verify
from support.alliance import FIRST, PUBLISHER, SECRETARY, Alliance
from support.published import Files, files_of, forced, published_by_force, run, vkey
from verifying.test_history import swallowed


def in_force() -> Alliance:
    return Alliance(members=3, initiators=3).in_force().on("2026-05-06")


def answering(first: Files, then: Files, times: int = 1) -> Callable[[str], bytes]:
    """Each file as in `first` so many times, and as in `then` ever after."""
    asked: Counter[str] = Counter()

    def fetch(path: str) -> bytes:
        asked[path] += 1
        return (then if asked[path] > times else first)[path]

    return fetch


@pytest.mark.parametrize("continued", [False, True])
def test_a_lawful_act_shown_in_place_of_the_unlawful_one_that_was_signed_is_named(continued: bool) -> None:
    """Hashed truly and then judged on other entries, the book would pass: exit 2 at the entry, also from a saved state."""
    books = []
    for signers in ([SECRETARY], [PUBLISHER, SECRETARY]):
        world = in_force()
        _, state = run(published_by_force(world), world=world)
        forced(world, world.stage.signed("membership.end/1", "exec", {"unit": FIRST}, signers))
        books.append(published_by_force(world))
    alone, together = books
    assert [run(book, world=world)[0].code for book in books] == [3, 0]
    shown = alone | {path: data for path, data in together.items() if path.startswith("tile/entries/")}
    report, _ = verify(answering(alone, shown), Request(vkey(world), state=state if continued else None))
    assert (report.code, report.failure and report.failure.index) == (2, world.inst.size)


@pytest.mark.parametrize("continued", [False, True])
def test_a_promised_leaf_that_is_shown_only_when_it_is_looked_for_does_not_keep_the_promise(continued: bool) -> None:
    """Exit 2 where the sealed book, asked again, has the commitment that it had not."""
    world = in_force().vote_open().cast("consent", FIRST)
    world.tick()
    anchor = world.inst.anchors[-1]
    promised = "sha256:" + "77" * 32
    broken = sign_inclusion_promise(world.stage.office.keys.sealed, promised, anchor.time - DAY, anchor.slot)
    files = files_of(world)
    _, state = run(files, world=world)
    path = next(path for path in files if path.startswith("sealed/tile/entries/"))
    shown = files | {path: encode_entries([*decode_entries(files[path])[:-1], sealed_leaf(promised)])}
    request = Request(vkey(world), receipts=(("mine", broken),), state=state if continued else None)
    assert verify(files.__getitem__, request)[0].code == 2
    for times in (0, 1):
        assert verify(answering(files, shown, times), request)[0].code == 2


def test_a_ballot_shown_only_to_who_looks_for_it_was_not_counted() -> None:
    """However often the true openings of the close were shown before: exit 2 or 3, with the ballot's holder's opening."""
    world, mine = swallowed()
    files = files_of(world)
    path = next(
        path for path, data in files.items() if path.startswith("objects/") and data.startswith(b'{"book":"sealed"')
    )
    shown = files | {path: files[path] + mine}
    request = Request(vkey(world), disclosures=(("mine", mine),))
    codes = [verify(answering(files, shown, times), request)[0].code for times in range(6)]
    assert set(codes) == {2, 3}
