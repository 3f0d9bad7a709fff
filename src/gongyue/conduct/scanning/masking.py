"""A masked sample: enough to recognise one's own data, too little for anyone else."""

from __future__ import annotations


def masked(value: str, keep: int = 2) -> str:
    """The first and last signs, everything else as *; of short values only the first sign."""
    if len(value) <= 2 * keep + 1:
        return value[:1] + "*" * (len(value) - 1)
    return value[:keep] + "*" * min(len(value) - 2 * keep, 12) + value[-keep:]
