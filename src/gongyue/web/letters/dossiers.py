"""Dossiers by letter: what was served, replied, concluded, with its place, the check words of its entry and the dossier's head."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongyue.web.letters.layout import (
    Blank,
    Blanks,
    Block,
    Command,
    Day,
    LetterHead,
    Matter,
    Paragraph,
    Quote,
    Signing,
    Table,
    Text,
    day_zh,
    rows,
)

NATURE = (
    "本件出于贵单位加入公约，不是行政处罚，不依据国家权力。认为侵害合法权益的，可以向人民法院起诉；对执行机构执行公约的合法性和公正性，"
    "可以向其主管部门检举。"
)
NATURE_EN = (
    "This rests on accession to the covenant, not on state power, and is no administrative penalty. The courts remain open, and the"
    " executive body's authority for whether it carried the covenant out lawfully and fairly."
)


class FoundOn(Struct, frozen=True):
    """What was found on an article: its name and words, whether a breach is established, of which duty, on which exhibits."""

    article: str
    words: str
    established: bool
    duty: str
    exhibits: tuple[str, ...]


class PrintedHead(Struct, frozen=True):
    """Where the office says that a dossier ends: `n` entries at `time`, check words of the last; `note`: what it signed, to the letter.

    Whoever has no key holds nothing but what was printed, so the signed note itself is in it (sealed book, heads).
    """

    n: int
    time: str
    words: str
    note: str

    def blocks(self) -> Iterator[Block]:
        """As a letter prints it."""
        yield rows(("存卷凭证", f"截至{self.time}（北京时间），本卷共 {self.n} 件"), ("末件核对词", self.words))
        yield Paragraph("下面是办公室签名的凭证原文。请保存：有它在手，谁也不能事后往前补件、抽件。")
        yield Command(self.note)


class Slip(Struct, frozen=True):
    """The slip that comes back signed, for what is served: `documents`, as they are named in the letter."""

    dossier: str
    n: int
    documents: tuple[str, ...]

    def blocks(self) -> Iterator[Block]:
        """On paper; two officers record it with the carrier's number and the day of delivery or of refusal."""
        given = (
            Blank("卷名、位次", "Dossier, place", value=f"{self.dossier} 第 {self.n} 件"),
            Blank("所送达文书", "Documents", value="；".join(self.documents)),
            Blank("快递单号", "Carrier no.", half=True),
            Blank("送达或拒收日期", "Delivered or refused on", day=True, half=True),
            Blank("结果", "Outcome", choices=("已收悉", "有的文书打不开（三日内说明）", "拒收")),
        )
        yield Blanks("送达回证", "Slip to return", given)
        yield Paragraph("签收只表示收到并打开了上列文书，不表示承认其中所述。期限自收悉之日起算，不自邮寄之日起算。")
        yield Signing("签收", "Received", (("收件单位（盖章）", "Seal of the unit"), ("收件人（签字）", "Signature")))


class InDossier(Matter, frozen=True):
    """A text that stands in a dossier. `n`: its place, 0 of a draft; `ends`: check words; `findings`: of a conclusion.

    `nature`: it says that it rests on the covenant and what remains open; `adverse`: of a conclusion, whether that was found;
    `enclosed`: documents that go with the letter because they are no text; `kept`: the head; `slip`: for what is served.
    """

    unit: str
    called: str
    called_en: str
    dossier: str
    n: int
    day: Day
    by: str
    text: str
    ends: str = ""
    findings: tuple[FoundOn, ...] = ()
    adverse: bool = False
    nature: bool = False
    enclosed: tuple[str, ...] = ()
    kept: PrintedHead | None = None
    slip: Slip | None = None

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        place = f"第 {self.n} 件" if self.n else "草稿，未签署"
        return Text(
            title=self.called,
            title_en=self.called_en,
            to=self.unit,
            blocks=(
                rows(("卷名", self.dossier), ("位次", place), ("日期", day_zh(self.day)), ("由谁", self.by)),
                *self._found(),
                *(Paragraph(line) for line in self.text.splitlines() if line.strip()),
                *((Paragraph(NATURE),) if self.nature else ()),
                *((rows(("核对词", self.ends)),) if self.ends else ()),
                *(self.kept.blocks() if self.kept else ()),
                *(self.slip.blocks() if self.slip else ()),
            ),
            english=tuple(self._english()),
            attached=self.enclosed,
        )

    def _english(self) -> Iterator[str]:
        yield f"{self.called_en}, dossier {self.dossier}, {f'place {self.n}' if self.n else 'a draft nobody has signed'}."
        if self.nature:
            yield NATURE_EN
        if self.slip:
            yield (
                "Please sign the slip and send it back. It admits nothing; periods run from the day on which the documents"
                " reached you, not from the day of posting."
            )
        if self.kept:
            yield f"The office signs that the dossier had {self.kept.n} entries at {self.kept.time} Beijing time: keep its note above."

    def _found(self) -> Iterator[Block]:
        if not self.findings:
            return
        for one in self.findings:
            if one.words:
                yield Quote(one.words, one.article)
        yield Table(
            "认定",
            ("条款", "是否成立", "义务", "所引证据"),
            tuple(
                (one.article, "成立" if one.established else "不成立", one.duty or "—", "；".join(one.exhibits) or "—")
                for one in self.findings
            ),
            (2, 2, 3, 6),
        )
        if any(one.established for one in self.findings):
            yield Paragraph(f"不良影响：{'有' if self.adverse else '没有认定'}。")
