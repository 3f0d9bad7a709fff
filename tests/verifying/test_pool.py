"""Signatures that are checked in batches, beside the fold or at its end: the first bad one is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gongyue.book.signing import Job
from gongyue.verifying import pool
from gongyue.verifying.pool import SignaturePool


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("bad", [(), (0,), (2,), (6,), (1, 5), (5, 6)])
def test_the_first_bad_signature_is_named(count: int, bad: Sequence[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it stands in a batch that a worker checks or among the last, which are checked at once; all are counted."""
    monkeypatch.setattr(pool, "BATCH", 3)
    monkeypatch.setattr(pool, "BEHIND", 1)
    monkeypatch.setattr(pool, "verify", lambda job, origins: job not in bad)
    signatures = SignaturePool(workers=2)
    try:
        added = 0
        for index in range(count):
            added += 1
            jobs: list[Job] = [index]  # type: ignore[list-item]
            if not signatures.add(index, jobs):
                break
        wrong = [index for index in bad if index < added]
        assert signatures.first_bad() == (wrong[0] if wrong else None)
        assert signatures.first_bad() == (wrong[0] if wrong else None)  # asked again, the same
        assert signatures.checked == added
    finally:
        signatures.close()
