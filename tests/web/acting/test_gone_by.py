"""Drafts whose place is gone: said so with why, last in their lists, and dropped by whoever wrote or would sign them; what is only unseen is not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from support.documents import document
from web.acting.test_drafts import demo_signs, shown
from web.cases import GE, MO, NOTICE, PROMISE, REASONS, XU, Casework
from web.conftest import House
from web.desk.test_cosigners import draft, mail
from web.going import QINGHE
from web.rooms import name_of, text_of

ACCUSED = "qinghe@demo.invalid"
ANSWERS: dict[str, Any] = {
    "findings.0.article": "8",
    "findings.0.established": "no",
    "adverse": "no",
    "reasons.text": "查无实据。",
    "signers": [MO, GE],
}


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def concludes(going: Casework, case: str) -> None:
    """The panel concludes otherwise."""
    finding = {"article": "8", "clause": "users.rights", "established": True, "evidence": [PROMISE.commitment]}
    body = {"findings": [finding], "adverse": True, "reasons": REASONS.commitment}
    going.hands_in("case.conclude/1", "exec", body, (MO, GE), REASONS, dossier=case)


def test_a_draft_that_another_act_took_the_place_of_is_gone_by(house: House, going: Casework) -> None:
    """To be signed until then; afterwards under its own heading, with why, on its own page too; whoever would sign it drops it."""
    case, mo, ge = going.heard(), house.client(mail(MO)), house.client(mail(GE))
    made = draft(mo, "case.conclude/1", f"dossier={case}", ANSWERS)
    for client in (mo, ge):
        assert f'href="{made}"' in shown(client, "/desk/confirmations/").partition('id="unsigned"')[2]
        assert "已过时" not in text_of(client, "/desk/confirmations/")
    concludes(going, case)
    for page in ("/desk/", "/desk/docket/"):
        assert "已过时 已经做过。" in text_of(ge, page), page
    listed = shown(ge, "/desk/confirmations/")
    assert f'href="{made}"' not in listed.partition('id="gone"')[0]
    assert f'href="{made}"' in listed.partition('id="gone"')[2].partition('id="done"')[0]
    assert "这一稿不能再入簿" in text_of(ge, made)
    dropped = re.search(rf'action="({made}discard)"', listed)
    assert dropped is not None and ge.post(dropped[1]).status_code == 302
    assert f'href="{made}"' not in shown(mo, "/desk/confirmations/")


def test_whoever_signed_something_else_there_since_brings_its_draft_up_to_date(house: House, going: Casework) -> None:
    """The same key signed a later act of that dossier: fixed anew it is recorded, until its place is gone."""
    case, mo, ge = going.heard(), house.client(mail(MO)), house.client(mail(GE))
    made = draft(mo, "case.conclude/1", f"dossier={case}", ANSWERS)
    going.now += 60
    paper = document("一份说明。", "说明.txt")
    going.hands_in("dossier.note/1", "exec", {"docs": [paper.commitment]}, (MO,), paper, dossier=case)
    assert "先看卷宗，再更新草稿" in text_of(ge, made)
    concludes(going, case)
    assert "已过时 已经做过。" in text_of(ge, "/desk/confirmations/") and "先看卷宗" not in text_of(ge, made)


def test_a_units_draft_is_gone_by_once_it_was_done_otherwise(house: House, going: Casework) -> None:
    """A receipt, drafted on the page and signed elsewhere."""
    case, accused = going.opens(), house.client(ACCUSED)
    going.serves(case, "notice", NOTICE)
    made = accused.post(f"/my/dossiers/{name_of(case)}/2/receive").headers["Location"]
    listed = f"/workspace/{QINGHE}/drafts/"
    assert f'href="{made}"' in shown(accused, listed) and "已过时" not in text_of(accused, listed)
    going.receives(case, NOTICE)
    assert "已过时" in text_of(accused, listed) and f'action="{made}discard"' in shown(accused, listed)
    assert accused.post(f"{made}discard").status_code == 302
    assert f'href="{made}"' not in shown(accused, listed)


def test_what_comes_before_a_conclusion_is_gone_by_after_it(house: House, going: Casework) -> None:
    """The caseworker's evidence, drafted and not signed; what comes after it is only not there yet."""
    case, xu = going.heard(), house.client(mail(XU))
    late = draft(xu, "dossier.serve/1", f"dossier={case}", {"what": "evidence", "docs.text": "又一份。"})
    early = draft(xu, "dossier.serve/1", f"dossier={case}", {"what": "proposal", "docs.text": "拟处理。"})
    assert "已过时" not in text_of(xu, "/desk/confirmations/")
    concludes(going, case)
    gone = shown(xu, "/desk/confirmations/").partition('id="gone"')[2].partition('id="done"')[0]
    assert f'href="{late}"' in gone and f'href="{early}"' not in gone


def test_what_is_refused_and_may_still_be_done_is_not_gone_by(house: House, going: Casework) -> None:
    """Drafted before its stage has come: it is refused as yet, and nobody is told to drop it."""
    case, accused = going.heard(), house.client(ACCUSED)
    made = draft(accused, "dossier.note/1", f"as={QINGHE}&dossier={case}", {"asks": "hearing"})
    assert "不在可办理的阶段" in text_of(accused, made)
    assert "已过时" not in text_of(accused, made) + text_of(accused, f"/workspace/{QINGHE}/drafts/")


def test_what_came_since_is_looked_at_and_the_draft_brought_up_to_date(house: House, going: Casework) -> None:
    """One has signed; the accused says more in its time: the page says so, the update takes the signature away, and it is recorded."""
    case = going.opens()
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    going.notes(case, complete=True)
    mo, ge = house.client(mail(MO)), house.client(mail(GE))
    made = draft(mo, "case.conclude/1", f"dossier={case}", ANSWERS)
    demo_signs(mo, made, sure="yes")
    going.notes(case, document("还有一句。", "补充.txt"), complete=True)
    told = text_of(ge, made)
    assert "先看卷宗，再更新草稿" in told and "已过时" not in told
    assert ge.post(f"{made}key").status_code == 302
    assert "先看卷宗" not in text_of(ge, made) and "现在递交会被记录" in text_of(ge, made)
    done = [demo_signs(client, made, sure="yes").headers["Location"].endswith("/done/") for client in (mo, ge)]
    assert done == [False, True]
