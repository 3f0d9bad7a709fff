"""A large alliance for measuring and for slow tests: N member units, an annex to sign and leave, public demo keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.parties import EXECUTIVE, fictional_code
from gongyue.demo.simulated_office import (
    SimulatedOffice,
    commitment_to,
    json_object,
    paper,
    public_of,
    seed_of,
    text_object,
)
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.articles import bundled_edition
from gongyue.office.routine_acts import open_vote, tick

SECRETARY, CLERK, PUBLISHER, FIRST, SECOND = "o:qin", "o:bai", "o:lu", "o:mo", "o:ge"
PAIR = [SECRETARY, CLERK]
ANNEX = "a:bench"
EVIDENCE, EVIDENCE_BYTES = text_object("演示：公布凭据")
PLACES = [{"url": "https://alliance.example/covenant", "evidence": EVIDENCE}]
key_of = lru_cache(maxsize=None)(public_of)
seed = lru_cache(maxsize=None)(seed_of)

Made = tuple[str, str, Mapping[str, Any], Sequence[str], Mapping[str, str] | None]
"""(type, actor, body, signers, paper)."""


def unit(number: int) -> str:
    """The id of a member unit."""
    return f"u:{number:05d}"


class Drafter:
    """Drafts acts in sequence from one view, counting each key's `seq` itself: for groups that are committed together."""

    def __init__(self, stage: SimulatedOffice) -> None:
        self.inst, self.rev, self.view = stage.inst, stage.office.rev, stage.office.view()
        self.stage = stage
        self.seqs: dict[tuple[str, str], int] = {}

    def signed(self, made: Made) -> SignedAct:
        """The signed act."""
        type, actor, body, signers, instrument = made
        kind, key = act_type_of(type), key_of(signers[0])
        on, to = self.stage.office.seen_in(kind, actor, body)
        act = draft_act(
            self.inst,
            self.rev,
            self.view,
            type,
            actor,
            body,
            seq=self._seq(kind, actor, key, body),
            at=self.stage.now,
            nonce=self.stage.office.entropy(32),
            paper=instrument,
            on=on,
            to=to,
        )
        for signer in signers:
            act = sign(act, seed(signer))
        return act

    def _seq(self, kind: ActType, actor: str, key: str, body: Mapping[str, Any]) -> int | None:
        """The key's next number in the open book, or in a vote; None where the act carries none."""
        of = key, "" if kind.public else str(body.get("vote"))
        if of not in self.seqs:
            first = self.stage.office.next_seq(kind, actor, key, body)
            if first is None:
                return None
            self.seqs[of] = first - 1
        self.seqs[of] += 1
        return self.seqs[of]


def record(stage: SimulatedOffice, made: Iterable[Made], size: int = 256) -> None:
    """Record acts through the office in groups of `size`."""
    group: list[Made] = []
    for one in made:
        group.append(one)
        if len(group) == size:
            _commit(stage, group)
            group = []
    if group:
        _commit(stage, group)


def _commit(stage: SimulatedOffice, group: list[Made]) -> None:
    drafter = Drafter(stage)
    for result in stage.office.handle_all([drafter.signed(m) for m in group]):
        if isinstance(result, Exception):
            raise result


def found(stage: SimulatedOffice, members: int) -> None:
    """From genesis to a covenant in force with that many members and a published annex."""
    in_force(stage, members)
    _publish_annex(stage, members)


def in_force(stage: SimulatedOffice, members: int) -> None:
    """From genesis to a covenant in force with that many members."""
    keys = stage.office.keys
    stage.at("2026-01-05 09:00")
    stage.executive(
        "book.genesis/1",
        {
            "executive": "示范联盟（演示）",
            "open_vkey": keys.open.verifier.vkey,
            "sealed_vkey": keys.sealed.verifier.vkey,
            "system_key": keys.system_id,
            "algorithms": ["ed25519"],
            "origins": [],
            "officers": [_officer(SECRETARY, "secretary"), _officer(CLERK, "clerk")],
            "strength": "A1",
            "slot_seconds": 86_400,
            "quantum": 16,
            "recovery_days": 7,
            "demo": True,
        },
        PAIR,
    )
    digest, data = json_object(to_data(bundled_edition()))
    basis, basis_data = text_object("演示：批准依据")
    stage.executive("founding.import/1", {"edition": digest}, PAIR, [data])
    approver = {"approver": {"name": "示范主管部门", "basis": basis}}
    stage.executive("founding.designate/1", approver, PAIR, [basis_data])
    _sign_and_approve(stage, digest, members)
    for officer, office in ((PUBLISHER, "publisher"), (FIRST, "panellist"), (SECOND, "panellist")):
        appointed = {"officer": officer, "offices": [office], "begins": "2026-03-18", "ends": "2028-12-31"}
        stage.executive("office.appoint/1", appointed | {"interests": commitment_to(officer)}, PAIR)
        stage.executive("key.register/1", {"holder": officer, "key": key_of(officer), "alg": "ed25519"}, PAIR)
    stage.at("2026-03-20 10:00")
    adopted = {"package": "gongyue/interpretations@1", "other": {}}
    stage.executive("interpretation.adopt/1", adopted, [SECRETARY, FIRST])
    published = {"edition": digest, "in_force": "2026-03-20", "places": PLACES}
    stage.executive("founding.publish/1", published, [PUBLISHER, SECRETARY], [EVIDENCE_BYTES])
    joined = {"accepts": True, "activities": ["analysis"], "other": ""}
    record(stage, (("membership.enrol/1", unit(n), joined, [unit(n)], None) for n in range(6, members + 1)))


def _officer(name: str, office: str) -> dict[str, Any]:
    return {"id": name, "key": key_of(name), "offices": [office], "begins": "2026-01-01", "ends": "2028-12-31"}


def _sign_and_approve(stage: SimulatedOffice, digest: str, members: int) -> None:
    units = [{"id": unit(n), "name": f"演示单位{n}", "code": fictional_code(n)} for n in range(1, members + 1)]
    stage.executive("founding.freeze/1", {"edition": digest, "initiators": units[:5]}, PAIR)
    roll, roll_data = json_object({"v": "gongyue/roll@1", "units": units[5:]})
    stage.executive(
        "membership.invite/1", {"roll": roll, "alliance": True, "standing": "invited"}, [CLERK], [roll_data]
    )
    instrument = paper("演示", "2026-01-04", "2026-01-05")
    record(
        stage,
        (
            (
                "key.register/1",
                EXECUTIVE,
                {"holder": u["id"], "key": key_of(u["id"]), "alg": "ed25519"},
                PAIR,
                instrument,
            )
            for u in units
        ),
    )
    for n in range(1, 6):
        signed = {"edition": digest, "capacity": "legal_representative", "signatory": commitment_to(unit(n))}
        stage.unit("founding.sign/1", unit(n), signed)
    stage.executive("founding.submit/1", {"edition": digest}, PAIR)
    stage.at("2026-03-10 10:00")
    answer = paper("示主管函〔2026〕7号", "2026-03-09", "2026-03-10")
    stage.executive("founding.approval/1", {"outcome": "granted", "edition": digest}, PAIR, paper=answer)


def vote_on_annex(stage: SimulatedOffice) -> str:
    """A member's annex is put to the vote; the digest of its text."""
    text, text_data = json_object({"v": "gongyue/annex@1", "title": "演示附件", "text": "成员应当妥善保管数据。"})
    stage.at("2026-03-21 10:00")
    initiated = {"annex": ANNEX, "text": text, "scope": ["analysis"], "kind": "new", "target": None}
    stage.unit("annex.initiate/1", unit(1), initiated, [text_data])
    open_vote(stage.office, ANNEX)
    return text


def _publish_annex(stage: SimulatedOffice, members: int) -> None:
    text = vote_on_annex(stage)
    ballot = {"vote": ANNEX, "choice": "consent"}
    record(stage, (("vote.ballot/1", unit(n), ballot, [unit(n)], None) for n in range(1, members + 1)))
    stage.at("2026-04-22 10:00")
    tick(stage.office)
    published = {"annex": ANNEX, "text": text, "in_force": "2026-04-22", "places": PLACES}
    stage.executive("annex.publish/1", published, [PUBLISHER, SECRETARY])


def peak_memory() -> float:
    """This program's own peak in MiB: `ru_maxrss` would carry over its parent's."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
