"""What is under way on the day the pages open: a vote, applications, one of them overdue, a question, a petition."""

from __future__ import annotations

from gongyue.covenant.changes import Change, TextEdit
from gongyue.covenant.counting import enough_of
from gongyue.covenant.edition import Edition
from gongyue.demo.simulated_office import commitment_to, document_of, text_object
from gongyue.demo.story import voting
from gongyue.demo.story.amendment import QUARTERLY, change_of, initiation
from gongyue.demo.story.interpretation import article_of
from gongyue.demo.story.membership import apply
from gongyue.demo.story.script import CLERK, TWO, Script
from gongyue.demo.world import WATERMARK
from gongyue.governance.dossier import id_of
from gongyue.office.dossier_documents import vault_of
from gongyue.sealing.commitment import salt_of, salted_content

MATTER = "p:2027-01"
_EVERY_TWO_MONTHS = "每两个月"


def application_left(script: Script) -> None:
    """Nobody answers it within P8: it is overdue, and shown so."""
    script.at("2027-02-01 10:00")
    apply(script, script.world.named("duxing"))


_FIRST = f"""自律信息 2027 年第一期（{WATERMARK}）
请各成员单位于 2 月 28 日以前自查数据授权的期限：到期未续的，停止使用。
自查表见成员工作台；有疑问的，可提问，由联盟解释。
"""
_MENDED = _FIRST.replace("2 月 28 日", "3 月 31 日").replace("第一期", "第一期（更正）")
_GUIDANCE = f"""行业指引第一号（{WATERMARK}）：数据接口的使用记录
记录使用的时间、目的、数据集与接收方；不记录个人信息原文。
"""


def bulletins(script: Script) -> None:
    """A bulletin to all members, and the one that corrects its date; a guidance for society."""
    day, before = "2027-02-03", len(script.to_members())
    for text, replaces, zh, en in (
        (_FIRST, None, "致全体成员：自律信息（密封）", "to all members: news of self-regulation (sealed)"),
        (_MENDED, before + 1, "更正其中的日期，同样告知全体成员（密封）", "corrects its date, as prominently (sealed)"),
    ):
        commitment, document = document_of(text)
        said = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": replaces, "review": None}
        script.at(f"{day} 10:00")
        script.do("bulletin.issue/1", "exec", said, zh, en, signers=[CLERK], files=[document])
        day = "2027-02-04"
    script.at("2027-02-05 10:00")
    digest, data = text_object(_GUIDANCE)
    body = {"kind": "guidance", "text": digest, "replaces": None, "review": None}
    zh, en = "向社会公布行业指引", "publishes a guidance to society"
    script.do("bulletin.publish/1", "exec", body, zh, en, signers=TWO, files=[data])


def propose(script: Script) -> None:
    """Lists every two months instead of every quarter: as many supporters as it takes, and the vote is opened."""
    edition, digest = script.inst.meaning.edition, script.inst.meaning.edition_digest
    assert edition is not None
    by = script.member("tasha")
    script.at("2027-02-08 10:00")
    body, files = initiation(MATTER, _oftener(edition, digest), edition)
    zh, en = "提议名单每两个月至少一次", "proposes lists every two months"
    script.do("amendment.initiate/1", by, body, zh, en, files=files)
    need = enough_of(script.inst.meaning.share("amendment.proposal").size, len(script.inst.members))
    supporters = [u.id for u in script.world.unit if u.id in script.inst.members and u.id != by]
    for place, unit in enumerate(supporters[: need - 1]):
        script.at(f"2027-02-08 {11 + place // 12}:{place % 12 * 5:02}")
        script.do("amendment.support/1", unit, {"proposal": MATTER}, "附议", "supports it")
    script.at("2027-02-09 10:00")
    script.do("amendment.file/1", by, {"proposal": MATTER}, "提出修改案", "files the proposal")
    script.at("2027-02-15 09:00")
    voting.opened_by_secretary(script, MATTER)


def _oftener(edition: Edition, digest: str) -> Change:
    """Lists every two months for every quarter, bound with its number: once it is in force the next list covers two months.

    Where a text does not say 定期 of its lists, its words alone are changed.
    """
    often = edition.binding("publication.list_period")
    holding = next((one for one in edition.articles if QUARTERLY in one.text), None)
    if holding is None:
        return change_of(edition, digest, ())
    begin = holding.text.find(often.words) if often and often.at == holding.at else -1
    said = holding.text[begin : holding.text.index(QUARTERLY)] if begin >= 0 else ""
    if "定期" not in said:
        return change_of(edition, digest, (TextEdit(holding.at, QUARTERLY, f"，{_EVERY_TWO_MONTHS}至少一次"),))
    words = said.replace("定期", _EVERY_TWO_MONTHS, 1)
    return change_of(
        edition,
        digest,
        (TextEdit(holding.at, said + QUARTERLY, words),),
        {"publication.list_period": (holding.at, words)},
    )


def petition(script: Script) -> None:
    """A member asks that a demand reach the authority."""
    script.at("2027-02-16 10:00")
    commitment, text = document_of(f"请向主管部门反映：公共数据开放的更新周期过长。（{WATERMARK}）\n")
    body, by = {"kind": "demand", "text": commitment}, script.member("qinghe")
    zh, en = "请求反映诉求（密封）", "asks that a demand be put forward (sealed)"
    receipt = script.do("petition.submit/1", by, body, zh, en)
    if script.kept is not None:  # the content lies in the office's vault, as when it is filed on a page
        vault = vault_of(script.stage.office, script.kept / "office")
        vault.put(salted_content(text), "诉求.txt", dossier=id_of(receipt.act), by=by, salt=salt_of(text))


def question(script: Script) -> None:
    """A member asks what an article means; nobody has answered yet."""
    script.at("2027-02-17 10:00")
    number, called = article_of(script, "users.rights")
    body = {"article": number, "question": commitment_to("用户注销账户后，脱敏数据是否仍须删除？")}
    zh, en = f"就{called[0]}提问（密封）", f"asks about {called[1]} (sealed)"
    script.do("interpretation.ask/1", script.member("muduo"), body, zh, en)


def ballots(script: Script) -> None:
    """Some have voted, most have not; the count comes when the window ends."""
    choices = list(voting.plan(script, [script.member("tasha")]).items())
    for place, (unit, choice) in enumerate(choices[: len(choices) // 2]):
        script.at(f"2027-02-{18 + place // 6} {10 + place % 6}:00")
        voting.cast(script, MATTER, unit, choice)


def application(script: Script) -> None:
    """One that is to be answered in time."""
    script.at("2027-02-24 10:00")
    apply(script, script.world.named("shiguang"))
