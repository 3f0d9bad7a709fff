"""A paper form for every act: its fields with Chinese labels, the words it rests on, room for seal and signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import inspect as shape

from gongyue.governance.acts import ACT_TYPES, ActType, Book
from gongyue.governance.articles import kinds
from gongyue.office import bodies
from gongyue.web.acting.choices import in_order
from gongyue.web.acting.labels import label
from gongyue.web.letters.layout import (
    Blank,
    Blanks,
    Block,
    LetterHead,
    Matter,
    Paragraph,
    Signing,
    Text,
    cited,
    law,
    words,
)

SEVERAL = 3
"""Rows printed for a list of structures; more go on another sheet."""


def printable() -> list[ActType]:
    """The act types that have a form: all but those the office key does without discretion."""
    return [kind for kind in kinds() if kind.by.who != "system"]


class Form(Matter, frozen=True):
    """The form of an act type. `article`: where this text has its clause; `words`: the article's; `unit`, `id`, `given`:
    what is filled in already, the unit's name, its id in the book, and `given` by the field's name; `notice`: what is told before documents are handed in."""

    type: str
    at: str
    words: str
    unit: str = ""
    given: Mapping[str, str] = {}
    notice: tuple[str, ...] = ()
    id: str = ""

    @property
    def kind(self) -> ActType:
        """The act type; ValueError for one that has no form."""
        if self.type not in ACT_TYPES or ACT_TYPES[self.type].by.who == "system":
            raise ValueError(f"no paper form for {self.type}")
        return ACT_TYPES[self.type]

    def said(self, head: LetterHead) -> Text:
        """The form's text under that head."""
        kind, zh = self.kind, self.kind.sheet.zh
        return Text(
            title=f"{zh}（纸面表格）",
            title_en=f"Paper form: {kind.sheet.do}",
            blocks=tuple(self._blocks(kind, zh, head)),
            signed=False,
        )

    def _blocks(self, kind: ActType, zh: str, head: LetterHead) -> Iterator[Block]:
        yield Paragraph(self._statement(kind, zh, head))
        yield from law(head, self.at, self.words)
        if note := _note(kind):
            yield Paragraph(note)
        yield self._whose(kind)
        asked = tuple(self._fields(kind))
        if asked:
            yield Blanks("二、所为内容", "What is done", asked)
        if self.notice:
            yield Paragraph("\n".join(("交文书以前请读：", *self.notice)))
        yield _signing(kind)
        if head.contact:
            yield Paragraph(f"填好后交：{head.contact}")
        yield _office_part(kind)

    def _statement(self, kind: ActType, zh: str, head: LetterHead) -> str:
        whose = {"unit": "本单位", "authority": "本部门"}.get(kind.by.who, f"{head.issuer}")
        book = "公开簿，任何人都能读到" if kind.book is Book.OPEN else "密封簿，内容不公开"
        return f"依{cited(head, self.at)}，{whose}兹办理：{zh}（{kind.type}）。本行为记入{book}。"

    def _whose(self, kind: ActType) -> Blanks:
        names = {
            "unit": (("单位名称", "Name of the unit"), ("成员编号（如有）", "Member id, if any")),
            "authority": (("主管部门名称", "Name of the authority"),),
        }.get(kind.by.who, (("经办职员编号", "Ids of the officers"),))
        known = (self.unit, self.id if kind.by.who == "unit" else "")
        blanks = [Blank(zh, en, value=value) for (zh, en), value in zip(names, known, strict=False)]
        blanks += [Blank("发文字号", "Document no.", half=True), Blank("成文日期", "Date", day=True, half=True)]
        return Blanks("一、由谁办理", "Who acts", tuple(blanks))

    def _fields(self, kind: ActType) -> Iterator[Blank]:
        for field in bodies.fields(kind):
            yield from self._field(kind, field, field.name)

    def _field(self, kind: ActType, field: shape.Field, path: str, row: str = "") -> Iterator[Blank]:
        info = bodies.bare(field.type)
        inner = info.item_type if isinstance(info, shape.VarTupleType) else info
        if isinstance(inner, shape.StructType):
            several = SEVERAL if isinstance(info, shape.VarTupleType) else 0
            for number in range(1, several + 1) if several else (0,):
                for part in inner.fields:
                    yield from self._field(kind, part, f"{path}.{part.name}", _numbered(kind, path, number))
            return
        said = label(kind.type, path)
        yield Blank(
            f"{row}{said.zh}",
            said.en,
            _hint(kind, path, inner),
            tuple(words(kind, path, choice, {}) for choice in _choices(kind, path, info)),
            2 if isinstance(info, shape.VarTupleType | shape.DictType) else 1,
            bodies.is_date(inner),
            value=self.given.get(path, ""),
        )


def _numbered(kind: ActType, path: str, number: int) -> str:
    name = label(kind.type, path).zh
    return f"{name} {number}：" if number else f"{name}："


def _choices(kind: ActType, path: str, info: shape.Type) -> tuple[object, ...]:
    one = info.item_type if isinstance(info, shape.VarTupleType) else info
    if isinstance(one, shape.LiteralType):
        return tuple(in_order(path, one.values))
    return (True, False) if isinstance(one, shape.BoolType) else kind.sheet.choices.get(path, ())


def _hint(kind: ActType, path: str, info: shape.Type) -> str:
    """How to fill in what paper cannot hold, else the form's own hint."""
    if bodies.is_digest(info):
        name = path.rpartition(".")[2]
        private = bodies.is_commitment(kind, name)
        return "填写或另附；不公开。" if private else "另附，写明名称；将公开。"
    if bodies.is_key(info):
        return "抄写或另附公钥（k: 开头）。"
    return "" if path == "vote" else label(kind.type, path).hint_zh  # a ballot stays on one page


def _note(kind: ActType) -> str:
    if kind.by.who == "unit" and not kind.paper:
        return "本类行为只能以单位自己的密钥签署，不能凭纸面记录；本表供单位内部审批、核对之用，签署时照此填写。"
    return kind.sheet.waits


def _signing(kind: ActType) -> Signing:
    places = {
        "unit": (
            ("单位（盖章）", "Seal of the unit"),
            ("法定代表人或授权代表（签字）", "Legal representative or delegate"),
        ),
        "authority": (("主管部门（盖章）", "Seal of the authority"), ("负责人（签字）", "Signature")),
    }.get(
        kind.by.who,
        (("职员（签字）", "Officer"), ("第二职员（签字）", "Second officer"))
        if kind.by.two
        else (("职员（签字）", "Officer"),),
    )
    return Signing("三、签署", "Seal and signature", places)


def _office_part(kind: ActType) -> Blanks:
    """What the office fills in when it records the act."""
    entry = Blank("公开簿序号" if kind.book is Book.OPEN else "密封簿序号", "Entry", half=True)
    if not (kind.paper or kind.by.who == "authority"):
        return Blanks("四、办公室填写", "For the office", (Blank("记录人", "Recorded by", half=True), entry))
    received = Blank("收到日期", "Received on", day=True, half=True)
    officers = Blank("记录人", "Two officers", half=True)
    scan = Blank("扫描件承诺值", "Scan", half=True)
    return Blanks("四、办公室填写", "For the office", (received, officers, scan, entry))
