"""What an act is: the envelope every act shares, and the register of act types.

An act type is one frozen class: its fields are the whole of what a leaf may say (a whitelist, formats §1),
`check` yields the rulings it must satisfy, `apply` says what it changes. A newcomer adds one by copying one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance import parts
from gongyue.governance.fields import (
    Clerical,
    Commitment,
    Count,
    Date,
    Digest,
    Enclosed,
    KeyId,
    Nonce,
    Private,
    Public,
    SealedAct,
    Time,
)
from gongyue.governance.sheet import Incomplete, Label, Sheet, labels_of, require_sayable, sheet_of
from gongyue.governance.ways import Audience, FromPaper, Mark

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

ACT_VERSION = "gongyue/act@2"
ENTRY_VERSION = "gongyue/entry@1"
SEALED_VERSION = "gongyue/sealed@1"


class Book(StrEnum):
    """The two books: 公开簿 and 密封簿 (house §5)."""

    OPEN = "open"
    SEALED = "sealed"


class Governing(StrEnum):
    """Which date governs an act: its arrival at the office, the instrument's, or the act's own."""

    ARRIVAL = "arrival"
    INSTRUMENT = "instrument"
    OWN = "own"


class By(msgspec.Struct, frozen=True):
    """Who does acts of a type: a unit, officers in these offices (two where weighty), the office key, the authority.

    `holders`: what units do here, an officer and the authority do too, each for the keys it signs with.
    """

    who: str
    offices: frozenset[str] = frozenset()
    two: bool = False
    holders: bool = False


UNIT = By("unit")
HOLDER = By("unit", holders=True)
SYSTEM = By("system", frozenset({"secretary"}))
AUTHORITY = By("authority")


def office(*offices: str, two: bool = False) -> By:
    """Officers of the executing body holding one of `offices`; `two` of them where it is weighty."""
    return By("office", frozenset(offices), two)


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The open book's checkpoint the signer had seen."""

    root: str
    size: Count


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The paper an act was recorded from: its scan's commitment, document number, date and arrival."""

    arrived: Date
    dated: Date
    number: Annotated[str, Meta(max_length=60)]
    scan: Commitment


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act as signed (formats §1). `seq`: the number of a unit's own act (`Kind.numbered`); nothing else has one."""

    actor: str
    at: Time
    basis: str
    body: msgspec.Raw
    cov: str
    nonce: Nonce
    rev: Digest
    type: str
    v: str
    view: View
    paper: Paper | None = None
    seq: Count | None = None


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One signature; `ad` and `cd` only for passkeys. The algorithm is the registered key's, never this field's."""

    alg: str
    key: KeyId
    sig: str
    ad: str | None = None
    cd: str | None = None


class Received(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the office adds: the time of arrival and, to a sealed act, the size of the open book then.

    The institution as it stood after that many open acts is the one by which a sealed act is judged, whenever it is opened.
    """

    t: Time
    open: Count | None = None


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A leaf of the open book, or the content a sealed leaf commits to."""

    act: Act
    rx: Received
    sigs: tuple[Signature, ...]
    v: str


class Opening(msgspec.Struct, frozen=True):
    """A sealed entry disclosed: its place in the sealed book and what the caller checked it to contain."""

    index: int
    commitment: str
    entry: Entry


class Given(msgspec.Struct, frozen=True):
    """What the caller has already checked by hash and signature, so that the core never does.

    `digest`: of an act without a number, its own; `rev`: digest of the present meaning; `seen`: arrival time of the last entry in the act's view;
    `objects`: decoded objects by digest, texts as they stand; `openings`: disclosed sealed entries by the digest of their object;
    `entries`: earlier entries of this book by index; `sealed`: sealed entries by their commitment; `cast`: every
    ballot of the vote so far, None for whoever cannot open the sealed book: it is checked when they are opened;
    `before`, `recovered`: of a recovery, the institution before the first wrong entry, and what stands folded on it;
    `again`: the act is stepped once more after a recovery, which has decided when it arrived; `between`: of a sealed one,
    from when to when of the true time that may have been, its key being valid at some moment of it.
    """

    rev: str = ""
    seen: int = 0
    digest: str = ""
    objects: Mapping[str, Any] = {}
    openings: Mapping[str, tuple[Opening, ...]] = {}
    entries: Mapping[int, Entry] = {}
    sealed: Mapping[str, Entry] = {}
    cast: tuple[Opening, ...] | None = None
    before: Any = None
    recovered: Any = None
    again: bool = False
    between: tuple[int, int] | None = None


class Filing(msgspec.Struct, frozen=True):
    """An act as filed: whose it is, who signed it, when it counts, under which index, with which objects."""

    act: Act
    actor: str
    signers: tuple[str, ...]
    keys: tuple[str, ...]
    time: int
    day: int
    governing_day: int
    index: int
    given: Given

    @property
    def dated(self) -> int:
        """The day its paper bears; without paper, the day on which its signer says it was done."""
        return day_of(self.act.at) if self.act.paper is None else from_iso(self.act.paper.dated)

    def require_not_before(self, since: int, stated: int | None = None) -> None:
        """OutOfTurn where a day it states, or else the day it is dated, lies before the day of what it answers."""
        day = self.dated if stated is None else stated
        if day < since:
            raise OutOfTurn("past-date", self.act.type, at=iso(day), since=iso(since))

    def require_after(self, index: int, day: int) -> None:
        """OutOfTurn where what it answers, entry `index` of that day, was not there: by its paper's date, or by what its signer saw."""
        if self.act.paper is not None and self.actor not in self.signers:  # whoever signs itself has it before its eyes
            self.require_not_before(day)
        elif self.act.view.size <= index:
            raise OutOfTurn("unseen", self.act.type, found=self.act.view.size, index=index)

    def object(self, digest: str) -> Any:
        """The object of that digest, as decoded JSON or text; OutOfTurn if it was not handed in."""
        try:
            return self.given.objects[digest]
        except KeyError:
            raise OutOfTurn("missing-object", digest=digest) from None

    def opening(self, digest: str) -> tuple[Opening, ...]:
        """The sealed entries disclosed by the object of that digest; OutOfTurn if they were not handed in."""
        try:
            return self.given.openings[digest]
        except KeyError:
            raise OutOfTurn("missing-opening", digest=digest) from None

    def entry(self, index: int) -> Entry:
        """The earlier entry at that index; OutOfTurn if there is none."""
        try:
            return self.given.entries[index]
        except KeyError:
            raise OutOfTurn("not-found", what=f"#{index}") from None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of an act type: its whitelisted fields, the rulings it must satisfy, and what it changes."""

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        """The rulings the act must satisfy, in order; raises OutOfTurn for a step that cannot be taken now."""
        return iter(())

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        """What the act changes; never decides, never fails on true history."""
        return inst

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        """What voiding or disavowing the act recorded at `index` changes, from now on; for types that allow it."""
        return inst


BodyType = type[Body]
Held = type[msgspec.Struct]


class Kind(msgspec.Struct, frozen=True, dict=True):
    """An act type: who does it, in which book, on which clause, by which date, with an example for ever kept."""

    type: str
    body: BodyType
    sheet: Sheet
    by: By
    clause: str
    governing: Governing
    uses: tuple[str, ...]
    outsider: Callable[[str], Ruling] | None
    own_key: bool
    capability: bool
    weighty: bool
    clerical: frozenset[str]
    undo: bool
    form_only: bool
    objects: tuple[str, ...]
    texts: tuple[str, ...]
    opening: str
    handed: str
    entry: str
    sealed: str
    counts: str
    example: Mapping[str, Any]
    holds: Mapping[str, Held]

    @cached_property
    def matter(self) -> str:
        """The matter the type belongs to."""
        return self.type.partition(".")[0]

    @property
    def verb(self) -> str:
        """What is done."""
        return self.type.partition(".")[2].partition("/")[0]

    @cached_property
    def book(self) -> Book:
        """In which book its acts stand."""
        return Book.OPEN if self.sheet.audience is Audience.EVERYBODY else Book.SEALED

    @cached_property
    def paper(self) -> bool:
        """Whether officers may record it from the paper of whose act it is."""
        return self.sheet.paper in (FromPaper.MAY, FromPaper.MOSTLY)

    @cached_property
    def public(self) -> bool:
        """Whether its acts stand in the open book."""
        return self.book is Book.OPEN

    @cached_property
    def numbered(self) -> bool:
        """Whether a unit numbers its own acts of this type: in the open book by key, in a vote by key and vote."""
        return self.sheet.audience is not Audience.PARTIES

    @cached_property
    def own_date(self) -> bool:
        """Whether its acts count by the time the signer claims."""
        return self.governing is Governing.OWN

    @cached_property
    def about_the_clock(self) -> bool:
        """Whether it says what time it is: taken from a clock that nothing else is, its signers judged as of the last entry."""
        return self.matter == "clock"

    @cached_property
    def names(self) -> bool:
        """Whether its body names anything that the caller hands in."""
        return bool(self.objects or self.texts or self.opening or self.entry or self.sealed or self.counts)

    @cached_property
    def brings(self) -> bool:
        """Whether its body brings a root or a key, of which only bytes can tell whether it is one."""
        return self.type in ("book.anchor/1", "book.rotate/1") or self.matter == "key" or self.own_key

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Body]:
        """Decodes its bodies."""
        return msgspec.json.Decoder(self.body)

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """What its body's fields are called, by path, and what helps to fill them in; Incomplete where one says nothing."""
        asked = {path: parts.hint_of(hint) for path, hint in parts.parts(self.body, self.holds)}
        return labels_of(self.type, asked, self.sheet.fields)

    def label(self, path: str) -> Label:
        """A field's label; what stands in a map is called by its own name. KeyError where it has none."""
        if found := self.labels.get(path):
            return found
        within, dot, name = path.rpartition(".")
        if not dot:
            raise KeyError(path)
        map_ = self.label(within)
        return Label(f"{map_.zh} {name}", f"{map_.en} {name}")

    @cached_property
    def digests(self) -> Mapping[str, parts.Sort]:
        """Its body's fields that hold a digest, by path, each with what it is of (`governance.fields`)."""
        return parts.digests(self.body, self.holds)

    def digest(self, name: str) -> parts.Sort | None:
        """What a field of its body holds the digest of, whatever it stands in; None if it holds none."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, parts.Sort]:
        return {path.rpartition(".")[2]: sort for path, sort in self.digests.items()}

    def is_private(self, name: str) -> bool:
        """Whether a field says nothing of what it is of: a commitment to a content, or to a sealed act."""
        return self.digest(name) in (Private, SealedAct)

    def public_digests(self, body: Any) -> Iterator[str]:
        """The digests of public objects that a decoded body names, wherever they stand in it."""
        return (digest for path in self._public for digest in parts.at(body, path))

    def enclosed_digests(self, body: Any) -> Iterator[str]:
        """The digests of the objects that come with a sealed act, and are not public."""
        return (digest for path in self._paths(Enclosed) for digest in parts.at(body, path))

    @cached_property
    def _public(self) -> tuple[tuple[str, ...], ...]:
        return self._paths(Public)

    def _paths(self, wanted: parts.Sort) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(path.split(".")) for path, sort in self.digests.items() if sort is wanted)

    def require_complete(self) -> None:
        """Incomplete where a digest does not say what it is of, a field has no words, or a clerical one no form."""
        try:
            sorts = set(self.digests.values())
        except TypeError as error:
            raise Incomplete(f"{self.type}: {error}") from None
        if self.public and Enclosed in sorts:
            raise Incomplete(f"{self.type}: nothing comes enclosed with a public act")
        if unknown := self.clerical - set(Clerical.__struct_fields__):
            raise Incomplete(f"{self.type}: {', '.join(sorted(unknown))} is not in governance.fields.Clerical")
        if (self.sheet.audience is Audience.CLOSE) != (not self.public and "vote" in self.body.__struct_fields__):
            raise Incomplete(f"{self.type}: sealed until its vote closes is what names a vote, and nothing else")
        if self.sheet.paper is FromPaper.BESIDE and self.by.who != "office":
            raise Incomplete(f"{self.type}: a paper stands beside what officers do of their own")
        if self.by.who == "system" and set(self.body.__struct_fields__) - {"matter", *self.sheet.computed}:
            raise Incomplete(f"{self.type}: whatever the office key states of a matter is computed")
        if not self.public and Mark.ANNOUNCED in self.sheet.marks:
            raise Incomplete(f"{self.type}: what is sealed is not announced")
        if Mark.ROUTINE in self.sheet.marks and self.by.who != "system":
            raise Incomplete(f"{self.type}: only what the office key does is routine")
        require_sayable(self.type, self.sheet, self.labels, parts.values(self.body, self.holds))

    @property
    def does(self) -> str:
        """What doing it means, in English: the first line of its body's docstring."""
        return (self.body.__doc__ or "").strip().partition("\n")[0]


KINDS: dict[str, Kind] = {}
"""Every act type by its stored, versioned name."""

B = TypeVar("B", bound=type[Body])


def act(
    type: str,
    *,
    by: By,
    clause: str,
    governing: Governing = Governing.ARRIVAL,
    uses: tuple[str, ...] = (),
    outsider: Callable[[str], Ruling] | None = None,
    own_key: bool = False,
    capability: bool = False,
    weighty: bool = False,
    clerical: tuple[str, ...] = (),
    undo: bool = False,
    form_only: bool = False,
    objects: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    opening: str = "",
    handed: str = "",
    entry: str = "",
    sealed: str = "",
    counts: str = "",
    example: Mapping[str, Any],
    holds: Mapping[str, Held] = {},
) -> Callable[[B], B]:
    """Register an act type, whose sheet says what it is called and how it is asked (`sheet`); Incomplete without one.

    `uses`: values whose change since signing makes the act out of turn; `outsider`: the rule that refuses whoever
    is not entitled, where it is not the general one; `own_key`: a unit not yet known signs with the key its
    body brings; `capability`: off where the text has no such `clause`; `clerical`: fields that may be corrected;
    `undo`: the body has `undo`, so the act may be voided or disavowed;
    `form_only`: it rests on undisclosed acts: its form and place can be checked, its ground cannot;
    `objects`, `texts`, `opening`, `entry`, `sealed`: the fields by which the body names JSON objects, texts, an object of openings, an
    earlier entry, a sealed act, which the caller hands in; `handed`: one that names openings which only some were handed,
    and which are handed in by whoever has them; `counts`: the field that names a vote whose ballots so far
    are handed in by whoever can open them; `holds`: of a field that is a mapping, what it may hold.
    """

    def register(body: B) -> B:
        kind = Kind(
            type,
            body,
            sheet_of(type),
            by,
            clause,
            governing,
            uses,
            outsider,
            own_key,
            capability,
            weighty,
            frozenset(clerical),
            undo,
            form_only,
            objects,
            texts,
            opening,
            handed,
            entry,
            sealed,
            counts,
            example,
            holds,
        )
        kind.require_complete()
        KINDS[type] = kind
        return body

    return register


def kind_of(type: str) -> Kind:
    """The act type of that stored name; OutOfTurn if there is none."""
    try:
        return KINDS[type]
    except KeyError:
        raise OutOfTurn("unknown-type", type) from None


def decode_body(kind: Kind, raw: bytes | msgspec.Raw) -> Body:
    """The body of an act, checked against its whitelist; OutOfTurn if malformed or a date names no day."""
    try:
        body = kind.decoder.decode(raw)
        data = bytes(raw)
        if _HYPHEN in data:
            for written in _DATES.findall(data):
                from_iso(written.decode("ascii"))
    except ValueError as error:  # msgspec.ValidationError is one
        raise OutOfTurn("malformed", kind.type, why=str(error)) from None
    return body


_HYPHEN = 0x2D
_DATES = re.compile(rb'"([12]\d{3}-\d\d-\d\d)"')
"""Whatever has the form of a date; the form alone lets 2026-02-31 pass."""
