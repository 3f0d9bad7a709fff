"""What stands above the form of the more frequent acts: the text it is about, what follows from it, what to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import draft, load
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE
from gongyue.covenant.periods import Period
from gongyue.governance.acts import ActType
from gongyue.governance.hearing import EFFECT, FINAL, SERVED
from gongyue.governance.key import able, staying
from gongyue.governance.membership import notice_ends
from gongyue.governance.office import earliest
from gongyue.governance.proposal import supports
from gongyue.governance.recovery import own_act
from gongyue.governance.sheet import require_every
from gongyue.governance.sheet_words import Intro
from gongyue.office import keyless_parties
from gongyue.office.count_text import share_said
from gongyue.office.facts.annexes import words_of
from gongyue.office.facts.proposals import enough_to_file, is_alive, support
from gongyue.office.objects import text_of_proposal
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.acting import annex_form, consent_form
from gongyue.web.acting.case_words import READERS_OF_A_REPORT
from gongyue.web.acting.key_words import replaceable
from gongyue.web.acting.mandates import Mandate
from gongyue.web.binding.sheets import sections_of_edition
from gongyue.web.installation import Now
from gongyue.web.pages import proposals
from gongyue.web.pages.editions import changes_between
from gongyue.web.pages.objects import leaf_at
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import pick

Answers = Mapping[str, Any]


class Introduction:
    """Which template stands above the form, and what it shows."""

    def __init__(self, intro: Intro, shown: dict[str, Any]) -> None:
        self.template = f"acting/intro/{intro}.html"
        self.shown = shown
        self.beside = intro is Intro.CONSENT and bool(shown)  # stands beside the choice, where there is room


def introduction(kind: ActType, now: Now, mandate: Mandate, answers: Answers) -> Introduction | None:
    """The introduction of an act type; None where it has none. `answers`: with `files`, what a draft brings along."""
    intro = kind.sheet.intro
    return Introduction(intro, MADE[intro](now, mandate, answers)) if intro else None


def _ballot(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    vote = now.inst.votes.get(str(answers.get("vote", "")))
    if vote is None:
        return {}
    on_roll = mandate.actor in vote.roll
    return {"vote": vote, "on_roll": on_roll, "time": now.time} | _matter(now, vote.id)


def _matter(now: Now, id: str) -> dict[str, Any]:
    """What is voted on: the changes of a proposal, or an annex's text."""
    proposal = now.inst.proposals.get(id)
    if proposal is not None:
        shown = {"digest": text_of_proposal(proposal)[0], "by": proposal.by}
        return proposals.changes(now, proposal) | shown | {"matter_title": title_of(now, id), "proposal": proposal}
    annex = now.inst.annexes.get(id)
    if annex is None:
        return {}
    return {"annex": annex, "digest": annex.text, "text": words_of(now, annex.text), "matter_title": annex.title}


def _support(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    id = str(answers.get("proposal", ""))
    proposal = now.inst.proposals.get(id)
    if proposal is None:
        return {}
    count = support(now, proposal)
    return _matter(now, id) | {"support": count, "share": proposals.share_words(count)}


def _sign(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    founding = now.inst.founding
    edition: Edition | None = now.inst.meaning.edition or founding.draft
    return {
        "digest": founding.digest,
        "edition": edition,
        "sections": sections_of_edition(edition) if edition else [],
        "signed": len(founding.signatures),
        "all": len(founding.initiators),
    }


def _import(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """The sheet of the text that is imported, once it is there."""
    data = answers.get("files", {}).get(answers.get("edition"))
    return {} if data is None else {"sections": sections_of_edition(draft(canonical.decode(data)))}


def _freeze(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """The sheet of the text that is frozen."""
    drafted = now.inst.founding.draft
    return {} if drafted is None else {"sections": sections_of_edition(drafted)}


def _apply(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    pending = [(id, title_of(now, id)) for id, p in now.inst.proposals.items() if is_alive(now, p)]
    return {"pending": pending, "days": now.inst.meaning.values.get("P8")}


def _withdraw(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    unit = now.inst.units.get(mandate.actor)
    inst, collecting = now.inst.on(now.day), [p for p in now.inst.proposals.values() if p.stage == "collecting"]
    supported = [p.id for p in collecting if supports(inst, p, mandate.actor)]
    return {"unit": unit, "supports": supported, "ends_on": notice_ends(inst, now.day), "recording": mandate.recording}


def _annex(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    return _matter(now, str(answers.get("annex", "")))


def _annex_text(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    return annex_form.shown(now, answers)


def _asked(rule: str) -> Callable[[Now, Mandate, Answers], dict[str, Any]]:
    """Within how many days that rule has it answered, 0 where none was adopted; and who asks, where the desk writes it down."""

    def shown(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
        unit = now.inst.units.get(mandate.actor) if mandate.recording else None
        within = now.inst.meaning.values.get(rule)
        days = within.n if isinstance(within, Period) else 0
        return {"days": days, "unit": unit.name if unit else ""}

    return shown


def _report(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    return _asked("P1")(now, mandate, answers) | {"readers": pick(*READERS_OF_A_REPORT)}


def _consent(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    return consent_form.shown(now, mandate.seat.party, str(answers.get("dossier", "")))


def _nothing(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    return {}


def _approval(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    founding = now.inst.founding
    own, signs = mandate.actor == AUTHORITY, able(now.inst, AUTHORITY, now.time)
    return {"digest": founding.digest, "approver": founding.authority("approver", now.day), "own": own, "able": signs}


def _authorities(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """From which day on another can be that; whether the approver's key has to be ended before."""
    keys = now.inst.keys_of(AUTHORITY).values()
    return {"earliest": earliest(now.inst, now.time), "key": any(not key.ended(now.time) for key in keys)}


def _initiate(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """What the change would do, once it is written down."""
    data = answers.get("files", {}).get(answers.get("edition"))
    base = now.inst.meaning.edition
    if data is None or base is None:
        enough, roll = enough_to_file(now)
        adopting = now.inst.meaning.share_or_none("amendment.adoption")
        return {
            "edition": base,
            "by_executive": mandate.actor == EXECUTIVE,
            "enough": enough,
            "roll": roll,
            "adopting": pick(*share_said(adopting)) if adopting else "",
        }
    result = load(canonical.decode(data))
    return {
        "proposal": True,
        **changes_between(base, result),
        "digest": answers["edition"],
    }


def _ending(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """Whether a decision is in effect once it is served, by the adopted reading, or once no review can change it any more."""
    return {"served": now.inst.meaning.values.get(EFFECT, FINAL) == SERVED}


def _renaming(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """The name it has until then."""
    unit = now.inst.units.get(mandate.actor)
    return {"name": unit.name if unit else ""}


MOST = 30
"""Entries of a false time that are listed before it is returned from."""


def _recover(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """What a return from the false time would make void, and what stands: as the draft says, or the books."""
    office = installation.office()
    first = int(answers.get("first") or office.false_time(office.now)["first"])
    leaves = [leaf_at(now, index) for index in range(first, min(now.size, first + MOST))]
    rows = [(first + n, leaf.entry, own_act(leaf.entry)) for n, leaf in enumerate(leaves)]
    return {"count": max(0, now.size - first), "most": MOST, "rows": rows}


def _revoke(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """Whether the key named is the last that stays valid, and what can no longer be done without one."""
    inst, holder = now.inst, mandate.actor
    left = staying(inst, holder, now.time, but=str(answers.get("key", "")))
    genesis = inst.genesis
    return {
        "last": left == 0,
        "cannot": keyless_parties.cannot(holder),
        "back": keyless_parties.way_back(inst, holder, now.time),
        "recording": mandate.recording,
        "holder": holder,
        "days": genesis.recovery_days if genesis else 0,
    }


def _replaced_key(now: Now, mandate: Mandate, answers: Answers) -> dict[str, Any]:
    """Which key ends by it: the one it is signed with."""
    return {"holder": mandate.actor, "keys": replaceable(now.inst, mandate.actor, now.time)}


MADE: dict[Intro, Callable[[Now, Mandate, Answers], dict[str, Any]]] = {
    Intro.NOTHING: _nothing,
    Intro.ANNEX: _annex,
    Intro.ANNEX_TEXT: _annex_text,
    Intro.APPLICATION: _apply,
    Intro.APPROVAL: _approval,
    Intro.AUTHORITIES: _authorities,
    Intro.BALLOT: _ballot,
    Intro.CHANGE: _initiate,
    Intro.CONSENT: _consent,
    Intro.ENDING: _ending,
    Intro.FROZEN: _freeze,
    Intro.IMPORTED: _import,
    Intro.LAST_KEY: _revoke,
    Intro.PETITION: _asked("P10"),
    Intro.RECOVERY: _recover,
    Intro.RENAMING: _renaming,
    Intro.REPLACED_KEY: _replaced_key,
    Intro.REPORT: _report,
    Intro.SIGNING: _sign,
    Intro.SUPPORT: _support,
    Intro.WITHDRAWAL: _withdraw,
    Intro.WORDS: _asked("P10"),
}
"""What each introduction shows."""
require_every(Intro, MADE)
