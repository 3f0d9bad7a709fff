"""Making an attestation from an audit's file of verdicts, and answering a challenge from it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.attesting.faults import fault_text
from gongyue.conduct.attesting.file_formats import Answer, Answered, Attestation, Challenge, Sibling
from gongyue.conduct.attesting.leaves import Drawn
from gongyue.conduct.attesting.merkle_root import Progress, hash_verdicts, silent
from gongyue.conduct.attesting.privacy import refuse_personal_data
from gongyue.conduct.attesting.sampling import is_fair_draw
from gongyue.conduct.attesting.self_consistency import apart, compliant, of_file
from gongyue.conduct.attesting.sumtree import counts_by_name
from gongyue.conduct.attesting.verdictfile import about
from gongyue.conduct.findings import BadInput
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import digest


def make(verdicts: Path, unit: str, covers: str, progress: Progress = silent) -> Attestation:
    """The attestation of that audit, unsigned; BadInput if the file is not whole, Refused (GY-08-02) for personal data."""
    draft = drafted(verdicts, unit, covers)
    refuse_personal_data(draft)
    return _hashed(draft, verdicts, (), progress)[0]


def refuse_other(attestation: Attestation, verdicts: Path, progress: Progress = silent) -> None:
    """BadInput, with what is stated and what was found, where that file of verdicts is not what is attested."""
    _compared(attestation, verdicts, (), progress)


def _compared(stated: Attestation, verdicts: Path, asked: Sequence[int], progress: Progress) -> list[Drawn]:
    draft = drafted(verdicts, stated.unit, stated.covers)
    made, drawn = _hashed(draft, verdicts, asked, progress)
    zh, en = apart(of_file(stated), of_file(made))
    if zh:
        raise BadInput(f"{verdicts} 不是所证明的裁断文件：{zh}", f"{verdicts} is not the file that was attested: {en}")
    return drawn


def _hashed(
    draft: Attestation, verdicts: Path, asked: Sequence[int], progress: Progress
) -> tuple[Attestation, list[Drawn]]:
    """The draft with its root, and the rows asked for; BadInput where the rows are not those that the audit counted."""
    found = hash_verdicts(verdicts, asked, progress)
    if (found.counts, found.rows) != (draft.counts, draft.rows):
        then, now = _listed(draft.counts), _listed(found.counts)
        raise BadInput(
            f"{verdicts} 的行与核对时的合计不符：核对记 {draft.rows:,} 行（{then}），实有 {found.rows:,} 行（{now}）；请重新核对",
            f"the rows of {verdicts} differ from what the audit counted: {draft.rows:,} row(s) then ({then}),"
            f" {found.rows:,} now ({now}); audit again",
        )
    return msgspec.structs.replace(draft, root="sha256:" + found.root.hex()), found.drawn


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{kind} {counts[kind]:,}" for kind in KINDS if counts.get(kind)) or "0"


def drafted(verdicts: Path, unit: str, covers: str) -> Attestation:
    """What that file of verdicts says of its run, as an attestation without a root; BadInput if it is no such file."""
    said: dict[str, Any] = about(verdicts)
    raw = {"v": "gongyue/attestation@2", "unit": unit, "covers": covers, "packs": law_packs(), "root": digest(b""),
           "compliant": False, "rows": 0, "inputs": {"authorisations": said.get("authorisations"), "uses": said.get("uses")},
           **{name: said.get(name) for name in ("tool", "engine", "promise", "period", "counts")}}  # fmt: skip
    try:
        draft = msgspec.convert(raw, Attestation)
    except msgspec.ValidationError as error:
        zh, en = fault_text(error)
        raise BadInput(f"证明写不成：{zh}", f"the attestation cannot be written: {en}") from None
    return msgspec.structs.replace(draft, rows=draft.inputs.uses.rows, compliant=compliant(draft.counts))


def law_packs() -> list[dict[str, str]]:
    """The law packs that come with this tool, by digest: its calendar of holidays is none."""
    packs = sorted(files("gongyue.conduct").joinpath("packs").iterdir(), key=lambda p: p.name)
    return [{"id": pack.name.removesuffix(".toml"), "digest": digest(pack.read_bytes())} for pack in packs]


def answer(
    given: tuple[Challenge, str], of: tuple[Attestation, str], verdicts: Path, progress: Progress = silent
) -> Answer:
    """The rows a challenge asks for, with proofs; challenge and attestation each with its digest.

    BadInput where the challenge is to another attestation, asks for rows that its seed does not draw, or the file of
    verdicts is not the one that was attested, by root, counts or run: such an answer would not hold, and nobody picks
    the rows.
    """
    (asked, asked_digest), (attestation, digest_of) = given, of
    if asked.attestation != digest_of:
        raise BadInput(
            f"抽查题针对的是 {asked.attestation}，不是这份证明 {digest_of}",
            f"the challenge is to {asked.attestation}, not to this attestation {digest_of}",
        )
    if not is_fair_draw(asked, digest_of, attestation.rows):
        raise BadInput(
            "抽查题所列的行不是由其种子抽出的，不作答：请检查方用 gongyue attest challenge 重新出题",
            "the rows of the challenge are not those that its seed draws, and are not answered for: have it drawn with gongyue"
            " attest challenge",
        )
    rows = [
        Answered(
            one.row,
            one.verdict,
            one.authorisation,
            [Sibling(node.hash.hex(), counts_by_name(node.counts)) for node in one.path],
        )
        for one in _compared(attestation, verdicts, asked.rows, progress)
    ]
    return Answer("gongyue/answer@2", asked.attestation, asked_digest, rows)
