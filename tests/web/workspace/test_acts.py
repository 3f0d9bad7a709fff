"""Every act in a unit's name: who signed, what it says, receipts, openings; annexes, amendments, questions, paper."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from gongyue.book.receipts import is_promise
from gongyue.governance.dossier import MEMBERS
from gongyue.office.openings import bulletins, named
from gongyue.office.publishing import publish
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify
from gongyue.web.letters.layout import LetterHead, Matter
from support.sealed import commitment_in
from web.conftest import House
from web.going import BEICHEN, NORTHLAKE, PROPOSAL, QINGHE, YIWEI, YUNLING, Going
from web.rooms import text_of
from web.workspace.conftest import words


def test_both_books_are_listed_newest_first_and_paper_is_flagged(house: House, going: Going) -> None:
    """Who recorded it, and the way to disavow it while there is one."""
    going.is_under_vote().on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="abstain")
    answer = house.client("qinghe@demo.invalid").get(f"/workspace/{QINGHE}/acts/")
    text = words(answer)
    assert "共 7 项，凭纸面记录 2 项，密封 3 项" in text
    assert text.index("经办白、秘书长秦凭纸面记录") < text.index("签署附件") < text.index("首批加入")
    assert "本单位密钥签署" in text and "不是我们做的：否认" in text
    assert "/acts/new/vote.disavow/1/?as=u%3A0008&amp;vote=p%3A2027-01" in answer.content.decode()


def test_acts_are_told_apart_by_what_they_are_about(house: House, going: Going) -> None:
    """A ballot by its vote, in the list, on its page and among the notices; in both languages."""
    receipt = going.is_under_vote().votes(YIWEI, "against")
    client = house.client("yiwei@demo.invalid")
    for page in (f"/workspace/{YIWEI}/acts/", f"/workspace/{YIWEI}/acts/sealed/{receipt.name}/"):
        assert "投票：修改第四条（编号 2027-01）" in words(client.get(page)), page
    assert "已以贵单位名义记录：投票：修改第四条（编号 2027-01）" in words(client.get("/notices/"))
    assert "amendment of article 4 (no. 2027-01)" in words(client.get(f"/en/workspace/{YIWEI}/acts/")).lower()


def test_a_sealed_act_is_readable_by_its_unit_with_the_key_that_signed(house: House, going: Going) -> None:
    """Its content, its commitment, and that it waits for an anchor."""
    receipt = going.is_under_vote().votes(YIWEI, "against")
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/acts/sealed/{receipt.name}/"))
    from gongyue.demo.simulated_office import public_of

    assert "不同意" in text and f"编号 {PROPOSAL[2:]}" in text and public_of(f"{YIWEI}#2") in text
    assert "待锚定" in text and receipt.act in text
    other = house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/acts/sealed/{receipt.name}/")
    assert other.status_code == 404


def test_a_signature_of_a_draft_that_was_reopened_is_said_to_be_void(house: House) -> None:
    """Signed twice: the first counts no more since a typo reopened the draft, and both pages that list it say so."""
    client = house.client("yunling@demo.invalid")
    listed = words(client.get(f"/workspace/{YUNLING}/acts/"))
    assert listed.count("签署公约") == 2 and listed.count("草案其后重开，已失效") == 1
    assert "草案其后重开，已失效" in words(client.get(f"/workspace/{YUNLING}/acts/open/24/"))
    assert "已失效" not in words(client.get(f"/workspace/{YUNLING}/acts/open/31/"))
    public = words(client.get(f"/register/{YUNLING}/"))
    assert public.count("由法定代表人签字") == 2 and public.count("草案其后重开，已失效") == 1
    assert words(client.get(f"/en/register/{YUNLING}/")).count("void: the draft was reopened later") == 1


def test_an_act_that_can_be_disavowed_says_until_when(house: House, going: Going) -> None:
    """Seven days for a withdrawal; afterwards it says that it is too late."""
    receipt = going.at("2027-02-01 10:30").on_paper("membership.withdraw/1", YIWEI, effective="2027-06-30")
    client, page = house.client("yiwei@demo.invalid"), f"/workspace/{YIWEI}/acts/open/{receipt.index}/"
    untold = words(client.get(page))
    assert "确认、或两名职员记录已告知之后 7 日内均可否认，此前没有截止" in untold and "确认获知" in untold
    form = client.get(f"/acts/new/key.receive/1/?as={YIWEI}&entry={receipt.index}").content.decode()
    assert f'<option value="{receipt.index}" selected' in form
    going.informs(receipt)
    assert f"两名职员记录：已告知贵单位公开簿第 {receipt.index} 条" in words(client.get("/notices/"))
    assert "两名职员记录：已告知" not in words(house.client("yunling@demo.invalid").get("/notices/"))
    assert "2027年2月8日 10:30" in words(client.get(page)) and "否认这项行为" in words(client.get(page))
    going.at("2027-02-08 10:29")
    assert "否认这项行为" in words(client.get(page))
    going.at("2027-02-08 10:30")
    assert "否认期已过" in words(client.get(page)) and "否认这项行为" not in words(client.get(page))


def test_a_disavowed_act_is_shown_so(house: House, going: Going) -> None:
    """It stays in the list, marked."""
    receipt = going.at("2027-02-01 10:30").on_paper("membership.withdraw/1", YIWEI, effective="2027-06-30")
    going.at("2027-02-02 09:00").of("key.disavow/1", YIWEI, entry=receipt.index)
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/acts/open/{receipt.index}/"))
    assert "已否认" in text and "否认这项行为" not in text


def test_the_receipt_of_an_open_act_verifies_against_the_published_book(house: House, tmp_path: Path) -> None:
    """As a member would check it, with nothing but the log's key."""
    client = house.client("qinghe@demo.invalid")
    html = client.get(f"/workspace/{QINGHE}/acts/").content.decode()
    index = re.findall(rf"/workspace/{QINGHE}/acts/open/(\d+)/", html)[0]
    answer = client.get(f"/workspace/{QINGHE}/acts/open/{index}/receipt")
    name = f"u0008-open-{index}.tlog-proof"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    publish(house.office, tmp_path / "public")
    vkey = house.office.keys.open.verifier.vkey
    report, _ = verify(open_place(str(tmp_path / "public")), Request(vkey, receipts=((name, answer.content),)))
    assert report.failure is None
    spoilt = answer.content.replace(b"index ", b"index 1", 1)
    report, _ = verify(open_place(str(tmp_path / "public")), Request(vkey, receipts=((name, spoilt),)))
    assert report.failure is not None


def test_the_receipt_of_a_sealed_act_is_the_office_s_promise(house: House, going: Going) -> None:
    """That it will stand in the sealed book by the slot's anchor."""
    receipt = going.is_under_vote().votes(YIWEI, "against")
    answer = house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/acts/sealed/{receipt.name}/receipt")
    assert is_promise(answer.content) and answer.content == receipt.proof


def test_the_openings_are_those_of_the_command_line(house: House, going: Going) -> None:
    """Its own sealed acts and the decisions on them, each opening its leaf; nobody else's; what all members were told, and where that was when it joined."""
    going.is_under_vote().votes(YUNLING, "against")
    going.votes(YIWEI, "consent")
    lines = house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/acts/disclosures.jsonl").content.splitlines()
    *entries, head = lines
    assert msgspec.json.decode(head)["head"].splitlines()[2:4] == ["d:members", "0"]
    opened = [named(going.office.store, commitment_in(line).replace("sha256", "sealed")) for line in entries]
    own = [o for o in opened if o.entry.rx.dossier != MEMBERS]
    assert own and {o.entry.act.actor for o in own} == {YIWEI}
    assert len(own) == sum(n.book == "sealed" for n in _acts(going, YIWEI))
    assert {o.commitment for o in opened} - {o.commitment for o in own} == {
        o.commitment for o in bulletins(going.office.store)
    }


def test_what_opens_the_ground_of_an_end_is_for_that_unit_alone(house: House, going: Going) -> None:
    """From the moment its membership ends: on its page, over the API with its key, and with nobody else's."""
    from gongyue.office import links

    going.executive("membership.end/1", {"unit": YIWEI}, ["o:lu", "o:qin"])
    (line,) = links.of_party(going.inst, going.office.store, YIWEI)
    page = text_of(house.client("yiwei@demo.invalid"), f"/workspace/{YIWEI}/membership/")
    assert "成员期间 2026年3月27日 — 2027年" in page, "since when it was a member, not only until when"
    own = house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/acts/disclosures.jsonl").content
    other = house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/acts/disclosures.jsonl").content
    salt = msgspec.json.decode(line)["salt"].encode()
    assert line in own and salt not in other
    assert house.client("yunling@demo.invalid").get(f"/workspace/{YIWEI}/acts/disclosures.jsonl").status_code == 403


def _acts(going: Going, unit: str) -> list[object]:
    from gongyue.office.notices import notices

    return notices(going.inst, going.office.store, unit)  # type: ignore[return-value]


def test_a_refused_applicant_may_open_the_decision_too(house: House, going: Going) -> None:
    """The refusal is addressed to it."""
    application = going.at("2027-02-04 10:00").applies()
    going.at("2027-02-05 09:00").ticks()
    unit = "u:910000000000003937"
    going.refuses(unit, application)
    lines = house.client("northlake@demo.invalid").get(f"/workspace/{unit}/acts/disclosures.jsonl").content
    types = [msgspec.json.decode(line)["entry"]["act"]["type"] for line in lines.splitlines()]
    assert types == ["membership.apply/1", "membership.refuse/1"]


def test_annexes_concern_a_unit_or_not_and_bind_it_or_not(house: House) -> None:
    """Qinghe signed; Yunling is of another branch, and is told to declare first; Shibei is of the branch and may sign."""
    signed = house.client("qinghe@demo.invalid").get(f"/workspace/{QINGHE}/annexes/")
    assert (
        "与贵单位有关" in words(signed)
        and "约束贵单位" in words(signed)
        and "贵单位签署：2027年1月12日" in words(signed)
    )
    assert "/acts/new/annex.leave/1/?as=u%3A0008&amp;annex=a%3Ahealth" in signed.content.decode()
    other = house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/annexes/")
    assert "贵单位未申报此分支" in words(other) and "约束贵单位" not in words(other)
    assert "annex.sign" not in other.content.decode() and "先申报活动，再签署" in words(other)
    unit = "u:91000000000000385c"
    third = house.client("shibei@demo.invalid").get(f"/workspace/{unit}/annexes/")
    assert "annex.sign/1/?as=u%3A91000000000000385c&amp;annex=a%3Ahealth" in third.content.decode()
    assert "先申报活动，再签署" not in words(third)


def test_a_proposal_shows_the_arithmetic_and_the_next_step(house: House, going: Going) -> None:
    """Support for those who may, filing for its initiator once there is enough."""
    going.at("2027-02-01 10:00").proposes().is_supported(["u:0002"])
    page = f"amendments/{PROPOSAL}/"
    answer = house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/{page}")
    text = words(answer)
    assert "2 家附议；须 4 家" in text and "还差 2 家" in text and "2027年5月2日 24:00" in text
    assert "/acts/new/amendment.support/1/?as=u%3A0009&amp;proposal=p%3A2027-01" in answer.content.decode()
    assert "amendment.file" not in answer.content.decode()
    going.is_supported(["u:0003", "u:0005"])
    mine = house.client("beichen@demo.invalid").get(f"/workspace/{BEICHEN}/{page}")
    assert "/acts/new/amendment.file/1/?as=u%3A0004&amp;proposal=p%3A2027-01" in mine.content.decode()
    assert "amendment.support" not in mine.content.decode()
    assert "已够法定数，可以提出" in words(house.client("beichen@demo.invalid").get(f"/workspace/{BEICHEN}/"))


def test_questions_wait_without_a_deemed_answer(house: House, going: Going) -> None:
    """By when it is due and how late it is; the answer of the story is shown to whoever asked."""
    from gongyue.demo.simulated_office import commitment_to

    going.at("2027-02-01 10:00").of("interpretation.ask/1", YIWEI, article=8, question=commitment_to("问题"))
    going.at("2027-04-02 10:00")
    page = house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/questions/")
    text, html = words(page), page.content.decode()
    question = re.search(r'<a href="(/my/dossiers/[^"]+/1/1/)">贵单位问的', html)
    assert question is not None and question.start() < html.index("等待答复"), "the question above what became of it"
    assert "承诺值" not in text
    assert (
        "等待答复" in text and "2027年2月16日 24:00 北京时间 · 已逾期 45 日" in text and "不答复不视为任何答复" in text
    )
    assert "关于第八条的提问" in text
    assert "等待联盟答复" in words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))


def test_only_a_form_that_nobody_filled_in_says_that_it_is_blank(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed from a form that was filled in, its head says that it is filled in and counts once it is stamped."""
    from gongyue.web import letter_response

    said: list[str] = []

    def typeset(head: LetterHead, matter: Matter) -> bytes:
        said.append(head.validity)
        return b"%PDF"

    monkeypatch.setattr(letter_response, "letter", typeset)
    client, form = house.client("yiwei@demo.invalid"), f"/workspace/{YIWEI}/paper/membership.withdraw/1/form.pdf"
    for query in ("", "?effective=", "?effective=2027-03-01"):
        assert client.get(form + query).status_code == 200
    assert said == ["空白表格", "空白表格", "已填写，盖章后有效"]


def test_every_act_a_unit_may_do_on_paper_has_a_form_to_print(house: House) -> None:
    """A PDF each, with the unit's name; for acts that are not on paper there is none."""
    client = house.client("yiwei@demo.invalid")
    html = client.get(f"/workspace/{YIWEI}/paper/").content.decode()
    forms = re.findall(r'href="(/workspace/[^"]+form\.pdf)"', html)
    assert len(forms) >= 10 and not [form for form in forms if "founding." in form], "nobody founds what is in force"
    answer = client.get(f"{forms[0]}")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get(f"/workspace/{YIWEI}/paper/vote.close/1/form.pdf").status_code == 404
    assert client.get(f"/workspace/{YIWEI}/paper/no.such/1/form.pdf").status_code == 404
    assert client.get(f"/workspace/{YIWEI}/paper/founding.sign/1/form.pdf").status_code == 404


def test_on_paper_whoever_is_no_member_is_shown_how_to_apply(house: House, going: Going) -> None:
    """An applicant prints the application, and nothing that members alone do; who left, what goes on for it."""
    new = house.client("northlake@demo.invalid").get(f"/workspace/{NORTHLAKE.id}/paper/")
    assert 'href="/join/form.pdf"' in new.content.decode() and "退出公约" not in words(new)
    member = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/paper/"))
    assert "退出公约" in member and "申请表（PDF" not in member
    going.of("membership.withdraw/1", YIWEI)
    left = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/paper/"))
    assert "收悉" in left and "补办密钥" in left and "退出公约" not in left and "申请表（PDF" in left


def test_drafts_are_the_unit_s_own(house: House) -> None:
    """Listed to signatory and officer with who drafted; begun is not the same as not started."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Draft

    officer = Person.objects.get(email="yunling-officer@demo.invalid")
    Draft.objects.create(type="amendment.support/1", party=YUNLING, actor=YUNLING, created_by=officer)
    mine = words(house.client("yunling-officer@demo.invalid").get(f"/workspace/{YUNLING}/drafts/"))
    assert "附议修改提议" in mine and "已看过，未完成" in mine
    mine = words(house.client("yunling-officer@demo.invalid").get(f"/en/workspace/{YUNLING}/drafts/"))
    assert "Support an amendment" in mine and "amendment supported" not in mine  # nothing is done yet
    assert "待签署" in words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/drafts/"))
    assert "附议修改提议" not in words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/drafts/"))


def test_an_act_says_its_values_in_words(house: House) -> None:
    """In what capacity the covenant was signed: no name of the program's."""
    client = house.client("yunling@demo.invalid")
    for prefix, said in (("", "法定代表人"), ("/en", "legal representative")):
        text = words(client.get(f"{prefix}/workspace/{YUNLING}/acts/open/31/"))
        assert said in text and "legal_representative" not in text
