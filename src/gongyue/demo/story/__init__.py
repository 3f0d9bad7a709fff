"""The story of the demonstration world, chapter by chapter; a chapter whose clauses a covenant lacks is left out, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.edition_builder import Choices
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.covenant.text import Outline
from gongyue.demo.narration import arithmetic
from gongyue.demo.simulated_office import text_object
from gongyue.demo.story import (
    amendment,
    annex,
    cases,
    founding,
    interpretation,
    membership,
    open_dossiers,
    open_matters,
)
from gongyue.demo.story.drafts import choices_of
from gongyue.demo.story.script import PUBLISHING, Script
from gongyue.demo.world import WATERMARK


class Scene(NamedTuple):
    """A scene, and the clauses and terms without which it cannot be played."""

    zh: str
    en: str
    play: Callable[[Script], None]
    needs: tuple[str, ...] = ()
    after: str = ""


def _correction(script: Script) -> None:
    """A clerical slip is corrected; both versions stay."""
    script.chapter("更正", "A correction")
    index = script.inst.founding.published_index
    script.at("2027-01-28 10:00")
    reasons, text = text_object(f"{WATERMARK}　公布网址迁移。")
    page, snapshot = text_object(f"{WATERMARK}　2027-01-28 网页快照。")
    places = [{"url": "https://alliance.example/covenant/1", "evidence": page}]
    body = {"entry": index, "fields": {"places": places}, "reasons": reasons}
    zh, en = "更正公布网址，两个版本都在", "corrects the address of publication; both versions stay"
    script.do(
        "correction.correct/1", "exec", body, zh, en, signers=PUBLISHING, files=[text, snapshot], figures=f"#{index}"
    )


_VOTE = ("amendment.proposal", "amendment.adoption")
_ANNEX = ("annex.initiation", "annex.publication", "amendment.adoption")
SCENES = (
    Scene("邀请", "invitation", membership.invite),
    Scene("首批加入", "the first batch", membership.first_batch, ("membership.first_batch",)),
    Scene("检举与案件", "reports and cases", cases.begin, cases.NEEDS),
    Scene("申请加入", "applications", membership.applications, ("membership.application",)),
    Scene("第一期名单", "the first list", membership.first_list, ("publication.list",)),
    Scene("节假日历", "the holiday calendar", membership.calendar),
    Scene("丢失密钥", "a lost key", membership.lost_key, ("membership.first_batch",)),
    Scene("提问与答复", "question and answer", interpretation.question_and_answer, ("interpretation.authority",)),
    Scene("修改程序规则", "a procedure rule changed", interpretation.change_a_rule, ("interpretation.authority",)),
    Scene("第二期名单", "the second list", membership.second_list, ("publication.list",)),
    Scene("修改提议", "the proposal", amendment.propose, _VOTE),
    Scene("修改表决", "the vote", amendment.vote, _VOTE, "the proposal"),
    Scene("修改施行", "the amendment in force", amendment.into_force, _VOTE, "the vote"),
    Scene("外国申请人", "a foreign applicant", membership.foreigner, ("membership.application",)),
    Scene("附件发起", "an annex initiated", annex.initiate, _ANNEX),
    Scene("附件表决", "the vote on the annex", annex.vote, _ANNEX, "an annex initiated"),
    Scene("等待加入", "an applicant waits", membership.waiting_applicant, ("membership.application",)),
    Scene("附件公布", "the annex published", annex.into_force, _ANNEX, "the vote on the annex"),
    Scene("逾期加入", "a late admission", membership.admitted_late, ("membership.application",), "an applicant waits"),
    Scene("裁定解除", "the order lifted", annex.order_lifted, _ANNEX, "the annex published"),
    Scene("更正", "a correction", _correction),
)

OPEN_MATTERS = (
    Scene("逾期未答的申请", "an application left lying", open_matters.application_left, ("membership.application",)),
    Scene("在办的卷", "dossiers under way", open_dossiers.begin),
    Scene("公告", "bulletins", open_matters.bulletins, ("bulletin.issue",)),
    Scene("第二件修改案", "a second proposal", open_matters.propose, _VOTE),
    Scene("诉求", "a petition", open_matters.petition, ("petition.forward",)),
    Scene("未答的提问", "an unanswered question", open_matters.question, ("interpretation.authority",)),
    Scene("进行中的表决", "a vote under way", open_matters.ballots, _VOTE, "a second proposal"),
    Scene("等待中的申请", "an application that waits", open_matters.application, ("membership.application",)),
)
"""What is under way on the day the pages open: everybody who signs in finds something to do."""


def replay(script: Script, document: Outline, choices: Choices | None = None, to_today: bool = False) -> None:
    """Play the whole story on that text, as far as it has what it takes.

    `choices`: how it is bound, if not as proposed; `to_today`: on to a day on which matters are open.
    """
    founding.open_the_book(script)
    edition = founding.sign_the_text(script, document, choices or choices_of(document))
    _say_what_is_off(script)
    opening = (
        Scene("生效", "effect", lambda script: founding.take_effect(script, edition)),
        Scene("解释与程序规则", "interpretations and rules", founding.adopt_interpretations, (), "effect"),
        Scene("公布", "publication", lambda s: founding.publish(s, edition), (), "interpretations and rules"),
    )
    _play_all(script, (*opening, *SCENES))
    script.at("2027-01-31 09:00").tick()
    script.keep_checkpoint("songyan")
    if to_today:
        script.chapter("今日在办", "Under way today")
        _play_all(script, OPEN_MATTERS)
        script.at("2027-02-25 09:00").tick()


def _play_all(script: Script, scenes: Iterable[Scene]) -> None:
    """Play them in turn; one whose predecessor was not played is left out with it."""
    played: set[str] = set()
    for scene in scenes:
        if (not scene.after or scene.after in played) and _play(script, scene):
            played.add(scene.en)


def _play(script: Script, scene: Scene) -> bool:
    """Play a scene; whether it came to its end."""
    if missing := [name for name in scene.needs if not script.has(name)]:
        script.remark(
            f"略去“{scene.zh}”：本公约没有 {'、'.join(missing)}", f"left out: {scene.en} (no {', '.join(missing)})"
        )
        return False
    try:
        scene.play(script)
    except (Refused, OutOfTurn) as error:
        refusal = error.refusal
        zh = f"“{scene.zh}”到此为止：{refusal['code']} {refusal['zh']}"
        script.remark(zh, f"{scene.en} ends here: {refusal['code']} {refusal['en']}", arithmetic(refusal))
        return False
    return True


def _say_what_is_off(script: Script) -> None:
    """Which capabilities of this text, of those that acts rest on, are off because its makers said that it has none."""
    for name, known in catalogue().capabilities.items():
        if known.absent == "off" and any("/" in act for act in known.acts) and not script.has(name):
            script.remark(f"关闭：本公约没有 {name}（{known.zh}）", f"off: this covenant has no {name} ({known.en})")
