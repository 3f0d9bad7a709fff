"""F1 by type of the scanner on a set.

python -m tests.conduct.scanning.unseen.score first|second|…|seventeenth [-v]
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from gongyue.conduct.scanning.texts import spans
from tests.conduct.scanning.scoring import f1, of_spans
from tests.conduct.scanning.test_heldout import decided
from tests.conduct.scanning.unseen.sheets import sheets
from tests.conduct.scanning.unseen.writing import SEEDS, documents


def main(which: str, seed: int, *, show: bool = False) -> None:
    gold = documents(which, seed)
    found = spans([d["text"] for d in gold])
    for language in ("zh", "en"):
        pairs = [(d, f) for d, f in zip(gold, found, strict=True) if d["lang"] == language]
        if not pairs:
            continue
        scores = of_spans([d for d, _ in pairs], [f for _, f in pairs])
        print(f"## {language}: {len(pairs)} documents")
        for kind in sorted(scores):
            print(
                f"{kind:13} right {scores[kind][0]:4} wrong {scores[kind][1]:4} missed {scores[kind][2]:4}  F1 {f1(*scores[kind]):.3f}"
            )
        print(f"all           F1 {f1(*(sum(n) for n in zip(*scores.values(), strict=True))):.3f}")
    if show:
        for document, held in zip(gold, found, strict=True):
            _errors(document, held)
    if seed == 0:
        return
    data, labels = sheets(which, seed)
    count, clean, flagged = Counter[str](), 0, 0
    for table, of in labels.items():
        for name, held in decided(data[table]).items():
            count.update(right=len(held & of[name]), wrong=len(held - of[name]), missed=len(of[name] - held))
            clean += not of[name]
            flagged += not of[name] and bool(held)
            if show and held != of[name]:
                print(table, name, "should", of[name] or "{}", "is", held or "{}", data[table][name][:3].to_pylist())
    print(
        f"## columns: F1 {f1(count['right'], count['wrong'], count['missed']):.3f} {dict(count)}, clean flagged {flagged} of {clean}"
    )


def _errors(document: dict[str, Any], held: list[list[Any]]) -> None:
    text = document["text"]
    single = [({**document, "spans": [s]}, []) for s in document["spans"]]
    for gold, _ in single:
        if of_spans([gold], [held])[gold["spans"][0][2]][2]:
            a, b, kind = gold["spans"][0]
            print(
                "MISSED",
                kind,
                document["genre"],
                repr(text[max(0, a - 12) : a] + "[" + text[a:b] + "]" + text[b : b + 12]),
            )
    for a, b, kind in held:
        if of_spans([document], [[[a, b, kind]]]).get(kind, (0, 0, 0))[1]:
            print(
                "WRONG ",
                kind,
                document["genre"],
                repr(text[max(0, a - 12) : a] + "[" + text[a:b] + "]" + text[b : b + 12]),
            )


if __name__ == "__main__":
    main(sys.argv[1], SEEDS[sys.argv[1]], show="-v" in sys.argv)
