"""What an attestation says of itself: whether its counts add up, and whether it claims more than they allow.

An attestation that contradicts itself, or the file of verdicts, is neither signed nor found to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from gongyue.conduct.attesting.file_formats import Attestation
from gongyue.conduct.findings import BadInput, finding
from gongyue.conduct.verdict import CLEAN
from gongyue.covenant.rulings import Refused

NOTHING = (
    "一行使用也没有：没有核对任何使用，什么也不能声明",
    "there is not one use: nothing was audited and nothing can be claimed",
)
"""Said of an attestation over no row."""

Value = str | int | None
_BY_ROWS = frozenset({"rows", "counts", "compliant", "root"})
_BY_FILE = _BY_ROWS | {"tool", "engine", "promise", "inputs", "period"}
"""Fields that follow from the rows, and those that the file of verdicts has; the others are the member's word alone."""


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


def is_claim_supported(attested: Attestation) -> bool:
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
    if is_claim_supported(attested):
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


def of_file(form: Attestation) -> dict[str, Value]:
    """What the file of verdicts has to say as well, such as "inputs.uses.rows" → 35."""
    return dict(_values({name: getattr(form, name) for name in sorted(_BY_FILE)}))


def of_run(form: Attestation) -> dict[str, Value]:
    """What the file of verdicts says of the run that wrote it, beside what follows from its rows."""
    return dict(_values({name: getattr(form, name) for name in sorted(_BY_FILE - _BY_ROWS)}))


def _values(value: object, at: str = "") -> Iterator[tuple[str, Value]]:
    inner = msgspec.to_builtins(value)
    if not isinstance(inner, dict):
        yield at, inner
        return
    for name, part in inner.items():
        yield from _values(part, f"{at}.{name}" if at else name)


def apart(stated: Mapping[str, Value], found: Mapping[str, Value]) -> tuple[str, str]:
    """Each value that is stated otherwise than it was found, in both languages; two empty texts where none is."""
    names = [name for name in {**stated, **found} if stated.get(name, 0) != found.get(name, 0)]
    both = [(name, stated.get(name, 0), found.get(name, 0)) for name in names]
    return (
        "；".join(f"{name} 所载 {_value_text(then, '无')}，实为 {_value_text(now, '无')}" for name, then, now in both),
        "; ".join(
            f"{name}: {_value_text(then, 'none')} stated, {_value_text(now, 'none')} found" for name, then, now in both
        ),
    )


def _value_text(value: Value, none: str) -> str:
    if isinstance(value, int):
        return str(value).lower() if isinstance(value, bool) else f"{value:,}"
    return value or none
