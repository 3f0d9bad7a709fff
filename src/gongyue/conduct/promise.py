"""The promise file: what a member told its users it would do with their data (article 8).

第八条　……不利用用户隐私数据从事任何与向用户作出的承诺无关的活动……

The types below are the file's form; `docs/conduct/promise.schema.json` is generated from them.
Ends are exclusive throughout: `to` is the first instant that is no longer covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from functools import cached_property
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta, field

from gongyue.conduct.instants import zone_of

SCHEMA = "gongyue/promise/1"
Action = Literal["view", "transfer", "disseminate", "trade", "export"]
ACTIONS: tuple[Action, ...] = get_args(Action)
"""Article 9(一): 不窥视、不转让、不传播、不交易; and sending abroad, 9(三)."""

Id = Annotated[str, Meta(pattern=r"^[^\s,;|\"']+$", min_length=1, max_length=120)]
Words = Annotated[str, Meta(min_length=1)]
Digest = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}$")]
Span = Annotated[str, Meta(pattern=r"^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$")]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
Offset = Annotated[str, Meta(pattern=r"^([+-]\d\d:\d\d|Z)$")]
Dpv = Annotated[str, Meta(pattern=r"^https://w3id\.org/dpv#[A-Z][A-Za-z]+$")]
Grade = Literal["general", "important", "core"]
Basis = Literal["consent", "contract", "hr", "statutory_duty", "emergency", "public_interest", "published", "other_law"]
Unit = Literal["s", "ms", "us"]
Withdrawals = Literal["column", "none"]

BASES = {
    "consent": ("个人同意", "consent", "PIPL 13(1)(一)", "Consent"),
    "contract": ("订立、履行本人为一方的合同所必需", "contract with the person", "PIPL 13(1)(二)", "ContractPerformance"),
    "hr": ("依法实施人力资源管理所必需", "lawful human resources management", "PIPL 13(1)(二)", ""),
    "statutory_duty": ("履行法定职责或者法定义务所必需", "statutory duty or obligation", "PIPL 13(1)(三)", "LegalObligation"),
    "emergency": ("突发公共卫生事件或者紧急情况", "emergency", "PIPL 13(1)(四)", "VitalInterestOfNaturalPerson"),
    "public_interest": ("为公共利益的新闻报道、舆论监督", "news and oversight in the public interest", "PIPL 13(1)(五)",
                        "PublicInterest"),
    "published": ("合理处理本人公开或者已合法公开的信息", "reasonable use of published data", "PIPL 13(1)(六)", ""),
    "other_law": ("法律、行政法规规定的其他情形", "other cases in law", "PIPL 13(1)(七)", "LegalBasis"),
}  # fmt: skip
"""Basis → Chinese, English, article, DPV term. There is no legitimate interest."""

PERSONAL = frozenset({"consent", "contract", "hr"})
"""Bases that rest on the one person: they can never stand for everyone."""


NO_WITHDRAWALS = (
    "撤回：承诺文件声明没有（withdrawals = \"none\"），没有对照任何撤回",
    'withdrawals: the promise file declares that there are none (withdrawals = "none"); uses were held to no withdrawal',
)  # fmt: skip
"""Said by every report under a promise file that declares so."""


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: its keys and no others."""


class Controller(Form, frozen=True, kw_only=True):
    """Who made the promise: the processor of personal information 个人信息处理者."""

    id: Id
    zh: Words
    en: str = ""
    contact: str = ""


class Policy(Form, frozen=True, kw_only=True):
    """A version of the published policy: the digest of its text, and from when to when it was in force."""

    id: Id
    title: Words
    digest: Digest
    since: datetime = field(name="from")
    to: datetime | None = None
    url: str = ""


class Purpose(Form, frozen=True, kw_only=True):
    """A purpose in our tree; authorising it covers its descendants."""

    id: Id
    zh: Words
    dpv: Dpv
    en: str = ""
    parent: str = ""


class Category(Form, frozen=True, kw_only=True):
    """A category of data: grade (general, important, core) and whether it is sensitive (PIPL 28)."""

    id: Id
    zh: Words
    en: str = ""
    grade: Grade = "general"
    sensitive: bool = False


class RecipientClass(Form, frozen=True, kw_only=True):
    """A class of recipients, such as couriers."""

    id: Id
    zh: Words
    en: str = ""


class Recipient(Form, frozen=True, kw_only=True):
    """One recipient by name, its class and where it is (PIPL 23: name and contact are told).

    `region`: where it is abroad, a use that gives data to it and states no region is a use there.
    """

    id: Id
    zh: Words
    en: str = ""
    kind: str = field(default="", name="class")
    region: Region | None = None
    contact: str = ""


class NamedRegion(Form, frozen=True, kw_only=True):
    """A region data may go to: ISO 3166-1 alpha-2, and how it is called."""

    id: Region
    zh: Words
    en: str = ""


class Terms(Form, frozen=True, kw_only=True):
    """What one policy version promises: for these purposes, these categories, done so, given to these, there.

    `everyone`: a statutory basis that needs no record person by person; never consent, contract or employment.
    """

    id: Id
    policy: str
    purposes: Annotated[tuple[str, ...], Meta(min_length=1)]
    categories: Annotated[tuple[str, ...], Meta(min_length=1)]
    actions: Annotated[tuple[Action, ...], Meta(min_length=1)]
    recipients: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    retention: Span
    basis: Basis = "consent"
    separate_consent: tuple[Literal[23, 25, 26, 29, 39], ...] = ()
    everyone: bool = False


class Maps(Form, frozen=True, kw_only=True):
    """From what logs say to what was promised: accounts, jobs, services → purpose; datasets, columns → categories."""

    account: dict[str, str] = {}
    job: dict[str, str] = {}
    service: dict[str, str] = {}
    dataset: dict[str, tuple[str, ...]] = {}
    column: dict[str, tuple[str, ...]] = {}
    action: dict[str, Action] = {}


class Columns(Form, frozen=True, kw_only=True):
    """How an input names its columns: ours → theirs; what is not named is called as ours."""

    name: dict[str, str] = {}
    time_unit: Unit = "us"
    time_zone: Offset | None = None

    def theirs(self, ours: Iterable[str]) -> dict[str, str]:
        """What the input calls each of these columns of ours."""
        return {name: self.name.get(name, name) for name in ours}

    @property
    def zone(self) -> timezone | None:
        """Where times without an offset are from; BadInput for an offset that is none."""
        return zone_of(self.time_zone) if self.time_zone else None


class GrantColumns(Columns, frozen=True, kw_only=True):
    """The same of authorisations, and where withdrawals stand: in a column, or, declared so, nowhere, for there are none.

    Without a column, and without the declaration, no authorisation is read: what was withdrawn would count as given.
    """

    withdrawals: Withdrawals = "column"


class ColumnMaps(Form, frozen=True, kw_only=True):
    """The column maps of the two inputs."""

    authorisations: GrantColumns = GrantColumns()
    uses: Columns = Columns()


class Promise(Form, frozen=True, kw_only=True, dict=True):
    """The whole file."""

    schema: Literal["gongyue/promise/1"]
    controller: Controller
    home_region: Region = "CN"
    policy: Annotated[tuple[Policy, ...], Meta(min_length=1)]
    purpose: Annotated[tuple[Purpose, ...], Meta(min_length=1)]
    category: Annotated[tuple[Category, ...], Meta(min_length=1)]
    recipient_class: tuple[RecipientClass, ...] = ()
    recipient: tuple[Recipient, ...] = ()
    region: tuple[NamedRegion, ...] = ()
    terms: Annotated[tuple[Terms, ...], Meta(min_length=1)]
    map: Maps = Maps()
    columns: ColumnMaps = ColumnMaps()

    @cached_property
    def parents(self) -> dict[str, str]:
        """Purpose → the one above it, "" for a root."""
        return {p.id: p.parent for p in self.purpose}

    @cached_property
    def classes(self) -> dict[str, str]:
        """Explicit recipient → its class, "" for none."""
        return {r.id: r.kind for r in self.recipient}

    @cached_property
    def abroad(self) -> dict[str, str]:
        """Explicit recipient → its region, for those that are not where the data is."""
        return {r.id: r.region for r in self.recipient if r.region and r.region != self.home_region}

    @property
    def withdrawals(self) -> Withdrawals:
        """Where the authorisations state withdrawals: "none" where the file declares that there are none."""
        return self.columns.authorisations.withdrawals

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """Policy version by id."""
        return {p.id: p for p in self.policy}

    @cached_property
    def terms_by_id(self) -> dict[str, Terms]:
        """Terms by id."""
        return {t.id: t for t in self.terms}

    def and_above(self, purpose: str) -> tuple[str, ...]:
        """The purpose and every one above it, nearest first; nothing for a purpose that is not in the tree."""
        line: list[str] = []
        while purpose in self.parents and purpose not in line:
            line.append(purpose)
            purpose = self.parents[purpose]
        return tuple(line)
