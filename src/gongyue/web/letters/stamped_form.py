"""The form that an applicant stamps and sends in: by it two officers compare the words of the key its application brings (articles 4, 23)."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.web.letters.layout import Blank, Blanks, Block, LetterHead, Matter, Paragraph, Signing, Text, cited, law

MADE_BY_KEY = (
    "加入申请由本单位以自己的密钥签署，在线递交，不能凭纸面记录。本表不代替申请，只有一个用处："
    "两名经办人员把下面的核对词与申请所带密钥的相比，确认密钥是本单位的。在那以前，密钥只用于这份申请。"
)
"""What the paper is for, as the pages say it too."""


class StampedForm(Matter, frozen=True):
    """The form, blank or filled in from the application. `at`, `words`: where the text has its clause, and the article's words;
    `key_words`: the check words of the key, in Chinese and in English; `arrived`: when the application arrived, in words."""

    at: str
    words: str
    name: str = ""
    code: str = ""
    key_words: tuple[str, ...] = ()
    arrived: str = ""

    def said(self, head: LetterHead) -> Text:
        """The form's text under that head."""
        return Text(
            title="加入申请表（核对密钥用）",
            title_en="Form of an applicant, to compare its key",
            blocks=tuple(self._blocks(head)),
            signed=False,
        )

    def _blocks(self, head: LetterHead) -> Iterator[Block]:
        yield Paragraph(f"本单位依{cited(head, self.at)}向{head.issuer}申请加入。{MADE_BY_KEY}")
        yield from law(head, self.at, self.words)
        yield Blanks("一、申请单位", "The applicant", tuple(self._whose()))
        yield Blanks("二、密钥的核对词", "The check words of its key", tuple(self._key()))
        places = (
            ("单位（盖章）", "Seal of the unit"),
            ("法定代表人或授权代表（签字）", "Legal representative or delegate"),
        )
        yield Signing("三、签署", "Seal and signature", places)
        yield Paragraph(f"盖章后寄交：{head.contact or head.issuer}")
        yield _compared()

    def _whose(self) -> Iterator[Blank]:
        yield Blank("单位名称", "Name of the unit", value=self.name)
        yield Blank("统一社会信用代码", "Unified social credit code", value=self.code)
        yield Blank("联系人、电话或邮箱", "Whom to ask, telephone or mail", "只供联系，不入簿册。")

    def _key(self) -> Iterator[Blank]:
        hint = "" if self.key_words else "递交申请以后的页面所示，照抄；中文、英文写一种即可。"
        yield Blank("核对词", "Check words", hint, lines=3, value="\n".join(self.key_words))
        if self.arrived:
            yield Blank("申请收到时刻", "The application arrived", value=self.arrived)


def _compared() -> Blanks:
    """What the two officers fill in who compare the words."""
    return Blanks(
        "四、执行机构填写",
        "For the executive body",
        (
            Blank("收到日期", "Received on", day=True, half=True),
            Blank("与密钥的核对词", "The words of the key", choices=("逐字相同", "不同"), half=True),
            Blank("核对人一", "First officer", half=True),
            Blank("核对人二", "Second officer", half=True),
            Blank("公开簿序号", "Entry of the open book"),
        ),
    )
