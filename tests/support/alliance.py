"""A driver for tests: an alliance in any named situation, told on the demonstration's stage.

    world = Alliance().in_force()          # 37 members
    with world.refused("GY-22-01", count=3, roll=37, enough=4):
        world.file()

The cast: 甲 signed first, 乙 joined last, 丙 joined and left again, and an outsider that was invited and never came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import wraps
from typing import Any

import msgspec

from gongyue.book.receipts import Receipt
from gongyue.covenant import edition_json as editions
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import (
    ORIGIN,
    SimulatedOffice,
    beijing,
    commitment_to,
    json_object,
    paper,
    public_of,
    text_object,
)
from gongyue.governance.institution import Institution
from gongyue.governance.office import earliest
from gongyue.governance.poll import Vote
from gongyue.office import routine_acts
from gongyue.office.objects import text_of_proposal
from gongyue.office.store import OPEN, Store, open_store
from gongyue.transparency import canonical
from support.anchoring import anchor
from support.editions import change_of, edition, edition_of
from support.sealed import commitment_in, now_reads
from support.told import Told

SECRETARY, CLERK, PUBLISHER, CASEWORKER, SYSOP = "o:qin", "o:bai", "o:lu", "o:xu", "o:ding"
PANEL = ("o:mo", "o:ge")
FORMER = "o:shi"
"""An officer whose term as secretary, clerk, publisher and panellist ended before the covenant was in force."""
TWO = (SECRETARY, CLERK)
SIX_MONTHS = "2026-12-31"

FIRST, OUTSIDER = "u:0001", "u:0099"
"""甲 and the outsider."""
EVIDENCE, EVIDENCE_BYTES = text_object("网页快照（演示）")
BASIS, BASIS_BYTES = text_object("审批依据（演示）")
REASONS, REASONS_BYTES = text_object("理由（演示）")
PLACES = [{"url": "https://alliance.example/covenant", "evidence": EVIDENCE}]
NOBODY = "sha256:" + "ab" * 32
"""A digest of nothing."""
ANOTHER, ANOTHER_BYTES = text_object("另一文本（演示）")
"""The digest of an object that is there and is not the one that is meant."""


def unit_id(number: int) -> str:
    """The id of the number-th unit of the story, from 1."""
    return f"u:{number:04d}"


def entry_of(number: int) -> dict[str, str]:
    """The unit as rolls and the freezing act name it."""
    return {"id": unit_id(number), "name": f"单位{number}", "code": fictional_code(number)}


def edition_object(value: Edition) -> tuple[str, bytes]:
    """The edition as an object."""
    return json_object(editions.to_data(value))


def three_quarters(base: str) -> Change:
    """The amendment that raises two thirds to three quarters, against the edition with digest `base`."""
    return change_of(base, TextEdit("22", "三分之二", "四分之三"))


def wording(
    base: str, old: str = "积极推进行业自律", new: str = "大力推进行业自律", text: Edition | None = None
) -> Change:
    """An amendment of words alone, in article 4."""
    return change_of(base, TextEdit("4", old, new), text=text)


_told: dict[object, Told] = {}
MOST_TOLD = 96
"""Situations kept in a process, of some 300 kB each: those that were asked for last."""
telling: list[str] = []
"""The situations that are being told for the first time just now, each for the one before it."""


def _told_once(situation: Callable[..., Alliance]) -> Callable[..., Alliance]:
    """A situation into which an alliance is brought that was founded, or brought into another, and did nothing since.

    It is told once, and taken up from there.
    """

    @wraps(situation)
    def bring(world: Alliance, *words: Any, **other: Any) -> Alliance:
        stage = world.stage
        if world.plot is None or (stage.inst, stage._drawn) != world.last:  # what is sealed draws a salt
            return situation(world, *words, **other)
        key = (type(world), situation.__name__, world.plot, world.edition, stage.now, stage._drawn, words, repr(other))
        told = _told.pop(key, None)
        if told is not None:
            stage.office.store.close()
            world.stage = told.again()
        else:
            telling.append(situation.__name__)
            situation(world, *words, **other)
            telling.pop()
            told = Told.of(world.stage)  # another stage than at first, where one situation rests on one that was told
        _told[key] = told
        if len(_told) > MOST_TOLD:
            del _told[next(iter(_told))]
        world.plot, world.last = key, (world.inst, world.stage._drawn)
        return world

    return bring


class Alliance:
    """An alliance; the verbs bring it into a situation, step by step, and return it."""

    def __init__(
        self,
        members: int = 37,
        initiators: int = 5,
        text: Edition | None = None,
        store: Store | None = None,
        **genesis: Any,
    ) -> None:
        self.members, self.initiators = members, initiators
        self.text = text or edition()
        self.edition, self.edition_bytes = edition_object(self.text)
        self.plot: object = None if store else (members, initiators, self.edition, repr(sorted(genesis.items())))
        """What its story follows from, as far as `last`; None where it is told in a store of the test's own."""
        self.numbers = {"proposals": 0, "annexes": 0}
        self.stage = SimulatedOffice(store or open_store(":memory:", create=True))
        self.stage.at("2026-01-05 09:00")
        self._found(genesis)
        self.last = self.inst, self.stage._drawn

    def again(self, told: Told) -> Alliance:
        """Another one that goes on by itself from where this one was told; what is told of it is not kept."""
        other = copy(self)
        other.stage, other.plot, other.numbers = told.again(), None, dict(self.numbers)
        other.last = other.inst, other.stage._drawn
        return other

    # -- looking

    @property
    def inst(self) -> Institution:
        """The institution now."""
        return self.stage.inst

    @property
    def roll(self) -> list[str]:
        """The units that are or become members, in order."""
        return [unit_id(n) for n in range(1, self.members + 1)]

    @property
    def later(self) -> str:
        """乙: the member that joined last."""
        return unit_id(self.members)

    @property
    def left(self) -> str:
        """丙: a unit that joined and left again."""
        return unit_id(self.members + 1)

    def vote(self, matter: str = "p:1") -> Vote:
        """The vote on a matter."""
        return self.inst.votes[matter]

    def sizes(self) -> tuple[int, int]:
        """How many leaves the open book has, and how many acts have arrived under seal."""
        head = self.stage.office.store.head(OPEN)
        return head.size if head else 0, self.stage.office.store.arrivals()

    # -- refusals

    @contextmanager
    def refused(
        self, expected: str, /, enough: Any = ..., article: int | None = None, **figures: Any
    ) -> Iterator[None]:
        """What is done inside is refused with that code and those figures, and leaves nothing behind."""
        before, inst = self.sizes(), self.inst
        refusal: dict[str, Any] = {}
        try:
            yield
        except Refused as error:
            refusal = error.refusal
        assert refusal, f"not refused: {expected} expected"
        assert refusal["code"] == expected, refusal
        assert {k: refusal["figures"].get(k) for k in figures} == figures, refusal
        assert enough is ... or refusal["enough"] == enough, refusal
        assert article is None or refusal["article"] == article, refusal
        assert refusal["layer"] in ("T", "P", "L")
        text = inst.meaning.edition or inst.founding.draft
        assert refusal["at"] == (text.address(refusal["article"]) if text else ""), refusal
        for text in (refusal["zh"], refusal["en"]):
            assert text and "{" not in text, text
        self._unchanged(before, inst)

    @contextmanager
    def out_of_turn(self, reason: str, /, **figures: Any) -> Iterator[dict[str, Any]]:
        """What is done inside cannot be done now, for that reason, and leaves nothing behind."""
        before, inst = self.sizes(), self.inst
        told: dict[str, Any] = {}
        try:
            yield told
        except OutOfTurn as error:
            told |= error.refusal
        assert told, f"not out of turn: {reason} expected"
        assert told["code"] == f"out-of-turn/{reason}", told
        assert {k: told["figures"].get(k) for k in figures} == figures, told
        for text in (told["zh"], told["en"]):
            assert text and "{" not in text, text
        self._unchanged(before, inst)

    def _unchanged(self, before: tuple[int, int], inst: Institution) -> None:
        assert self.sizes() == before, "something was recorded"
        assert self.inst == inst, "the institution changed"

    # -- doing

    def at(self, text: str) -> Alliance:
        """Set the clock to "YYYY-MM-DD HH:MM", or to 09:00 of a day."""
        self.stage.at(text if " " in text else f"{text} 09:00")
        return self

    @_told_once
    def on(self, day: str) -> Alliance:
        """Go to 09:00 of a day, unless it is past."""
        self.stage.now = max(self.stage.now, beijing(f"{day} 09:00"))
        return self

    def executive(
        self,
        type: str,
        body: Mapping[str, Any],
        signers: Sequence[str] = TWO,
        *objects: bytes,
        paper: Mapping[str, str] | None = None,
    ) -> Receipt:
        """An act of the executive body."""
        return self.stage.executive(type, body, signers, objects, paper)

    def unit(self, type: str, unit: str, body: Mapping[str, Any] | None = None, *objects: bytes) -> Receipt:
        """An act of a unit, signed with its own key."""
        return self.stage.unit(type, unit, body, objects)

    def on_paper(
        self, type: str, unit: str, body: Mapping[str, Any], dated: str, arrived: str, signers: Sequence[str] = TWO
    ) -> Receipt:
        """A unit's act recorded from paper by two officers."""
        return self.stage.do(type, unit, body, signers, paper=paper(f"{type} {unit}", dated, arrived))

    def _today(self) -> str:
        return iso(day_of(self.stage.now))

    def _found(self, genesis: Mapping[str, Any]) -> None:
        keys = self.stage.office.keys

        def officer(id: str, office: str) -> dict[str, Any]:
            return {
                "id": id,
                "key": public_of(id),
                "offices": [office],
                "begins": "2026-01-01",
                "ends": "2028-12-31",
            }

        body: dict[str, Any] = {
            "executive": "示范联盟（演示）",
            "open_vkey": keys.open.verifier.vkey,
            "sealed_vkey": keys.sealed.verifier.vkey,
            "system_key": keys.system_id,
            "algorithms": ["ed25519", "webauthn"],
            "origins": ["https://gongyue.example"],
            "officers": [officer(SECRETARY, "secretary"), officer(CLERK, "clerk")],
            "strength": "A1",
            "slot_seconds": 86_400,
            "quantum": 16,
            "recovery_days": 7,
            "demo": True,
        }
        self.executive("book.genesis/1", body | genesis)

    def appoint(self, officer: str, *offices: str, begins: str = "", ends: str = "2028-12-31") -> Alliance:
        """Appoint a person to offices and register its key; it serves from the first day it can, or from `begins`."""
        first = begins or iso(earliest(self.inst, self.stage.now))
        body = {"officer": officer, "offices": list(offices), "begins": first, "ends": ends}
        self.executive("office.appoint/1", body | {"interests": commitment_to(officer)})
        if not self.inst.keys_of(officer):
            self.executive("key.register/1", {"holder": officer, "key": public_of(officer), "alg": "ed25519"})
        return self

    def staffed(self) -> Alliance:
        """The officers are appointed; one of them for a term that soon ends."""
        self.appoint(PUBLISHER, "publisher").appoint(CASEWORKER, "caseworker").appoint(SYSOP, "sysop")
        for person in PANEL:
            self.appoint(person, "panellist")
        return self.appoint(FORMER, "secretary", "clerk", "publisher", "panellist", ends="2026-02-28")

    def add_key(self, unit: str, name: str) -> Receipt:
        """A unit adds a key, signing with the one it has."""
        return self.unit("key.add/1", unit, {"key": public_of(name), "alg": "ed25519"})

    def register(self, unit: str, key_of: str = "") -> Receipt:
        """Two officers register a unit's key from its paper."""
        today = self._today()
        body = {"holder": unit, "key": public_of(key_of or unit), "alg": "ed25519"}
        return self.executive("key.register/1", body, paper=paper(f"key {unit}", today, today))

    def invite(self, *numbers: int, alliance: bool = True, standing: str = "invited") -> Receipt:
        """Invite units by number."""
        roll, data = json_object({"v": "gongyue/roll@1", "units": [entry_of(n) for n in numbers]})
        body = {"roll": roll, "alliance": alliance, "standing": standing}
        return self.executive("membership.invite/1", body, [CLERK], data)

    def import_text(self, text: Edition | None = None) -> Receipt:
        """Import a text as the draft."""
        if text is not None:
            self.text = text
            self.edition, self.edition_bytes = edition_object(text)
        return self.executive("founding.import/1", {"edition": self.edition}, TWO, self.edition_bytes)

    def designate(self) -> Receipt:
        """Designate the approving authority."""
        body = {"approver": {"name": "示范主管部门", "basis": BASIS}}
        return self.executive("founding.designate/1", body, TWO, BASIS_BYTES)

    def freeze(self, *numbers: int) -> Receipt:
        """Freeze the draft with these initiators, by number."""
        named = [entry_of(n) for n in numbers or range(1, self.initiators + 1)]
        return self.executive("founding.freeze/1", {"edition": self.edition, "initiators": named})

    def sign(self, unit: str, capacity: str = "legal_representative", **attorney: str) -> Receipt:
        """An initiator signs; `document`, `begins`, `ends` are of a power of attorney."""
        body: dict[str, Any] = {"edition": self.edition, "capacity": capacity, "signatory": commitment_to(unit)}
        return self.unit("founding.sign/1", unit, body | ({"attorney": attorney} if attorney else {}))

    def submit(self) -> Receipt:
        """Submit the signed text."""
        return self.executive("founding.submit/1", {"edition": self.edition})

    def approve(
        self, outcome: str = "granted", dated: str = "2026-03-09", arrived: str = "", edition: str = ""
    ) -> Receipt:
        """Two officers record the authority's answer from its letter."""
        letter = paper("示主管函〔2026〕7号", dated, arrived or dated)
        body = {"outcome": outcome, "edition": edition or self.edition}
        return self.executive("founding.approval/1", body, TWO, ANOTHER_BYTES, paper=letter)

    def adopt(self, package: str = "gongyue/interpretations@3", **other: Any) -> Receipt:
        """Adopt the package of interpretations; names with dots are written with two underscores."""
        values = {name.replace("__", "."): value for name, value in other.items()}
        body = {"package": package, "other": values}
        return self.executive("interpretation.adopt/1", body, (SECRETARY, PANEL[0]))

    def publish(self, in_force: str = "", reasons: str | None = None) -> Receipt:
        """Publish the covenant, in force today unless said otherwise."""
        body = {"edition": self.edition, "in_force": in_force or self._today(), "places": PLACES, "reasons": reasons}
        return self.executive("founding.publish/1", body, (PUBLISHER, SECRETARY), EVIDENCE_BYTES, REASONS_BYTES)

    def enrol(
        self, unit: str, accepts: bool = True, activities: Sequence[str] = ("analysis",), other: str = ""
    ) -> Receipt:
        """A member of the alliance joins in the first batch."""
        return self.unit(
            "membership.enrol/1", unit, {"accepts": accepts, "activities": list(activities), "other": other}
        )

    def withdraw(self, unit: str, effective: str | None = None) -> Receipt:
        """A member leaves."""
        return self.unit("membership.withdraw/1", unit, {"effective": effective})

    def end(self, unit: str) -> Receipt:
        """A membership ends otherwise."""
        return self.executive("membership.end/1", {"unit": unit}, (PUBLISHER, SECRETARY))

    def anchor(self) -> int:
        """Anchor the slot by hand and state the turnout of open votes, without closing them; returns the slot."""
        office = self.stage.office
        slot = anchor(office)
        for vote in list(self.inst.votes.values()):
            if not vote.outcome:
                body, _ = routine_acts.statement(office, "vote.turnout/1", vote.id)
                office.handle(routine_acts.system_act(office, "vote.turnout/1", body))
        return slot

    def tick(self) -> list[Receipt]:
        """Do what is due."""
        return routine_acts.tick(self.stage.office)

    def next_day(self) -> Alliance:
        """Do what is due a day later."""
        self.stage.now += 86_400
        self.tick()
        return self

    # -- situations, each on top of the one before

    @_told_once
    def drafted(self) -> Alliance:
        """A text is imported, its approver designated; officers are appointed, units invited, keys registered."""
        self.staffed()
        self.import_text()
        self.designate()
        return self

    @_told_once
    def frozen(self) -> Alliance:
        """The text is frozen on 2026-01-12, its initiators have keys."""
        self.drafted().on("2026-01-12").freeze()
        for unit in self.roll[: self.initiators]:
            self.register(unit)
        return self

    @_told_once
    def signed(self, but: int = 0) -> Alliance:
        """All initiators have signed, but the last `but`."""
        self.frozen()
        for unit in self.roll[: self.initiators - but]:
            self.sign(unit)
        return self

    @_told_once
    def submitted(self) -> Alliance:
        """The text is with the authority."""
        self.signed().submit()
        return self

    @_told_once
    def effective(self) -> Alliance:
        """Approved by a letter of 2026-03-09, recorded the same day."""
        self.submitted().on("2026-03-09").approve()
        return self

    @_told_once
    def adopted(self, **other: Any) -> Alliance:
        """The package of interpretations is adopted."""
        self.effective().adopt(**other)
        return self

    @_told_once
    def published(self, **other: Any) -> Alliance:
        """In force from 2026-03-20, its initiators the only members; all others are invited and have keys."""
        self.adopted(**other).on("2026-03-20").publish()
        self.invite(*range(self.initiators + 1, self.members + 2))
        self.invite(99, alliance=False)
        for unit in [*self.roll[self.initiators :], self.left, OUTSIDER]:
            self.register(unit)
        return self

    @_told_once
    def in_force(self, **other: Any) -> Alliance:
        """The members have joined by 2026-04-02, 丙 has left again."""
        self.published(**other).on("2026-04-01")
        for unit in [*self.roll[self.initiators :], self.left]:
            self.enrol(unit)
        self.on("2026-04-02").withdraw(self.left)
        return self

    # -- amendments and annexes

    def initiate(
        self,
        change: Change | None = None,
        matter: str = "p:1",
        by: str = FIRST,
        signers: Sequence[str] = (),
        renews: str | None = None,
    ) -> Receipt:
        """Begin to collect support for a change (of words alone, unless said otherwise)."""
        assert self.inst.meaning.edition is not None
        change = change or wording(self.inst.meaning.edition_digest, text=self.inst.meaning.edition)
        try:
            result = amend(self.inst.meaning.edition, change)
        except NotApplicable:
            result = self.inst.meaning.edition
        changed, data = json_object(msgspec.to_builtins(change))
        digest, text = edition_object(result)
        body = {"proposal": matter, "change": changed, "edition": digest, "renews": renews}
        return self.stage.do("amendment.initiate/1", by, body, signers or [by], [data, text])

    def support(self, *units: str, matter: str = "p:1") -> Alliance:
        """Units add their names."""
        for unit in units:
            self.unit("amendment.support/1", unit, {"proposal": matter})
        return self

    def file(self, by: str = FIRST, matter: str = "p:1") -> Receipt:
        """File the proposal."""
        return self.unit("amendment.file/1", by, {"proposal": matter})

    def proposed(self, change: Change | None = None, matter: str = "p:1") -> Alliance:
        """A proposal with just enough supporters is filed."""
        self.initiate(change, matter)
        enough = -(-len(self.inst.members) // 10)
        self.support(*self.roll[1:enough], matter=matter).file(matter=matter)
        return self

    def open_vote(self, matter: str = "p:1") -> Alliance:
        """The vote on a matter is opened by the office key."""
        routine_acts.open_vote(self.stage.office, matter)
        return self

    def vote_open(self, change: Change | None = None, matter: str = "p:1") -> Alliance:
        """A proposal is filed and its vote opened."""
        return self.proposed(change, matter).open_vote(matter)

    def cast(self, choice: str, *units: str, matter: str = "p:1") -> Alliance:
        """Units vote."""
        for unit in units:
            self.unit("vote.ballot/1", unit, {"vote": matter, "choice": choice})
        return self

    def cast_by(self, consents: int, against: int = 0, abstain: int = 0, matter: str = "p:1") -> Alliance:
        """The first units of the roll consent, the next are against, the next abstain."""
        roll = self.roll
        self.cast("consent", *roll[:consents], matter=matter)
        self.cast("against", *roll[consents : consents + against], matter=matter)
        return self.cast("abstain", *roll[consents + against : consents + against + abstain], matter=matter)

    def after_window(self, matter: str = "p:1") -> Alliance:
        """Go to 09:00 of the day after the vote's last day, unless it is past."""
        self.stage.now = max(self.stage.now, self.vote(matter).closes + 9 * 3600)
        return self

    def close(self, matter: str = "p:1") -> Alliance:
        """Wait for the end of the window, anchor, close; some days longer where paper is waited for."""
        self.after_window(matter).tick()
        for _ in range(8):
            if not self.vote(matter).outcome:
                self.stage.now += 86_400
                self.tick()
        assert self.vote(matter).outcome, "not closed"
        return self

    def told(
        self, ballot: Receipt | bytes, matter: str = "p:1", day: str = "", signers: Sequence[str] = TWO
    ) -> Receipt:
        """Two officers record that its unit was told of a ballot on paper, by its receipt or what opens it."""
        body = {"vote": matter, "of": self.commitment(ballot), "way": "letter", "day": day or self._today()}
        return self.executive("vote.notify/1", body, signers)

    def tell(self, entry: Receipt | int, day: str = "", signers: Sequence[str] = TWO) -> Receipt:
        """Two officers record that whoever's it is was told of what was recorded from paper in its name."""
        index = entry if isinstance(entry, int) else entry.index
        assert index is not None
        return self.executive("key.notify/1", {"entry": index, "way": "letter", "day": day or self._today()}, signers)

    def report(self, matter: str = "p:1", edition: str = "") -> Receipt:
        """File an adopted amendment with the authority."""
        body = {"proposal": matter, "edition": edition or text_of_proposal(self.inst.proposals[matter])[0]}
        return self.executive("amendment.notify/1", body, paper=paper("report", self._today(), self._today()))

    def publish_amendment(self, matter: str = "p:1", edition: str = "", in_force: str = "") -> Receipt:
        """Publish an adopted amendment."""
        body = {
            "proposal": matter,
            "edition": edition or text_of_proposal(self.inst.proposals[matter])[0],
            "in_force": in_force or self._today(),
            "places": PLACES,
        }
        return self.executive("amendment.publish/1", body, (PUBLISHER, SECRETARY), EVIDENCE_BYTES)

    def amended(self, change: Change | None = None, matter: str = "p:1") -> Alliance:
        """A change is proposed, adopted by all, reported and published."""
        self.vote_open(change, matter).cast_by(len(self.roll), matter=matter).close(matter)
        self.report(matter)
        self.publish_amendment(matter)
        return self

    def initiate_annex(
        self,
        matter: str = "a:health",
        by: str = FIRST,
        text: str = "健康数据的使用须经用户书面授权。",
        scope: Sequence[str] = ("vertical",),
        kind: str = "new",
        target: str | None = None,
        signers: Sequence[str] = (),
    ) -> Receipt:
        """A member initiates an annex."""
        digest, data = json_object({"v": "gongyue/annex@1", "title": "健康数据自律协议", "text": text})
        body = {"annex": matter, "text": digest, "scope": list(scope), "kind": kind, "target": target}
        return self.stage.do("annex.initiate/1", by, body, signers or [by], [data])

    def publish_annex(self, matter: str = "a:health", text: str = "", in_force: str = "") -> Receipt:
        """Publish an annex."""
        body = {
            "annex": matter,
            "text": text or self.inst.annexes[matter].text,
            "in_force": in_force or self._today(),
            "places": PLACES,
        }
        return self.executive("annex.publish/1", body, (PUBLISHER, SECRETARY), EVIDENCE_BYTES)

    def annexed(self, matter: str = "a:health", **annex: Any) -> Alliance:
        """An annex is initiated, consented to by all and published."""
        self.initiate_annex(matter, **annex)
        self.open_vote(matter).cast_by(len(self.roll), matter=matter).close(matter)
        self.publish_annex(matter)
        return self

    # -- applications

    def apply(self, number: int, **other: Any) -> Receipt:
        """A practitioner applies to join with its own key; `other` replaces fields, `signer` and `actor` the rest."""
        code = other.get("code", fictional_code(number))
        actor = other.pop("actor", self.inst.by_code.get(code, f"u:{code.lower()}"))
        signer = other.pop("signer", actor)
        body = {
            "name": f"申请单位{number}",
            "code": code,
            "domestic": True,
            "accepts": True,
            "activities": ["vertical"],
            "other": "",
            "key": public_of(actor),
            "alg": "ed25519",
        }
        return self.stage.do("membership.apply/1", actor, body | other, [signer])

    def grant(self, applied: Receipt, signers: Sequence[str] = (SECRETARY,)) -> Receipt:
        """Grant an application, by its receipt, once it is anchored (on the next day where it is not yet)."""
        if applied.commitment in [one.commitment for one in self.stage.office.store.pending()]:
            self.stage.now += 86_400
            self.tick()
        return self.open_application(applied, signers)

    def compare(self, unit: str, signers: Sequence[str] = TWO) -> Receipt:
        """Two officers compare the key that the unit's application brought with its stamped form."""
        (key,) = self.inst.keys_of(unit)
        body = {"unit": unit, "key": key, "form": commitment_to(f"form {unit}")}
        return self.executive("membership.compare/1", body, signers)

    def open_application(self, applied: Receipt, signers: Sequence[str] = (SECRETARY,)) -> Receipt:
        """Grant an application without waiting."""
        line = now_reads(self.stage.office, applied)
        return self.executive("membership.grant/1", {"application": canonical.digest(line)}, signers, line)

    def commitment(self, sealed: Receipt | bytes) -> str:
        """The commitment of a sealed act, by its receipt or what opens it."""
        return commitment_in(sealed)

    def refusal(self, unit: str, of: str, ground: str = "practitioner") -> Receipt:
        """The secretary refuses what a unit is said to have applied for, by its commitment."""
        body = {"unit": unit, "of": of, "ground": ground, "reasons": REASONS}
        return self.executive("membership.refuse/1", body, [SECRETARY], REASONS_BYTES)

    def issue(
        self,
        name: str = "",
        value: int | str = 0,
        article: int = 17,
        effective: str = "",
        text: str | bytes = "",
        answers: str | None = None,
    ) -> Receipt:
        """Issue an interpretation, structured where it has a name."""
        data = text if isinstance(text, bytes) else text.encode() if text else REASONS_BYTES
        body = {
            "number": len(self.inst.interpretations) + 1,
            "kind": "value" if name else "prose",
            "article": article,
            "text": canonical.digest(data),
            "sets": {"name": name, "value": value} if name else None,
            "effective": effective or self._today(),
            "answers": answers,
        }
        return self.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), data)


__all__ = [
    "ANOTHER",
    "ANOTHER_BYTES",
    "BASIS",
    "CASEWORKER",
    "CLERK",
    "EVIDENCE",
    "EVIDENCE_BYTES",
    "FIRST",
    "FORMER",
    "NOBODY",
    "ORIGIN",
    "OUTSIDER",
    "PANEL",
    "PLACES",
    "PUBLISHER",
    "REASONS",
    "REASONS_BYTES",
    "SECRETARY",
    "SYSOP",
    "TWO",
    "Alliance",
    "beijing",
    "commitment_to",
    "edition",
    "edition_object",
    "edition_of",
    "entry_of",
    "json_object",
    "paper",
    "public_of",
    "text_object",
    "three_quarters",
    "unit_id",
    "wording",
]
