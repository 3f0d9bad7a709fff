"""Bulletins issued and published, for tests: with a text of the story, by a clerk or whoever signs."""

from __future__ import annotations

from typing import Any

from gongyue.book.receipts import Receipt
from gongyue.demo.simulated_office import document_of, text_object
from support.alliance import CLERK, TWO, Alliance
from support.cases import ACCUSED, concluded, heard, linked
from support.dossiers import folded, noted


def issue(world: Alliance, text: str = "自律信息第一期\n请各单位自查。", *signers: str, **body: Any) -> Receipt:
    """A clerk, or whoever signs, issues a bulletin to all members."""
    commitment, document = document_of(text)
    said = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None} | body
    return world.stage.do("bulletin.issue/1", "exec", said, signers or [CLERK], [document])


def publish(world: Alliance, text: str = "行业指引第一号\n接口规范。", *signers: str, **body: Any) -> Receipt:
    """Two officers publish a bulletin to society."""
    digest, data = text_object(text)
    said = {"kind": "guidance", "text": digest, "replaces": None, "review": None} | body
    return world.stage.do("bulletin.publish/1", "exec", said, signers or TWO, [data])


ANONYMOUS = "调查结果与通报\n某成员单位违反第八条，违约成立。"
"""A result that names nobody."""


def result(world: Alliance, case: str, text: str = "", *signers: str, at: int = 0, **body: Any) -> Receipt:
    """Two officers tell all members the result of a case, which names the accused unless said otherwise; `at`: the place linked to."""
    names = body.setdefault("names", ACCUSED)
    named = world.inst.units[names].name if names in world.inst.units else "某成员单位"
    commitment, document = document_of(text or f"调查结果与通报\n{named}违反第八条，造成不良影响。")
    link, line = linked(world, (case, at or conclusion(world, case)))
    said = {"text": commitment, "replaces": None, "review": None, "link": link} | body
    return world.stage.do("bulletin.result/1", "exec", said, signers or TWO, [document, line])


def conclusion(world: Alliance, case: str) -> int:
    """The place of the conclusion in a case; 1 where there is none."""
    return next((n for n, e in enumerate(folded(world, case).entries, 1) if e.type == "case.conclude/1"), 1)


def closed_case(world: Alliance, *findings: dict[str, Any], adverse: bool = True, **other: Any) -> str:
    """A case that was concluded today: article 8 breached with an adverse effect, unless said otherwise."""
    dossier = heard(world, **other)
    noted(world, dossier, other.get("accused", ACCUSED), complete=True)
    concluded(world, dossier, *findings, adverse=adverse)
    return dossier
