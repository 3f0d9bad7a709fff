"""What verify says: exactly what it could check, and the first thing that is wrong."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.institution import Institution
from gongyue.verifying.failures import Failure


class Standing(msgspec.Struct, frozen=True):
    """A unit's status as the book has it."""

    unit: str
    name: str
    status: str
    since: str
    until: str


class Report(msgspec.Struct):
    """The outcome: exit code, what was checked, how many acts fully and how many in form only, units, failure."""

    code: int = 4
    acts: int = 0
    form_only: int = 0
    signatures: int = 0
    objects: int = 0
    sealed: int = 0
    disclosed: int = 0
    size: int = 0
    root: str = ""
    witnesses: list[str] = []
    quorum: bool | None = None
    did: list[str] = []
    units: list[Standing] = []
    failure: Failure | None = None

    @property
    def fully(self) -> int:
        """Acts checked fully."""
        return self.acts - self.form_only

    def checked(self, *what: str) -> None:
        """Note what has been checked."""
        self.did = [*self.did, *what]

    def data(self) -> dict[str, Any]:
        """The report as JSON data."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data | {"fully": self.fully}


def standing(inst: Institution) -> list[Standing]:
    """Every unit that is or was a member."""
    units = [u for u in inst.units.values() if u.since]
    return [
        Standing(u.id, u.name, u.status, iso(u.since), iso(u.until) if u.until else "")
        for u in sorted(units, key=lambda u: u.id)
    ]


CHECKS = {
    "bytes": ("字节", "bytes"),
    "hashes": ("哈希", "hashes"),
    "checkpoint": ("检查点签名", "checkpoint signature"),
    "sealed bytes": ("密封簿字节与根", "sealed book's bytes and root"),
    "earlier checkpoints": ("与先前检查点一致", "consistency with earlier checkpoints"),
    "signatures": ("行为签名", "signatures of acts"),
    "lawfulness": ("合规性", "lawfulness"),
    "objects": ("所引文件", "objects named"),
    "anchors": ("锚定", "anchors"),
    "receipts": ("回执", "receipts"),
    "disclosures": ("启封内容", "disclosures"),
}


def lines(report: Report) -> list[str]:
    """The report for people, Chinese first."""
    zh = "、".join(CHECKS[d][0] for d in report.did)
    en = ", ".join(CHECKS[d][1] for d in report.did)
    out = [f"已核验 / checked: {zh or '—'} / {en or '—'}"] if report.failure is None or report.did else []
    if report.failure is not None:
        return out + _failure(report)
    out.append(
        f"{report.acts} 项行为：{report.fully} 项完全核验，{report.form_only} 项仅核验形式（依据未公开的行为）"
        f" / {report.acts} act{'s' * (report.acts != 1)}: {report.fully} fully, {report.form_only} in form only (rest on undisclosed acts)"
    )
    out.append(
        f"签名 {report.signatures}，文件 {report.objects}，密封簿 {report.sealed} 条，启封 {report.disclosed} 条"
        f" / signatures {report.signatures}, objects {report.objects}, sealed {report.sealed}, disclosed {report.disclosed}"
    )
    witnessed = "、".join(report.witnesses) or "未见证 / unwitnessed"
    out.append(f"检查点 / checkpoint: {report.size} {report.root}（{witnessed}）")
    members = sum(u.status == "member" for u in report.units)
    out.append(f"成员单位 {members} 家 / {members} member units")
    out.append("结论：真实且合规 / sound and lawful")
    return out


def _failure(report: Report) -> list[str]:
    failure = report.failure
    assert failure is not None
    verdict = {
        2: "被篡改或缺失 / tampered or missing",
        3: "真实但违规 / authentic but unlawful",
        4: "无法读取 / cannot be read",
    }[report.code]
    place = f"#{failure.index} " if failure.index is not None else ""
    out = [f"结论：{verdict}", f"{place}{failure.act}".rstrip(), f"{failure.code} {failure.zh}".strip(), failure.en]
    if failure.words:
        out.append(f"第{failure.article}条“{failure.words}” / article {failure.article}")
    if failure.figures:
        out.append("；".join(f"{name} {value}" for name, value in failure.figures.items()))
    if failure.enough is not None:
        out.append(f"须 / enough: {failure.enough}")
    return [line for line in out if line]
