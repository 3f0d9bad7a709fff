"""Interpretations: a question and its answer, a procedure rule changed, and what no interpretation can do (article 25)."""

from __future__ import annotations

from typing import Any

from gongyue.book.disclosure import read
from gongyue.demo.stage import commitment_to, text_object
from gongyue.demo.story.script import PANEL, Script
from gongyue.demo.world import WATERMARK
from gongyue.office.store import SEALED


def question_and_answer(script: Script) -> None:
    """A member asks, sealed; the alliance answers in public."""
    script.chapter("解释", "Interpretations")
    asker = script.member("muduo")
    script.at("2026-08-10 10:00")
    number = _article(script, 8)
    body: dict[str, Any] = {"article": number, "question": commitment_to("学生作业数据可否用于改进题库？")}
    zh, en = f"就第{number}条提问（密封）", f"asks about article {number} (sealed)"
    receipt = script.do("interpretation.ask/1", asker, body, zh, en)
    script.keep_receipt("muduo", "question", receipt)
    leaf = script.stage.office.store.leaf
    (opened,) = read(receipt.opening, lambda index: leaf(SEALED, index))
    script.at("2026-08-31 10:00")
    prose = f"{WATERMARK}　第{number}条：承诺之内的改进可以，承诺之外须另行取得授权。"
    issued = _issue(number, prose, None, opened.opening.commitment, "2026-08-31", 1)
    zh, en = f"答复：发布第 1 号解释，关于第{number}条", f"answers with interpretation no. 1, on article {number}"
    script.do("interpretation.issue/1", "exec", issued[0], zh, en, signers=PANEL, files=[issued[1]])


def change_a_rule(script: Script) -> None:
    """P2 from 15 to 20 days; the text's own two thirds are out of reach."""
    number = _article(script, 17)
    script.at("2026-09-07 10:00")
    prose = f"{WATERMARK}　三分之二以参加表决者计。"
    sets: dict[str, Any] = {"name": "amendment.adoption", "value": "2/3 of those voting"}
    body, data = _issue(number, prose, sets, None, "2026-09-07", 2)
    zh, en = "拟把“三分之二”解释为参加表决者的三分之二", "would read “two thirds” as of those voting"
    script.refused("interpretation.issue/1", "exec", body, zh, en, signers=PANEL, files=[data])
    sets = {"name": "P2", "value": 20}
    body, data = _issue(number, f"{WATERMARK}　答复期限由 15 日改为 20 日。", sets, None, "2026-09-07", 2)
    zh, en = "发布第 2 号解释：答复期限 P2", "issues interpretation no. 2: the reply period P2"
    script.do("interpretation.issue/1", "exec", body, zh, en, signers=PANEL, files=[data], figures="P2 15 → 20")


def _article(script: Script, number: int) -> int:
    """That article, or the last one of a shorter text."""
    edition = script.inst.meaning.edition
    assert edition is not None
    return min(number, len(edition.articles))


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
