"""Interpretations: a question and its answer, a procedure rule changed, and what no interpretation can do."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.counting import Share
from gongyue.covenant.procedure import package
from gongyue.demo.simulated_office import commitment_to, text_object
from gongyue.demo.story.amendment import share_words
from gongyue.demo.story.script import PANEL, Script
from gongyue.demo.world import WATERMARK


def question_and_answer(script: Script) -> None:
    """A member asks, sealed; the alliance answers in public."""
    script.chapter("解释", "Interpretations")
    asker = script.member("muduo")
    script.at("2026-08-10 10:00")
    number, called = article_of(script, "users.rights")
    body: dict[str, Any] = {"article": number, "question": commitment_to("学生作业数据可否用于改进题库？")}
    zh, en = f"就{called[0]}提问（密封）", f"asks about {called[1]} (sealed)"
    receipt = script.do("interpretation.ask/1", asker, body, zh, en)
    script.keep_receipt("muduo", "question", receipt)
    script.at("2026-08-31 10:00")
    prose = f"{WATERMARK}　{called[0]}：承诺之内的改进可以，承诺之外须另行取得授权。"
    issued = _issue(number, prose, None, receipt.commitment, "2026-08-31", 1)
    zh, en = f"答复：发布第 1 号解释，关于{called[0]}", f"answers with interpretation no. 1, on {called[1]}"
    script.do("interpretation.issue/1", "exec", issued[0], zh, en, signers=PANEL, files=[issued[1]])


def change_a_rule(script: Script) -> None:
    """P2 five days longer (20 for 15); the share that the text states is out of reach."""
    number, _ = article_of(script, package().procedure["P2"].clause)
    script.at("2026-09-07 10:00")
    share = script.inst.meaning.share_or_none("amendment.adoption")
    if share is not None:
        _otherwise_counted(script, number, share)
    was = script.inst.meaning.period("P2").n
    sets = {"name": "P2", "value": was + 5}
    body, data = _issue(number, f"{WATERMARK}　答复期限由 {was} 日改为 {was + 5} 日。", sets, None, "2026-09-07", 2)
    zh, en = "发布第 2 号解释：答复期限 P2", "issues interpretation no. 2: the reply period P2"
    figures = f"P2 {was} → {was + 5}"
    script.do("interpretation.issue/1", "exec", body, zh, en, signers=PANEL, files=[data], figures=figures)


def _otherwise_counted(script: Script, number: int, share: Share) -> None:
    """An interpretation that would count the text's share over others than it says."""
    said = share_words(share.size.numerator, share.size.denominator)
    over = ("参加表决者", "those voting") if share.base == "roll" else ("全体成员单位", "all member units")
    sets = {"name": "amendment.adoption", "value": f"{share.size.numerator}/{share.size.denominator} of {over[1]}"}
    body, data = _issue(number, f"{WATERMARK}　{said}以{over[0]}计。", sets, None, "2026-09-07", 2)
    zh = f"拟把“{said}”解释为{over[0]}的{said}"
    en = f"would read “{share.size.numerator}/{share.size.denominator}” as of {over[1]}"
    script.refused("interpretation.issue/1", "exec", body, zh, en, signers=PANEL, files=[data])


def article_of(script: Script, clause: str) -> tuple[int, tuple[str, str]]:
    """The article that has that clause, or the first one: its position and what it is called."""
    meaning = script.inst.meaning
    number = meaning.article(clause) or 1
    return number, (label_of(meaning.at(number)), in_english(meaning.at(number)))


def _issue(
    article: int, prose: str, sets: dict[str, Any] | None, answers: str | None, day: str, number: int
) -> tuple[dict[str, Any], bytes]:
    digest, data = text_object(prose)
    body = {
        "number": number,
        "kind": "value" if sets else "prose",
        "article": article,
        "text": digest,
        "effective": day,
        "sets": sets,
        "answers": answers,
    }
    return body, data
