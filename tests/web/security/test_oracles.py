"""What can be asked by drafting and trying acts: of a dossier that is not one's own, and of a leaf that everybody sees, as of none (articles 5, 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import pytest

from gongyue.demo.simulated_office import paper
from gongyue.governance import articles
from gongyue.governance.acts import ActType
from gongyue.office.openings import found_by
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from web.api.program import Program
from web.cases import FACTS, XU, Casework
from web.conftest import House
from web.going import BEICHEN, NORTHLAKE, QINGHE, YIWEI, YUNLING
from web.rooms import assigns, dossier_of, name_of, petition
from web.security.people import prepare

NOTHING = "sha256:" + "9" * 64
NO_DOSSIER = "d:" + "9" * 64
SPIES = ("o:lu", "o:mo", "o:bai", "o:xu", QINGHE)
"""A publisher, a panellist, a clerk, a caseworker who is challenged, the accused to whom nothing was served."""
IN_DOSSIERS = [kind for kind in articles.kinds() if kind.asks_dossier or kind.within]
NAMING = (
    "interpretation.explain/1",
    "interpretation.issue/1",
    "membership.refuse/1",
    "vote.notify/1",
    "vote.receive/1",
)
"""Acts that name a commitment of the sealed book."""


class Filed(NamedTuple):
    """A report whose caseworker is challenged, a petition, a question, an application: anchored; and a leaf that is padding."""

    house: House
    report: str
    petition: str
    question: str
    application: str
    padding: str

    def leaf(self, dossier: str) -> str:
        """The commitment of its first entry."""
        return next(o.commitment for o in found_by(self.house.office.store, in_dossier(dossier)) if o.entry.rx.n == 1)


@pytest.fixture
def filed(house: House, monkeypatch: pytest.MonkeyPatch) -> Filed:
    """The demonstration with these; as many questions may be asked a minute as it takes."""
    from gongyue.web.api import acts, drafts

    for module in (acts, drafts):
        monkeypatch.setattr(module, "limited", lambda request: None)
    prepare(house)
    going = Casework(house)
    going.folder = house.directory / "office"
    going.at("2027-02-04 10:00")
    report = going.reports(BEICHEN, QINGHE)
    asked = petition(going, YUNLING)
    going.do("dossier.note/1", BEICHEN, {"asks": "recusal", "whom": XU}, [BEICHEN], dossier=report)
    question = dossier_of(going.of("interpretation.ask/1", YUNLING, article=8, question=FACTS.commitment))
    application = dossier_of(going.applies())
    going.at("2027-02-06 11:00").ticks().at("2027-02-06 12:00")
    store, size = house.office.store, house.office.inst.anchors[-1].size
    acts_of = {o.commitment for d in (report, asked, question, application) for o in found_by(store, in_dossier(d))}
    leaves = (msgspec.json.decode(leaf)["c"] for leaf in store.leaves(SEALED, size - 8, size))
    return Filed(house, report, asked, question, application, next(c for c in leaves if c not in acts_of))


def _said(answer: Any, named: str) -> str:
    """What an answer tells, but for what it was asked about: of a draft, where it is placed."""
    data = answer.json()
    act = data["signed"]["act"] if "signed" in data else None
    told = [answer.status_code, act.get("on"), act.get("to"), data["signers"]] if act else [answer.status_code, data]
    return msgspec.json.encode(told).decode().replace(named, "…")


def _tries(program: Program, kind: ActType, body: dict[str, Any], named: str, **asked: Any) -> Iterator[str]:
    """A draft, and a dry run of one."""
    for query in ("", "?dry_run=true"):
        yield _said(program.draft(kind.type, body, query, **asked), named)


@pytest.mark.slow
@pytest.mark.parametrize("who", SPIES)
def test_a_dossier_that_is_not_ones_own_is_as_if_it_were_not_there(filed: Filed, who: str) -> None:
    """By id and by name, of every act done in one, in the executive body's name and in a party's from paper: neither head nor refusal differs."""
    program = Program(filed.house, who, "" if who.startswith("o:") else "signatory")
    letter = paper("函", "2027-02-05", "2027-02-05")
    actors = [("exec", {}), (BEICHEN, {"paper": letter})] if who.startswith("o:") else [("", {})]
    told = []
    for kind in IN_DOSSIERS:
        for actor, more in actors:
            for pair in ((filed.report, NO_DOSSIER), (name_of(filed.petition), "清晨-清晨")):
                real, none = (
                    list(_tries(program, kind, dict(kind.example), one, actor=actor, dossier=one, **more))
                    for one in pair
                )
                if real != none:
                    told.append(f"{who} as {actor}: {kind.type} in {pair[0]}")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("who", ["o:mo", "o:bai", "o:qin", QINGHE])
def test_a_leaf_says_neither_whether_it_is_padding_nor_of_which_dossier(filed: Filed, who: str) -> None:
    """Whatever names a commitment of the sealed book: padding, a report, a petition answer alike; drafted, tried, and handed in signed."""
    program = Program(filed.house, who, "" if who.startswith("o:") else "signatory")
    kinds = [kind for kind in articles.kinds() if kind.type in NAMING]
    assert {kind.type for kind in articles.kinds() if kind.sealed} == set(NAMING)
    for kind in kinds:
        seen = {}
        for named in (NOTHING, filed.padding, filed.leaf(filed.report), filed.leaf(filed.petition)):
            body = dict(kind.example) | {kind.sealed: named}
            answers = [program.draft(kind.type, body, query) for query in ("", "?dry_run=true")]
            seen[named] = [_said(answer, named) for answer in answers]
            if answers[0].status_code == 200:
                signed = program.signed(answers[0])
                seen[named] += [_said(program.hand_in(signed, query), named) for query in ("?dry_run=true", "")]
        assert len({tuple(one) for one in seen.values()}) == 1, f"{who}: {kind.type}: {seen}"


def test_whether_a_unit_applied_is_told_to_nobody_who_names_it(house: House) -> None:
    """Of a unit with two applications that wait, and of one that never applied, a member reads the same of an act that names a sealed one."""
    going = Casework(house)
    going.folder = house.directory / "office"
    going.at("2027-02-04 10:00").applies()
    going.at("2027-02-04 11:00").applies()
    client, said = house.client("qinghe@demo.invalid"), []
    for unit in (NORTHLAKE.id, "u:910000000000009999"):
        page = client.post(f"/acts/new/vote.receive/1/?as={QINGHE}", {"of": unit}, follow=True).content.decode()
        assert "待决定的申请" not in page
        said.append(
            re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page).replace(unit, "").replace(unit.upper(), "")
        )
    assert said[0] == said[1]


def test_whose_it_is_drafts_there_as_before(filed: Filed) -> None:
    """The control: a party in its own dossier, by name and id; whoever is assigned; a secretary assigns by how it stands, and a question is explained."""
    place = lambda answer: answer.json()["signed"]["act"]["on"]["dossier"]  # noqa: E731
    party = Program(filed.house, YUNLING)
    for named in (filed.petition, name_of(filed.petition)):
        answer = party.draft("dossier.note/1", {"complete": True}, dossier=named)
        assert answer.status_code == 200 and place(answer) == filed.petition
    assigned = {"role": "caseworker", "officers": [{"officer": XU, "interests": []}]}
    secretary = Program(filed.house, "o:qin", "")
    assert place(secretary.draft("dossier.assign/1", assigned, dossier=filed.petition)) == filed.petition
    hold = {"docs": [FACTS.commitment], "ground": "court"}
    assert place(secretary.draft("dossier.hold/1", hold, dossier=filed.report)) == filed.report
    explained = {"of": filed.leaf(filed.question), "reasons": NOTHING}
    assert place(Program(filed.house, "o:mo", "").draft("interpretation.explain/1", explained)) == filed.question
    going = Casework(filed.house)
    assigns(going.at("2027-02-06 13:00"), filed.petition, XU)
    serves = Program(filed.house, XU, "").draft(
        "dossier.serve/1", {"what": "reply", "docs": [NOTHING]}, dossier=filed.petition
    )
    assert place(serves) == filed.petition


def test_an_applicant_s_program_signs_with_the_key_that_its_application_brought(filed: Filed) -> None:
    """It takes its application back, by draft and dry run; nobody else's program finds that dossier."""
    program = Program(filed.house, NORTHLAKE.id)
    body = {"withdrawn": True}
    draft = program.draft("dossier.note/1", body, dossier=filed.application)
    assert draft.status_code == 200, draft.content
    assert program.draft("dossier.note/1", body, "?dry_run=true", dossier=filed.application).json()["would"] == "record"
    assert program.hand_in(program.signed(draft)).status_code == 201
    assert Program(filed.house, YIWEI).draft("dossier.note/1", body, dossier=filed.application).status_code == 404
