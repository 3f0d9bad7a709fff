"""Heads of dossiers: the note, and what contradicts one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.book.heads import (
    MEMBERS,
    NOTHING,
    ChainEntry,
    Contradiction,
    DossierHead,
    contradicted_by,
    is_head,
    parse_head,
    sign_head,
)
from gongyue.governance.fields import END_OF_TIME
from gongyue.office.keys import demo_keys
from gongyue.transparency.notes import BadNote, Signer, sign_note

KEYS = demo_keys("gongyue.example/x")
ORIGIN = KEYS.sealed.verifier.name
DOSSIER = "d:" + "5" * 64


def digest(text: str) -> str:
    """Some digest."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def chain(times: Sequence[int], variant: str = "") -> list[ChainEntry]:
    """A dossier whose entries arrived at these times."""
    made: list[ChainEntry] = []
    for n, time in enumerate(times, 1):
        prev = made[-1].digest if made else NOTHING
        made.append(ChainEntry(DOSSIER, n, digest(f"{variant}{n} {prev}"), prev, time))
    return made


def head_of(entries: Sequence[ChainEntry], n: int, time: int) -> DossierHead:
    """The head as of entry n."""
    return DossierHead(ORIGIN, DOSSIER, n, entries[n - 1].digest, time)


def test_a_head_is_read_back_as_it_was_signed() -> None:
    """Also of the empty list of members; while a key is being changed by either key, in the name of the first."""
    following = Signer("gongyue.example/next", bytes(32))
    for dossier, n, last in ((DOSSIER, 14, digest("x")), (MEMBERS, 0, NOTHING)):
        note = sign_head([KEYS.sealed, following], dossier, n, last, 1_787_702_400)
        assert is_head(note)
        assert parse_head(note, KEYS.sealed.verifier) == DossierHead(ORIGIN, dossier, n, last, 1_787_702_400)
        for key in (following, KEYS.open):
            with pytest.raises(BadNote):
                parse_head(note, key.verifier)
        renewed = sign_head([KEYS.sealed, Signer(ORIGIN, bytes(32))], dossier, n, last, 5)
        last_second = sign_head([KEYS.sealed], dossier, n, last, END_OF_TIME - 1)
        assert parse_head(last_second, KEYS.sealed.verifier).time == END_OF_TIME - 1
        assert parse_head(renewed, Signer(ORIGIN, bytes(32)).verifier).n == n


WRONG = [
    f"gongyue/head@2\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x')}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\nd:other\n1\n{digest('x')}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n01\n{digest('x')}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x').upper()}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x')}\n-5\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x')}\n5\n6\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x')}\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n0\n{NOTHING}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{MEMBERS}\n0\n{digest('x')}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{MEMBERS}\n1\n{NOTHING}\n5\n",
    f"gongyue/head@1\n{ORIGIN}\n{DOSSIER}\n1\n{digest('x')}\n{END_OF_TIME}\n",
    f"gongyue/head@1\nelsewhere/sealed\n{DOSSIER}\n1\n{digest('x')}\n5\n",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_head_is_refused_although_it_is_signed(text: str) -> None:
    """Another version, dossier, spelling or line; an empty dossier but d:members; another origin than the key's name."""
    with pytest.raises(BadNote):
        parse_head(sign_note(text, [KEYS.sealed]), KEYS.sealed.verifier)


def test_no_head_is_signed_that_nobody_could_read() -> None:
    """An empty dossier, a digest of another form."""
    for dossier, n, last in ((DOSSIER, 0, NOTHING), (DOSSIER, 1, "x"), ("d:x", 1, digest("x"))):
        with pytest.raises(BadNote):
            sign_head([KEYS.sealed], dossier, n, last, 5)


TIMES = st.lists(st.integers(0, 1000), min_size=1, max_size=8).map(sorted)


@given(TIMES, st.data())
def test_an_honest_dossier_contradicts_no_head(times: list[int], data: st.DataObject) -> None:
    """Whatever is disclosed of it, in whatever order, with whatever other true heads."""
    entries = chain(times)
    heads = []
    for n in range(1, len(entries) + 1):
        latest = entries[n].time if n < len(entries) else 2000
        heads.append(head_of(entries, n, data.draw(st.integers(entries[n - 1].time, latest))))
    shown = data.draw(st.permutations(entries).flatmap(lambda es: st.integers(0, len(es)).map(lambda k: es[:k])))
    for head in heads:
        assert contradicted_by(head, shown, heads) is None


@given(TIMES, st.data())
def test_a_variant_of_any_entry_before_a_head_is_found_out(times: list[int], data: st.DataObject) -> None:
    """Written anew from some entry on: every head from there on contradicts what is disclosed."""
    entries = chain(times)
    first = data.draw(st.integers(1, len(entries)))
    other = [*entries[: first - 1]]
    for n in range(first, len(entries) + 1):
        prev = other[-1].digest if other else NOTHING
        other.append(ChainEntry(DOSSIER, n, digest(f"other {n} {prev}"), prev, entries[n - 1].time))
    n = data.draw(st.integers(first, len(entries)))
    found = contradicted_by(head_of(entries, n, 2000), other)
    assert found is not None and found.how in ("off-chain", "held-back")
    both = contradicted_by(head_of(entries, n, entries[n - 1].time), [*entries, *other])
    assert both is not None and both.how == "off-chain"


ENTRIES = chain([100, 200, 300, 400])
FORGED = ChainEntry(DOSSIER, 2, digest("forged"), ENTRIES[0].digest, 200)
CASES = [
    (3, 300, ENTRIES, (), None),
    (3, 299, ENTRIES, (), Contradiction("arrived-later", ENTRIES[2])),
    (3, 400, ENTRIES, (), None),
    (3, 401, ENTRIES, (), Contradiction("held-back", ENTRIES[3])),
    (3, 350, [*ENTRIES, FORGED], (), Contradiction("off-chain", FORGED)),
    (3, 350, [ENTRIES[0], FORGED], (), None),  # entry 3 is missing: nothing tells
    (3, 350, [ENTRIES[3]._replace(prev=digest("other"))], (), Contradiction("off-chain", ENTRIES[3]._replace(prev=digest("other")))),
    (3, 350, [ENTRIES[3]._replace(dossier=MEMBERS, time=1)], (), None),
    (3, 350, [ENTRIES[2]._replace(n=4)], (), Contradiction("off-chain", ENTRIES[2]._replace(n=4))),
    (3, 350, [], [DossierHead(ORIGIN, DOSSIER, 3, digest("y"), 350)], Contradiction("two-digests", DossierHead(ORIGIN, DOSSIER, 3, digest("y"), 350))),
    (3, 350, [], [head_of(ENTRIES, 2, 350)], None),
    (3, 350, [], [head_of(ENTRIES, 2, 351)], Contradiction("shrunk", head_of(ENTRIES, 2, 351))),
    (3, 350, [], [head_of(ENTRIES, 4, 349)], Contradiction("shrunk", head_of(ENTRIES, 4, 349))),
    (3, 350, [], [head_of(ENTRIES, 2, 351)._replace(dossier=MEMBERS)], None),
]  # fmt: skip


@pytest.mark.parametrize(("n", "time", "entries", "heads", "found"), CASES)
def test_what_contradicts_a_head(
    n: int, time: int, entries: list[ChainEntry], heads: Sequence[DossierHead], found: Contradiction | None
) -> None:
    """To the second; and never what only might."""
    assert contradicted_by(head_of(ENTRIES, n, time), entries, heads) == found
