"""What `gongyue vault` says of documents and requests: JSON data and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from gongyue.cli.output import pick, table
from gongyue.covenant.periods import iso, moment
from gongyue.office.vault.register import Document, Request

STATES = {"here": ("在库", "here"), "erased": ("已依法删除", "erased by law")}
DONE = {
    "put": ("存入", "put"),
    "read": ("查阅", "read"),
    "denied": ("查阅未获准", "refused to read"),
    "used": ("已送达或引用", "served or cited"),
    "closed": ("卷宗已结", "dossier closed"),
    "hold": ("保全", "hold"),
    "release": ("解除保全", "hold released"),
    "restrict": ("限于当事方", "restricted to the parties"),
    "unrestrict": ("不再限于当事方", "no longer restricted"),
    "erase": ("删除", "erased"),
    "asked": ("收到请求", "request received"),
    "answered": ("答复请求", "request answered"),
    "backup": ("备份", "backed up"),
    "restore": ("恢复", "restored"),
}
"""What the log says was done, in words."""


def document_data(one: Document) -> dict[str, Any]:
    """A document as JSON data: days and moments written out."""
    data: dict[str, Any] = {"commitment": one.c} | msgspec.to_builtins(one)
    del data["c"], data["slot"]
    for name in ("put", "erased"):
        data[name] = moment(data[name]) if data[name] else None
    return data | {"due": iso(one.due) if one.due is not None else None}


def document_lines(documents: Sequence[Document]) -> list[str]:
    """Documents as a table."""
    if not documents:
        return [pick("没有文书。", "No documents.")]
    head = pick(
        "承诺值 卷宗 存入人 状态 留存至 保全 限当事方", "commitment dossier by state kept-until holds restricted"
    ).split()
    rows = (
        (
            one.c,
            one.dossier[:12] or "-",
            one.by or "-",
            pick(*STATES[one.state]),
            iso(one.due) if one.due is not None else "-",
            ",".join(map(str, one.holds)) or "-",
            pick("是", "yes") if one.restricted else "-",
        )
        for one in documents
    )
    return table(head, rows)


def request_data(one: Request, day: int) -> dict[str, Any]:
    """A request as JSON data."""
    data: dict[str, Any] = msgspec.to_builtins(one)
    for name in ("received", "due", "answered"):
        data[name] = iso(data[name]) if data[name] is not None else None
    return data | {"overdue": one.answered is None and day > one.due}


KINDS = {
    "access": ("查阅", "access"),
    "copy": ("复制、转移", "copy"),
    "correction": ("更正", "correction"),
    "erasure": ("删除", "erasure"),
    "restriction": ("限制处理", "restriction"),
    "explanation": ("说明规则", "explanation"),
}
OUTCOMES = {
    "granted": ("照办", "granted"),
    "partly": ("部分照办", "granted in part"),
    "refused": ("不予办理", "refused"),
}


def request_lines(requests: Sequence[Request], day: int) -> Iterator[str]:
    """Requests in words."""
    for one in requests:
        zh, en = KINDS[one.kind]
        if one.answered is not None:
            told = OUTCOMES[str(one.outcome)]
            yield pick(
                f"请求 {one.number}：{zh}，{iso(one.received)} 收到，{iso(one.answered)} 答复：{told[0]}",
                f"Request {one.number}: {en}, received {iso(one.received)}, answered {iso(one.answered)}: {told[1]}",
            )
            continue
        late = ("，已逾期", ", overdue") if day > one.due else ("", "")
        yield pick(
            f"请求 {one.number}：{zh}，{iso(one.received)} 收到，须在 {iso(one.due)} 之前（含当日）答复{late[0]}",
            f"Request {one.number}: {en}, received {iso(one.received)}, to be answered by {iso(one.due)}{late[1]}",
        )
