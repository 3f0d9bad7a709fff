"""What the audits of drawn slots come to, figure by figure: which halves agree, which leaf is left over, who saw a draw."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from msgspec.structs import replace

from gongyue.governance.book import Anchor
from gongyue.governance.slots import Audit, Seed, YearlyReport
from gongyue.governance.yearly_figures import FIGURES
from gongyue.transparency import checkpoint
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Cosigner, Signer, add_lines
from gongyue.verifying import audit, slots
from gongyue.verifying.audit import content, first_checkpoint, is_witnessed, require_yearly, seed_named, statements
from gongyue.verifying.audit_report import YearRecounted
from gongyue.verifying.failures import Stop

ANCHORS = tuple(Anchor(slot, size, "", index, 0) for slot, size, index in ((500, 4, 10), (501, 8, 12), (502, 9, 14)))
"""Three slots; the second has four leaves, from 4 to 7."""
EARLY, LATE = (Seed(index, index - 1, "ab" * 32, 3, 15, 20, 25, "c") for index in (30, 40))


def book(**other: Any) -> Any:
    """An institution with these slots, whose padding is 1 to 3 leaves, and two draws of all of them."""
    seeds = {one.index: one for one in (EARLY, LATE)}
    fields = {"anchors": ANCHORS, "recoveries": (), "genesis": SimpleNamespace(quantum=3), "seeds": seeds}
    return SimpleNamespace(**(fields | {"audits": {}, "yearly": {}} | other))


def stopped(stop: pytest.ExceptionInfo[Stop]) -> tuple[int, str]:
    """Exit code, and code of the failure."""
    return stop.value.code, stop.value.failure.code


def test_the_last_draw_is_meant_unless_one_is_named() -> None:
    """By its entry; of none in the book, and of another entry: exit 4, and the entry that was named is said."""
    assert seed_named(book(), None) == LATE and seed_named(book(), 30) == EARLY
    for seeds, index, named in (({}, None, "draw"), ({30: EARLY}, 31, "draw #31")):
        with pytest.raises(Stop) as stop:
            seed_named(book(seeds=seeds), index)
        assert stopped(stop) == (4, "unreadable/seed")
        assert stop.value.failure.en.endswith(named) and ("#31" in stop.value.failure.zh) == (index is not None)


@pytest.mark.parametrize(("opened", "left"), [((4, 5, 6), 1), ((6,), 3)])
def test_padding_is_one_leaf_to_as_many_as_a_quantum(opened: tuple[int, ...], left: int) -> None:
    """Of the second slot's four leaves three, or one, are opened; leaves of other slots and beyond are none of it."""
    rest = {0: "a0", 8: "a8"}  # of 0 and 8 one leaf each, of which the last is the whole third slot
    only = replace(EARLY, count=1)
    with mock.patch.object(audit, "drawn", return_value=(501,)):
        found = content(book(), only, (), {index: f"c{index}" for index in opened} | rest, {})
    assert (found.slots, found.padding, found.real) == ((501,), left, len(opened))
    assert found.rest == slots.rest_of(f"c{index}" for index in opened)


@pytest.mark.parametrize(("opened", "left"), [((4, 5, 6, 7), 0), ((), 4)])
def test_no_padding_at_all_and_more_than_a_quantum(opened: tuple[int, ...], left: int) -> None:
    """Exit 2 with the slot and the number left."""
    with mock.patch.object(audit, "drawn", return_value=(501,)), pytest.raises(Stop) as stop:
        content(book(), EARLY, (), dict.fromkeys(opened, "c"), {})
    assert stopped(stop) == (2, "tampered/audit") and stop.value.failure.figures["slot"] == 501
    assert f"{left} leaves are not opened" in stop.value.failure.en


def test_the_totals_are_over_all_slots_of_the_draw() -> None:
    """Three slots of 4, 4 and 1 leaves, one act opened in each of the first two: seven leaves of padding."""
    found = content(book(), EARLY, (), {0: "b", 4: "a"}, {})
    assert (found.slots, found.padding, found.real) == ((500, 501, 502), 7, 2)


def test_keys_must_be_those_of_every_slot_drawn() -> None:
    """Of the two slots without one the first is named, exit 4; keys of other slots are not looked at."""
    keys = {slot: bytes(32) for slot in (501, 600)}
    with pytest.raises(Stop) as stop:
        content(book(), EARLY, (), {0: "b", 4: "a"}, keys)
    assert stopped(stop) == (4, "unreadable/slot-keys")
    assert "500" in stop.value.failure.en and "500" in stop.value.failure.zh and "502" not in stop.value.failure.en
    asked = list[object]()

    def by_keys(_: object, used: dict[int, bytes], leaves: object) -> slots.SlotAudit:
        asked.append((sorted(used), leaves))
        return slots.SlotAudit((500, 501, 502), 7, 2, slots.rest_of(["a", "b"]))

    with mock.patch.object(slots, "audit", by_keys):
        content(book(), EARLY, (b"leaf",), {0: "b", 4: "a"}, dict.fromkeys((500, 501, 502, 600), bytes(32)))
    assert asked == [([500, 501, 502], (b"leaf",))]


@pytest.mark.parametrize(
    ("stated", "agree", "differ"),
    [
        ("", False, False),
        ("m1", False, False),
        ("c1", False, False),
        ("c1 c1", False, False),
        ("m1 c1", True, False),
        ("m1 m1 c1", True, False),
        ("m1 c2", False, True),
        ("m1 m2", False, True),
        ("c1 c2", False, True),
        ("m1 m2 c2", True, True),
    ],
)
def test_two_halves_agree_or_differ_by_all_that_they_state(stated: str, agree: bool, differ: bool) -> None:
    """m, c: the members' half, the content; the figure is what was stated of the rest. A draw agrees by one pair, and differs by one."""
    halves = {"m": "members", "c": "content"}
    said = [Audit(50 + n, "", halves[one[0]], 7, 2, one[1], "lawful") for n, one in enumerate(stated.split())]
    found = statements(book(audits={40: tuple(said)}), {})
    first, second = found.draws
    assert (first.seed, first.members, first.content, first.agree, first.differ) == (30, 0, 0, False, False)
    assert (second.agree, second.differ, second.witnessed) == (agree, differ, False)
    assert (second.members, second.content) == (stated.count("m"), stated.count("c"))
    assert (found.slots, found.audited) == (3, 3 if agree else 0)


@pytest.mark.parametrize("other", [{"padding": 6}, {"real": 3}, {"rest": "2"}])
def test_halves_agree_in_all_three_figures(other: dict[str, Any]) -> None:
    """In padding, in acts, in the digest: one of them another, and they differ. An objection is told by its entry, a witness by its draw."""
    members = Audit(50, "", "members", 7, 2, "1", "lawful")
    theirs = replace(members, index=51, half="content", verdict="objection", **other)
    (_, draw) = statements(book(audits={40: (members, theirs)}), {40: True}).draws
    assert (draw.agree, draw.differ, draw.objections, draw.witnessed) == (False, True, [51], True)


@pytest.mark.parametrize(("size", "found"), [(20, False), (21, True), (24, True), (25, False)])
def test_a_draw_is_made_by_the_first_checkpoint_past_the_size_announced(size: int, found: bool) -> None:
    """Announced for past 20, drawn at 25: one of 21 to 24 that somebody kept came before it."""
    kept: Any = SimpleNamespace(size=size)
    assert first_checkpoint(book(), [kept]) == ((EARLY, kept) if found else None)


def held_against(told: int | None, opened: int) -> tuple[YearRecounted, ...]:
    """A year of which so many reports were told, and so many opened."""
    stated: dict[str, int | None] = {**dict.fromkeys(FIGURES, 0), "reports": told}
    counts = dict.fromkeys(FIGURES, 0) | {"reports": opened}
    with mock.patch.object(audit, "counted", return_value=counts):
        return require_yearly(book(yearly={2026: YearlyReport(70, stated)}), ())


def test_of_a_year_no_more_is_opened_than_was_stated() -> None:
    """Two of two: told. Three of two, or a thousand of a figure so small that it was not told: exit 3 with both, at the statement."""
    assert [one.opened["reports"] for one in held_against(2, 2)] == [2]
    for told, opened, zh, en in (
        (2, 3, "写明 2，", "stated as 2,"),
        (None, 1_000, "写明 不列，", "stated as not told,"),
    ):
        with pytest.raises(Stop) as stop:
            held_against(told, opened)
        assert stopped(stop) == (3, "oversight/figures") and stop.value.failure.index == 70
        assert stop.value.failure.figures == {"year": 2026, "what": "reports", "stated": told or 0, "opened": opened}
        assert zh in stop.value.failure.zh and en in stop.value.failure.en


LOG = Signer("gongyue.example/log", bytes(32))
ONE, TWO = (Cosigner(f"{n}.example", bytes([n]) * 32) for n in (1, 2))
HEAD = Checkpoint("gongyue.example/log", 3, bytes(32))
RULES = f"log {LOG.verifier.vkey}\nwitness w1 {ONE.verifier.vkey}\nquorum none\n".encode()


@pytest.mark.parametrize(
    ("witnesses", "rules", "seen"),
    [
        ((), RULES, False),
        ((ONE,), RULES, True),
        ((TWO,), RULES, False),
        ((ONE, TWO), RULES, False),
        ((ONE,), None, False),
    ],
)
def test_a_draw_was_seen_where_only_witnesses_of_the_policy_cosigned(
    witnesses: tuple[Cosigner, ...], rules: bytes | None, seen: bool
) -> None:
    """No line, or one more of whoever it may be: the office could have chosen it. Without policy or note nobody knows."""
    note = add_lines(checkpoint.sign(HEAD, LOG), [one.cosign(HEAD.text(), 9) for one in witnesses])
    assert is_witnessed(note, rules, [LOG.verifier]) is seen
    assert is_witnessed(None, rules, [LOG.verifier]) is False
