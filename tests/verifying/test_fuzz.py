"""Books and kept files that chance has damaged or made hostile: verify answers with 0, 2, 3 or 4, whatever it is given."""

from __future__ import annotations

import base64
import random
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from gongyue.book.entry import Malformed, signed_act
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.office import BadSignature
from gongyue.transparency import canonical
from gongyue.transparency.tiles import decode_entries
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from gongyue.verifying.verify import Request, verify
from support.hostile_acts import Book, Case, book, cases, made, text_of, world
from support.published import Files, files_of, vkey
from support.states import states_read_once

__all__ = ["states_read_once"]
ANSWERS = {0, 2, 3, 4}


def answered(made: Book, **request: object) -> Report:
    """What verify says; whatever is wrong names its code, and the entry where it is one."""
    report, _ = verify(made.files.__getitem__, Request(vkey(), state=made.state, **request))  # type: ignore[arg-type]
    assert report.code in ANSWERS
    assert (report.code == 0) == (report.failure is None)
    return report


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three of them changed, taken away, doubled or put elsewhere."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 1, 2, 8, 60))
        match chance.randrange(5):
            case 0:
                data = (
                    data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
                    if at < len(data)
                    else data
                )
            case 1:
                data = data[:at] + data[at + length :]
            case 2:
                data = (
                    data[:at]
                    + chance.choice((b"\0", b"9", b'"', b"[", b"{", b"\xff", b"\n", b"-", b"e9")) * length
                    + data[at:]
                )
            case 3:
                data = data[:at] + data[at : at + length] + data[at:]
            case _:
                data = data[:at] + bytes(chance.randrange(256) for _ in range(length)) + data[at + length :]
    return data


@cache
def _small() -> tuple[Files, list[str]]:
    """A book of a few acts as files, and the names of them."""
    case = cases()[6]
    files = book(case, text_of(case.entry), {}).files
    files = {path: data for path, data in files.items() if not path.startswith("objects/")} | {
        path: data for path, data in files.items() if path.startswith("objects/") and len(data) < 40_000
    }
    return files, [path for path in files if not path.startswith("objects/")]


def _a_file(chance: random.Random) -> Report:
    files, names = _small()
    path = chance.choice(names)
    return answered(Book(files | {path: damaged(files[path], chance)}, None))


def _a_leaf(chance: random.Random) -> Report:
    case: Case = chance.choice(cases())
    return answered(book(case, damaged(text_of(case.entry), chance), {}))


@cache
def _kept() -> tuple[Files, dict[str, list[bytes]]]:
    """The whole book, and what its members kept of it."""
    given = world().stage.receipts
    note = world().stage.office.store.note("open", 20)
    assert note is not None
    return files_of(world()), {
        "receipts": [r.proof for r in given if not r.opening][-3:] + [r.proof for r in given if r.opening][-3:],
        "disclosures": [r.opening for r in given if r.opening][-3:],
        "checkpoints": [note[1]],
        "policy": [f"log {vkey()}\nquorum none\n".encode()],
    }


def _a_kept_file(chance: random.Random) -> Report:
    last, kept = cases()[0], _kept()[1]
    for last in reversed(cases()):
        if last.entry["sigs"]:
            break
    kind = chance.choice(sorted(kept))
    data = damaged(chance.choice(kept[kind]), chance)
    given: object = data if kind == "policy" else ((kind, data),)
    if kind == "disclosures" or chance.random() < 0.1:
        return answered(Book(_kept()[0], None), **{kind: given})
    whole = book(last, text_of(last.entry), {})
    state = damaged(last.state, chance) if chance.random() < 0.05 else whole.state
    return answered(Book(whole.files, state), **{kind: given})


SHARES: dict[Callable[[random.Random], Report], int] = {_a_file: 93, _a_leaf: 6, _a_kept_file: 1}
"""Of a hundred byte mutations: most are found by the hashes at once, the others get past them."""


def byte_mutations(count: int, seed: int) -> Counter[int]:
    chance = random.Random(seed)
    chosen = chance.choices([*SHARES], [*SHARES.values()], k=count)
    return Counter(mutate(chance).code for mutate in chosen)


def act_mutations(count: int, seed: int) -> tuple[Counter[int], Counter[str], set[str]]:
    """The exit codes, the codes of what was wrong, and the types of the acts that were changed."""
    chance, codes, found, types = random.Random(seed), Counter[int](), Counter[str](), set[str]()
    for number in range(count):
        case = cases()[number * len(cases()) // count]  # one after the other: the state of each is read once
        report = answered(made(case, chance))
        codes[report.code] += 1
        types.add(case.kind.type)
        if report.failure is not None:
            found[report.failure.code] += 1
            assert report.failure.code and report.failure.zh and report.failure.en and lines(report, "en")
            assert report.failure.index == len(case.leaves) or report.failure.book == "sealed", report.failure
    return codes, found, types


@pytest.mark.short
def test_some_bytes_are_changed() -> None:
    """4,000 byte mutations of files, leaves and kept files: found out, or of no account."""
    codes = byte_mutations(4_000, 1)
    assert set(codes) <= ANSWERS and codes[2] > 1_500 and codes[3] > 20


@pytest.mark.short
def test_some_acts_are_made_hostile_and_signed_anew() -> None:
    """1,000 mutations over all act types, past the office: 2 or 3 naming the entry, or lawful as it is; none unforeseen."""
    codes, found, types = act_mutations(1_000, 1)
    assert set(codes) <= ANSWERS and types == set(ACT_TYPES)
    assert len(found) > 30 and "unjudged" not in found


@pytest.mark.slow(190)
def test_a_hundred_thousand_byte_mutations_are_answered() -> None:
    """No other exit than 0, 2, 3 and 4."""
    codes = byte_mutations(100_000, 2)
    assert set(codes) <= ANSWERS and codes[2] > 37_500 and codes[3] > 500


@pytest.mark.slow(90)
def test_twenty_thousand_hostile_acts_are_answered() -> None:
    """No other exit than 0, 2, 3 and 4; and nothing that nobody foresaw."""
    codes, found, types = act_mutations(20_000, 3)
    assert set(codes) <= ANSWERS and types == set(ACT_TYPES)
    assert len(found) > 30 and found["unjudged"] == 0, found


@pytest.mark.parametrize(
    "count", [pytest.param(600, marks=pytest.mark.short), pytest.param(10_000, marks=pytest.mark.slow)]
)
def test_an_office_answers_hostile_acts_in_words(count: int) -> None:
    """What verify would find, the office refuses before: as malformed, unlawful, out of turn, tampered or badly signed."""
    chance, office, answers = random.Random(count), world().stage.office, Counter[str]()
    before = world().sizes()
    for number in range(count):
        hostile = made(cases()[number % len(cases())], chance)
        (path,) = (path for path in hostile.files if path.startswith("tile/entries/"))
        leaf = decode_entries(hostile.files[path])[-1]
        named = {p: data for p, data in hostile.files.items() if p.startswith("objects/") and p not in files_of_world()}
        objects = {canonical.digest(data): base64.b64encode(data).decode() for data in named.values()}
        handed_in = leaf[:-1] + b',"objects":%s}' % canonical.encode(objects)
        try:
            act = signed_act(handed_in.replace(b'"v":"gongyue/entry@2"', b'"v":"gongyue/signed@1"'))
            office.dry_run(act)
            answers["lawful"] += 1
        except (Malformed, Refused, OutOfTurn, Tampered, BadSignature) as error:
            answers[type(error).__name__] += 1
    assert world().sizes() == before
    assert {"Malformed", "Refused", "OutOfTurn"} <= set(answers), answers


@cache
def files_of_world() -> Files:
    return files_of(world())
