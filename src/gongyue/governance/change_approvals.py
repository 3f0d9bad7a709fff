"""Approvals of changes that are waited for, and approvals that were recorded while no authority was designated.

Nobody owes an approval within any time, so that it is no duty; and two officers may record one from paper where the text asks for it
and nobody was designated: then no authority signed anything, which is said as it is recorded and wherever the book is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gongyue.covenant.periods import iso

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

APPROVAL = "amendment.approval/1"
Said = tuple[str, str]


class Awaited(NamedTuple):
    """A change that was adopted on a day and is not approved yet; `authority`: the name of whoever is designated, empty where nobody is."""

    proposal: str
    adopted: int
    authority: str

    @property
    def data(self) -> dict[str, str]:
        """As JSON data: the act that records it, the change, the day on which it was adopted."""
        return {"act": APPROVAL, "proposal": self.proposal, "adopted": iso(self.adopted), "authority": self.authority}

    @property
    def said(self) -> Said:
        """What is waited for, by whom it is given, and by which command it is recorded."""
        command = (
            f"gongyue amendment approval --proposal {self.proposal} --paper-scan FILE --paper-number NUMBER --paper-dated YYYY-MM-DD"
            " --key … --key …"
        )
        by, of = (
            (f"待{self.authority}批准", f"{self.authority} has to approve it")
            if self.authority
            else ("待批准：没有指定主管部门", "an approval is waited for, and no authority is designated")
        )
        return (
            f"修改 {self.proposal} 已经通过，{by}；没有期限，批准之前不能公布。收到批复文件后，由两名职员记录：{command}",
            f"change {self.proposal} was adopted, and {of}; there is no last day, and it is not published before. Once the letter has come, two officers"
            f" record it: {command}",
        )


def awaited(inst: Institution, day: int) -> Iterator[Awaited]:
    """Every change that is adopted, may still come into force, and waits for the authority's approval."""
    named = inst.founding.authority("approver", day)
    for proposal in inst.proposals.values():
        vote = inst.votes.get(proposal.id)
        if proposal.stage != "proposed" or vote is None or vote.outcome != "adopted":
            continue
        if proposal.pinned.authority == "approve" and not proposal.notified:
            yield Awaited(proposal.id, vote.closed_day, named.name if named else "")


def nobody_designated(inst: Institution, type: str, day: int) -> Said | None:
    """That no authority is designated, where an approval of a change is recorded all the same; None of any other act."""
    if type != APPROVAL or inst.founding.authority("approver", day) is not None:
        return None
    return (
        "簿册没有指定主管部门：这一批准只凭纸面由两名职员记录，没有任何主管部门以自己的密钥签署；verify 与公开的页面都会这样写明。"
        "批准是否确已作出，须按文号向发文机关查问。要使主管部门得以自行签署，先另行指定主管部门",
        "the book designates no authority: two officers alone record this approval from paper, and no authority signed it with a key of its own; verify and"
        " the public pages say so. Whether it was given is to be asked of whoever issued the letter, by its number. For an authority to sign by itself,"
        " name it first",
    )


def unsigned(inst: Institution) -> Iterator[Said]:
    """Of every approval of a change that is on record while nobody was designated: that no designated authority signed it."""
    for proposal in inst.proposals.values():
        day, index = proposal.notified_day, proposal.notified_index
        if proposal.pinned.authority != "approve" or day is None:
            continue
        if inst.founding.authority("approver", day) is None:
            yield (
                f"修改 {proposal.id} 的批准（#{index}）由两名职员凭纸面记录：当时簿册没有指定主管部门，没有主管部门自己签署",
                f"the approval of change {proposal.id} (#{index}) was recorded by two officers from paper: the book designated no authority then,"
                " and none signed",
            )
