"""The demonstration goes on after its story: a driver over a house's own office, with a clock a test sets.

going = Going(house).at("2027-02-01 10:00")
going.proposes(); going.is_supported(); going.opens_the_vote()
"""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book.receipts import Receipt
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, TextEdit, amend
from gongyue.covenant.counting import enough_of
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.demo.simulated_office import (
    SimulatedOffice,
    beijing,
    commitment_to,
    json_object,
    paper,
    public_of,
    text_object,
)
from gongyue.demo.world import ORIGIN, world
from gongyue.governance.vote import opening_statement
from gongyue.office import routine_acts
from gongyue.transparency import canonical
from support.sealed import now_reads
from web.conftest import House

SECRETARY, CLERK = "o:qin", "o:bai"
PANEL = ["o:mo", "o:ge"]
PROPOSAL = "p:2027-01"
BEICHEN, YUNLING, QINGHE, YIWEI, TASHA = "u:0004", "u:0001", "u:0008", "u:0009", "u:0002"
NORTHLAKE, SHIBEI = world().named("northlake"), world().named("shibei")


class Going(SimulatedOffice):
    """The house's office on a stage: acts go through its one door, signed with the demonstration's keys."""

    def __init__(self, house: House) -> None:
        from gongyue.web import installation

        self.origin, self._drawn = ORIGIN, 1_000_000
        self._now = house.office.inst.now
        self.office = installation.open(house.directory / "office", lambda: self._now)
        self.receipts = []
        self.folder = house.directory / "office"

    def at(self, text: str) -> Going:
        """Set the clock."""
        self.now = beijing(text)
        return self

    def of(self, type: str, unit: str, **body: Any) -> Receipt:
        """An act of a unit, with the key it has now."""
        signer = f"{unit}#2" if unit == YIWEI else unit
        return self.do(type, unit, body, [signer])

    def on_paper(self, type: str, unit: str, **body: Any) -> Receipt:
        """An act of a unit that two officers record from its paper."""
        today = iso(day_of(self.now))
        return self.do(type, unit, body, [CLERK, SECRETARY], paper=paper(f"函 {type} {unit}", today, today))

    def tells(self, ballot: Receipt) -> Receipt:
        """Two officers record that its unit was told of a ballot on paper."""
        body = {"of": ballot.commitment, "way": "letter", "day": iso(day_of(self.now))}
        return self.executive("vote.notify/1", {"vote": PROPOSAL} | body, [SECRETARY, CLERK])

    def informs(self, entry: Receipt | int) -> Receipt:
        """Two officers record that whoever it names was told of an open act recorded from paper."""
        index = entry if isinstance(entry, int) else entry.index
        body = {"entry": index, "way": "letter", "day": iso(day_of(self.now))}
        return self.executive("key.notify/1", body, [SECRETARY, CLERK])

    def proposes(
        self, by: str = BEICHEN, matter: str = PROPOSAL, new: str = "大力推进行业自律", change: Change | None = None
    ) -> Going:
        """A member, or the executive body by its panel, proposes to change one word of article 4, or what is said."""
        edition, digest = self.inst.meaning.edition, self.inst.meaning.edition_digest
        assert edition is not None
        change = change or complete(edition, digest, (TextEdit("4", "积极推进行业自律", new),)).change
        result, text = json_object(to_data(amend(edition, change)))
        name, diff = json_object(msgspec.to_builtins(change))
        body = {"proposal": matter, "change": name, "edition": result}
        self.do("amendment.initiate/1", by, body, PANEL if by == EXECUTIVE else [by], [diff, text])
        return self

    def adopts(self) -> Going:
        """The proposal under a vote is adopted on 2027-03-05."""
        for unit in sorted(self.inst.votes[PROPOSAL].roll)[:30]:
            self.votes(unit, "consent")
        return self.at("2027-03-05 10:00").ticks()

    def reports_and_publishes(self) -> Going:
        """It is notified to the authority and published."""
        edition = self.inst.proposals[PROPOSAL].edition_digest
        body = {"proposal": PROPOSAL, "edition": edition}
        today = iso(day_of(self.now))
        self.executive("amendment.notify/1", body, [CLERK, SECRETARY], paper=paper("备案函", today, today))
        evidence = "网页快照".encode()
        places = [{"url": "https://alliance.example/2", "evidence": canonical.digest(evidence)}]
        body |= {"in_force": iso(day_of(self.now)), "places": places}
        self.executive("amendment.publish/1", body, ["o:lu", SECRETARY], [evidence])
        return self

    def consents(self, unit: str = YUNLING, words: str = "请反映。") -> str:
        """A petition that its unit consents to publish in these words, forwarded before and anchored now; its dossier."""
        receipt = self.of("petition.submit/1", unit, kind="demand", text=commitment_to("诉求"))
        dossier = f"d:{receipt.act.removeprefix('sha256:')}"
        answer = {"answer": "forwarded", "docs": [commitment_to("函")]}
        self.do("petition.answer/1", EXECUTIVE, answer, [SECRETARY], dossier=dossier)
        digest, data = text_object(words)
        self.do("petition.consent/1", unit, {"text": digest}, [unit], [data], dossier=dossier)
        self.now += 2 * DAY
        self.ticks()
        return dossier

    @property
    def needed(self) -> int:
        """How many supporters the proposal needs."""
        return enough_of(self.inst.meaning.share("amendment.proposal").size, len(self.inst.members))

    def is_supported(self, units: list[str] | None = None) -> Going:
        """Other members support the proposal, as many as are needed or those named; not the ones tests look at."""
        seen = {BEICHEN, YUNLING, QINGHE, YIWEI}
        others = [u for u in sorted(self.inst.members) if u not in seen][: self.needed - 1]
        for unit in others if units is None else units:
            self.of("amendment.support/1", unit, proposal=PROPOSAL)
        return self

    def is_filed(self, by: str = BEICHEN) -> Going:
        """The proposal is filed."""
        self.of("amendment.file/1", by, proposal=PROPOSAL)
        return self

    def opens_the_vote(self, matter: str = PROPOSAL) -> Going:
        """The secretary opens the vote."""
        stated = opening_statement(self.inst, matter, day_of(self.now))
        self.executive("vote.open/1", {"matter": matter, **stated}, [SECRETARY])
        return self

    def is_under_vote(self) -> Going:
        """A vote is open, since 2027-02-02 10:00."""
        self.at("2027-02-01 10:00").proposes().is_supported().is_filed()
        return self.at("2027-02-02 10:00").opens_the_vote()

    def votes(self, unit: str, choice: str, matter: str = PROPOSAL) -> Receipt:
        """A ballot with the unit's key."""
        return self.of("vote.ballot/1", unit, vote=matter, choice=choice)

    def ticks(self) -> Going:
        """The office does what is due."""
        routine_acts.tick(self.office)
        return self

    def applies(self, company: Any = NORTHLAKE) -> Receipt:
        """A practitioner applies."""
        body = {
            "name": company.zh,
            "code": company.code,
            "domestic": True,
            "accepts": True,
            "activities": list(company.activities),
            "other": "",
            "key": public_of(company.id),
            "alg": "ed25519",
        }
        return self.do("membership.apply/1", company.id, body, [company.id])

    def grants(self, application: Receipt) -> Receipt:
        """The secretary grants an application, after an anchor."""
        line = now_reads(self.office, application)
        return self.executive("membership.grant/1", {"application": canonical.digest(line)}, [SECRETARY], [line])

    def compares(self, unit: str) -> Receipt:
        """Two officers compare the key that the unit's application brought with its stamped form."""
        (key,) = self.inst.keys_of(unit).keys() & self.inst.uncompared.keys()
        body = {"unit": unit, "key": key, "form": commitment_to(f"form {unit}")}
        return self.executive("membership.compare/1", body, [SECRETARY, CLERK])

    def refuses(self, unit: str, application: Receipt, reasons: str = "未接受自律规则（演示）") -> Receipt:
        """The secretary refuses an application on a textual ground, with reasons."""
        digest, data = canonical.digest(reasons.encode()), reasons.encode()
        body = {"unit": unit, "of": application.commitment, "ground": "acceptance", "reasons": digest}
        return self.executive("membership.refuse/1", body, [SECRETARY], [data])
