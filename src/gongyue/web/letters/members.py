"""Letters about membership: invitation, admission, refusal, and that a membership is over."""

from __future__ import annotations

from typing import Literal

from gongyue.web.letters.layout import (
    Day,
    LetterHead,
    Link,
    Matter,
    Paragraph,
    Text,
    cited,
    day_zh,
    end_en,
    end_zh,
    law,
    rows,
)


class Invitation(Matter, frozen=True):
    """An invitation to join. `words`: those of the `article` on joining; `until`: the last day of the first batch; `page`: where to answer."""

    unit: str
    words: str
    page: str
    until: Day | None = None
    at: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        until = f"首批加入截至{day_zh(self.until)}（含当日）；其后仍可申请加入。" if self.until else ""
        return Text(
            title=f"邀请加入《{head.covenant}》",
            title_en="Invitation to join the covenant",
            to=self.unit,
            blocks=(
                Paragraph(
                    f"诚邀贵单位加入《{head.covenant}》。是否加入，由贵单位自行决定；未答复不视为加入，也不影响贵单位的任何权利。"
                ),
                *law(head, self.at, self.words),
                Paragraph(
                    f"愿意加入的，请在 {self.page} 办理，或填写所附《首批加入》纸面表格，加盖公章后寄回；"
                    f"我们收到后两人核对、记入公开簿，并把记录的内容通知贵单位。{until}"
                ),
                Paragraph("加入前请通读公约全文与现行解释。扫描右上二维码可以看到本邀请在公开簿中的记录。"),
            ),
            english=(
                f"You are invited to join the covenant. Whether to join is yours to decide; no answer is not consent."
                f" To join, go to {self.page} or return the enclosed paper form under your seal."
                + (f" The first batch is open to {self.until}." if self.until else ""),
            ),
            attached=("公约全文", "《首批加入》纸面表格"),
        )


class AccountInvitation(Matter, frozen=True):
    """An invitation to sign in for a unit, with its link: for that person alone. `until`: Unix seconds, when the link ends; `unit`: empty
    where it has yet to apply."""

    unit: str
    person: str
    link: str
    until: int

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        return Text(
            title=f"《{head.covenant}》\n办事网页邀请函",
            title_en="Invitation to the pages of the covenant",
            to=" ".join(part for part in (self.unit, self.person) if part),
            blocks=(
                Paragraph(
                    f"现邀请您在《{head.covenant}》的办事网页上取得贵单位签署人的席位。请在北京时间{end_zh(self.until)}之前扫描右上二维码，"
                    "或打开下面的地址，设立账号；地址只能用一次，只供您本人，请勿转交。"
                ),
                Link(self.link),
                Paragraph(
                    "设立账号以后，请先启用两步验证。以贵单位名义签署须有登记的密钥：登录后在“密钥”一页按所示办理，手机即可。"
                ),
                Paragraph(f"如不知此事，不必理会：不打开地址，什么也不会发生。过期的，请向{head.issuer}索取新的。"),
            ),
            english=(
                "You are invited to your unit's seat as its signatory on the pages of the covenant. Before"
                f" {end_en(self.until)} scan the code above or open the address to set up your account; it works once and"
                " is for you alone. Then turn on two-step verification; a registered key is needed to sign in your unit's name."
                " If you know nothing of this, ignore it: without opening the address nothing happens.",
            ),
        )


class Admitted(Matter, frozen=True):
    """An application was granted. `applied`: when it arrived; `since`: member from that day; `entry`: in the open book."""

    unit: str
    id: str
    applied: Day
    since: Day
    entry: int
    page: str
    at: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        return Text(
            title="准予加入通知书",
            title_en="Notice of admission",
            to=self.unit,
            blocks=(
                Paragraph(
                    f"贵单位于{day_zh(self.applied)}提出的加入申请，经审查符合{cited(head, self.at)}的条件，准予加入。"
                ),
                rows(
                    ("簿册里的编号", self.id),
                    ("加入之日", day_zh(self.since)),
                    ("公开簿", f"第 {self.entry} 条"),
                ),
                Paragraph(
                    "自加入之日起，贵单位享有公约规定的权利，承担公约规定的义务：可以附议修改提议、参加其后开始的表决、"
                    "签署附件、请求解释，也可以随时退出。"
                    f"以贵单位名义办理的一切行为都会通知贵单位，并可在 {self.page} 查看。"
                ),
            ),
            english=(
                f"Your application of {self.applied} is granted: your unit is a member from {self.since}"
                f" (open book, entry {self.entry}). Every act done in your unit's name is told to you and shown at {self.page}.",
            ),
        )


GROUNDS = {
    "practitioner": ("申请单位不符合所写的加入资格", "the applicant does not meet the condition of joining"),
    "acceptance": ("申请单位未表示接受公约的规则", "the applicant does not accept the rules"),
}


class NotAdmitted(Matter, frozen=True):
    """An application was refused; for the applicant alone. `place`: its own in the sealed book; `reasons`: why, in prose."""

    unit: str
    applied: Day
    ground: Literal["practitioner", "acceptance"]
    words: str
    reasons: str
    place: str
    at: str = ""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        zh, en = GROUNDS[self.ground]
        return Text(
            title="不予加入通知书",
            title_en="Notice of refusal",
            to=self.unit,
            blocks=(
                Paragraph(
                    f"贵单位于{day_zh(self.applied)}提出的加入申请，经审查，因{zh}，不符合{cited(head, self.at)}的条件，不予加入。"
                ),
                *law(head, self.at, self.words),
                Paragraph(f"理由：{self.reasons}"),
                rows(("密封簿", f"{self.place}（内容不公开）")),
                Paragraph(
                    "本通知只发给贵单位，申请与本决定均不公开。条件具备后可以再次申请；不服本决定的，可以书面向执行机构提出，或向监督执行机构的部门反映。"
                ),
            ),
            english=(
                f"Your application of {self.applied} is not granted: {en}. Neither application nor decision"
                " is public. You may apply again, or write to the executive body or to whoever supervises it.",
            ),
        )


class MembershipOver(Matter, frozen=True):
    """A membership ended, by withdrawal or otherwise: the same neutral words. `until`: from that day on it is no member.

    `ground`: on what it ended, in Chinese and English, and `opens`: the line that opens the link which names it, both for this unit
    alone; empty where the entry carries none.
    """

    unit: str
    id: str
    since: Day
    until: Day
    way: Literal["withdrawn", "ended"]
    entry: int
    opens: str = ""
    ground: tuple[str, str] = ("", "")

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        zh, en = ("退出", "withdrawal") if self.way == "withdrawn" else ("资格终止", "end of membership")
        return Text(
            title="成员资格状况确认函",
            title_en="Confirmation of membership status",
            to=self.unit,
            blocks=(
                Paragraph(f"兹确认贵单位在《{head.covenant}》中的成员资格状况如下："),
                rows(
                    ("簿册里的编号", self.id),
                    ("加入之日", day_zh(self.since)),
                    ("终止之日", day_zh(self.until)),
                    ("登记为", zh),
                    ("公开簿", f"第 {self.entry} 条"),
                ),
                Paragraph(
                    "贵单位此前依公约所作的行为仍按原样留存、仍可核验；贵单位持有的回执继续有效。自该日起，公约规定的成员权利和义务不再适用于贵单位，依法律应当承担的义务不受影响。"
                ),
                *self._opened(),
                Paragraph("本函只陈述登记的事实，不含对贵单位的任何评价。贵单位符合条件的，可以再次申请加入。"),
            ),
            english=(
                f"Your unit was a member from {self.since} until {self.until} (registered as: {en}; open book, entry"
                f" {self.entry}). Its past acts stand and its receipts remain valid. This letter states what is registered"
                " and judges nothing; the unit may apply again.",
                *(
                    [
                        f"The ground, told to this unit alone: {self.ground[1]}. Keep the line that opens it in the book:"
                        " it is checked with gongyue verify."
                    ]
                    if self.opens
                    else []
                ),
            ),
        )

    def _opened(self) -> tuple[Paragraph, ...]:
        """On what it ended, and what the unit checks that with, also where it has no key and no account."""
        if not self.opens:
            return ()
        told = f"资格终止的理由：{self.ground[0]}。这一理由只告知贵单位，公开簿上看不出来。"
        kept = "要核验的，请存好下面一行（供机器读），连同所涉的卷用 gongyue verify 核验："
        return Paragraph(told), Paragraph(kept), Paragraph(self.opens)
