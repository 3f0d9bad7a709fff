"""What an act in a dossier is called: a note by what it is for (a reply, a withdrawal, what it asks for), any other by its type."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from gongyue.covenant.parties import is_unit
from gongyue.governance.sheet import SHEETS

NOTE = "dossier.note/1"


class ActName(NamedTuple):
    """What an act is called: Chinese; in English what is done by it, and what was."""

    zh: str
    do: str
    done: str


REPLY = ActName("答复", "Reply", "reply")
ADDED = ActName("补充材料", "Add documents", "documents added")
WHOLE = ActName("申明材料齐备", "Say that the file is complete", "file said to be complete")
WITHDRAWN = ActName("撤回", "Withdraw", "withdrawn")
ASKS = {
    "recusal": ActName("申请回避", "Ask for a recusal", "recusal asked for"),
    "hearing": ActName("申请听取申辩", "Ask to be heard", "hearing asked for"),
    "review": ActName("请求复核", "Ask for a review", "review asked for"),
    "reconsideration": ActName("请求重新考虑", "Ask for reconsideration", "reconsideration asked for"),
    "extension": ActName("申请延期", "Ask for an extension", "extension asked for"),
    "showing": ActName("同意给对方看这一版", "Let this version be shown", "version permitted to be shown"),
    "redaction": ActName(
        "不同意给对方看，请先遮盖", "Object to its being shown", "not to be shown so: to be covered first"
    ),
    "unopened": ActName("所收文书打不开", "Say that a document does not open", "a document did not open"),
    "naming": ActName("愿在结果公告中点名", "Ask to be named in the result", "wishes to be named in the result"),
}
"""What a note is called that asks for something."""


def called(type: str, body: Mapping[str, Any], actor: str, case: Collection[str] | None = None) -> ActName:
    """The name of an act in a dossier; `case`: where that is a case's, the types of the acts that stand there before it."""
    if type != NOTE:
        sheet = SHEETS[type]
        return ActName(sheet.zh, sheet.do, sheet.done)
    if body.get("withdrawn"):
        return WITHDRAWN
    if asks := body.get("asks"):
        return ASKS.get(str(asks), ADDED)
    if not body.get("docs"):
        return WHOLE if body.get("complete") else ADDED
    return REPLY if case is not None and is_unit(actor) and answers(case) else ADDED


def said_by_name(type: str, field: str, body: Mapping[str, Any]) -> bool:
    """Whether its name says already what stands in that field."""
    return type == NOTE and (field in ("asks", "withdrawn") or (field == "complete" and not body.get("docs")))


def answers(case: Collection[str]) -> bool:
    """Whether what the accused hands in after these acts answers something: until the conclusion, and again what was proposed."""
    return "case.decide/1" not in case and ("case.conclude/1" not in case or "case.propose/1" in case)
