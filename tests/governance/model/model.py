"""What the covenant's words say of members and votes, in plain Python: the model that the product is held against.

第二十二条　……经三分之二以上成员单位同意，可以对本公约进行修改。
第二十三条　……本公约成员单位也可以退出本公约，并通知公约执行机构……
Written from the text and its readings (`docs/articles.md`), in other words than the product: it replays lists, where the
product folds a state. It imports nothing of ours. Every question is answered by the list of what is unlawful about an act:
a code where the words have one, else "" (a step that cannot be taken now); an empty list is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

BEIJING = timezone(timedelta(hours=8))
DAY = 86_400
WINDOW = 30
"""P6, in days: the first is not counted, the last ends at 24:00 (Civil Code 201, 203)."""
PAPER = 3
"""P18, in days of 86,400 s."""
DISAVOWING = 7
"""Days of 86,400 s in which a unit that was told of it disavows what was recorded from paper in its name."""
TWO_THIRDS = Fraction(2, 3)


@dataclass(frozen=True)
class Says:
    """What the text says of its votes: the share of consent (`more`: 超过, itself excluded) of the whole roll (全体成员单位, or
    nobody named) or of those that vote (参加表决的; 出席的, where a ballot is presence); of the roll how many must vote."""

    share: Fraction = TWO_THIRDS
    more: bool = False
    of_voters: bool = False
    quorum: Fraction | None = None
    quorum_more: bool = False


CHOICES = ("consent", "against", "abstain")


def day(time: int) -> date:
    """The Beijing day of a time in Unix seconds."""
    return datetime.fromtimestamp(time, BEIJING).date()


def midnight(of: date) -> int:
    """The first second of a Beijing day."""
    return int(datetime(of.year, of.month, of.day, tzinfo=BEIJING).timestamp())


@dataclass(frozen=True)
class Paper:
    """A paper from which officers record an act."""

    dated: date
    arrived: date


@dataclass(frozen=True)
class Cast:
    """A ballot ("" for a disavowal) as it was recorded: by its unit, or from paper; `number`: its place among all acts."""

    unit: str
    choice: str
    time: int
    number: int
    paper: Paper | None = None


@dataclass(frozen=True)
class Told:
    """That the unit was told of a ballot on paper, recorded at a time; `of` is the ballot's number."""

    of: int
    time: int
    number: int


@dataclass
class Vote:
    """A vote: its roll as it froze, when it opened and when its window ends, and what was done in it."""

    roll: frozenset[str]
    opened: int
    number: int
    ends: int
    cast: list[Cast] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    says: Says = Says()
    closed: bool = False


@dataclass(frozen=True)
class Count:
    """A count: how many stood by each choice, how many of them on paper, and both tests' numbers."""

    chosen: tuple[int, int, int]
    on_paper: tuple[int, int, int]
    consents_left: int
    voted_left: int
    roll_left: int
    outcome: str


@dataclass(frozen=True)
class Change:
    """A change of the roll on a day, recorded as that number; `word`: its "own", from "paper", or the "office"'s.

    `sure`: its own, and signed when it could no longer disavow its first key.
    """

    unit: str
    joined: bool
    day: date
    number: int
    word: str = "own"
    sure: bool = False


@dataclass(frozen=True)
class Application:
    """An application to join, as it arrived; `number`: its place among all acts."""

    unit: str
    number: int


@dataclass
class Model:
    """An institution in force, at a time."""

    now: int
    alliance: frozenset[str]
    says: Says = Says()
    changes: list[Change] = field(default_factory=list)
    announced: dict[str, date] = field(default_factory=dict)
    votes: dict[str, Vote] = field(default_factory=dict)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """When, and how many acts there were."""
    informed: dict[int, int] = field(default_factory=dict)
    """When a unit was told of a leaving recorded from paper in its name, by the leaving's number."""
    keyed: dict[str, int] = field(default_factory=dict)
    """When a unit was told that officers registered its first key."""
    sure: set[str] = field(default_factory=set)
    """Who signed its last notice to leave when it could no longer disavow that."""
    listed: bool = False
    granted: set[int] = field(default_factory=set)
    number: int = 0

    # -- time

    @property
    def today(self) -> date:
        """The present day."""
        return day(self.now)

    def go(self, time: int) -> None:
        """Time passes; who announced to leave on a day has left when it begins."""
        self.now = time
        for unit, leaves in sorted(self.announced.items(), key=lambda pair: (pair[1], pair[0])):
            if leaves <= self.today:
                del self.announced[unit]
                self._change(unit, False, leaves, sure=unit in self.sure)

    def done(self) -> int:
        """An act was recorded: its number."""
        self.number += 1
        return self.number

    def may_anchor(self) -> list[str]:
        """Once in a slot of a day (UTC)."""
        return [""] if self.anchors and self.anchors[-1][0] // DAY >= self.now // DAY else []

    def anchor(self) -> None:
        """All that was sealed is anchored."""
        self.anchors.append((self.now, self.done()))

    def first_anchored(self, number: int) -> int | None:
        """When the act of that number was anchored first."""
        return next((time for time, so_far in self.anchors if number < so_far), None)

    def first_anchor(self, number: int) -> int:
        """By how many acts the act of that number was anchored first; by all there are, where it is not."""
        return next((so_far for _, so_far in self.anchors if number < so_far), self.number + 1)

    # -- members (article 23)

    @property
    def members(self) -> frozenset[str]:
        """Who is a member now."""
        last = {change.unit: change.joined for change in self.changes}
        return frozenset(unit for unit, joined in last.items() if joined)

    def since(self, unit: str) -> date:
        """The day of the last change of a unit."""
        return [change.day for change in self.changes if change.unit == unit][-1]

    def _change(self, unit: str, joined: bool, on: date, word: str = "own", sure: bool = False) -> None:
        self.changes.append(Change(unit, joined, on, self.done(), word, sure))

    def bad_paper(self, paper: Paper | None, officers: frozenset[str]) -> Iterator[str]:
        """Dated, then arrived, then recorded, by two officers."""
        if paper is None:
            return
        if len(officers) < 2:
            yield "GY-05-02"
        if not paper.dated <= paper.arrived <= self.today:
            yield ""

    def may_enrol(self, unit: str, accepts: bool, paper: Paper | None, officers: frozenset[str]) -> list[str]:
        """会员单位自愿首批加入: the alliance's own, until the first list, that accept the rules."""
        found = [*self.bad_paper(paper, officers)]
        found += [""] * (unit in self.members or self.listed)
        if paper is not None and any(c.unit == unit and not c.joined and paper.dated < c.day for c in self.changes):
            found.append("")  # a paper of before it left brings nobody back
        found += ["GY-23-05"] * (unit not in self.alliance) + ["GY-23-02"] * (not accepts)
        return found

    def join(self, unit: str, paper: Paper | None = None) -> None:
        """The unit joins, on the day its declaration arrived."""
        self._change(unit, True, paper.arrived if paper else self.today)

    def may_leave(self, unit: str, paper: Paper | None, officers: frozenset[str]) -> list[str]:
        """也可以退出: whoever is a member, and nothing else is asked."""
        found = [*self.bad_paper(paper, officers)]
        if unit not in self.members:
            found.append("")
        elif paper is not None and paper.dated < self.since(unit):
            found.append("")  # it leaves the membership that it has
        elif paper is not None and unit in self.announced:
            found.append("")  # paper takes the place of no signed notice
        return found

    def leave(self, unit: str, stated: date | None, paper: Paper | None = None) -> None:
        """On arrival of the notice or a later day that it states."""
        told = self.keyed.get(unit)
        known = paper is None and told is not None and told + DISAVOWING * DAY <= self.now
        self.sure = self.sure | {unit} if known else self.sure - {unit}
        if stated is not None and stated > self.today:
            self.done()
            self.announced[unit] = stated
        else:
            self.announced.pop(unit, None)
            self._change(unit, False, paper.arrived if paper else self.today, "paper" if paper else "own", known)

    def may_end(self, unit: str, officers: frozenset[str]) -> list[str]:
        """A membership ended otherwise, by two officers."""
        return ["GY-05-02"] * (len(officers) < 2) + [""] * (unit not in self.members)

    def end(self, unit: str) -> None:
        """It is a member no more, and did not say so."""
        self.announced.pop(unit, None)
        self._change(unit, False, self.today, "office")

    def may_inform(self, left: Change) -> list[str]:
        """Officers tell a unit once of what was recorded from paper in its name."""
        return [""] * (left.word != "paper" or left.number in self.informed)

    def inform(self, left: Change) -> None:
        """It knows, and can disavow it from now on."""
        self.informed[left.number] = self.now
        self.done()

    def may_tell_of_key(self, unit: str) -> list[str]:
        """Officers tell a unit once that they registered its first key."""
        return [""] * (unit in self.keyed)

    def tell_of_key(self, unit: str) -> None:
        """It knows, and can disavow it from now on, with all that was signed with it."""
        self.keyed[unit] = self.now
        self.done()

    def may_apply(self, unit: str, domestic: bool, accepts: bool) -> list[str]:
        """国内其他大数据行业从业者接受本公约的自律规则，均可以申请加入."""
        return ["GY-23-01"] * (not domestic) + ["GY-23-02"] * (not accepts) + [""] * (unit in self.members)

    def may_grant(self, applied: Application) -> list[str]:
        """Once, after it was anchored, and only if the unit neither joined nor left since it applied."""
        since = any(c.unit == applied.unit and c.number > applied.number for c in self.changes)
        anchored = self.first_anchored(applied.number) is not None
        return [""] * (applied.number in self.granted) + [""] * (not anchored) + [""] * since

    def grant(self, applied: Application) -> None:
        """It joins today."""
        self.granted.add(applied.number)
        self._change(applied.unit, True, self.today)

    # -- votes (articles 22, 24)

    def may_open(self, matter: str) -> list[str]:
        """Once."""
        return [""] if matter in self.votes else []

    def open(self, matter: str) -> Vote:
        """The roll freezes: whoever is a member now. The window's last day is the thirtieth after today."""
        ends = midnight(self.today + timedelta(days=WINDOW + 1))
        self.votes[matter] = Vote(self.members, self.now, self.done(), ends, says=self.says)
        return self.votes[matter]

    def may_vote(
        self,
        vote: Vote,
        unit: str,
        paper: Paper | None = None,
        officers: frozenset[str] = frozenset(),
        seen: bool = True,
    ) -> list[str]:
        """A unit of the roll that has been a member ever since, in the window, of a text it could see."""
        found = [*self.bad_paper(paper, officers)]
        if unit not in vote.roll:
            found.append("GY-22-04")
        if unit not in self.members or any(c.unit == unit and c.number > vote.number for c in self.changes):
            found.append("")
        if vote.closed:
            found.append("")
        if paper is None:
            return found + [""] * (self.now >= vote.ends) + [""] * (not seen)
        late = self.now >= vote.ends + PAPER * DAY or midnight(paper.arrived) >= vote.ends
        return found + [""] * late + [""] * (paper.dated < day(vote.opened))

    def may_disavow(self, vote: Vote, unit: str) -> list[str]:
        """Until the close, whether still a member or not."""
        return ["GY-22-04"] * (unit not in vote.roll) + [""] * vote.closed

    def may_tell(self, vote: Vote, of: Cast, on: date, officers: frozenset[str]) -> list[str]:
        """Two officers say that they told the unit: on a day between its recording and today, until the close."""
        lawful_day = day(of.time) <= on <= self.today
        return ["GY-05-02"] * (len(officers) < 2) + [""] * (not lawful_day) + [""] * (vote.closed or of.paper is None)

    def may_receive(self, vote: Vote, of: Cast, unit: str) -> list[str]:
        """The unit itself says that it was told."""
        return [""] * (of.unit != unit) + [""] * (vote.closed or of.paper is None)

    def standing(self, vote: Vote, before: int, told_by: int | None = None, at_close: bool = True) -> dict[str, Cast]:
        """What each unit stands by among the acts below `before`: what it signed last, or else its last paper.

        With `told_by`: only paper that was anchored, and so was a notice of it to its unit, by then. None of whoever disavowed;
        `at_close`: none that was anchored only after its unit had left.
        """
        known = [cast for cast in vote.cast if cast.number < before]
        found: dict[str, Cast] = {}
        for unit in {cast.unit for cast in known}:
            own = [cast for cast in known if cast.unit == unit]
            signed = [cast for cast in own if cast.choice and cast.paper is None]
            if signed:
                found[unit] = signed[-1]
                continue
            if any(not cast.choice for cast in own):
                continue
            papers = [c for c in own if told_by is None or self._ready(vote, c, before, told_by)]
            papers = [c for c in papers if not (at_close and self._came_too_late(vote, c))]
            if papers:
                found[unit] = max(papers, key=lambda c: (c.paper.arrived, c.time, c.number) if c.paper else ())
        return found

    def _ready(self, vote: Vote, cast: Cast, before: int, by: int) -> bool:
        anchored = self.first_anchored(cast.number)
        told = [self.first_anchored(one.number) for one in vote.told if one.of == cast.number and one.number < before]
        return anchored is not None and anchored <= by and any(time is not None and time <= by for time in told)

    def _came_too_late(self, vote: Vote, cast: Cast) -> bool:
        """Nobody outside the office can have seen it before its unit had left."""
        anchored = self.first_anchor(cast.number)
        return any(c.unit == cast.unit and c.number < anchored for c in self._leavings(vote))

    def still(self, vote: Vote) -> frozenset[str]:
        """Of the roll, who has not left by the end of the window, or by today at an early close.

        Paper takes nobody out of a vote who was not told of it three days before that end: like a ballot on paper.
        """
        end = min(self.today, day(vote.ends))
        by = midnight(end) - PAPER * DAY
        left = [c for c in self._leavings(vote) if c.day <= min(end, day(vote.ends - 1))]
        return vote.roll - {c.unit for c in left if c.word != "paper" or self.informed.get(c.number, vote.ends) <= by}

    def silent(self, vote: Vote) -> frozenset[str]:
        """Whose silence keeps the window open: all but who has left by its own word, which it cannot take back any more.

        What it signed it takes back with its first key, as long as it can disavow that.
        """
        by = midnight(self.today) - DISAVOWING * DAY
        signed = [c for c in self._leavings(vote) if c.word == "own"]
        own = {c.unit for c in signed if c.sure or self.keyed.get(c.unit, self.now) <= by}
        own |= {c.unit for c in self._leavings(vote) if self.informed.get(c.number, self.now) <= by}
        return vote.roll - own

    def _leavings(self, vote: Vote) -> list[Change]:
        return [c for c in self.changes if not c.joined and c.number > vote.number]

    def turnout(self, vote: Vote) -> tuple[int, int]:
        """How many stand by a ballot at the last anchor, and how many of them on paper."""
        standing = self.standing(vote, self.anchors[-1][1], at_close=False).values()
        return len(standing), sum(cast.paper is not None for cast in standing)

    def may_close(self, vote: Vote) -> list[str]:
        """After an anchor past the window, or when all have signed that could; waiting for paper, but not for ever."""
        if vote.closed or not self.anchors or self.anchors[-1][1] < vote.number:
            return [""]
        time, before = self.anchors[-1]
        counted, all_cast = self.counting(vote), self.standing(vote, before)
        signed = {unit for unit, cast in counted.items() if cast.paper is None}
        found = []
        if time < vote.ends and not self.silent(vote) <= signed:
            found.append("GY-22-05")
        waits = any(cast.paper is not None and counted.get(unit) != cast for unit, cast in all_cast.items())
        if waits and time < vote.ends + 2 * PAPER * DAY + DAY:
            found.append("GY-22-11")
        return found

    def counting(self, vote: Vote) -> dict[str, Cast]:
        """What counts at a close now."""
        time, before = self.anchors[-1]
        return self.standing(vote, before, time - PAPER * DAY)

    def count(self, vote: Vote) -> Count:
        """Both tests: of all, and of those of the roll that are still members."""
        counted, still = self.counting(vote), self.still(vote)
        chosen = [[cast for cast in counted.values() if cast.choice == choice] for choice in CHOICES]
        on_paper = [sum(cast.paper is not None for cast in casts) for casts in chosen]
        consents, left = len(chosen[0]), sum(cast.unit in still for cast in chosen[0])
        here = sum(unit in still for unit in counted)
        outcome = decided(vote.says, (consents, len(counted), len(vote.roll)), (left, here, len(still)))
        first, second, third = (len(casts) for casts in chosen)
        return Count((first, second, third), (on_paper[0], on_paper[1], on_paper[2]), left, here, len(still), outcome)


def decided(says: Says, *tests: tuple[int, int, int]) -> str:
    """What comes of so many consents, ballots and units on the roll, each test by itself; the quorum before the share."""
    if says.quorum is not None:
        for _, voted, there in tests:
            if not reaches(voted, there, says.quorum, says.quorum_more):
                return "no_quorum"
    for consents, voted, there in tests:
        if not reaches(consents, voted if says.of_voters else there, says.share, says.more):
            return "rejected"
    return "adopted"


def reaches(part: int, of: int, share: Fraction = TWO_THIRDS, more: bool = False) -> bool:
    """三分之二以上, two thirds itself included; 超过, itself excluded; of nobody, nothing passes."""
    if not of:
        return False
    return Fraction(part, of) > share if more else Fraction(part, of) >= share
