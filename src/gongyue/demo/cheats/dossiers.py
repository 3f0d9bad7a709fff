"""Cheats with a dossier itself: what is left out of it, written twice, cut off, back-dated or exchanged before a party is handed it."""

from __future__ import annotations

from gongyue.demo.cheats.casework import CASEWORKER, EVIDENCE, NOTICE, Casework
from gongyue.demo.cheats.catalogue import CASE, by_its_party, cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import PACK, Forger
from gongyue.demo.simulated_office import commitment_to
from gongyue.sealing.commitment import commit


@by_its_party(
    "gap-in-the-file",
    "交给当事方的卷缺一条",
    "hand a party its file with an entry left out",
    ("缺位的是第几位", "which place is missing"),
    "tampered/gap",
    exits=2,
)
def gap_in_the_file(desk: Desk) -> Forger:
    """The recusal that it asked for is nowhere."""
    work = Casework(desk)
    work.open_case()
    work.served_and_told()
    return work.done(without=4)


@by_its_party(
    "second-variant",
    "同一位次写两条，给不同的人看",
    "write two entries at one place, to show each to another",
    ("两条在同一位次", "two entries at one place"),
    "dossier/two",
)
def second_variant(desk: Desk) -> Forger:
    """One party compares what both were handed."""
    work = Casework(desk)
    work.open_case()
    work.serve("notice", NOTICE)
    work.add("dossier.serve/1", {"what": "notice", "docs": [EVIDENCE]}, CASEWORKER, n=2)
    return work.done()


@by_its_party(
    "cut-short",
    "存卷凭证之后抽去卷尾",
    "cut off the end of a file after its head was signed",
    ("与所存的存卷凭证矛盾", "contradicts the head that it kept"),
    "tampered/head",
    exits=2,
)
def cut_short(desk: Desk) -> Forger:
    """What was conclusive is replaced by something else."""
    work = Casework(desk)
    work.open_case()
    work.receive(work.serve("notice", NOTICE), NOTICE)
    head = work.head(3, work.forger.now)
    work.chain.pop()
    work.receive(2, NOTICE, dated=work.forger.day())
    return work.done(before=head)


@by_its_party(
    "backdated-conclusion",
    "把结论倒填在答复之前",
    "back-date a conclusion to before the reply",
    ("卷内时间倒退", "the times within the dossier fall"),
    "out-of-turn/dossier-order",
)
def backdated_conclusion(desk: Desk) -> Forger:
    """The panel's entry is given the hour at which the case was opened."""
    work = Casework(desk)
    work.open_case()
    opened = work.forger.now
    work.forger.later(hours=2)
    work.served_and_told()
    work.replied(heard=False)
    now, work.forger.now = work.forger.now, opened + 60
    work.conclude()
    work.forger.now = now
    return work.done()


@cheat(
    "evidence-exchanged",
    CASE,
    "交给当事方的证据包里，换了一份证据",
    "exchange a document in the evidence pack that the party is handed",
    caught=("证据包自己：文书不是条目所指的那一份", "the pack itself: the document is not the one that was named"),
    code="tampered/document",
    exits=2,
    pack=PACK,
)
def evidence_exchanged(desk: Desk) -> Forger:
    """What was served was harmless; what is shown to the lawyer is not."""
    work = Casework(desk)
    salt, true, other = bytes(32), "记录：还款数据已于当日删除。".encode(), "记录：还款数据用于营销。".encode()
    evidence = commit(salt, true)
    work.open_case()
    work.receive(work.serve("notice", NOTICE), NOTICE)
    work.receive(work.serve("evidence", evidence), evidence)
    work.serve("recorded", commitment_to("告知信"))
    return work.done_with_pack({evidence: ("记录.txt", other, salt)})
