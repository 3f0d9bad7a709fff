"""Letters that publish: the covenant, lists of joins and leaves, interpretations; and what goes to the authority."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from gongyue.covenant.addresses import in_english
from gongyue.governance.office_names import PROSE
from gongyue.web.letters.dossiers import PrintedHead
from gongyue.web.letters.layout import Block, Day, LetterHead, Matter, Paragraph, Table, Text, cited, day_zh, law, rows


class CovenantPublished(Matter, frozen=True):
    """The covenant is published. `approval`: the authority's answer (number); `places`: where it can be read."""

    edition: str
    in_force: Day
    approver: str
    approval: str
    initiators: int
    words: str
    places: tuple[str, ...]
    at: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        return Text(
            title=f"关于公布《{head.covenant}》的公告",
            title_en="Publication of the covenant",
            blocks=(
                Paragraph(
                    f"《{head.covenant}》由 {self.initiators} 家发起单位签署，经{self.approver}批准（{self.approval}），"
                    f"现予公布，自{day_zh(self.in_force)}起施行。"
                ),
                rows(
                    ("文本摘要", self.edition),
                    ("施行之日", day_zh(self.in_force)),
                    ("批准", f"{self.approver} {self.approval}"),
                    ("公布处", "\n".join(self.places)),
                ),
                *law(head, self.at, self.words),
                Paragraph(
                    "公约的全文、签署、批准与其后的每一行为都记在公开簿里，任何人都可以下载并核验：字节未改、签名属实、每一行为合于公约。"
                ),
            ),
            english=(
                f"The covenant, signed by {self.initiators} initiators and approved by {self.approver} ({self.approval}),"
                f" is published and in force from {self.in_force}. The whole record can be downloaded and verified.",
            ),
            attached=(f"《{head.covenant}》全文",),
        )


class Listed(Struct, frozen=True):
    """A unit on a list: its name, its credit code, the day of the event; `beside`: its former name, or what is corrected."""

    name: str
    code: str
    on: Day
    beside: str = ""


class ListPublished(Matter, frozen=True):
    """A periodic list of joins and leaves, and how many member units there are at its end."""

    number: int
    begins: Day
    ends: Day
    joined: tuple[Listed, ...]
    left: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    renamed: tuple[Listed, ...]
    corrected: tuple[Listed, ...]
    members: int
    words: str
    at: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        return Text(
            title=f"加入及退出《{head.covenant}》\n单位名单（第 {self.number} 期）",
            title_en=f"List no. {self.number} of units that joined and left",
            blocks=(
                Paragraph(
                    f"依{cited(head, self.at)}，现公布{day_zh(self.begins)}至{day_zh(self.ends)}加入及退出的单位。"
                    f"期末共有成员单位 {self.members} 家。"
                ),
                *law(head, self.at, self.words),
                _table("一、加入", "加入之日", self.joined),
                _table("二、退出", "退出之日", self.left),
                _table("三、资格终止", "终止之日", self.ended),
                _table("四、变更名称", "变更之日", self.renamed, "原名"),
                _table("五、更正（此前名单所列不实，或已撤销）", "所列之日", self.corrected, "此前所列"),
                Paragraph("名单只陈述登记的事实。认为有误的，请书面告知执行机构；更正将以同样的方式公布。"),
            ),
            english=(
                f"Units that joined ({len(self.joined)}), left ({len(self.left)}) or whose membership ended"
                f" ({len(self.ended)}) from {self.begins} to {self.ends}; changed their names: {len(self.renamed)}; corrected, as an"
                f" earlier list said what was not so, or was undone: {len(self.corrected)}; {self.members} member units at its end.",
            ),
        )


def _table(caption: str, on: str, units: tuple[Listed, ...], beside: str = "") -> Table:
    if beside:
        wide = tuple((str(n), u.name, u.beside, u.code, u.on) for n, u in enumerate(units, 1))
        return Table(caption, ("序号", "单位名称", beside, "统一社会信用代码", on), wide, (2, 6, 6, 6, 3))
    numbered = tuple((str(n), u.name, u.code, u.on) for n, u in enumerate(units, 1))
    return Table(caption, ("序号", "单位名称", "统一社会信用代码", on), numbered, (2, 10, 7, 4))


class InterpretationIssued(Matter, frozen=True):
    """An interpretation. `words`: of the article; `sets`: what it decides in both languages, None for prose; `under`: the article it is given under."""

    number: int
    at: str
    words: str
    text: str
    effective: Day
    sets: tuple[str, str] | None = None
    under: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        decided: Block = rows(("所定的值", self.sets[0])) if self.sets else Paragraph(f"本解释为{PROSE[0]}。")
        effect = f"It sets {self.sets[1]}." if self.sets else f"It {PROSE[1]}."
        return Text(
            title=f"《{head.covenant}》解释第 {self.number} 号",
            title_en=f"Interpretation no. {self.number}, on {in_english(self.at)}",
            blocks=(
                *law(head, self.at, self.words),
                Paragraph(f"依{cited(head, self.under)}，对上述条文解释如下："),
                Paragraph(self.text),
                decided,
                Paragraph(f"本解释自{day_zh(self.effective)}起生效；此前已经开始的表决与事项仍依当时的解释办理。"),
            ),
            english=(
                f"Interpretation no. {self.number} of {in_english(self.at)}, effective from {self.effective}. Votes and"
                f" matters already open keep the interpretation they opened under. {effect}",
            ),
        )


class BulletinEnclosed(Matter, frozen=True):
    """A bulletin by post, to a member where nobody signs in. `n`: its place among those to all members; `ends`: check words of it.

    `marked`: whose copy this is, of what speaks of a unit; `kept`: the head, which shows that no earlier one is missing.
    """

    unit: str
    n: int
    kind: str
    kind_en: str
    day: Day
    text: str
    corrects: int
    ends: str
    at: str
    marked: str = ""
    kept: PrintedHead | None = None

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        corrects = f"第 {self.corrects} 件，以此件为准" if self.corrects else ""
        return Text(
            title=f"{self.kind}（致全体成员单位第 {self.n} 件）"
            if self.marked
            else f"致全体成员单位的公告（第 {self.n} 件）",
            title_en=f"Bulletin no. {self.n} to all members{f': {self.kind_en}' if self.marked else ''}",
            blocks=(
                Paragraph(f"{self.unit}："),
                Paragraph(f"依{cited(head, self.at)}，现将下列公告告知贵单位。只给成员单位，请勿公开。"),
                rows(("类别", self.kind), ("发出", day_zh(self.day)), ("更正", corrects)),
                *(Paragraph(line) for line in self.text.splitlines() if line.strip()),
                *(
                    [Paragraph(f"本件为{self.marked}的一份，列示十二个月；不得转交他人，不得向社会公开。")]
                    if self.marked
                    else []
                ),
                rows(("位次", f"d:members 第 {self.n} 位"), ("核对词", self.ends)),
                *(self.kept.blocks() if self.kept else ()),
            ),
            english=(
                f"Bulletin no. {self.n} ({self.kind_en}) of {self.day}, for members alone: not to be made public.",
            ),
        )


class Submission(Matter, frozen=True):
    """A letter to the authority: the covenant for approval, or an adopted amendment for its file.

    `edition`: digest of the text; `figures`: how it was signed or adopted; `contact`: an office's address, no person's.
    """

    authority: str
    what: Literal["founding", "amendment"]
    edition: str
    figures: str
    at: str
    words: str
    page: str
    contact: str

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        founding = self.what == "founding"
        title = (
            f"关于报请批准\n《{head.covenant}》的请示" if founding else f"关于报送\n《{head.covenant}》修改备案的报告"
        )
        ask = (
            "现将签署文本报上，请予审批。批复请以书面作出，载明文号与日期；我们将由两人据以记录。"
            if founding
            else ("现将修改后的文本报上备案。")
        )
        return Text(
            title=title,
            title_en="Submission for approval" if founding else "An adopted amendment, for the authority's file",
            to=self.authority,
            blocks=(
                Paragraph(f"{self.figures}{ask}"),
                rows(("文本摘要", self.edition), ("只读查阅", self.page), ("联系", self.contact)),
                *law(head, self.at, self.words),
                Paragraph("妥否，请批示。" if founding else "特此报告。"),
            ),
            english=(
                f"To {self.authority}: the text ({self.edition}) is submitted"
                f" {'for approval' if founding else 'for its file'} under {in_english(self.at)}.",
            ),
            attached=(
                f"《{head.covenant}》{'签署文本' if founding else '修改后的文本与前后对照'}",
                "签署单位名单" if founding else "表决结果",
            ),
        )
