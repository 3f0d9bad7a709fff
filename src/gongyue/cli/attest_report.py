"""What the commands of `gongyue attest` tell: of an attestation, a challenge, an answer and a check, as lines and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongyue.cli.output import pick, table, withdrawals_told

if TYPE_CHECKING:
    from gongyue.conduct.attesting.file_formats import Answer, Attestation, Challenge
    from gongyue.conduct.attesting.verification import Checked, Evidence

LISTED = 10


def proves_data() -> dict[str, str]:
    """What an attestation proves, and what it does not."""
    from gongyue.conduct.attesting.file_formats import PROVES

    return {"zh": PROVES[0], "en": PROVES[1]}


def attestation_data(out: Path, made: Attestation, of: str | None) -> dict[str, Any]:
    """An attestation as JSON; `of`: its digest once it is signed."""
    import msgspec

    return {"out": str(out), "digest": of, "attestation": msgspec.to_builtins(made), "proves": proves_data()}


def attestation_lines(out: Path, made: Attestation, of: str | None, *, compared: bool = True) -> Iterator[str]:
    """An attestation's counts, its root, what it does not claim, and the next step; `compared`: with its file of verdicts."""
    from gongyue.conduct.verdict import KINDS

    counted = [f"{kind} {made.counts[kind]:,}" for kind in KINDS if kind in made.counts]  # in the audit's order
    listed = pick("，", ", ").join(counted) or "—"
    yield pick(f"{made.unit}：{made.rows:,} 行（{listed}）", f"{made.unit}: {made.rows:,} row(s) ({listed})")
    if made.period.first:
        yield pick(f"期间 {made.period.first} 至 {made.period.last}", f"from {made.period.first} to {made.period.last}")
    yield from withdrawals_told(made.inputs.authorisations.withdrawals)
    yield pick(f"根 {made.root}", f"root {made.root}")
    if not made.rows:
        from gongyue.conduct.attesting.self_consistency import NOTHING

        yield pick(*NOTHING)
    elif not made.compliant:
        yield pick("不声明“全部合规”", "full compliance is not claimed")
    if of is None:
        next_step = f"gongyue attest sign {out} --verdicts VERDICTS --key KEY --out FILE"
        yield pick(f"写成 {out}，尚未签署；下一步 {next_step}", f"written to {out}, not signed yet; next: {next_step}")
    else:
        yield pick(f"已签署：{out}，摘要（供引用）{of}", f"signed: {out}, its digest, to be cited: {of}")
    if not compared:
        yield pick("未与裁断文件比较（--unseen）：合计、根等以所写为准，改动过的要到答抽查题时才会被拒",
                   "not compared with the file of verdicts (--unseen): counts and root are as they were written, and what was"
                   " changed is refused only when a challenge is answered")  # fmt: skip
    yield pick(**proves_data())


def challenge_lines(out: Path, drawn: Challenge, share: float) -> Iterator[str]:
    """Which rows were drawn, and how large an untruth they meet."""
    shown = ", ".join(map(str, drawn.rows[:LISTED])) + (" …" if len(drawn.rows) > LISTED else "")
    yield pick(
        f"{drawn.size:,} 行中抽 {len(drawn.rows)} 行：{shown}", f"{len(drawn.rows)} of {drawn.size:,} row(s): {shown}"
    )
    if len(drawn.rows) == drawn.size:
        yield pick("全部行都要看：有一行不实也会看到", "every row is looked at: even one that is untrue is met")
    else:
        yield pick(f"若有 {share:.2%} 以上的行不实，至少抽中一行的把握为 95%",
                   f"if {share:.2%} of the rows or more are untrue, one is met with 95 %")  # fmt: skip
    yield pick("种子须在证明递交之后才定，否则抽查无意义",
               "the seed must be fixed after the attestation was submitted, or the draw means nothing")  # fmt: skip
    yield pick(f"写成 {out}", f"written to {out}")
    yield pick(**proves_data())


def verdicts_drawn(made: Answer) -> dict[str, int]:
    """How many rows of an answer have each verdict."""
    from collections import Counter

    return dict(sorted(Counter(one.verdict for one in made.rows).items()))


def answer_lines(out: Path, made: Answer) -> Iterator[str]:
    """What an answer gives away."""
    listed = ", ".join(f"{kind} {n}" for kind, n in verdicts_drawn(made).items())
    yield pick(f"{len(made.rows)} 行（{listed}）及其存在证明写成 {out}",
               f"{len(made.rows)} row(s) ({listed}) and their proofs written to {out}")  # fmt: skip
    yield pick(**proves_data())


def check_data(given: Evidence, found: list[Checked]) -> dict[str, Any]:
    """A check as JSON: each thing checked, each that was not, and what all of it proves."""
    import msgspec

    from gongyue.conduct.attesting.assurance import proves, unchecked

    signed, (zh, en) = given.signed, proves(given, found)
    return {"good": all(one.holds for one in found), "digest": given.digest, "unit": signed.attestation.unit,
            "withdrawals": signed.attestation.inputs.authorisations.withdrawals, "key": signed.sig.key,
            "checks": msgspec.to_builtins(found), "unchecked": msgspec.to_builtins(unchecked(given)), "proves": {"zh": zh, "en": en}}  # fmt: skip


def check_lines(given: Evidence, found: list[Checked]) -> Iterator[str]:
    """A check, a line for each thing checked or not, and what is to be done next."""
    from gongyue.conduct.attesting.assurance import proves, unchecked

    attested = given.signed.attestation
    yield f"{attested.unit}  {given.digest}"
    rows = [
        (pick("成立", "holds") if one.holds else pick("不成立", "FAILS"), pick(one.zh, one.en), one.code)
        for one in found
    ]
    rows += [(pick("未查", "not checked"), pick(one.zh, one.en), "") for one in unchecked(given)]
    yield from table(("", "", ""), rows)[1:]
    yield from withdrawals_told(attested.inputs.authorisations.withdrawals)
    if given.answer and all(one.holds for one in found):
        log, k = attested.inputs.uses.digest or "—", len(given.answer.rows)
        yield pick(f"下一步：到场，对照记录（{log}）看这 {k} 行是否如此",
                   f"next: on the premises, hold these {k} row(s) against the log ({log})")  # fmt: skip
    yield pick(*proves(given, found))
