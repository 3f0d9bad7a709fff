"""One step of the institution, or of a dossier: what every act must pass whatever its type, its own rulings, what it changes.

`step` returns the next institution, `step_sealed` the next dossier, or they raise `Refused` or `OutOfTurn`. The office calls
them before it records an act; verify calls the same two on the recorded acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from immutables import Map
from msgspec.structs import replace

from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import OutOfTurn, Refused, Ruling
from gongyue.covenant.values import Meaning
from gongyue.governance import papers as _papers
from gongyue.governance.acts import (
    ActType,
    Body,
    Book,
    Entry,
    Filing,
    VerifiedInputs,
    act_type_of,
    decode_body,
)
from gongyue.governance.common_checks import common, filed, governing_day, judging, same_meaning, signers_of
from gongyue.governance.dossier import MEMBERS, Dossier, Linked, with_entry
from gongyue.governance.dossier_place import require_place
from gongyue.governance.inspection import seen_in
from gongyue.governance.institution import Institution

__all__ = ["judge", "judge_linked", "recorded_in", "same_meaning", "step", "step_sealed"]


def step(inst: Institution, entry: Entry, given: VerifiedInputs = VerifiedInputs()) -> Institution:
    """The institution after the entry; raises Refused (the covenant says no) or OutOfTurn (not a step to take now)."""
    day = day_of(entry.rx.t)
    inst = inst.on(day)
    if not act_type_of(entry.act.type).public:
        raise OutOfTurn("wrong-book", entry.act.type, book=Book.SEALED)
    kind, body, filing = filed(inst, entry, given, day)
    _hold(inst, kind, chain(common(judging(inst, given), kind, body, filing), body.check(inst, filing)))
    after = _papers.noted(body.apply(inst, filing), kind, body, filing)
    if after.drawing is not None:
        after = seen_in(after, filing.act.view.size)
    if after.meaning is not inst.meaning and given.before is None:  # a recovery returns to what was in force before
        after = replace(after, replaced=(*after.replaced, (day, given.rev)))
    return replace(
        after,
        size=inst.size + 1,
        now=filing.time,
        links=after.links.set(link, filing.index) if (link := kind.link_in(filing.act.body)) else after.links,
        **_noted(after, filing),
    )


def _noted(after: Institution, filing: Filing) -> dict[str, Map[str, int]]:
    """What keeps the same act from being recorded again: the number of its key, or else its digest."""
    if filing.act.seq is not None:
        return {"seqs": after.seqs.set(filing.keys[0], filing.act.seq)}
    return {"unnumbered": after.unnumbered.set(filing.given.digest, filing.index)}


def step_sealed(
    inst: Institution, dossier: Dossier, entry: Entry, given: VerifiedInputs = VerifiedInputs()
) -> tuple[Dossier, list[Ruling]]:
    """The dossier after a sealed entry, the institution being as it stood when that arrived; raises like `step`.

    With every ruling it had to satisfy, for a dry run.
    """
    kind, body, filing, seen = _judged(inst, entry, given, dossier)
    return body.enter(with_entry(dossier, kind, entry, filing), filing), seen


def judge(inst: Institution, entry: Entry, given: VerifiedInputs = VerifiedInputs()) -> list[Ruling]:
    """Every ruling an act had to satisfy that stands in no dossier, for a dry run; raises like `step`. Serves both books."""
    return _judged(inst, entry, given)[3]


def _judged(
    inst: Institution, entry: Entry, given: VerifiedInputs, dossier: Dossier | None = None
) -> tuple[ActType, Body, Filing, list[Ruling]]:
    day = day_of(entry.rx.t)
    inst = inst.on(day)
    kind, body, filing = filed(inst, entry, given, day, dossier)
    seen: list[Ruling] = []
    _hold(inst, kind, common(judging(inst, given), kind, body, filing, dossier), seen)
    rulings = body.check(inst, filing)
    if kind.in_dossier:  # of which nothing is told to whoever may not do the act anyhow
        dossier = dossier or Dossier()
        if kind.within and not dossier.entries:  # there is none to be in: what the covenant says of it comes first
            _hold(inst, kind, body.check(inst, filing))
        require_place(inst, dossier, kind, entry, filing)
        _require_standing(dossier, kind)
        rulings = chain(rulings, body.check_in(inst, dossier, filing))
    _hold(inst, kind, rulings, seen)
    return kind, body, filing, seen


def _require_standing(dossier: Dossier, kind: ActType) -> None:
    """OutOfTurn in a dossier whose opening is void, of a false time: there is no such matter, and its documents alone are still seen to."""
    opening = dossier.entries[0] if dossier.entries and dossier.id != MEMBERS else None
    if opening is not None and opening.void and kind.clause != "law.observance":
        raise OutOfTurn("dossier-closed", kind.type, dossier=dossier.id)


def judge_linked(inst: Institution, entry: Entry, linked: Sequence[Linked], own: Dossier) -> list[Ruling]:
    """Every ruling that an act must satisfy by what its link names, for whoever opened that; raises like `step`.

    The institution is as it stood when the act arrived, which was judged by itself; `own`: its own dossier, as it was before.
    """
    inst, seen = inst.on(day_of(entry.rx.t)), list[Ruling]()
    kind, body, filing = _as_recorded(inst, own, entry, VerifiedInputs(own=own), False)
    _hold(inst, kind, body.check_linked(inst, linked, filing), seen)
    return seen


def _as_recorded(
    inst: Institution, dossier: Dossier, entry: Entry, given: VerifiedInputs, void: bool
) -> tuple[ActType, Body, Filing]:
    """An act that was judged before, as filed."""
    kind, act = act_type_of(entry.act.type), entry.act
    body, day = decode_body(kind, act.body), day_of(entry.rx.t)
    signers, keys = ((), ()) if void else signers_of(inst, kind, body, entry, dossier)
    counts = governing_day(kind, entry, day, signers)
    others = _papers.by_others(inst, dossier, act.actor, signers, entry.rx.t)
    return kind, body, Filing(act, act.actor, signers, keys, entry.rx.t, day, counts, inst.size, given, others)


def recorded_in(inst: Institution, dossier: Dossier, entry: Entry, given: VerifiedInputs, void: bool) -> Dossier:
    """The dossier after an entry that was judged when it was recorded, or that is `void` and only takes its place."""
    kind, body, filing = _as_recorded(inst, dossier, entry, given, void)
    after = with_entry(dossier, kind, entry, filing, void)
    return after if void else body.enter(after, filing)


def _hold(inst: Institution, kind: ActType, rulings: Iterable[Ruling], seen: list[Ruling] | None = None) -> None:
    """Refuse by the first ruling that does not hold and whose rule is not suspended; note every other."""
    for ruling in rulings:
        if not ruling.finding.holds and (ruling.rule.always or not inst.meaning.suspended(ruling.rule.provision)):
            raise Refused(_citing(inst).cite(ruling, kind.clause))
        if seen is not None:
            seen.append(ruling)


def _citing(inst: Institution) -> Meaning:
    """The meaning to quote from: the draft's words until a text is frozen."""
    if inst.meaning.edition is None and inst.founding.draft is not None:
        return replace(inst.meaning, edition=inst.founding.draft)
    return inst.meaning
