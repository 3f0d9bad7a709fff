"""Bulletins: what the executive body passes on to every member, in `d:members`, and to society, in the open book (articles 7, 13, 14, 17, 18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant import allegations, antitrust
from gongyue.covenant.numerals import BLANKS
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.visible_text import hidden_in, says_something
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Commitment, PublicDigest
from gongyue.governance.unit_names import besides_names, named_in, plain
from gongyue.rules import annex as annex_rules
from gongyue.rules import bulletin as rules
from gongyue.rules import office as office_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.envelope import Entry
    from gongyue.governance.institution import Institution

BulletinKind = Literal["regulations", "policy", "discipline", "warning", "guidance", "result", "rehabilitation"]
"""法规、政策、自律信息、预警、行业指引与技术规范、调查结果与通报、恢复名誉."""
IssuedKind = Literal["regulations", "policy", "discipline", "warning", "guidance", "rehabilitation"]
"""Of a bulletin to all members; the result of a case is an act of its own (`results`), which carries a link."""
Audience = Literal["internal", "society"]
"""To the members alone, or fit to be passed on."""
WEIGHTY = frozenset({"result", "rehabilitation"})
"""What is said of a unit by name: two officers say it."""
LONGEST = 60_000
"""Characters of a bulletin's text."""
PlaceInMembers = Annotated[int, Meta(ge=1, le=2**53 - 1)]
"""A place of `d:members`: whoever signs has seen the last entry, which stands on all before it."""
_DIGEST = "sha256:" + "00" * 32
_BY = office("clerk", "secretary")
Row = TypeVar("Row")


class Issued(Struct, frozen=True):
    """A bulletin as it was issued: its kind and audience, by how many officers, on which day; what it replaces, 0 or −1: nothing.

    `replaced`: a later one takes its place; `text`: the commitment, or the object of one published to society; `names`: of a result,
    and of what restores a reputation after it, whom the result named.
    """

    kind: str
    audience: str
    officers: int
    day: int
    text: str
    replaces: int = 0
    replaced: bool = False
    names: str = ""


def guarded(inst: Institution, kind: str, text: str | None, reviewed: bool) -> Iterator[Ruling]:
    """The guards of articles 7 and 13 over a text; of one that is not at hand they say nothing, and whoever verifies is told so."""
    if text is None:
        return
    if not says_something(text) or len(text) > LONGEST:
        raise OutOfTurn("bad-object", "bulletin", why=f"{len(text)} / 1–{LONGEST}")
    if hidden := hidden_in(text):
        raise OutOfTurn("bad-object", "bulletin", why=hidden)
    said = closed_up(text)
    yield annex_rules.is_free_of_cartel_terms(antitrust.cartel_terms(plain(said)), reviewed)
    if kind not in WEIGHTY and (alleged := allegations.alleged(besides_names(inst, said))):
        named = [unit.name for unit in named_in(inst, said)]
        yield rules.accuses_nobody_unverified(named, alleged, reviewed)


def accuses_no_other(inst: Institution, text: str, named: str, reviewed: bool) -> Iterator[Ruling]:
    """A text accuses nobody but whom it may speak of so: whom the result named that it takes the place of, or whose own words it has."""
    said = closed_up(text)
    others = [unit.name for unit in named_in(inst, said) if unit.id != named]
    yield rules.accuses_nobody_unverified(others, allegations.alleged(besides_names(inst, said)), reviewed)


def restores_whom_it_named(inst: Institution, text: str, named: str) -> Iterator[Ruling]:
    """What restores a reputation names the unit that the result had named."""
    there = any(unit.id == named for unit in named_in(inst, closed_up(text)))
    name = inst.units[named].name if named in inst.units else ""
    yield rules.restores_by_name(name, name if there else "")


def closed_up(text: str) -> str:
    """A text without its blanks and line ends, as a reader takes it in: no phrase hides by being drawn apart."""
    paragraphs = ("".join(c for c in one if not c.isspace() and c not in BLANKS) for one in text.split("\n\n"))
    return "。".join(paragraphs)


def signed_rightly(inst: Institution, kind: str, reviewed: bool, filing: Filing) -> Iterator[Ruling]:
    """A clerk issues it; what is said of a unit, and what a lawyer had to look at, two officers."""
    held = [inst.officers[one].held(filing.day) for one in filing.signers if one in inst.officers]
    yield office_rules.holds_the_office(" ".join(filing.signers), set[str]().union(*held), {"clerk"}, filing.day)
    if kind in WEIGHTY or reviewed:
        yield office_rules.two_officers_confirm(set(filing.signers))


@act(
    "bulletin.issue/1",
    by=_BY,
    clause="bulletin.issue",
    capability=True,
    texts=("text",),
    within=("members",),
    example={"kind": "discipline", "audience": "internal", "text": _DIGEST, "replaces": None, "review": None},
)
class Issue(Body, frozen=True):
    """A bulletin to every member, or one that takes another's place, as prominently as that one was.

    `review`: a lawyer's opinion on a text that may name a competitor to its harm.
    """

    kind: IssuedKind
    audience: Audience
    text: Commitment
    replaces: PlaceInMembers | None = None
    review: Commitment | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "bulletin.issue/1")
        if self.kind == "rehabilitation" and self.replaces is None:
            raise OutOfTurn("malformed", "bulletin.issue/1", why="replaces")
        yield from signed_rightly(inst, self.kind, self.review is not None, filing)
        yield from guarded(inst, self.kind, filing.given.objects.get(self.text), self.review is not None)

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        yield from replaceable(dossier, self.replaces, (self.kind, self.audience), filing)
        known, text = dossier.issued.get(self.replaces or 0), filing.given.objects.get(self.text)
        if known is not None and known.kind not in WEIGHTY:
            yield from guarded(inst, known.kind, text, self.review is not None)
        elif known is not None and text is not None:  # nobody's reputation is restored at another's cost
            yield from accuses_no_other(inst, text, known.names, self.review is not None)
            yield from restores_whom_it_named(inst, text, known.names)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        made = Issued(self.kind, self.audience, len(set(filing.signers)), filing.day, self.text, self.replaces or 0)
        known = dossier.issued.get(self.replaces or 0)
        made = replace(made, names=known.names) if known is not None else made
        return with_issued(dossier, made)


def replaceable(dossier: Dossier, place: int | None, made: tuple[str, str], filing: Filing) -> Iterator[Ruling]:
    """What a bulletin of that kind and audience replaces stands there, was seen, was not replaced, and was no more prominent."""
    if place is None:
        return
    on, type = filing.act.on, filing.act.type
    assert on is not None
    if place > on.n:
        raise OutOfTurn("dossier-unseen", type, dossier=dossier.id, n=dossier.n + 1, on=place)
    if dossier.entries[place - 1].hidden:  # whoever opens none of it cannot tell what it was
        return
    known = dossier.issued.get(place)
    if known is None:
        raise OutOfTurn("not-found", type, what=f"{dossier.id} {place}").saying(
            what=(f"{dossier.id} 的第 {place} 件", f"place {place} of {dossier.id}")
        )
    if known.replaced:
        raise OutOfTurn("already", type)
    yield rules.is_as_prominent(_prominence(*made, filing), (known.kind, known.audience, known.officers))


def with_issued(dossier: Dossier, made: Issued) -> Dossier:
    """The dossier with a bulletin more, at its last place; what that replaces is marked."""
    issued = dossier.issued
    if made.replaces in issued:
        issued = issued.set(made.replaces, replace(issued[made.replaces], replaced=True))
    return replace(dossier, issued=issued.set(dossier.n, made))


@act(
    "bulletin.publish/1",
    by=office("clerk", "secretary", two=True),
    clause="bulletin.issue",
    capability=True,
    texts=("text",),
    example={"kind": "guidance", "text": _DIGEST, "replaces": None, "review": None},
)
class Publish(Body, frozen=True):
    """A bulletin to society, in the open book; or one that takes the place of an earlier entry."""

    kind: BulletinKind
    text: PublicDigest
    replaces: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None = None
    review: Commitment | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "bulletin.publish/1")
        if self.kind == "rehabilitation" and self.replaces is None:
            raise OutOfTurn("malformed", "bulletin.publish/1", why="replaces")
        yield from signed_rightly(inst, self.kind, self.review is not None, filing)
        yield rules.circular_stays_internal(self.kind, "society")
        # Society was told of no result, so whatever is said here by name is as unverified as anything else.
        yield from guarded(inst, "", filing.object(self.text), self.review is not None)
        if self.replaces is None:
            return
        known = inst.bulletins.get(self.replaces)
        if known is None:
            raise OutOfTurn("not-found", "bulletin.publish/1", what=f"#{self.replaces}")
        if known.replaced or known.text == self.text:  # the very text corrects nothing
            raise OutOfTurn("already", "bulletin.publish/1")
        filing.require_after(self.replaces, known.day)
        yield rules.is_as_prominent(
            _prominence(self.kind, "society", filing), (known.kind, known.audience, known.officers)
        )

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        known, number = inst.bulletins, -1 if self.replaces is None else self.replaces
        if number in known:
            known = known.set(number, replace(known[number], replaced=True))
        made = Issued(self.kind, "society", len(set(filing.signers)), filing.day, self.text, number)
        return replace(inst, bulletins=known.set(filing.index, made))


def _prominence(kind: str, audience: str, filing: Filing) -> tuple[str, str, int]:
    return kind, audience, len(set(filing.signers))


def rests_on_hidden(dossier: Dossier, body: Mapping[str, object]) -> bool:
    """Whether what a bulletin replaces, or was held before, is not known here: of it the law has said nothing."""
    place = body.get("replaces")
    if dossier.kind == "members" and "lifted" in body:
        return dossier.has_holes
    if dossier.kind != "members" or not isinstance(place, int) or not 0 < place <= dossier.n:
        return False
    return dossier.entries[place - 1].hidden


# -- who opens what of `d:members`


class Membership(Struct, frozen=True):
    """A membership: since entry `joined`, until entry `left` or the day `until` which its notice stated; −1 and 0 while it lasts."""

    joined: int
    left: int = -1
    until: int = 0

    @property
    def lasts(self) -> bool:
        """Whether nothing is known yet by which it ends."""
        return self.left < 0 and not self.until

    def over(self, size: int, day: int) -> bool:
        """Whether it was over, as known then, when something arrived after `size` open entries on that day."""
        return 0 <= self.left < size or (self.until > 0 and day >= self.until)

    def covers(self, size: int, day: int) -> bool:
        """Whether the unit was a member when something arrived then."""
        return self.joined < size and not self.over(size, day)


def memberships(inst: Institution, only: str = "") -> Mapping[str, tuple[Membership, ...]]:
    """Every unit's memberships in their order, or `only` that one's; one whose end was undone goes on as if it had not ended."""
    found: dict[str, list[Membership]] = {}
    for number in range(len(inst.events)):  # in their order, which the map's own is not
        event = inst.events[number]
        if only and event.unit != only:
            continue
        own = found.setdefault(event.unit, [])
        lasts = bool(own) and own[-1].left < 0
        if event.what == "joined" and not lasts:
            own.append(Membership(event.index))
        elif event.what in ("left", "ended") and lasts:
            # By a notice for a later day it is over on that day, whatever is recorded next.
            until = event.day if 0 <= event.notice < event.index else 0
            own[-1] = replace(own[-1], left=event.index, until=until)
    for unit, day in inst.leaving.items():  # its notice stands, though nothing was recorded since its day came
        if rows := found.get(unit):
            rows[-1] = replace(rows[-1], until=day)
    return {unit: tuple(own) for unit, own in found.items()}


def opened_by(
    own: Sequence[Membership], rows: Iterable[Row], entry_of: Callable[[Row], Entry], results: Set[int] = frozenset()
) -> Iterator[Row]:
    """Of `d:members`, by its places, what a unit with these memberships opens: what came while it was a member, the results of its
    own cases, which stand at `results`, and later what replaces one that it could open."""
    could = set[int]()
    for row in rows:
        entry = entry_of(row)
        replaced = msgspec.json.decode(entry.act.body).get("replaces")
        if may_open(own, entry) or entry.rx.n in results or (isinstance(replaced, int) and replaced in could):
            could.add(entry.rx.n or 0)
            yield row


def may_open(own: Iterable[Membership], entry: Entry) -> bool:
    """Whether a unit with those memberships was a member when an entry of `d:members` arrived."""
    size, day = entry.rx.open or 0, day_of(entry.rx.t)
    return any(one.covers(size, day) for one in own)
