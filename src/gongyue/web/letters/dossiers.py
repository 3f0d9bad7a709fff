"""A document of a dossier as a letter: what was served, replied, concluded, with its place and the check words of its entry."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongyue.web.letters.layout import Block, Day, LetterHead, Matter, Paragraph, Quote, Table, Text, day_zh, rows

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


class InDossier(Matter, frozen=True):
    """A text that stands in a dossier. `n`: its place, 0 of a draft; `ends`: check words; `findings`: of a conclusion.

    `nature`: it says that it rests on the covenant and what remains open; `adverse`: of a conclusion, whether that was found.
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
            ),
            english=(
                f"{self.called_en}, dossier {self.dossier}, {f'place {self.n}' if self.n else 'a draft nobody has signed'}.",
                *((NATURE_EN,) if self.nature else ()),
            ),
        )

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
