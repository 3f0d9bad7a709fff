"""The notice of an act that was recorded from paper in a unit's name, and how the unit disavows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.periods import moment
from gongyue.governance.acts import act_type_of
from gongyue.governance.sheet import SHEETS
from gongyue.office.letters import by_en, by_zh
from gongyue.office.notices import Notice
from gongyue.web.letters.layout import (
    Block,
    Command,
    LetterHead,
    Matter,
    Paragraph,
    Row,
    Rows,
    Text,
    end_en,
    end_zh,
    rows,
    words,
)


class RecordedFromPaper(Matter, frozen=True):
    """An act in a unit's name, as of `time` (Unix seconds).

    `page`: where the unit can disavow it in its workspace; `names`: what the parties and matters are called that it names by their ids.
    """

    notice: Notice
    time: int
    page: str = ""
    names: Mapping[str, str] = {}

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        n = self.notice
        return Text(
            title="关于凭纸面以贵单位名义记录行为的通知",
            title_en="Notice: an act recorded from paper in your unit's name",
            to=n.name,
            blocks=(*self._act(head), *self._undoing(head)),
            english=tuple(self._english(head)),
        )

    def _act(self, head: LetterHead) -> tuple[Block, ...]:
        n = self.notice
        place = f"公开簿第 {n.place} 条" if n.book == "open" else f"密封簿 {n.place}"
        paper = f"{n.paper.number or '无文号'}；成文 {n.paper.dated}，收到 {n.paper.arrived}" if n.paper else ""
        return (
            Paragraph(
                f"{head.issuer}的人员凭纸面，以贵单位的名义在《{head.covenant}》的簿册中记录了下列行为，现予告知，请核对。"
            ),
            rows(
                ("行为", n.zh),
                ("依据", in_chinese(n.at)),
                ("到达簿册", f"{moment(n.recorded)}（北京时间）"),
                ("位置", place),
                ("纸面", paper),
                ("扫描件承诺值", n.paper.scan if n.paper else ""),
                ("密封簿承诺值", n.commitment),
                ("记录人", "、".join(self._called(list(n.recorded_by)))),
                ("行为摘要", n.act),
            ),
            Paragraph("所记录的内容如下："),
            Rows(tuple(self._fields()) or (Row("内容", "—"),)),
        )

    def _fields(self) -> Iterator[Row]:
        kind, fields = act_type_of(self.notice.type), self._called(self.notice.fields)
        return (Row(kind.label(path).zh, words(kind, path, value, fields)) for path, value in fields.items())

    def _called(self, value: Any) -> Any:
        """The same with every id in it that has a name called by that."""
        if isinstance(value, dict):
            return {name: self._called(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._called(one) for one in value]
        return self.names.get(value, value) if isinstance(value, str) else value

    def _undoing(self, head: LetterHead) -> tuple[Block, ...]:
        n = self.notice
        if not n.can_be_disavowed(self.time):
            return (Paragraph(f"{self._why_not()}如非贵单位所为，请立即书面告知{head.issuer}，并告知其主管部门。"),)
        assert n.disavow is not None
        by = by_zh(n.disavow) if n.disavow.untold else f"北京时间{end_zh(n.disavow.ends)}之前"
        if n.by_letter:
            return (
                Paragraph(
                    f"如非贵单位所登记，可在{by}以盖章的函件否认，由没有记录它的两名职员记录：该密钥即终止，视同从未登记。"
                    "否认不收取费用，也不影响贵单位的其他权利。"
                ),
            )
        where = f"登录 {self.page} 办理，或以贵单位的密钥运行：" if self.page else "以贵单位的密钥运行："
        return (
            Paragraph(f"如非贵单位所为，可在{by}否认。办法：{where}"),
            Command(n.command),
            Paragraph(
                "没有有效密钥的，以盖章的函件否认，由没有记录本件的两名职员记录；密钥已经丢失的，请立即书面告知。否认与告知均不收取费用，也不影响贵单位的其他权利。"
            ),
        )

    def _why_not(self) -> str:
        n = self.notice
        if n.state != "stands":
            return {
                "disavowed": "贵单位已经否认本行为。",
                "replaced": "贵单位其后另投的票已经取代本票。",
                "void": "本行为系误记时间时所载，已经无效。",
            }[n.state]
        if n.disavow is None:
            return "本类行为没有否认期。"
        return f"否认已经太晚（截至北京时间{end_zh(n.disavow.ends)}{'，表决已提前结束' if n.disavow.closed else ''}）。"

    def _english(self, head: LetterHead) -> list[str]:
        n: Any = self.notice
        under = f" ({in_english(n.at)})" if n.at else ""
        told = (
            f"Officers of {head.issuer} recorded from paper, in your unit's name, the act “{SHEETS[n.type].do}”"
            f"{under} on {moment(n.recorded)} Beijing time; {n.book} book, entry {n.place}."
        )
        by = by_en(n.disavow) if n.disavow is not None and n.disavow.untold else ""
        if n.by_letter and n.can_be_disavowed(self.time):
            return [
                told,
                f"If it is not your unit's, disavow it {by or f'before {end_en(n.disavow.ends)}'} by a sealed letter, recorded by two"
                " officers who did not record it: the key then ends, as if it had never been registered.",
            ]
        if n.can_be_disavowed(self.time):
            way = f" at {self.page}, or" if self.page else ""
            return [
                told,
                f"If it is not your unit's, disavow it {by or f'before {end_en(n.disavow.ends)}'}{way} with the command"
                " above and your unit's key; with no valid key, by a sealed letter that two other officers record.",
            ]
        return [told, f"If it is not your unit's, tell {head.issuer} in writing at once, and its authority."]
