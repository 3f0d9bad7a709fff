"""Letters to those who serve: that one is appointed, to which offices, until when, and how the first day goes."""

from __future__ import annotations

from gongyue.governance.office_names import OFFICES_ZH
from gongyue.web.letters.layout import Day, LetterHead, Matter, Paragraph, Text, cited, day_zh, rows

DUTIES = {
    "secretary": "指派承办人，决定加入申请与诉求的反映；不查阅没有指派给自己的卷。",
    "clerk": "起草、凭纸面记录、发出公告；不单独决定。",
    "caseworker": "办理指派给自己的检举与案件；办过的不得审议。",
    "panellist": "审议指派给自己的案件，独立作出认定；参与过原处理的不得复核。",
    "mediator": "调解当事方请求的争议；所闻不得用于调查。",
    "publisher": "公布所决定的事项；不决定。",
    "sysop": "保管系统；不任其他职务。",
}
"""What each office does, and what it must not."""


class Appointed(Matter, frozen=True):
    """A person is appointed. `officer`: by its opaque id, `name` where its account has one.

    `offices`, with their first and last day; `page`: where to sign in; `entry`: in the open book; `at`: the address of the article on
    the executive body.
    """

    officer: str
    offices: tuple[str, ...]
    begins: Day
    ends: Day
    entry: int
    page: str
    at: str = ""
    name: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        named = "、".join(OFFICES_ZH.get(one, one) for one in self.offices)
        return Text(
            title="任命通知书",
            title_en="Letter of appointment",
            to=self.name or f"职员 {self.officer[2:]}",
            blocks=(
                Paragraph(f"依{cited(head, self.at)}，现任命您担任{named}。"),
                rows(
                    ("簿册里的编号", self.officer),
                    ("任期", f"{day_zh(self.begins)}至{day_zh(self.ends)}"),
                    ("公开簿", f"第 {self.entry} 条"),
                ),
                *(Paragraph(f"{OFFICES_ZH[one]}：{DUTIES[one]}") for one in self.offices if one in DUTIES),
                Paragraph(
                    f"第一天：凭另发的邀请在 {self.page} 建立账号，手机即可；在“我的密钥”建立通行密钥，由两名职员核对后登记，公示期满生效。"
                    "卷只有指派给您的打得开。"
                ),
                Paragraph(
                    "任命时已申报利害关系：两年内任职、受酬（会费除外）、持有权益的单位，及投标或年报中列为竞争者的单位。"
                    "有变动的即时重新申报，每年续一次。与当事方有利害关系的，须回避；当事方可以申请您回避。"
                ),
            ),
            english=(
                f"You are appointed as {', '.join(self.offices)} from {self.begins} to {self.ends} (open book, entry {self.entry})."
                f" Set up your account at {self.page} with the invitation sent apart, make a passkey on your phone under “My keys”;"
                " two officers register it. You open the dossiers assigned to you and no others. Declare your interests anew"
                " every year and whenever they change.",
            ),
        )
