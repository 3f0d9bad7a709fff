"""How a vote is told: who votes how, week by week, what turnout shows, what the close finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gongyue.covenant.counting import consents_needed, enough_of
from gongyue.covenant.periods import iso
from gongyue.demo.simulated_office import paper
from gongyue.demo.story.script import SECRETARY, Script
from gongyue.governance.vote import opening_statement

Choices = dict[str, str]

KEEPERS = ("dukou", "zhuxi", "caiwei")
"""Members that keep their receipts and openings in the story."""


def opened_by_secretary(script: Script, matter: str) -> None:
    """The secretary opens the vote: the roll is frozen, the window set."""
    body = {"matter": matter, **opening_statement(script.inst, matter, script.today)}
    roll, share = len(script.inst.members), script.inst.meaning.consent()
    need = consents_needed(share, script.inst.meaning.quorum, roll)
    zh, en = f"开始表决（{matter}），名册冻结", f"opens the vote ({matter}); the roll is frozen"
    figures = f"名册 {roll} 家，须 {need} 家 / roll {roll}, {need} needed ({share.text})"
    script.do("vote.open/1", "exec", body, zh, en, signers=[SECRETARY], figures=figures)


def plan(script: Script, first: list[str], leaver: str = "") -> Choices:
    """Who votes how: one consent more than needed, a few against, a few abstain, the rest stay silent.

    `first` consent for certain; `leaver` too, and leaves before the count.
    """
    roll = sorted(script.inst.members)
    need = enough_of(script.inst.meaning.consent().size, len(roll))
    sure = [u for u in (*first, leaver) if u in script.inst.members]
    order = sure + [u for u in _by_joining(script) if u not in sure]
    consents = min(len(order), need + 1)
    others = order[consents : max(consents, len(order) - 3)]
    against, abstain = others[:-2], others[-2:]
    return (
        dict.fromkeys(order[:consents], "consent")
        | dict.fromkeys(against, "against")
        | dict.fromkeys(abstain, "abstain")
    )


def _by_joining(script: Script) -> list[str]:
    return [u.id for u in script.world.unit if u.id in script.inst.members]


def cast(script: Script, matter: str, unit: str, choice: str, on_paper: bool = False, again: bool = False) -> None:
    """One ballot, sealed: what it says is not told before the close."""
    body = {"vote": matter, "choice": choice}
    slug = next(u.slug for u in script.world.unit if u.id == unit)
    if on_paper:
        day = iso(script.today)
        letter = paper(f"选票 {slug}", day, day)
        zh, en = "投票（纸面，两名经办人员记录）", "votes on paper, recorded by two officers"
        receipt = script.do("vote.ballot/1", unit, body, zh, en, signers=["o:bai", "o:qin"], paper=letter)
        told = {"vote": matter, "of": receipt.commitment, "way": "letter", "day": day}
        zh = "记录已函告该单位：结束前可否认这张纸面选票（密封）"
        en = "records (sealed) that the unit was told: until the close it can disavow that ballot"
        script.do("vote.notify/1", "exec", told, zh, en, signers=["o:bai", "o:qin"])
        return
    zh, en = (
        ("改投（密封），后票代前票", "votes anew (sealed): the later ballot counts")
        if again
        else ("投票（密封）", "votes (sealed)")
    )
    receipt = script.do("vote.ballot/1", unit, body, zh, en)
    if slug in KEEPERS:
        script.keep_receipt(slug, f"ballot-{matter[2:]}{'-anew' if again else ''}", receipt)


def over_weeks(
    script: Script,
    matter: str,
    choices: Choices,
    days: tuple[str, ...],
    ticks: dict[str, Callable[[], None] | None],
    paper_of: str,
) -> None:
    """Cast the ballots over the days given, in turn; on the days of `ticks` the office states the turnout first."""
    units = list(choices)
    rows = [(days[place * len(days) // len(units)], unit) for place, unit in enumerate(units)]
    for day in sorted({*days, *ticks}):
        if day in ticks:
            script.at(f"{day} 09:00").tick()
            then = ticks[day]
            if then is not None:
                then()
        for place, unit in enumerate(u for d, u in rows if d == day):
            script.at(f"{day} {10 + place // 6}:{place % 6 * 10:02}")
            cast(script, matter, unit, choices[unit], on_paper=unit == paper_of)


def weekly(first: str, last: str) -> tuple[str, ...]:
    """Every seventh day from `first` to `last`."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    count = (end - start).days // 7 + 1
    return tuple((start + timedelta(days=7 * n)).isoformat() for n in range(count))
