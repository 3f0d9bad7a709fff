"""What there is to choose from on the forms of acts: words for values, and what the institution has of each thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gongyue.book.digest_words import digest_words
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import ActType
from gongyue.governance.annex import stage_of as annex_stage
from gongyue.governance.fields import OFFICES
from gongyue.governance.institution import Institution
from gongyue.governance.papers import OnPaper, may_still_be_disavowed
from gongyue.governance.proposal import stage_of
from gongyue.governance.question import ASK
from gongyue.governance.sheet_words import Pick
from gongyue.office import openings
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.office import Office
from gongyue.office.store.words import PAPER
from gongyue.web import names
from gongyue.web.accounts.officers import OFFICER, called
from gongyue.web.acting.entry_choices import correctable
from gongyue.web.acting.key_words import key_words
from gongyue.web.acting.labels import VALUES
from gongyue.web.acting.sealed_choices import (
    applicants,
    bulletins_in_force,
    conclusions_to_tell,
    consented_petitions,
    ending_decisions,
    waiting_applications,
    waiting_questions,
)
from gongyue.web.acting.text_choices import articles, choosable, forbidden, settable
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import day as spoken_day
from gongyue.web.templatetags.words import pick

MOST_LISTED = 400
"""Units named as one types: with more, their names are found on the register."""

_ORDER = {
    "choice": ("consent", "against", "abstain"),
    "outcome": ("granted", "returned", "refused", "adopted", "rejected", "no_quorum"),
    "base": ("roll", "voting", "present", "branch"),
    "kind": ("new", "amend", "repeal", "prose", "value", "wish", "demand", "interest", "report", "own", "elsewhere"),
    "standing": ("invited", "member"),
    "alg": ("webauthn", "ed25519"),
    "activities": tuple(names.ACTIVITIES),
    "scope": tuple(names.ACTIVITIES),
    "offices": OFFICES,
}
"""The order in which values are offered; the type itself has them sorted."""


def in_order(path: str, values: Iterable[Any]) -> list[Any]:
    """Values in the order in which they are offered."""
    order = _ORDER.get(path.rpartition(".")[2], ())
    return sorted(values, key=lambda v: (order.index(v) if v in order else len(order), str(v)))


def value_text(value: str) -> str:
    """The words for a value."""
    return names.localise(VALUES, value)


class FieldChoices:
    """What the institution has of each thing a field may name, for one act type and the party whose act it is."""

    def __init__(self, kind: ActType, now: Now, office: Office, actor: str, desk: bool) -> None:
        self.kind, self.now, self.office, self.actor, self.desk = kind, now, office, actor, desk

    @property
    def inst(self) -> Institution:
        """The institution as of now."""
        return self.now.inst

    def of(self, path: str) -> Iterator[tuple[str, str]]:
        """(value, words) of what may be named in that field."""
        if stated := self.kind.sheet.choices.get(path):
            return iter([(v, value_text(v)) for v in stated])
        found = self._sources().get(path)
        return found() if found is not None else iter(())

    def closed(self, path: str) -> bool:
        """Whether only what is listed can be named: a matter or an officer that exists, not one about to be made."""
        made = _MADE.get(self.kind.verb, frozenset())
        if path == "accused":
            return len(self.inst.units) <= MOST_LISTED
        return path in _NAMED - made or self.kind.sheet.picks.get(path) in _CLOSED

    def _sources(self) -> dict[str, Callable[[], Iterator[tuple[str, str]]]]:
        sources: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
            "vote": self._votes,
            "target": self._annexes,
            "renews": self._superseded,
            "matter": self._matters,
            "accused": self._members,
            "unit": self._units,
            "party": self._units,
            "holder": self._holders,
            "officer": self._officers,
            "application": lambda: self._sealed("membership.apply/1"),
            "of": lambda: self._sealed(kind_named(self.kind)),
            "course": lambda: consented_petitions(self.inst, self.office.store) if self.desk else iter(()),
            "answers": lambda: self._sealed("interpretation.ask/1"),
            "articles": lambda: articles(self.inst),
            "entry": lambda: correctable(self.now, self.kind, self.actor, MOST_LISTED),
            "replaces": lambda: bulletins_in_force(self.inst, self.office.store, self.kind.public, self.desk),
        }
        if self.kind.verb != "initiate":  # which makes what it names
            sources |= {"proposal": self._proposals, "annex": self._annexes}
        picks = self._picks()
        return sources | {path: picks[pick_] for path, pick_ in self.kind.sheet.picks.items()}

    def _picks(self) -> dict[Pick, Callable[[], Iterator[tuple[str, str]]]]:
        return {
            Pick.OWN_KEYS: lambda: self._keys(lambda holder: holder == self.actor),
            Pick.OFFICE_KEYS: lambda: self._keys(lambda holder: not holder.startswith("u:")),
            Pick.WAITING_KEYS: self._waiting,
            Pick.UNCOMPARED_KEYS: lambda: ((k, uncompared(self.inst, k)) for k in sorted(self.inst.uncompared)),
            Pick.DISAVOWABLE: self._from_paper,
            Pick.UNTOLD: self._not_told,
            Pick.UNCONFIRMED: self._not_confirmed,
            Pick.PAPER_BALLOTS: self._paper_ballots,
            Pick.APPLICANTS: lambda: applicants(self.inst, self.office.store) if self.desk else iter(()),
            Pick.CONCLUSIONS: lambda: conclusions_to_tell(self.office.store) if self.desk else iter(()),
            Pick.ENDING: lambda: ending_decisions(self.now, self.office.store) if self.desk else iter(()),
            Pick.FORBIDDEN: forbidden,
            Pick.ORDERS: lambda: (
                (o.id, f"{o.source} · {names.matter_number(o.id)}") for o in self.inst.orders.values() if o.types
            ),
            Pick.SETTABLE: lambda: settable(self.inst),
            Pick.CHOOSABLE: choosable,
            Pick.INTERPRETATIONS: self._interpretations,
        }

    def _votes(self) -> Iterator[tuple[str, str]]:
        """Those that are open; one that is closed can be named by a link alone."""
        for vote in self.inst.votes.values():
            if not vote.outcome:
                yield vote.id, self._title(vote.id)

    def _title(self, matter: str) -> str:
        return pick(*matter_title(self.inst, matter))

    def _called(self, party: str) -> str:
        by_name = self.desk or self.actor.startswith(OFFICER)
        return called(self.inst, party) if by_name else names.party_name(self.inst, party)

    def _matters(self) -> Iterator[tuple[str, str]]:
        """What a vote can be opened on; what is voted on now, to state its turnout or to close it."""
        if self.kind.type != "vote.open/1":
            yield from self._votes()
            return
        for id in votable(self.inst):
            yield id, self._title(id)

    def _proposals(self) -> Iterator[tuple[str, str]]:
        for proposal in self.inst.proposals.values():
            by, stage = names.party_name(self.inst, proposal.by), stage_of(self.inst, proposal, self.now.day)
            if stage == "collecting" or self.kind.verb not in {"support", "file"}:
                yield proposal.id, f"{self._title(proposal.id)} · {by} · {names.proposal_stage(stage, proposal.by)}"

    def _superseded(self) -> Iterator[tuple[str, str]]:
        """What may be put to the vote again."""
        for proposal in self.inst.proposals.values():
            if stage_of(self.inst, proposal, self.now.day) == "superseded" and not proposal.renewed:
                yield proposal.id, f"{self._title(proposal.id)} · {names.party_name(self.inst, proposal.by)}"

    def _annexes(self) -> Iterator[tuple[str, str]]:
        for annex in self.inst.annexes.values():
            yield annex.id, f"{annex.title} · {names.localise(names.STAGES, annex_stage(self.inst, annex))}"

    def _units(self) -> Iterator[tuple[str, str]]:
        if len(self.inst.units) <= MOST_LISTED:
            yield from ((u.id, u.name) for u in self.inst.units.values())

    def _members(self) -> Iterator[tuple[str, str]]:
        """Whoever can be accused, by name: members, but not oneself."""
        if len(self.inst.units) <= MOST_LISTED:
            members = (u for u in self.inst.units.values() if u.id in self.inst.members and u.id != self.actor)
            yield from ((u.id, u.name) for u in members)

    def _holders(self) -> Iterator[tuple[str, str]]:
        yield from self._units()
        yield from self._officers()
        yield AUTHORITY, names.party_name(self.inst, AUTHORITY)

    def _interpretations(self) -> Iterator[tuple[str, str]]:
        for one in self.inst.interpretations:
            if one.stage == "issued":
                yield str(one.number), pick(f"第 {one.number} 号", f"No. {one.number}") + f" {spoken_day(one.day)}"

    def _papers(self, wanted: Callable[[int, OnPaper], bool], whose: bool = False) -> Iterator[tuple[str, str]]:
        """What officers recorded from paper in another's name, the latest first; `whose`: with that name."""
        for index in sorted(self.inst.papers, reverse=True):
            paper = self.inst.papers[index]
            if wanted(index, paper):
                holder = f"{names.party_name(self.inst, paper.holder)} · " if whose else ""
                yield str(index), f"#{index} {holder}{names.act_name(paper.type)} {spoken_day(day_of(paper.recorded))}"

    def _from_paper(self) -> Iterator[tuple[str, str]]:
        """What was recorded from paper in its name, and it may still disavow."""
        time, actor = self.now.time, self.actor
        yield from self._papers(
            lambda n, p: p.holder == actor and may_still_be_disavowed(self.inst, n, time) is not None
        )

    def _not_told(self) -> Iterator[tuple[str, str]]:
        """Of what nobody was told yet."""
        yield from self._papers(lambda n, p: not p.told and n not in self.inst.disavowed, whose=True)

    def _not_confirmed(self) -> Iterator[tuple[str, str]]:
        """What was recorded in its name, and it did not confirm yet."""
        gone = self.inst.disavowed
        yield from self._papers(lambda n, p: p.holder == self.actor and not p.received and n not in gone)

    def _officers(self) -> Iterator[tuple[str, str]]:
        for officer in self.inst.officers.values():
            held = pick("、", ", ").join(names.office_name(o) for o in sorted(officer.held(self.now.day)))
            yield officer.id, f"{self._called(officer.id)} · {held or pick('已不在任', 'not in office')}"

    def _keys(self, whose: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        for id, key in self.inst.keys.items():
            if key.until is None and whose(key.holder):
                yield id, f"{self._called(key.holder)} · {key_words(id, key)}"

    def _waiting(self) -> Iterator[tuple[str, str]]:
        """Passkeys made on the pages that no act has registered yet."""
        if not self.desk:
            return
        from gongyue.web.acting.models import Passkey  # letters use this module without Django's tables

        whose = {} if self.actor == EXECUTIVE else {"holder": self.actor}
        for made in Passkey.objects.filter(**whose).order_by("-pk")[:MOST_LISTED]:
            if made.key not in self.inst.keys:
                yield made.key, f"{self._called(made.holder)} · {made.name}"

    def _sealed(self, type: str) -> Iterator[tuple[str, str]]:
        if not self.desk:
            return  # what is sealed is shown to the office alone
        if type == "membership.apply/1":
            yield from waiting_applications(self.inst, self.office.store)
            return
        if type == ASK:
            yield from waiting_questions(self.inst, self.office.store)
            return
        for one in openings.of_types(self.office.store, type):
            entry = one.entry
            about = one.body.get("name") or names.party_name(self.inst, entry.act.actor)
            yield one.name, f"{about} · {spoken_day(day_of(entry.rx.t))}"

    def _paper_ballots(self) -> Iterator[tuple[str, str]]:
        """Ballots recorded from paper in votes that are not closed: the desk sees all, a unit its own."""
        for one in openings.found_by(self.office.store, PAPER):
            entry = one.entry
            if entry.act.type != "vote.ballot/1" or entry.act.paper is None:
                continue
            vote = one.body["vote"]
            if not self.inst.votes[vote].outcome and (self.desk or entry.act.actor == self.actor):
                unit = names.party_name(self.inst, entry.act.actor)
                number = entry.act.paper.number or pick("无文号", "no number")
                yield one.name, f"{unit} · {self._title(vote)} · {number} · {spoken_day(day_of(entry.rx.t))}"


def uncompared(inst: Institution, key: str) -> str:
    """Whose key it is, and the words to compare with those on the stamped form."""
    words = " ".join(digest_words(f"sha256:{key[-64:]}", pick("zh", "en")))
    return f"{names.party_name(inst, inst.keys[key].holder)} · {words}"


def kind_named(kind: ActType) -> str:
    """The act type of the sealed act that a field `of` names: what the act answers in its dossier."""
    return kind.answers[0] if kind.sealed and kind.answers else "membership.apply/1"


def votable(inst: Institution) -> Iterator[str]:
    """The matters on which a vote can be opened."""
    for proposal in inst.proposals.values():
        if proposal.stage == "proposed" and proposal.id not in inst.votes:
            yield proposal.id
    for annex in inst.annexes.values():
        if annex.stage == "consultation" and annex.id not in inst.votes:
            yield annex.id


_NAMED = frozenset(
    {"vote", "target", "renews", "replaces", "matter", "sets.name", "proposal", "annex", "articles", "officer", "entry"}
)
_MADE = {"initiate": frozenset({"proposal", "annex"}), "appoint": frozenset({"officer"})}
_CLOSED = frozenset(
    {Pick.ORDERS, Pick.FORBIDDEN, Pick.INTERPRETATIONS, Pick.DISAVOWABLE, Pick.UNTOLD, Pick.UNCONFIRMED}
) | {Pick.APPLICANTS, Pick.CONCLUSIONS, Pick.ENDING}
"""Of what only what is listed can be named."""
