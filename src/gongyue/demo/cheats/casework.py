"""A case as an office handles it that holds all keys but the members': whoever is accused is served, and answers, on paper.

The entries are what an office would record; a party is handed what opens its dossier, and holds it against the books.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongyue.book.entry import decode
from gongyue.book.heads import sign_head
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.covenant.sanctions import sanctions_in
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forger import PACK, Forger
from gongyue.demo.cheats.lists import anchor
from gongyue.demo.simulated_office import commitment_to
from gongyue.governance.acts import On, Place
from gongyue.governance.dossier import NOTHING_YET
from gongyue.governance.office import earliest
from gongyue.governance.sanction import FACTORS
from gongyue.office.evidence_pack import Contents, assemble
from gongyue.office.vault.cipher import Content
from gongyue.transparency import canonical

SECRETARY, CLERK, CASEWORKER, HU = "o:qin", "o:bai", "o:xu", "o:hu"
PANEL = ("o:mo", "o:ge", HU)
TWO = (SECRETARY, CLERK)
NOTICE, EVIDENCE, REASONS = (commitment_to(f"案件 {name}") for name in ("告知书", "证据", "理由"))
_DELAY = 9


class Casework:
    """A desk with a caseworker and a third panellist, and one dossier in which it does what it likes."""

    def __init__(self, desk: Desk) -> None:
        self.forger: Forger = desk.keeping(desk.size)
        inst = self.forger.inst
        if (
            not inst.in_force
            or inst.meaning.clause("investigation") is None
            or inst.meaning.clause("report.file") is None
        ):
            raise NoScene("本公约没有检举与调查", "this covenant has no reports and investigations")
        self.members = sorted(inst.members)
        self.accused, self.reporter = self.members[1], self.members[0]
        self.chain: list[tuple[str, str]] = []
        """Of each entry its digest and its commitment, by place."""
        self.types: list[str] = []
        self.dossier = ""
        self.proposed = ""
        """The reasons of what was proposed last."""
        self.wait(1)
        for officer, office in ((CASEWORKER, "caseworker"), (HU, "panellist")):
            if officer not in inst.officers:
                self._appoint(officer, office)
        self.wait(_DELAY)

    def _appoint(self, officer: str, office: str) -> None:
        body = {
            "officer": officer,
            "offices": [office],
            "begins": iso(earliest(self.forger.inst, self.forger.now)),
            "ends": "2028-12-31",
        }
        self.forger.executive("office.appoint/1", body | {"interests": commitment_to(officer)}, *TWO)
        key = {"holder": officer, "key": self.forger.new_key(officer), "alg": "ed25519"}
        self.forger.executive("key.register/1", key, *TWO)

    def wait(self, days: int) -> None:
        """Let days pass, each with its anchor."""
        for _ in range(days):
            anchor(self.forger.later(days=1))

    # -- what stands in the dossier

    @property
    def last(self) -> On:
        """The last entry."""
        return self.on(len(self.chain))

    def on(self, n: int) -> On:
        """The entry at a place, as whoever acts has seen it."""
        return On(self.chain[n - 1][0], self.dossier, n)

    def begin(self, type: str, actor: str, body: Mapping[str, Any], *signers: str, **other: Any) -> None:
        """Open the dossier."""
        commitment = self.forger.seal(type, actor, body, signers, **other)
        entry = self._kept(commitment)
        self.dossier = str(decode(entry).entry.rx.dossier)

    def add(
        self,
        type: str,
        body: Mapping[str, Any],
        *signers: str,
        actor: str = EXECUTIVE,
        paper: Mapping[str, str] | None = None,
        to: int = 0,
        n: int = 0,
    ) -> None:
        """One more entry; in answer to the one at place `to`; at another place than the next where `n` says so."""
        at = n or len(self.chain) + 1
        place = Place(self.dossier, at, self.chain[at - 2][0] if at > 1 else NOTHING_YET)
        answered = self.chain[to - 1][0] if to else None
        self._kept(self.forger.seal(type, actor, body, signers, paper, self.on(at - 1), answered, place))

    def _kept(self, commitment: str) -> bytes:
        entry = self.forger.ledger.kept[commitment][1]
        self.chain.append((canonical.digest(entry), commitment))
        self.types.append(decode(entry).entry.act.type)
        return entry

    # -- what is done in a case

    def open_case(self, **other: Any) -> None:
        """A case against the accused, from nothing."""
        inst = self.forger.inst
        since = max(inst.founding.published_day or 0, inst.members[self.accused])
        body: dict[str, Any] = {
            "accused": self.accused,
            "articles": ["8"],
            "begins": iso(since),
            "ends": self.forger.day(-1),
            "caseworker": {"officer": CASEWORKER, "interests": []},
            "panel": [{"officer": one, "interests": []} for one in PANEL],
            "link": commitment_to("link"),
        }
        self.begin("case.open/1", EXECUTIVE, body | other, CASEWORKER, SECRETARY)

    def serve(self, what: str, *docs: str) -> int:
        """Serve documents; the place of the entry."""
        self.add("dossier.serve/1", {"what": what, "docs": list(docs)}, CASEWORKER)
        return len(self.chain)

    def receive(self, to: int, *docs: str, dated: str = "", signers: Sequence[str] = TWO) -> None:
        """Record from the carrier's paper that the accused received it."""
        self.add(
            "dossier.receive/1",
            {"docs": list(docs)},
            *signers,
            actor=self.accused,
            paper=self.paper("EMS", dated),
            to=to,
        )

    def paper(self, number: str, dated: str = "") -> dict[str, str]:
        """A paper of today, or dated otherwise."""
        today = self.forger.day()
        scan = commitment_to(f"scan {number} {dated or today}")
        return {"scan": scan, "number": number, "dated": dated or today, "arrived": today}

    def served_and_told(self) -> None:
        """Notice and evidence are served, received by paper, and the accused is told of that."""
        for what, doc in (("notice", NOTICE), ("evidence", EVIDENCE)):
            self.receive(self.serve(what, doc), doc)
        self.serve("recorded", commitment_to("告知信"))

    def replied(self, heard: bool = True) -> None:
        """Its letter says that it has replied in full; it is told that this was recorded, and could have denied it."""
        self.add(
            "dossier.note/1",
            {"docs": [commitment_to("答复")], "complete": True},
            *TWO,
            actor=self.accused,
            paper=self.paper("答复函"),
        )
        if heard:
            self.serve("recorded", commitment_to("告知答复已记录"))
            self.wait(_DELAY)

    def conclude(self, *signers: str, adverse: bool = True, **finding: Any) -> None:
        """The panel concludes that article 8 was breached."""
        found = {"article": "8", "clause": "users.rights", "established": True, "evidence": [EVIDENCE], "signed": None}
        body = {"findings": [found | finding], "adverse": adverse, "reasons": REASONS}
        self.add("case.conclude/1", body, *(signers or PANEL[:2]))

    # -- what follows a conclusion

    def kind(self, heaviest: bool) -> str:
        """The words of the lightest kind of sanction, or of the heaviest; NoScene where the text lists none."""
        kinds = sanctions_in(self.forger.inst.meaning.edition)
        if not kinds:
            raise NoScene("本公约没有处理的种类", "this covenant lists no sanctions")
        return kinds[-1 if heaviest else 0].words

    def found_against(self, adverse: bool = True) -> None:
        """A case, heard and concluded as it should be."""
        self.open_case()
        self.served_and_told()
        self.replied()
        self.conclude(adverse=adverse)

    def propose(self, kind: str) -> None:
        """The panel proposes a sanction."""
        self.proposed = commitment_to(f"案件 拟处理理由 {len(self.chain)}")
        self.add("case.propose/1", {"kind": kind, "reasons": self.proposed}, *PANEL[:2])

    def offered(self, heaviest: bool) -> None:
        """A proposal is made, served and received; the party is told, lets its time pass, and says nothing."""
        self.propose(self.kind(heaviest))
        self.receive(self.serve("proposal", self.proposed), self.proposed)
        self.serve("recorded", commitment_to("告知拟处理已记录"))

    def decide(self, kind: str, lighter: bool = True) -> list[str]:
        """The panel decides; the paragraphs of its decision."""
        factors = {name: commitment_to(f"案件 {name}") for name in FACTORS}
        why = commitment_to("案件 较轻者不足") if lighter else None
        self.add("case.decide/1", {**factors, "kind": kind, "lighter": why}, *PANEL[:2])
        return [*factors.values(), *([why] if why else [])]

    # -- what the party is handed

    def done(self, without: int = 0, before: bytes = b"") -> Forger:
        """The forger, once all is anchored, with what the party is handed; an entry left out where `without` names its place."""
        self.wait(1)
        rows = [self.forger.ledger.line(c) for n, (_, c) in enumerate(self.chain, 1) if n != without]
        self.forger.handed = b"".join(rows) + before
        return self.forger

    def done_with_pack(self, contents: Mapping[str, tuple[str, bytes, bytes]]) -> Forger:
        """The same with the evidence pack that the party is handed: by commitment a document's name, content and salt."""
        forger = self.done()
        entries = [(forger.ledger.places[c], forger.ledger.kept[c][1]) for _, c in self.chain]

        def document(c: str) -> tuple[Content, bytes] | None:
            name, data, salt = contents.get(c, ("", b"", b""))
            return (Content(name, "text", data), salt) if name else None

        def packs(out: Path) -> None:
            vkey, lines = forger.keys.open.verifier.vkey, forger.handed
            size = len(forger.ledger.leaves)
            assemble(
                out / PACK, Contents(forger.inst, self.dossier, self.accused, entries, lines, vkey, out, size), document
            )

        forger.packs = packs
        return forger

    def head(self, n: int, time: int) -> bytes:
        """The line of a head that the office signed when the dossier had n entries."""
        note = sign_head([self.forger.keys.sealed], self.dossier, n, self.chain[n - 1][0], time)
        return canonical.encode({"head": note.decode()}) + b"\n"
