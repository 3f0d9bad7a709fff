"""What an attestation says of itself: whether its counts add up, and whether it claims more than they allow.

An attestation that contradicts itself is neither signed nor found to hold.
"""

from __future__ import annotations

from gongyue.conduct.attesting.forms import Attestation
from gongyue.conduct.findings import BadInput, finding
from gongyue.conduct.verdict import CLEAN
from gongyue.covenant.citing import Refused

NOTHING = (
    "一行使用也没有：没有核对任何使用，什么也不能声明",
    "there is not one use: nothing was audited and nothing can be claimed",
)
"""Said of an attestation over no row."""


def compliant(counts: dict[str, int]) -> bool:
    """Whether every row may have happened; unparsed and unknown rows forbid the claim (GY-08-03), and so does no row."""
    kinds = {kind for kind, n in counts.items() if n}
    return bool(kinds) and kinds <= CLEAN


def adds_up(attested: Attestation) -> bool:
    """Whether the counts add up to the rows, and the rows are those of the log."""
    return sum(attested.counts.values()) == attested.rows == attested.inputs.uses.rows


def summed(attested: Attestation) -> tuple[str, str]:
    """The three numbers that have to be equal, in both languages."""
    total, rows, uses = sum(attested.counts.values()), attested.rows, attested.inputs.uses.rows
    return (
        f"各项合计 {total:,} 行，所载 {rows:,} 行，记录 {uses:,} 行",
        f"the counts add up to {total:,}, the rows stated are {rows:,}, those of the log {uses:,}",
    )


def claims_truly(attested: Attestation) -> bool:
    """Whether full compliance is claimed where the counts allow it, and not where they do not."""
    return attested.compliant == compliant(attested.counts)


def refuse_unsound(attested: Attestation) -> None:
    """BadInput where the counts do not add up, Refused (GY-08-03) for a claim that they do not allow."""
    if not adds_up(attested):
        zh, en = summed(attested)
        raise BadInput(
            f"{zh}，三者须相等：用 gongyue attest make 重新写出",
            f"{en}: they must be equal; write it again with gongyue attest make",
        )
    if claims_truly(attested):
        return
    if not attested.compliant:
        raise BadInput(
            "各行都可以，compliant 却是 false：用 gongyue attest make 重新写出",
            "every row may have happened, yet compliant is false: write it again with gongyue attest make",
        )
    if not attested.rows:
        raise BadInput(f"{NOTHING[0]}；compliant 须为 false", f"{NOTHING[1]}; compliant has to be false")
    others: dict[str, int | str] = {kind: n for kind, n in attested.counts.items() if n and kind not in CLEAN}
    raise Refused(finding("GY-08-03", "8", others))
