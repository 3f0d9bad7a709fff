"""What an act type is: the body of its acts; who does it, on which clause, with its sheet; what its body is made of, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from gongyue.covenant.rulings import Ruling
from gongyue.governance import parts
from gongyue.governance.dossier_roles import SignedAs
from gongyue.governance.envelope import Book, Filing, GoverningDate, PerformedBy
from gongyue.governance.fields import Clerical, DossierKind, Enclosed, Link, Private, Public, SealedAct
from gongyue.governance.sheet import Incomplete, Label, Sheet, labels_of, require_sayable
from gongyue.governance.sheet_words import Audience, FromPaper, Mark

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier, Linked
    from gongyue.governance.institution import Institution


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of an act type: its whitelisted fields, the rulings it must satisfy, and what it changes."""

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        """The rulings the act must satisfy, in order; raises OutOfTurn for a step that cannot be taken now."""
        return iter(())

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        """What the act changes; never decides, never fails on true history."""
        return inst

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        """Of an act in a dossier, the rulings it must satisfy there, as it stands before the act."""
        return iter(())

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        """What the act changes in its dossier, which has its entry already; never decides, never fails on true history."""
        return dossier

    def links_to(self) -> tuple[str, ...]:
        """The types of the entries that its link may name, where not every type will do."""
        return ()

    def check_linked(self, inst: Institution, linked: Sequence[Linked], filing: Filing) -> Iterator[Ruling]:
        """Of an act with a link, the rulings it must satisfy by what that names: asked where the link is opened, by the office always."""
        return iter(())

    def links_back(self) -> bool:
        """Whether what its link names says by its own link that it comes from the dossier in which this act stands."""
        return False

    def thread(self) -> Literal["", "begins", "goes on"]:
        """Whether its link begins a thread within the dossier in which it stands, or goes on with the one begun last: one matter then."""
        return ""

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        """What voiding or disavowing the act recorded at `index` changes, from now on; for types that allow it."""
        return inst


class _Linked(msgspec.Struct):
    """Of a body its link alone."""

    link: str = ""  # an objection alone has one in every type


BodyType = type[Body]
Held = type[msgspec.Struct]


class ActType(msgspec.Struct, frozen=True, dict=True):
    """An act type: who does it, in which book, on which clause, by which date, with an example for ever kept."""

    type: str
    body: BodyType
    sheet: Sheet
    by: PerformedBy
    clause: str
    governing: GoverningDate
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
    folds: bool
    opens: str
    within: frozenset[str]
    answers: tuple[str, ...]
    empty_link: bool
    link_once: bool
    signed_as: SignedAs
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
    def in_dossier(self) -> bool:
        """Whether its acts stand in a dossier: they open one, or are done within one."""
        return bool(self.opens or self.within)

    @cached_property
    def asks_dossier(self) -> bool:
        """Whether whoever drafts one says in which dossier it is done: nothing that its body names says it."""
        return bool(self.within - {"members"}) and not self.sealed

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
        return self.governing is GoverningDate.OWN

    @cached_property
    def about_the_clock(self) -> bool:
        """Whether it says what time it is: taken from a clock that nothing else is, its signers judged as of the last entry."""
        return self.matter == "clock"

    @cached_property
    def reckons(self) -> bool:
        """Whether it makes a draw or rests on one, which takes hashes; or counts what is under seal."""
        return self.type in ("inspection.seed/1", "oversight.check/1", "oversight.report/1")

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
    def chosen(self) -> Mapping[str, frozenset[str]]:
        """What its body's fields choose from a list, by path: the values of their types, or those its sheet lists."""
        listed = {path: frozenset(values) for path, values in self.sheet.choices.items()}
        return parts.choices(self.body, self.holds) | listed

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
        """Whether a field says nothing of what it is of: a commitment to a content, or to a sealed act, or a link."""
        return self.digest(name) in (Private, SealedAct, Link)

    @cached_property
    def linked(self) -> bool:
        """Whether its acts carry a link: exactly one then, whatever they are about."""
        return self.digest("link") is Link

    def link_in(self, raw: bytes | msgspec.Raw) -> str:
        """The link in a body of this type, as its bytes have it; "" of a type that carries none."""
        return str(msgspec.json.decode(raw, type=_Linked).link) if self.linked else ""

    def documents(self, body: Any) -> Iterator[str]:
        """The commitments to documents whose text the law reads, of a decoded body: whoever files the act brings them."""
        return (c for name in self.texts if self.is_private(name) and (c := body.get(name)))

    def public_digests(self, body: Any) -> Iterator[str]:
        """The digests of public objects that a decoded body names, wherever they stand in it."""
        return (digest for path in self._public for digest in parts.at(body, path))

    def enclosed_digests(self, body: Any) -> Iterator[str]:
        """The digests of the objects that come with a sealed act, and are not public."""
        return (digest for path in self._paths(Enclosed) for digest in parts.at(body, path))

    def documents_named(self, raw: bytes | msgspec.Raw) -> Iterator[str]:
        """The documents that a body of this type names by commitments, or that come enclosed with it."""
        body = msgspec.json.decode(raw) if self._documents else {}
        return (digest for path in self._documents for digest in parts.at(body, path))

    @cached_property
    def _documents(self) -> tuple[tuple[str, ...], ...]:
        return (*self._paths(Private), *self._paths(Enclosed))

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
        if [path for path, sort in self.digests.items() if sort is Link] not in ([], ["link"]) or (
            (self.empty_link or self.link_once) and not self.linked
        ):
            raise Incomplete(f"{self.type}: an act carries one link, in its field link")
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
        self._require_place()
        require_sayable(self.type, self.sheet, self.labels, chain(*self.chosen.values()))

    def _require_place(self) -> None:
        """Incomplete where it does not say in which dossiers its acts stand, or what they answer there."""
        if (self.sheet.audience is Audience.PARTIES) != self.in_dossier or (self.opens and self.within):
            raise Incomplete(f"{self.type}: what is for parties alone opens a dossier or is done within one")
        if left := {*self.within, *filter(None, [self.opens])} - set(get_args(DossierKind)):
            raise Incomplete(f"{self.type}: {', '.join(sorted(left))} is not in governance.fields.DossierKind")
        if self.answers and not self.within:
            raise Incomplete(f"{self.type}: what answers is done within a dossier")

    @cached_property
    def judges_linked(self) -> bool:
        """Whether what its acts link to is held against the law."""
        return self.body.check_linked is not Body.check_linked

    @property
    def does(self) -> str:
        """What doing it means, in English: the first line of its body's docstring."""
        return (self.body.__doc__ or "").strip().partition("\n")[0]
