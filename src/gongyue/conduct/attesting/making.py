"""Making an attestation from an audit's file of verdicts, and answering a challenge from it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.attesting.drawing import drawn
from gongyue.conduct.attesting.faults import told
from gongyue.conduct.attesting.forms import Answer, Answered, Attestation, Challenge
from gongyue.conduct.attesting.hashing import Progress, hash_verdicts
from gongyue.conduct.attesting.privacy import refuse_personal_data
from gongyue.conduct.attesting.sound import compliant
from gongyue.conduct.attesting.verdictfile import about
from gongyue.conduct.findings import BadInput
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import digest


def make(verdicts: Path, unit: str, covers: str, progress: Progress = lambda done, total: None) -> Attestation:
    """The attestation of that audit, unsigned; BadInput if the file is not whole, Refused (GY-08-02) for personal data."""
    said = about(verdicts)
    draft = _attestation(said, unit, covers)
    refuse_personal_data(draft)
    found = hash_verdicts(verdicts, (), progress)
    if (found.counts, found.rows) != (draft.counts, draft.rows):
        then, now = _listed(draft.counts), _listed(found.counts)
        raise BadInput(
            f"{verdicts} 的行与核对时的合计不符：核对记 {draft.rows:,} 行（{then}），实有 {found.rows:,} 行（{now}）；请重新核对",
            f"the rows of {verdicts} differ from what the audit counted: {draft.rows:,} row(s) then ({then}),"
            f" {found.rows:,} now ({now}); audit again",
        )
    return msgspec.structs.replace(draft, root="sha256:" + found.root.hex())


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{kind} {counts[kind]:,}" for kind in KINDS if counts.get(kind)) or "0"


def _attestation(said: dict[str, Any], unit: str, covers: str) -> Attestation:
    raw = {"v": "gongyue/attestation@2", "unit": unit, "covers": covers, "packs": law_packs(), "root": digest(b""),
           "compliant": False, "rows": 0, "inputs": {"authorisations": said.get("authorisations"), "uses": said.get("uses")},
           **{name: said.get(name) for name in ("tool", "engine", "promise", "period", "counts")}}  # fmt: skip
    try:
        draft = msgspec.convert(raw, Attestation)
    except msgspec.ValidationError as error:
        zh, en = told(error)
        raise BadInput(f"证明写不成：{zh}", f"the attestation cannot be written: {en}") from None
    return msgspec.structs.replace(draft, rows=draft.inputs.uses.rows, compliant=compliant(draft.counts))


def law_packs() -> list[dict[str, str]]:
    """The law packs that come with this tool, by digest: its calendar of holidays is none."""
    packs = sorted(files("gongyue.conduct").joinpath("packs").iterdir(), key=lambda p: p.name)
    return [{"id": pack.name.removesuffix(".toml"), "digest": digest(pack.read_bytes())} for pack in packs]


def answer(
    given: tuple[Challenge, str],
    of: tuple[Attestation, str],
    verdicts: Path,
    progress: Progress = lambda done, total: None,
) -> Answer:
    """The rows a challenge asks for, with proofs; challenge and attestation each with its digest.

    BadInput where the challenge is to another attestation, asks for rows that its seed does not draw, or the file of
    verdicts is not the one that was attested: such an answer would not hold, and nobody picks the rows.
    """
    (asked, asked_digest), (attestation, digest_of) = given, of
    if asked.attestation != digest_of:
        raise BadInput(
            f"抽查题针对的是 {asked.attestation}，不是这份证明 {digest_of}",
            f"the challenge is to {asked.attestation}, not to this attestation {digest_of}",
        )
    if not drawn(asked, digest_of, attestation.rows):
        raise BadInput(
            "抽查题所列的行不是由其种子抽出的，不作答：请检查方用 gongyue attest challenge 重新出题",
            "the rows of the challenge are not those that its seed draws, and are not answered for: have it drawn with gongyue"
            " attest challenge",
        )
    found = hash_verdicts(verdicts, asked.rows, progress)
    root = "sha256:" + found.root.hex()
    if root != attestation.root:
        raise BadInput(
            f"{verdicts} 不是所证明的裁断文件：根为 {root}，证明所载为 {attestation.root}",
            f"{verdicts} is not the file that was attested: its root is {root}, the attestation's {attestation.root}",
        )
    rows = [Answered(one.row, one.verdict, one.authorisation, [h.hex() for h in one.path]) for one in found.drawn]
    return Answer("gongyue/answer@1", asked.attestation, asked_digest, rows)
