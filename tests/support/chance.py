"""Random acts: bodies from the act types' own schemas, lawful and unlawful, by anybody, at any time."""

from __future__ import annotations

import base64
import random
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from gongyue.book.entry import SignedAct, draft
from gongyue.book.signing import sign
from gongyue.covenant import edition_json as editions
from gongyue.covenant.changes import amend
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.demo.simulated_office import ORIGIN, seed_of
from gongyue.governance.acts import ACT_TYPES, ActType, On, View
from gongyue.office.openings import of_types
from gongyue.transparency import canonical
from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    BASIS,
    BASIS_BYTES,
    CASEWORKER,
    CLERK,
    EVIDENCE,
    EVIDENCE_BYTES,
    FORMER,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    SYSOP,
    Alliance,
    json_object,
    paper,
    public_of,
    text_object,
    unit_id,
    wording,
)

OFFICERS = (SECRETARY, CLERK, PUBLISHER, CASEWORKER, FORMER, *PANEL, "o:new")
PUBLIC = {"https://a.example/x", "https://alliance.example/covenant"}


TYPES = [type for type in ACT_TYPES if type != "book.genesis/1"]
OFTEN = ("vote.", "amendment.", "annex.", "membership.")
RARELY = ("key.retire/1", "office.end/1", "law.order/1", "law.pack/1", "membership.end/1", "key.recover/1")
WEIGHTS = [1 if type in RARELY else 12 if type.startswith(OFTEN) else 4 for type in TYPES]


@cache
def _fields(body: type) -> inspect.Type:
    return inspect.type_info(body)


class Chance:
    """Random acts for one alliance from one seed; they go through the office like any other."""

    def __init__(self, world: Alliance, seed: int) -> None:
        self.world, self.random = world, random.Random(seed)
        roll, roll_bytes = json_object({"v": "gongyue/roll@1", "units": []})
        annex, annex_bytes = json_object({"v": "gongyue/annex@1", "title": "附件", "text": "须经用户书面授权。"})
        change, change_bytes = json_object(msgspec.to_builtins(wording(world.edition)))
        amended, amended_bytes = json_object(editions.to_data(amend(world.text, wording(world.edition))))
        calendar, calendar_bytes = json_object(
            {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-05-01"], "workdays": []}}}
        )
        line, line_bytes = text_object("not an opening\n")
        self.objects = {
            world.edition: world.edition_bytes,
            amended: amended_bytes,
            change: change_bytes,
            roll: roll_bytes,
            annex: annex_bytes,
            calendar: calendar_bytes,
            line: line_bytes,
            ANOTHER: ANOTHER_BYTES,
            BASIS: BASIS_BYTES,
            EVIDENCE: EVIDENCE_BYTES,
            REASONS: REASONS_BYTES,
        }
        self.encoded: dict[str, str] = {}
        self.dossiers: tuple[int, list[str]] = -1, []
        """Those of petitions and questions, when so many acts had arrived under seal."""
        self.fitting = {"edition": [world.edition, amended], "change": [change], "roll": [roll], "text": [annex],
                        "calendar": [calendar]}  # fmt: skip

    # -- values of a field, by its type and name

    def value(self, kind: inspect.Type, name: str) -> Any:
        """A value of that schema type; now and then one that is not."""
        r = self.random
        if r.random() < 0.01:
            return r.choice([None, -1, 2**53 - 1, "", "x", [], {}, True, "2026-02-31", "sha256:" + "00" * 32])
        match kind:
            case inspect.UnionType(types=types):
                return self.value(r.choice(types), name)
            case inspect.NoneType():
                return None
            case inspect.BoolType():
                return r.random() < 0.8
            case inspect.IntType():
                return self._number(name, kind)
            case inspect.LiteralType(values=values):
                return r.choice(values)
            case inspect.StrType(pattern=pattern):
                return self._text(name, pattern or "")
            case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
                return [self.value(item, name) for _ in range(r.choice((0, 1, 1, 2, 3)))]
            case inspect.DictType():
                return r.choice([{}, {"P2": 20}, {"P6": 14}, {"annex.binds": "scope"}, {"places": []}, {"x": 1}])
            case inspect.StructType(fields=fields):
                return {
                    f.encode_name: self.value(f.type, f.encode_name) for f in fields if f.required or r.random() < 0.7
                }
            case _:
                return r.choice([1, "x", None])

    def _number(self, name: str, kind: inspect.IntType) -> int:
        inst, r = self.world.inst, self.random
        near = {
            "entry": r.randrange(inst.size + 2),
            "roll": len(inst.members),
            "slot": self.world.stage.now // 86_400,
            "anchor": inst.anchors[-1].slot if inst.anchors else 0,
            "size": inst.anchors[-1].size if inst.anchors else 0,
            "number": len(inst.interpretations) + 1,
            "article": r.randrange(1, 28),
        }
        value = near.get(name, r.choice([0, 1, 2, 3, 5, 20, 30]))
        value += r.choice((0, 0, 0, 1, -1))
        return max(value, kind.ge) if kind.ge is not None and r.random() < 0.9 else value

    def _text(self, name: str, pattern: str) -> str:
        inst, r = self.world.inst, self.random
        if "sha256" in pattern:
            return r.choice(self.fitting.get(name, [*self.objects, "sha256:" + "00" * 32]))
        if "[12]" in pattern:
            day = inst.today + r.choice((-400, -1, 0, 0, 0, 1, 30, 400))
            return r.choice([iso(day)] * 20 + ["2026-02-31", "2999-12-31", "1000-01-01", "2026-00-00"])
        if pattern.startswith(r"\Au:"):
            return self.unit()
        if pattern.startswith(r"\Ao:"):
            return r.choice(OFFICERS)
        if pattern.startswith(r"\Ak:"):
            return r.choice([public_of(r.choice(["a", "b", "c", self.unit(), SECRETARY])), "k:" + "00" * 32])
        if pattern.startswith(r"\A[a-z]:"):
            known = [*inst.votes] if name in ("vote", "matter") else [*inst.proposals, *inst.annexes, *inst.orders]
            return r.choice(["p:1", "p:2", "a:1", "a:2", "l:1", "l:2", "x:1", *known, *known, *known])
        if "https" in pattern:
            return "https://a.example/x"
        if "[uo]" in pattern:
            return r.choice([self.unit(), r.choice(OFFICERS), "authority", "sys"])
        if pattern.startswith(r"\A[a-z]+"):
            return r.choice(["annex.publish/1", "membership.declare/1", "law.lift/1"])
        fitting = {"annex": "a:", "proposal": "p:", "order": "l:"}
        if (prefix := fitting.get(name)) is not None and r.random() < 0.9:
            return prefix + r.choice("12")
        texts = {
            "code": fictional_code(r.randrange(1, 60)),
            "package": "gongyue/interpretations@1",
            "capacity": r.choice(["legal_representative", "delegate", "x"]),
            "ground": r.choice(["practitioner", "acceptance", "x"]),
            "name": r.choice(["P2", "P6", "P15", "vote.ballots", "annex.binds", "x"]),
            "party": r.choice(["", self.unit()]),
            "value": r.choice(["scope", "members", "x"]),
        }
        return texts.get(name, r.choice(["", "示例", "x" * 61]))

    def unit(self) -> str:
        """Some unit, known or not."""
        members = [*self.world.inst.members] or [unit_id(1)]
        strangers = [*map(unit_id, range(1, self.world.members + 3)), "u:0099", "u:unknown"]
        return self.random.choice(members if self.random.random() < 0.8 else strangers)

    # -- acts

    def act(self) -> SignedAct:
        """A random act, signed."""
        r, world = self.random, self.world
        kind = ACT_TYPES[r.choices(TYPES, WEIGHTS)[0]]
        body = self.value(_fields(kind.body), "")
        actor, signers = self._by(kind)
        letter = None
        if r.random() < (0.5 if kind.paper or "law" in kind.type or kind.type.startswith("key.reg") else 0.05):
            today = iso(world.inst.today + r.choice((0, 0, 0, 1, -1)))
            letter = paper("1", r.choice([today, "2026-02-30"] if r.random() < 0.1 else [today]), today)
        return self._signed(kind, actor, body, signers, letter)

    def _by(self, kind: ActType) -> tuple[str, list[str]]:
        r = self.random
        if r.random() < 0.08:
            actor = r.choice([self.unit(), "exec", "sys", "authority", SECRETARY])
            return actor, r.sample([*OFFICERS, "sys", self.unit(), "authority"], r.choice((1, 2)))
        if kind.by.who == "unit" and not (kind.by.offices and r.random() < 0.3):
            unit = self.unit()
            return unit, [unit] if r.random() < 0.8 else [SECRETARY, CLERK]
        if kind.by.who == "system":
            return "sys", ["sys"]
        able = {"secretary": SECRETARY, "clerk": CLERK, "publisher": PUBLISHER, "panellist": PANEL[0], "sysop": SYSOP}
        able |= {"caseworker": CASEWORKER, "mediator": CASEWORKER}
        first = [able[o] for o in sorted(kind.by.offices)]
        if len(first) < 2 and "panellist" in kind.by.offices:
            first = list(PANEL)
        return "exec", first[: 1 + kind.by.two]

    def _seen_in(self, kind: ActType, actor: str, body: Any) -> tuple[On | None, str | None]:
        """What it is signed on in some dossier, its own where it has one; nothing where there is none, which no office takes."""
        office, r = self.world.stage.office, self.random
        if (arrived := office.store.arrivals()) != self.dossiers[0]:
            those = of_types(office.store, "petition.submit/1", "interpretation.ask/1")
            self.dossiers = arrived, [o.entry.rx.dossier or "" for o in those]
        found = self.dossiers[1]
        try:
            return office.seen_in(kind, actor, body if isinstance(body, dict) else {}, r.choice(found) if found else "")
        except OutOfTurn:
            return None, None

    def _signed(
        self, kind: ActType, actor: str, body: Any, signers: list[str], letter: dict[str, str] | None
    ) -> SignedAct:
        r, world = self.random, self.world
        office, inst = world.stage.office, world.inst
        key = public_of(signers[0])
        seq = office.next_seq(kind, actor, key, body if isinstance(body, dict) else {})
        view = office.view()
        if r.random() < 0.03:
            seq = (seq or 0) + r.choice((-1, 1))
        if r.random() < 0.03:
            view = View(view.root, view.size + r.choice((-1, 1, 2**40)))
        on, to = self._seen_in(kind, actor, body)
        known = office.rev if r.random() < 0.97 else r.choice([*inst.revs, "sha256:" + "00" * 32])
        act = SignedAct(
            draft(
                kind.type, actor, body if isinstance(body, dict) else {}, cov=ORIGIN, rev=known,
                basis=inst.basis_of(kind) if r.random() < 0.98 else "at:1", seq=seq,
                at=world.stage.now + r.choice((0,) * 100 + (301, -400, -(10**9))), nonce=r.randbytes(32), view=view,
                paper=letter, on=on, to=to,
            )
        )  # fmt: skip
        if not isinstance(body, dict):
            act = msgspec.structs.replace(act, act=act.act | {"body": body})
        for signer in signers:
            act = sign(act, seed_of(signer))
        if r.random() < 0.02:
            act = msgspec.structs.replace(act, sigs=(*act.sigs[:-1], msgspec.structs.replace(act.sigs[-1], sig="AA")))
        return msgspec.structs.replace(act, objects=self._attached()) if r.random() < 0.95 else act

    def _attached(self) -> dict[str, str]:
        """All objects as they are attached, each encoded once."""
        for digest in self.objects.keys() - self.encoded.keys():
            self.encoded[digest] = base64.b64encode(self.objects[digest]).decode("ascii")
        return dict(self.encoded)

    def lines(self) -> None:
        """The openings so far become objects that grants and closings can name."""
        from gongyue.book import disclosure

        store = self.world.stage.office.store
        rows = [disclosure.line(one.index, one.salt, one.entry) for one in store.placed(0, 2**40)]
        for data in (*rows, b"".join(rows)):
            if data:
                digest = canonical.digest(data)
                self.objects[digest] = data
                for field in ("application", "ballots"):
                    self.fitting.setdefault(field, []).append(digest)
