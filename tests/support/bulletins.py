"""Bulletins issued and published, for tests: with a text of the story, by a clerk or whoever signs."""

from __future__ import annotations

from typing import Any

from gongyue.book.receipts import Receipt
from gongyue.demo.simulated_office import document_of, text_object
from support.alliance import CLERK, TWO, Alliance


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


def result(world: Alliance, text: str = "调查结果", **body: Any) -> Receipt:
    """Two officers issue a result."""
    return issue(world, text, *TWO, kind="result", **body)
