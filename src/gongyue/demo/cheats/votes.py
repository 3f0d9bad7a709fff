"""Cheats at a vote: what the opened ballots and the turnout between them give away."""

from __future__ import annotations

import msgspec

from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE, SYSTEM
from gongyue.covenant.periods import day_of, iso
from gongyue.demo.cheats.catalogue import COUNT, NAME, ROLL, TIME, cheat
from gongyue.demo.cheats.desk import Desk, NoScene
from gongyue.demo.cheats.forged_counts import (
    ballots,
    before_last_week,
    body_of,
    close,
    first_vote,
    statement,
    to_the_close,
)
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import admit
from gongyue.sealing.commitment import commit
from gongyue.transparency import canonical


def _one_against(forger: Forger, matter: str) -> str:
    """The first ballot against by a unit that stood by it."""
    for _, salt, data in ballots(forger, matter):
        act = decode(data).entry.act
        once = sum(decode(d).entry.act.actor == act.actor for _, _, d in ballots(forger, matter)) == 1
        if once and msgspec.json.decode(bytes(act.body)).get("choice") == "against":
            return commit(salt, data)
    raise NoScene("没有反对票", "nobody voted against")


@cheat(
    "count-voters-only",
    COUNT,
    "开始表决时写明以参加表决的单位计，少数单位即可通过",
    "open the vote as one of those voting, so that a few can adopt",
    caught=(
        "单凭 verify：条文没有说明以谁计，比例以全体名册计，列明应有的一句",
        "verify alone: the text names nobody, so the share is of the whole roll; what should be stated is named",
    ),
    code="GY-22-08",
)
def count_voters_only(desk: Desk) -> Forger:
    """Eight of twelve would do, of thirty-seven."""
    forger, true = desk.before("vote.open/1")
    forger.act("vote.open/1", true.act.actor, body_of(true) | {"base": "voting"}, ["o:qin"])
    return forger


@cheat(
    "friend-votes",
    ROLL,
    "表决中途接纳“自己人”，让它投票",
    "admit a friend in mid-vote and let it vote",
    caught=("单凭 verify：不在冻结名册", "verify alone: not on the frozen roll"),
    code="GY-22-04",
)
def friend_votes(desk: Desk) -> Forger:
    """A shell company joins lawfully; its ballot is one too many."""
    forger, matter, closing = before_last_week(desk)
    friend = admit(forger.later(hours=2), "空壳数据", 98)
    forger.later(hours=1).seal("vote.ballot/1", friend, {"vote": matter, "choice": "consent"}, [friend])
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "stuff-ballot",
    NAME,
    "以经办密钥，替沉默的成员投同意票",
    "cast a ballot for a silent member with a clerk's key",
    caught=(
        "单凭 verify：不得代他人表决：选票不是由该单位签名的",
        "verify alone: nobody votes for another: the ballot is not signed by its unit",
    ),
    code="GY-04-01",
)
def stuff_ballot(desk: Desk) -> Forger:
    """Silence is made to say yes."""
    forger, matter, closing = before_last_week(desk)
    body = {"vote": matter, "choice": "consent"}
    forger.later(hours=2).seal("vote.ballot/1", _silent(forger, matter), body, ["o:bai"])
    to_the_close(forger, matter, closing)
    return forger


def _silent(forger: Forger, matter: str) -> str:
    """A unit of the roll that has not voted."""
    voted = {decode(data).entry.act.actor for _, _, data in ballots(forger, matter)}
    silent = sorted(set(forger.inst.votes[matter].roll) & set(forger.inst.members) - voted)
    if not silent:
        raise NoScene("没有沉默的单位", "nobody is silent")
    return silent[0]


def _on_paper(forger: Forger, matter: str, unit: str, dated: str, arrived: str) -> None:
    """Two officers record a consent on paper in the unit's name."""
    body = {"vote": matter, "choice": "consent"}
    letter = {"dated": dated, "arrived": arrived, "number": "（伪造）", "scan": canonical.digest(forger.draw(32))}
    forger.later(hours=2).seal("vote.ballot/1", unit, body, ["o:bai", "o:qin"], letter)


@cheat(
    "paper-before-vote",
    TIME,
    "凭表决开始之前的纸面，替沉默的成员投同意票",
    "cast a ballot for a silent member from a paper dated before the vote was opened",
    caught=(
        "单凭 verify：选票的纸面早于表决的开始",
        "verify alone: the paper of the ballot is dated before the opening of the vote",
    ),
    code="out-of-turn/past-date",
)
def paper_before_vote(desk: Desk) -> Forger:
    """Nobody consents to a text that is not there yet."""
    forger, matter, closing = before_last_week(desk)
    opened = day_of(forger.inst.votes[matter].opened)
    _on_paper(forger, matter, _silent(forger, matter), iso(opened - 1), iso(opened))
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "paper-to-come",
    TIME,
    "把明天才会收到的纸面选票记作已收到",
    "record a ballot from a paper that arrives tomorrow",
    caught=("单凭 verify：选票的纸面晚于记录之日", "verify alone: the paper arrived after it was recorded"),
    code="out-of-turn/paper-dates",
)
def paper_to_come(desk: Desk) -> Forger:
    """A date in the future is a slip of whoever invents the paper."""
    forger, matter, closing = before_last_week(desk)
    _on_paper(forger, matter, _silent(forger, matter), forger.day(), forger.day(1))
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "gone-votes",
    ROLL,
    "替表决期间已经退出或被终止的单位投同意票",
    "cast a ballot for a unit that has left since the vote was opened",
    caught=("单凭 verify：投票时已不是成员单位", "verify alone: no member any more when the ballot arrived"),
    code="out-of-turn/not-member",
)
def gone_votes(desk: Desk) -> Forger:
    """It is on the frozen roll, and nobody looks where it is now."""
    forger, matter, closing = before_last_week(desk)
    unit = _silent(forger, matter)
    forger.executive("membership.end/1", {"unit": unit, "link": canonical.digest(b"")}, "o:lu", "o:qin")
    _on_paper(forger, matter, unit, forger.day(), forger.day())
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "paper-after-the-end",
    TIME,
    "表决期满之后才收到的纸面选票，照样记录、计入",
    "record and count a ballot on paper that arrived after the window",
    caught=("单凭 verify：期限已过", "verify alone: the window was over"),
    code="out-of-turn/window-over",
)
def paper_after_the_end(desk: Desk) -> Forger:
    """The day after the window, with three days left to record what came in it."""
    forger, matter, closing = before_last_week(desk)
    unit = _silent(forger, matter)
    forger.now = forger.inst.votes[matter].closes
    _on_paper(forger, matter, unit, forger.day(-1), forger.day())
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "close-too-soon",
    TIME,
    "替沉默的成员记录纸面选票，不等其否认期满就计入",
    "record a ballot on paper for a silent member and count it before it can be disavowed",
    caught=(
        "单凭 verify：P18，纸面选票锚定并告知单位均满三日才计入",
        "verify alone: P18, it counts once its anchor and the notice to its unit are three days old",
    ),
    code="GY-22-11",
)
def close_too_soon(desk: Desk) -> Forger:
    """The notice is recorded too, as lawfully as can be; only time is wanting."""
    forger, matter, closing = before_last_week(desk)
    unit = _silent(forger, matter)
    _on_paper(forger, matter, unit, forger.day(), forger.day())
    of = list(forger.ledger.kept)[-1]
    told = {"vote": matter, "of": of, "way": "letter", "day": forger.day()}
    forger.seal("vote.notify/1", EXECUTIVE, told, ["o:bai", "o:qin"])
    to_the_close(forger, matter, closing)
    return forger


@cheat(
    "close-early",
    TIME,
    "票数够了，就提前结束表决",
    "close the vote early, once there are enough consents",
    caught=("单凭 verify：P6，列明尚余秒数", "verify alone: P6, the seconds left are named"),
    code="GY-22-05",
)
def close_early(desk: Desk) -> Forger:
    """The window has a week to go."""
    forger, matter, _ = before_last_week(desk)
    close(forger, matter)
    return forger


@cheat(
    "drop-ballot",
    COUNT,
    "结束时不启封一张反对票",
    "leave a ballot against out when the ballots are opened",
    caught=(
        "单凭 verify：启封票数与已公布的投票率不符",
        "verify alone: fewer ballots than the turnout stated",
    ),
    code="GY-22-08",
)
def drop_ballot(desk: Desk) -> Forger:
    """The turnout was stated weeks ago."""
    matter = first_vote(desk)
    forger, _ = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    close(forger, matter, _one_against(forger, matter))
    return forger


@cheat(
    "drop-superseded",
    COUNT,
    "只启封改投后的票，藏起先前的票",
    "open only a unit's later ballot and hide the one before",
    caught=("单凭 verify：票的序号有缺口", "verify alone: the sequence of its ballots has a gap"),
    code="GY-22-08",
)
def drop_superseded(desk: Desk) -> Forger:
    """Ballots are numbered per key within the vote."""
    matter = first_vote(desk)
    forger, _ = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    rows = ballots(forger, matter)
    units = [decode(data).entry.act.actor for _, _, data in rows]
    twice = next((n for n, unit in enumerate(units) if units.count(unit) > 1), None)
    if twice is None:
        raise NoScene("没有改投的单位", "nobody voted twice")
    body = statement(forger, matter, [row for n, row in enumerate(rows) if n != twice])
    forger.act("vote.close/1", SYSTEM, body, [SYSTEM])
    return forger


@cheat(
    "forge-tally",
    COUNT,
    "票如实启封，同意数多报两票",
    "open the ballots truly and state two consents too many",
    caught=("单凭 verify：人人可重新计票", "verify alone: anyone counts again"),
    code="GY-22-08",
)
def forge_tally(desk: Desk) -> Forger:
    """The count stated is not the count."""
    matter = first_vote(desk)
    forger, true = desk.before("vote.close/1", lambda e: body_of(e)["matter"] == matter)
    close(forger, matter, consents=body_of(true)["consents"] + 2, against=max(0, body_of(true)["against"] - 2))
    return forger
