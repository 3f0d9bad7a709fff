"""Precision, recall and F1 of spans and of columns."""

from __future__ import annotations

from collections import Counter
from typing import Any


def of_spans(gold: list[dict[str, Any]], found: list[list[list[Any]]]) -> dict[str, tuple[int, int, int]]:
    """Type → (right, wrong, missed); right is the same type and half of either covered, any overlap for markings and keys."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for document, spans in zip(gold, found, strict=True):
        used = set()
        for start, end, kind in document["spans"]:
            hits = [i for i, (a, b, k) in enumerate(spans) if k == kind and _same(start, end, a, b, kind)]
            used.update(hits)
            (right if hits else missed)[kind] += 1
        for i, (start, end, kind) in enumerate(spans):
            neutral = any(min(end, b) > max(start, a) for a, b in document["ignore"])
            near = any(k == kind and min(end, b) > max(start, a) for a, b, k in document["spans"])
            wrong[kind] += i not in used and not neutral and not near
    return {k: (right[k], wrong[k], missed[k]) for k in right | wrong | missed}


def _same(start: int, end: int, a: int, b: int, kind: str) -> bool:
    both = min(end, b) - max(start, a)
    return both > 0 and (kind in {"SECRET", "TRADE_SECRET"} or (2 * both >= end - start and 2 * both >= b - a))


def f1(right: int, wrong: int, missed: int) -> float:
    """F1 of counts."""
    return 2 * right / (2 * right + wrong + missed) if right else 0.0
