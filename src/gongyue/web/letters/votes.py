"""Letters about votes: the call to vote, and the result."""

from __future__ import annotations

from gongyue.covenant.periods import moment
from gongyue.governance.poll import Outcome
from gongyue.office.count_text import OUTCOMES
from gongyue.web.letters.layout import LetterHead, Matter, Paragraph, Text, end_en, end_zh, law, rows


def _recount(public: bool) -> str:
    """Who may count again, by the reading that was adopted (art. 22)."""
    return "一并启封，任何人都可以重新计票" if public else "向成员单位启封，成员单位都可以重新计票"


class CallToVote(Matter, frozen=True):
    """A vote was opened. `title`, `title_en`: of what is voted on; `digest`: of the text voted on; `opened`, `closes`: Unix seconds, `closes` the first second
    too late; `needed`, `needed_en`: how many consents, of whom; `roll`: of how many on the roll; `words`: the article's; `page`: where to vote;
    `public_ballots`: whether they are opened to everybody at the close, or to members alone."""

    unit: str
    title: str
    title_en: str
    digest: str
    summary: str
    at: str
    words: str
    opened: int
    closes: int
    needed: str
    needed_en: str
    roll: int
    page: str
    public_ballots: bool = True

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        return Text(
            title=f"关于表决“{self.title}”的通知",
            title_en="Call to vote",
            to=self.unit,
            blocks=(
                Paragraph(f"“{self.title}”已开始表决。贵单位在冻结的名册上，有一票。"),
                rows(
                    ("表决事项", self.title),
                    ("内容提要", self.summary),
                    ("文本摘要", self.digest),
                    ("开始", f"{moment(self.opened)}（北京时间）"),
                    ("截止", f"{end_zh(self.closes)}（北京时间）之前到达有效"),
                    ("名册", f"{self.roll} 家"),
                    ("通过所需", self.needed),
                    ("选项", "同意、不同意、弃权，三者择一"),
                ),
                *law(head, self.at, self.words),
                Paragraph(
                    f"投票办法：一、登录 {self.page}，核对文本摘要后以贵单位的密钥或通行密钥签署；"
                    "二、填写所附纸面选票，加盖公章，在截止之前送达，由执行机构两人记录并立即通知贵单位。"
                    "截止前可以更改，以最后到达的一票为准。"
                ),
                Paragraph(f"表决期间选票密封，只公布已投票的单位数；截止后{_recount(self.public_ballots)}。"),
            ),
            english=(
                f"The vote on the {self.title_en} is open until {end_en(self.closes)}. Your unit has one vote:"
                f" consent, against or abstain. Of a roll of {self.roll}, {self.needed_en}. Vote at {self.page} with your"
                " unit's key, or return the enclosed paper ballot under your seal. It can be changed until the close; the"
                " last one to arrive counts.",
            ),
            attached=("付诸表决的文本", "《投票》纸面表格"),
        )


class ResultOfVote(Matter, frozen=True):
    """A vote was closed. `title`, `title_en`: of what was voted on; `arithmetic`: how the threshold was reached or missed, as the rule states it."""

    unit: str
    title: str
    title_en: str
    digest: str
    at: str
    words: str
    roll: int
    voted: int
    consents: int
    against: int
    abstain: int
    arithmetic: str
    outcome: Outcome
    page: str
    public_ballots: bool = True

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        zh, en = OUTCOMES[self.outcome]
        return Text(
            title=f"关于“{self.title}”表决结果的通知",
            title_en="Result of the vote",
            to=self.unit,
            blocks=(
                Paragraph(f"“{self.title}”的表决已经结束，结果为{zh}。"),
                rows(
                    ("文本摘要", self.digest),
                    ("名册", f"{self.roll} 家"),
                    ("投票", f"{self.voted} 家，未投 {self.roll - self.voted} 家"),
                    ("同意", f"{self.consents} 家"),
                    ("不同意", f"{self.against} 家"),
                    ("弃权", f"{self.abstain} 家"),
                    ("计算", self.arithmetic),
                    ("结果", zh),
                ),
                *law(head, self.at, self.words),
                Paragraph(f"选票已经{_recount(self.public_ballots)}。贵单位可以在 {self.page} 查到自己的一票。"),
            ),
            english=(
                f"The vote on the {self.title_en} is closed: {en}. Of {self.roll} on the roll {self.voted} voted: {self.consents}"
                f" consent, {self.against} against, {self.abstain} abstain. Find your ballot, and recount, at"
                f" {self.page}.",
            ),
        )
