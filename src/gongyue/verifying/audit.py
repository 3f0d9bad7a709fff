"""The content audit of drawn slots: whole dossiers folded from openings, and what is left over (formats §10.9).

Nothing is taken from a list of the office: what was opened is found in the published leaves, and what was not is padding or amiss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from gongyue.book.draws import cosignatures, drawn
from gongyue.governance.institution import Institution
from gongyue.governance.oversight import REPORT
from gongyue.governance.slots import Audit, Seed, spans
from gongyue.governance.yearly import counted
from gongyue.governance.yearly_figures import beyond
from gongyue.transparency import policy
from gongyue.transparency.notes import Verifier
from gongyue.verifying import slots
from gongyue.verifying.audit_report import ContentAudit, SlotAudits, StatedAudit, YearRecounted
from gongyue.verifying.dossiers import Named
from gongyue.verifying.failures import UNLAWFUL, Failure, Stop, tampered, unreadable
from gongyue.verifying.heads import EarlierCheckpoint

PLACE = "audit"


def seed_named(inst: Institution, index: int | None) -> Seed:
    """The seed recorded at that entry, by default the last; Stop where there is none."""
    last = max(inst.seeds.values(), key=lambda one: one.index, default=None)
    found = last if index is None else inst.seeds.get(index)
    if found is None:
        what = "" if index is None else f" #{index}"
        raise unreadable(f"簿册里没有抽取{what}", f"the book has no draw{what}", "seed")
    return found


def require_once(opened: Iterable[Named]) -> None:
    """Stop where one act stands in two leaves: no act is recorded twice (formats §10.6)."""
    known: dict[str, Named] = {}
    for name, one in opened:
        other_name, other = known.setdefault(one.leaf.digest, (name, one))
        if other.opening.commitment != one.opening.commitment:
            first, second = other.opening.index, one.opening.index
            zh = f"同一行为在密封簿里两次：{other_name} 密封 #{first} 与 {name} 密封 #{second}"
            en = f"one act stands twice in the sealed book: {other_name} sealed #{first} and {name} sealed #{second}"
            figures: dict[str, int | str] = {"act": one.leaf.digest, "sealed": first, "also": second}
            type = one.leaf.entry.act.type
            raise Stop(
                UNLAWFUL, Failure("unlawful", zh, en, second, type, "dossier/act-twice", figures=figures, book="sealed")
            )


def content(
    inst: Institution, seed: Seed, leaves: Sequence[bytes], opened: Mapping[int, str], keys: Mapping[int, bytes]
) -> slots.SlotAudit:
    """The totals over the slots that a seed drew; `opened`: by its index the commitment of every leaf that was opened.

    Stop where a slot has not 1 to `quantum` leaves unopened, or, with its `keys`, one that is neither padding nor opened.
    """
    assert inst.genesis is not None
    known, quantum = spans(inst), inst.genesis.quantum
    wanted = drawn(inst, seed)
    padding, rest = 0, list[str]()
    for slot in wanted:
        start, anchor = known[slot]
        acts = [opened[index] for index in range(start, anchor.size) if index in opened]
        left = anchor.size - start - len(acts)
        if not 1 <= left <= quantum:
            detail = f"{left} leaves are not opened, and padding is 1 to {quantum}"
            zh = f"有 {left} 页没有启封，而补齐是 1 至 {quantum} 页"
            raise tampered(PLACE, f"slot {slot}", detail, book="sealed", detail_zh=zh, slot=slot)
        padding += left
        rest += acts
    found = slots.SlotAudit(wanted, padding, len(rest), slots.rest_of(rest))
    if keys:
        _explained(inst, {slot: keys[slot] for slot in wanted if slot in keys}, wanted, leaves, found)
    return found


def _explained(
    inst: Institution,
    keys: Mapping[int, bytes],
    wanted: Collection[int],
    leaves: Sequence[bytes],
    found: slots.SlotAudit,
) -> None:
    """With the slots' keys: every leaf is padding by its key, or was opened."""
    if lacking := sorted(set(wanted) - set(keys)):
        raise unreadable(f"没有时段 {lacking[0]} 的密钥", f"there is no key of slot {lacking[0]}", "slot-keys")
    try:
        by_keys = slots.audit(inst, keys, leaves)
    except slots.NotPadding as error:
        raise tampered(
            PLACE, f"slot {error.slot}", error.en, book="sealed", detail_zh=error.zh, slot=error.slot
        ) from None
    except slots.BadSlots as error:
        raise unreadable(error.zh, error.en, "slot-keys") from None
    if by_keys.rest != found.rest:
        raise neither(by_keys.real, found.real)


def neither(stated: int, opened: int) -> Stop:
    """A leaf is neither padding nor an act that was opened; or the other half was stated wrongly."""
    detail = f"{stated} leaves are no padding, {opened} acts were opened"
    zh = f"{stated} 页不是补齐，启封的行为 {opened} 页：有一页两者都不是，或没有交来，或另一半写错"
    return tampered(PLACE, "rest", detail, book="sealed", detail_zh=zh, stated=stated, opened=opened)


def require_as_stated(found: slots.SlotAudit, stated: Iterable[Audit]) -> None:
    """Stop where a half that was stated in the open book says otherwise than what was found (exit 2)."""
    for one in stated:
        if (one.padding, one.real, one.rest) != (found.padding, found.real, found.rest):
            stop = neither(one.real, found.real)
            raise Stop(stop.code, _at(stop.failure, one))


def _at(failure: Failure, one: Audit) -> Failure:
    figures = failure.figures | {"entry": one.index, "half": one.half}
    zh = f"{failure.zh}（第 {one.index} 条所载）"
    return Failure(failure.kind, zh, f"{failure.en} (stated by #{one.index})", None, "", failure.code, figures=figures)


def require_yearly(inst: Institution, opened: Iterable[Named]) -> tuple[YearRecounted, ...]:
    """What the openings come to of every year that was reported; Stop where it is more than was stated (exit 3)."""
    found, sealed = (
        [],
        list({one.opening.commitment: one.opening for _, one in opened}.values()),
    )  # each once: files overlap
    for year, stated in sorted(inst.yearly.items()):
        counts = counted(inst, sealed, year)
        if name := beyond(stated.figures, counts):
            told = stated.figures[name]
            zh = f"{year} 年度数字：{name} 写明 {'不列' if told is None else told}，启封的已有 {counts[name]}"
            en = f"figures of {year}: {name} is stated as {'not told' if told is None else told}, {counts[name]} were opened"
            figures: dict[str, int | str] = {"year": year, "what": name, "stated": told or 0, "opened": counts[name]}
            code = "oversight/figures"
            raise Stop(UNLAWFUL, Failure("unlawful", zh, en, stated.index, REPORT, code, figures=figures, book="open"))
        found.append(YearRecounted(year, stated.index, counts, stated.figures))
    return tuple(found)


def first_checkpoint(inst: Institution, seen: Iterable[EarlierCheckpoint]) -> tuple[Seed, EarlierCheckpoint] | None:
    """A draw that was made by a later checkpoint than the first: somebody kept an earlier one past the size announced."""
    kept = list(seen)
    return next(((seed, one) for seed in inst.seeds.values() for one in kept if seed.past < one.size < seed.size), None)


def statements(inst: Institution, witnessed: Mapping[int, bool]) -> SlotAudits:
    """What was stated of drawn slots, whose halves agree, and how many slots nobody audited."""
    found, audited = [], set[int]()
    for index, seed in sorted(inst.seeds.items()):
        stated = inst.audits.get(index, ())
        rests = {
            half: {(a.padding, a.real, a.rest) for a in stated if a.half == half} for half in ("members", "content")
        }
        agree = bool(rests["members"] & rests["content"])
        if agree:
            audited.update(drawn(inst, seed))
        differ = bool(rests["members"] and rests["content"] and not agree) or any(len(r) > 1 for r in rests.values())
        objections = [a.index for a in stated if a.verdict == "objection"]
        halves = (sum(a.half == "members" for a in stated), sum(a.half == "content" for a in stated))
        found.append(StatedAudit(index, seed.count, *halves, agree, differ, objections, witnessed.get(index, False)))
    return SlotAudits(len(inst.anchors), len(audited), found)


def is_witnessed(note: bytes | None, rules: bytes | None, keys: Sequence[Verifier]) -> bool:
    """Whether the checkpoint of a draw bears cosignatures, each by a witness of the policy: else the office could have made them up."""
    if note is None or rules is None:
        return False
    lines = cosignatures(note, keys)
    return bool(lines) and len(policy.evaluate(policy.parse(rules), note, keys).witnesses) == len(lines)


def of_content(
    inst: Institution, seed: int | None, keys_file: bytes | None, opened: Sequence[Named], leaves: Sequence[bytes]
) -> ContentAudit:
    """What the openings handed in say of the slots of a draw; Stop where a half was stated otherwise, or a leaf is left over."""
    drew = seed_named(inst, seed)
    try:
        keys = slots.read_keys(keys_file) if keys_file else {}
    except slots.BadSlots as error:
        raise unreadable(error.zh, error.en, "slot-keys") from None
    known = {one.opening.index: one.opening.commitment for _, one in opened}
    found = content(inst, drew, leaves, known, keys)
    require_as_stated(found, inst.audits.get(drew.index, ()))
    return ContentAudit(drew.index, found.slots, found.padding, found.real, found.rest, require_yearly(inst, opened))
