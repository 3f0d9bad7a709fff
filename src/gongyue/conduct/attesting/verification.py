"""The inspector's check: is the attestation sound, was the challenge drawn fairly, do the answers hold?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from gongyue.conduct.attesting.attestation import drafted
from gongyue.conduct.attesting.file_formats import Answer, Answered, Attestation, Challenge, Signed, signature_holds
from gongyue.conduct.attesting.merkle_root import Progress, hash_verdicts, silent
from gongyue.conduct.attesting.privacy import personal_data
from gongyue.conduct.attesting.sampling import is_fair_draw
from gongyue.conduct.attesting.self_consistency import (
    NOTHING,
    Value,
    adds_up,
    apart,
    is_claim_supported,
    of_run,
    summed,
)
from gongyue.conduct.attesting.sumtree import Node, climb, counted, counts_by_name, leaf_node
from gongyue.transparency.canonical import digest


class Checked(msgspec.Struct, frozen=True):
    """One thing looked at: whether it holds, and in words. `code`: the refusal it makes."""

    name: str
    holds: bool
    zh: str
    en: str
    code: str = ""


class Evidence(msgspec.Struct, frozen=True):
    """What is checked: a signed attestation and its digest, and whatever there is beside it."""

    signed: Signed
    digest: str
    signer: str | None = None
    promise: Path | None = None
    verdicts: Path | None = None
    seed: str | None = None
    asked: tuple[Challenge, str] | None = None
    answer: Answer | None = None


def check(given: Evidence, progress: Progress = silent) -> list[Checked]:
    """Everything that can be checked on what was given, in order."""
    found = [*_attestation(given), *_beside(given, progress)]
    if given.asked:
        found += _check_draw(given, *given.asked)
    if given.asked and given.answer:
        found += _answers(given, given.asked, given.answer)
    return found


def _attestation(given: Evidence) -> Iterator[Checked]:
    attested, key = given.signed.attestation, given.signed.sig.key
    yield Checked("signature", signature_holds(given.signed), f"签名，密钥 {key}", f"signature, key {key}")
    if given.signer:
        yield Checked(
            "signer", given.signer == key, f"签署密钥应为 {given.signer}", f"the key should be {given.signer}"
        )
    yield Checked("counts", adds_up(attested), *summed(attested))
    yield _claim(attested)
    personal = personal_data(attested)
    yield Checked(
        "personal",
        not personal,
        "文字中未见个人信息",
        "no personal data found in its texts",
        "GY-08-02" if personal else "",
    )


def _claim(attested: Attestation) -> Checked:
    honest = is_claim_supported(attested)
    if not attested.rows:
        return Checked("claim", honest, *NOTHING, "" if honest else "GY-08-03")
    zh, en = (
        ("声明“全部合规”", "full compliance is claimed")
        if attested.compliant
        else ("没有声明“全部合规”", "full compliance is not claimed")
    )
    return Checked(
        "claim", honest, f"{zh}，与各项合计相符", f"{en}, which fits the counts", "" if honest else "GY-08-03"
    )


def _promise(path: Path, stated: str) -> Checked:
    found = digest(path.read_bytes())
    if found == stated:
        return Checked("promise", True, f"承诺文件 {path}", f"the promise file {path}")
    return Checked(
        "promise",
        False,
        f"承诺文件 {path} 的摘要为 {found}，证明所载为 {stated}",
        f"the promise file {path} has the digest {found}, the attestation names {stated}",
    )


def _beside(given: Evidence, progress: Progress) -> Iterator[Checked]:
    attested = given.signed.attestation
    if given.promise:
        yield _promise(given.promise, attested.promise)
    if given.verdicts:
        found = hash_verdicts(given.verdicts, (), progress)
        yield _root("sha256:" + found.root.hex(), attested.root, found.rows)
        yield _same(
            "recount", ("逐行重数各项合计", "the counts, counted again row by row"), attested.counts, found.counts
        )
        run = drafted(given.verdicts, attested.unit, attested.covers)
        yield _same(
            "run", ("裁断文件所记的核对", "the run that the file of verdicts names"), of_run(attested), of_run(run)
        )


def _same(name: str, what: tuple[str, str], stated: Mapping[str, Value], found: Mapping[str, Value]) -> Checked:
    """Whether what is stated was found, with the figures where it was not."""
    zh, en = apart(stated, found)
    return Checked(name, not zh, what[0] + (f"：{zh}" if zh else ""), what[1] + (f": {en}" if en else ""))


def _root(found: str, stated: str, rows: int) -> Checked:
    zh, en = f"全部 {rows} 行的根", f"the root over all {rows} row(s)"
    if found == stated:
        return Checked("root", True, zh, en)
    return Checked(
        "root", False, f"{zh}为 {found}，证明所载为 {stated}", f"{en} is {found}, the attestation names {stated}"
    )


def _check_draw(given: Evidence, asked: Challenge, of: str) -> Iterator[Checked]:
    mine = asked.attestation == given.digest
    yield Checked("challenge", mine, f"抽查题 {of} 针对此证明", f"challenge {of} is to this attestation")
    yield Checked(
        "draw",
        is_fair_draw(asked, given.digest, given.signed.attestation.rows),
        f"{len(asked.rows)} 行由其种子抽出",
        f"its {len(asked.rows)} row(s) are those its seed draws",
    )
    if given.seed is not None:
        yield Checked("seed", given.seed == asked.seed, "种子是给定的种子", "its seed is the seed given")


def _answers(given: Evidence, asked: tuple[Challenge, str], answer: Answer) -> Iterator[Checked]:
    rows, attested = answer.rows, given.signed.attestation
    mine = answer.attestation == given.digest and answer.challenge == asked[1]
    yield Checked("answer", mine, "答卷针对此证明、此抽查题", "the answer is to this attestation and this challenge")
    same = [one.row for one in rows] == asked[0].rows
    yield Checked(
        "asked", same, f"答了 {len(rows)} 行，正是所抽的行", f"{len(rows)} row(s) answered, those that were drawn"
    )
    reached = [reaches(one, attested.rows) for one in rows]
    root = bytes.fromhex(attested.root.removeprefix("sha256:"))
    wrong = [one.row for one, node in zip(rows, reached, strict=True) if node is None or node.hash != root]
    listed = ", ".join(map(str, wrong[:5]))
    yield Checked("proofs", not wrong, f"存在证明{'不成立：第 ' + listed + ' 行' if wrong else '全部成立'}",
                  f"proofs of inclusion {'fail: row ' + listed if wrong else 'hold, all of them'}")  # fmt: skip
    yield _check_counts(attested, [node for node in reached if node is not None and node.hash == root])


def _check_counts(attested: Attestation, roots: list[Node]) -> Checked:
    """Whether the counts stated are those that the root commits to, which every proof that reaches it gives."""
    what = ("所载合计正是根所约束的合计", "the counts stated are those that the root commits to")
    if not roots:
        return Checked(
            "bound", False, f"{what[0]}：没有一份存在证明到得了根，无从比较", f"{what[1]}: no proof reaches the root"
        )
    off = next((node.counts for node in roots if node.counts != counted(attested.counts)), roots[0].counts)
    return _same("bound", what, attested.counts, counts_by_name(off))


def reaches(one: Answered, size: int) -> Node | None:
    """The root of the tree of that many rows that the proof of that row with that verdict leads to; None where it is none."""
    path = [Node(bytes.fromhex(part.hash), counted(part.counts)) for part in one.proof]
    return climb(leaf_node(one.row, one.verdict, one.authorisation), one.row - 1, size, path)
