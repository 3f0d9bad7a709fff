"""One step of the institution, or of a dossier: what every act must pass whatever its type, its own rulings, what it changes.

`step` returns the next institution, `step_sealed` the next dossier, or they raise `Refused` or `OutOfTurn`. The office calls
them before it records an act; verify calls the same two on the recorded acts.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from gongyue.governance.dossier import Dossier, require_place, with_entry
from gongyue.governance.inspection import seen_in
from gongyue.governance.institution import Institution

__all__ = ["judge", "recorded_in", "require_founded", "same_meaning", "step", "step_sealed"]


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
    _hold(inst, kind, common(judging(inst, given), kind, body, filing), seen)
    rulings = body.check(inst, filing)
    if kind.in_dossier:  # of which nothing is told to whoever may not do the act anyhow
        dossier = dossier or Dossier()
        if kind.within and not dossier.entries:  # there is none to be in: what the covenant says of it comes first
            _hold(inst, kind, body.check(inst, filing))
        require_place(inst, dossier, kind, entry, filing)
        rulings = chain(rulings, body.check_in(inst, dossier, filing))
    _hold(inst, kind, rulings, seen)
    return kind, body, filing, seen


def recorded_in(inst: Institution, dossier: Dossier, entry: Entry, given: VerifiedInputs, void: bool) -> Dossier:
    """The dossier after an entry that was judged when it was recorded, or that is `void` and only takes its place."""
    kind, act = act_type_of(entry.act.type), entry.act
    body, day = decode_body(kind, act.body), day_of(entry.rx.t)
    signers, keys = ((), ()) if void else signers_of(inst, kind, body, entry, dossier)
    counts = governing_day(kind, entry, day, signers)
    filing = Filing(act, act.actor, signers, keys, entry.rx.t, day, counts, inst.size, given)
    after = with_entry(dossier, kind, entry, filing, void)
    return after if void else body.enter(after, filing)


def require_founded(inst: Institution, entry: Entry, dossier: Dossier, n: int) -> None:
    """Refused where an act may not rest on the entry at that place, which its link names; the dossier is as it was then."""
    kind = act_type_of(entry.act.type)
    _hold(inst, kind, decode_body(kind, entry.act.body).rests_on(inst, dossier, n, day_of(entry.rx.t)))


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
