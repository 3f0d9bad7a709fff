"""The fields act bodies are made of: each a narrow form, so that no leaf can carry free text (formats §1.3)."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NewType

from msgspec import Meta, Struct

_SHA256: Final = r"\Asha256:[0-9a-f]{64}\Z"
Digest = Annotated[str, Meta(pattern=_SHA256)]
"""For the envelope and for answers; a body says of each digest what it is of, and none is public unless it says so."""

Public = NewType("Public", str)
"""An object anybody may read: the office publishes it, and whoever verifies demands it."""
Private = NewType("Private", str)
"""A salted commitment: what it is of is private and never exported."""
SealedAct = NewType("SealedAct", str)
"""The commitment of a sealed act."""
Enclosed = NewType("Enclosed", str)
"""An object that comes with a sealed act, for whoever may open that."""
Handed = NewType("Handed", str)
"""An object that is handed to those it is for, and not published."""
Link = NewType("Link", str)
"""A blinded link to sealed entries elsewhere, opened to whoever may open those (formats §10.7)."""
Root = NewType("Root", str)
"""The root of a tree, or a digest that is computed over leaves of the books."""

PublicDigest = Annotated[Public, Meta(pattern=_SHA256)]
Commitment = Annotated[Private, Meta(pattern=_SHA256)]
SealedActDigest = Annotated[SealedAct, Meta(pattern=_SHA256)]
EnclosedDigest = Annotated[Enclosed, Meta(pattern=_SHA256)]
OptionalLink = Annotated[Link, Meta(pattern=r"\A(?:sha256:[0-9a-f]{64})?\Z")]
LinkDigest = Annotated[Link, Meta(pattern=_SHA256)]
RootDigest = Annotated[Root, Meta(pattern=_SHA256)]
UnitId = Annotated[str, Meta(pattern=r"\Au:[0-9a-z][0-9a-z-]{0,39}\Z")]
OfficerId = Annotated[str, Meta(pattern=r"\Ao:[0-9a-z][0-9a-z-]{0,39}\Z")]
AccusedId = Annotated[str, Meta(pattern=r"\A(?:exec|[ou]:[0-9a-z][0-9a-z-]{0,39})\Z")]
"""Whom somebody accuses: a unit; or the executive body or an officer, of which it is then told where that is to be taken."""
Address = Annotated[str, Meta(pattern=r"\A[0-9./#§¶〇零一二三四五六七八九十百千]{1,20}\Z")]
"""The address of an article of the text (`covenant.addresses`)."""
MatterId = Annotated[str, Meta(pattern=r"\A[a-z]:[0-9a-z][0-9a-z-]{0,39}\Z")]
DossierId = Annotated[str, Meta(pattern=r"\Ad:(?:members|[0-9a-f]{64})\Z")]
"""`d:` and the digest of the act that opened it; the one of all members has a name."""
KeyId = Annotated[str, Meta(pattern=r"\Ak:(?:[0-9a-f]{64}|[0-9a-f]{66})\Z")]
Date = Annotated[str, Meta(pattern=r"\A[12]\d{3}-\d\d-\d\d\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Nonce = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{43}\Z")]
END_OF_TIME = 32_503_651_200
"""3000-01-01 in Beijing, in Unix seconds: what is before it is within every calendar."""

Time = Annotated[int, Meta(ge=0, lt=END_OF_TIME)]
"""Unix seconds before the end of time."""
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Slug = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._/@-]{0,59}\Z")]
Url = Annotated[str, Meta(pattern=r"\Ahttps?://[!-~]{3,300}\Z")]
Algorithm = Literal["ed25519", "webauthn"]

DossierKind = Literal["application", "petition", "question", "report", "case", "referral", "members"]
"""加入申请、诉求、询问、检举、案件、移送: the kinds of dossiers that an act opens; 成员: the one that is there from genesis."""

Office = Literal["secretary", "clerk", "caseworker", "panellist", "mediator", "publisher", "sysop"]
OFFICES = ("secretary", "clerk", "caseworker", "panellist", "mediator", "publisher", "sysop")
"""秘书长、经办、承办人、审议人、调解员、发布人、系统管理 (art. 5)."""

Activity = Literal[
    "infrastructure",
    "application",
    "analysis",
    "computing",
    "data-resources",
    "vertical",
    "research",
    "education",
    "service",
]
Activities = Annotated[tuple[Activity, ...], Meta(max_length=9)]
"""基础设施、应用服务、分析服务、计算服务、数据资源服务、垂直行业融合、科研、教育、服务 (art. 2)."""


class Published(Struct, frozen=True, forbid_unknown_fields=True):
    """A place where a text was published to society, and the evidence of it."""

    url: Url
    evidence: PublicDigest


class Clerical(Struct, frozen=True):
    """What of an act may be corrected as a clerical slip, by the act's own field."""

    places: tuple[Published, ...] = ()
