"""The files of attestation and spot check: canonical JSON, one sequence of bytes for one content.

Nothing may stand in a form that is not named here. An attestation is cited by the digest of its signed file: what `sha256sum` prints of it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from gongyue.conduct.attesting.faults import fault_text
from gongyue.conduct.attesting.numerals import hidden_sign, odd_sign
from gongyue.conduct.findings import BadInput
from gongyue.conduct.promise import Digest, Withdrawals
from gongyue.conduct.verdict import KINDS
from gongyue.transparency import canonical, ed25519

PREFIX = b"gongyue/attestation@2\n"
"""What is signed begins with it, so that no other signature passes for one of an attestation."""
PROVES = (
    "签署之后可凭它证明：所核对的这些记录及其裁断自签署后未变；经抽查核验，抽中的行确在其中，所载合计正是根所约束的合计。不证明：记录完整、没有漏记；"
    "那要看日志来源本身。",
    "Once signed it can prove that the uses that were audited and their verdicts are unchanged since signing and, once rows"
    " were drawn, answered and checked, that those are among them and that the root commits to the counts. It does not"
    " prove that the log is complete: that is a question to where the log comes from.",
)  # fmt: skip
"""Said on every screen but that of `check`, which says what it found proven (`assurance`)."""

Source = Annotated[str, Meta(pattern=r"^(sha256:[0-9a-f]{64})?$")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Instant = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z\Z"
    ),
]
Tool = Annotated[str, Meta(pattern=r"^gongyue [0-9]{1,2}(\.[0-9]{1,2}){1,2}((a|b|rc|\.dev|\.post)[0-9]{1,2})?\Z")]
Engine = Literal["kernel", "duckdb", "spark", "spark-kernel", "postgres"]
PackId = Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+){0,3}(-20[0-9]{2}-[01][0-9]-[0-3][0-9])?\Z", max_length=60)]
Kind = Annotated[str, Meta(pattern=rf"^({'|'.join(KINDS)})\Z")]
Key = Annotated[str, Meta(pattern=r"^k:[0-9a-f]{64}$")]
Number = Annotated[int, Meta(ge=0)]
Counts = dict[Kind, Annotated[int, Meta(ge=1)]]
"""How often each verdict stands; one that does not is left out."""
Said = Annotated[str, Meta(min_length=1, max_length=2000)]
Words = Annotated[str, Meta(pattern=r"\w", max_length=2000)]
"""A text that says something: blanks and signs alone say nothing."""


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last use; null where there is none."""

    first: Instant | None
    last: Instant | None


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The authorisations: digest ("" for a table of a database), rows, rows that could not be read, where withdrawals stand:
    "none" where the promise file declares that there are none."""

    digest: Source
    rows: Number
    unread: Number
    withdrawals: Withdrawals


class Uses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log of uses: digest ("" for a table of a database) and rows."""

    digest: Source
    rows: Number


class Inputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was audited."""

    authorisations: Ledger
    uses: Uses


class LawPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law pack that came with the tool."""

    id: PackId
    digest: Digest


class Attestation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an audit found. `covers`: in the member's own words, which log this is and what is not in it.

    `root`: of the sum tree over the rows (`sumtree`), which commits to `counts`.
    `compliant`: every row is OK or STATUTORY; it cannot be claimed otherwise (GY-08-03).
    """

    v: Literal["gongyue/attestation@2"]
    unit: Annotated[str, Meta(pattern=r"\w", max_length=200)]
    covers: Words
    tool: Tool
    engine: Engine
    packs: list[LawPack]
    promise: Digest
    inputs: Inputs
    period: Period
    rows: Number
    counts: Counts
    compliant: bool
    root: Digest

    def __post_init__(self) -> None:
        """ValueError where what people wrote has signs nobody sees, or digits in a dress that no scan knows."""
        for field in ("unit", "covers"):
            if sign := odd_sign(getattr(self, field)):
                raise ValueError(f"number sign {sign} in {field}")
            if sign := hidden_sign(getattr(self, field)):
                raise ValueError(f"hidden sign {sign} in {field}")


class Sig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ed25519 over "gongyue/attestation@2\\n" ‖ the attestation's canonical bytes; base64url without padding."""

    alg: Literal["ed25519"]
    key: Key
    sig: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{86}\Z")]


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signed attestation."""

    v: Literal["gongyue/signed-attestation@2"]
    attestation: Attestation
    sig: Sig


class Challenge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows drawn from a seed; ascending."""

    v: Literal["gongyue/challenge@1"]
    attestation: Digest
    size: Number
    seed: Said
    rows: list[Annotated[int, Meta(ge=1)]]


class Sibling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sibling on the way to the root: its hash, and what is counted below it."""

    hash: Hash
    counts: Counts


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row and the proof that it is in the tree, lowest sibling first."""

    row: Annotated[int, Meta(ge=1)]
    verdict: Kind
    authorisation: int | None
    proof: list[Sibling]


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to a challenge."""

    v: Literal["gongyue/answer@2"]
    attestation: Digest
    challenge: Digest
    rows: list[Answered]


F = TypeVar("F", Attestation, Signed, Challenge, Answer)
NAMES: dict[type[msgspec.Struct], tuple[str, str]] = {
    Attestation: ("未签署的证明", "unsigned attestation"),
    Signed: ("已签署的证明", "signed attestation"),
    Challenge: ("抽查题", "challenge"),
    Answer: ("答卷", "answer"),
}
VERSIONS = {Attestation: "gongyue/attestation@2", Signed: "gongyue/signed-attestation@2",
            Challenge: "gongyue/challenge@1", Answer: "gongyue/answer@2"}  # fmt: skip

_UNBOUND: dict[str, type[msgspec.Struct]] = {
    "gongyue/attestation@1": Attestation,
    "gongyue/signed-attestation@1": Signed,
    "gongyue/answer@1": Answer,
}
"""Earlier forms: their root did not commit to the counts, and they did not say whether uses were held to withdrawals."""


def to_bytes(form: Attestation | Signed | Challenge | Answer) -> bytes:
    """The canonical bytes of a form; BadInput where a text holds what canonical JSON forbids."""
    try:
        return canonical.encode(msgspec.to_builtins(form))
    except canonical.NotCanonical as error:
        zh, en = fault_text(error)
        raise BadInput(f"文字不合规范：{zh}", f"a text is outside the canonical form: {en}") from None


def read(path: Path, form: type[F]) -> tuple[F, str]:
    """The form in a file and the file's digest; BadInput if it is not that, byte for byte."""
    data = path.read_bytes()
    zh, en = NAMES[form]
    try:
        raw = canonical.decode(data)
        _of_its_kind(path, raw, form)
        return msgspec.convert(raw, form), canonical.digest(data)
    except (canonical.NotCanonical, msgspec.ValidationError) as error:
        why_zh, why_en = fault_text(error)
        raise BadInput(f"{path} 不是合格的{zh}：{why_zh}", f"{path} is no good {en}: {why_en}") from None


def _of_its_kind(path: Path, raw: Any, form: type[F]) -> None:
    """BadInput where the file is another of these forms, or an earlier one: what it is, and what was wanted."""
    stated = raw.get("v") if isinstance(raw, dict) else None
    if isinstance(stated, str) and stated in _UNBOUND:
        zh, en = NAMES[_UNBOUND[stated]]
        again = "answer" if _UNBOUND[stated] is Answer else "make"
        raise BadInput(
            f"{path} 是旧格式 {stated} 的{zh}，其根不约束各项合计，也没有写明对照了撤回，不再接受：用 gongyue attest {again} 重新写出",
            f"{path} is the {en} in the old form {stated}: its root does not commit to the counts, it does not say whether uses were"
            f" held to withdrawals, and it is no longer taken: write it again with gongyue attest {again}",
        )
    found = next((other for other in NAMES if stated == VERSIONS[other]), form)
    if found is form:
        return
    (zh, en), (wanted_zh, wanted_en) = NAMES[found], NAMES[form]
    if (found, form) == (Signed, Attestation):
        raise BadInput(f"{path} 已经签署，无须再签", f"{path} is signed already: there is nothing to sign")
    mend_zh, mend_en = ("；先用 gongyue attest sign 签署", "; sign it first: gongyue attest sign") if (found, form) == (
        Attestation, Signed) else ("", "")  # fmt: skip
    raise BadInput(
        f"{path} 是{zh}，这里要的是{wanted_zh}{mend_zh}", f"{path} is the {en}; the {wanted_en} is wanted here{mend_en}"
    )


def sign(attestation: Attestation, seed: bytes) -> Signed:
    """The attestation signed with a 32-byte Ed25519 seed."""
    signature = base64.urlsafe_b64encode(ed25519.sign(seed, _message(attestation))).rstrip(b"=").decode()
    return Signed(
        "gongyue/signed-attestation@2", attestation, Sig("ed25519", "k:" + ed25519.public(seed).hex(), signature)
    )


def signature_holds(signed: Signed) -> bool:
    """Whether the key named in the file signed it. Whose key that is, the book says."""
    try:
        signature = base64.urlsafe_b64decode(signed.sig.sig + "=" * (-len(signed.sig.sig) % 4))
    except ValueError:
        return False
    same = base64.urlsafe_b64encode(signature).rstrip(b"=").decode() == signed.sig.sig
    return same and ed25519.verify(bytes.fromhex(signed.sig.key[2:]), _message(signed.attestation), signature)


def refuse_unsigned(signed: Signed, path: Path) -> None:
    """BadInput where the signature does not hold: nothing is asked of whoever did not sign."""
    if not signature_holds(signed):
        raise BadInput(
            f"{path} 的签名不成立：签署之后改过，不出题；请成员交来签署的原件",
            f"the signature of {path} does not hold: it was changed after it was signed, and nothing is drawn; ask the member for"
            " what was signed",
        )


def _message(attestation: Attestation) -> bytes:
    return PREFIX + to_bytes(attestation)


def free_texts(form: Attestation) -> Mapping[str, str]:
    """Every text that is no digest and comes from no list: what people wrote, and what another program may have."""
    packs = {f"packs[{place}].id": pack.id for place, pack in enumerate(form.packs)}
    period = {"period.first": form.period.first or "", "period.last": form.period.last or ""}
    return {"unit": form.unit, "covers": form.covers, "tool": form.tool, **packs, **period}
