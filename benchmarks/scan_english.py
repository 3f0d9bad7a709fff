"""English names on the unseen sets: the fast tier, the deep one where its model is installed, and peers.

python -m benchmarks.scan_english [--peers PYTHON]        # an environment with benchmarks/scan-peers.txt
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.conduct.scanning.scoring import f1, of_spans
from tests.conduct.scanning.unseen.writing import SEEDS, documents

from gongyue.conduct.scanning import deep_english
from gongyue.conduct.scanning.texts import spans


def people(gold: list[dict[str, Any]], found: list[list[list[Any]]]) -> float:
    """F1 of PERSON alone."""
    return f1(*of_spans(gold, found).get("PERSON", (0, 0, 0)))


def both(texts: list[str], fast: list[list[list[Any]]]) -> list[list[list[Any]]]:
    """The fast tier's finds, and the model's names where nothing was found, as --deep adds them."""
    model = deep_english.model()
    assert model is not None
    return [
        held + [[a, b, "PERSON"] for a, b in more if not any(a < end and start < b for start, end, _ in held)]
        for held, more in zip(fast, model.people(texts), strict=True)
    ]


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="the interpreter of an environment with benchmarks/scan-peers.txt")
    asked = parser.parse_args()
    for which, seed in SEEDS.items():
        gold = [d for d in documents(which, seed) if d["lang"] == "en"]
        texts = [d["text"] for d in gold]
        found = spans(texts)
        print(f"{which}: {len(gold)} documents\n  {'fast tier':34} F1 {people(gold, found):.3f}")
        if deep_english.model() is not None:
            begun = time.process_time()
            deep = both(texts, found)
            kilobytes = sum(map(len, texts)) / (time.process_time() - begun) / 1e3
            print(f"  {'deep tier (fast and model)':34} F1 {people(gold, deep):.3f}   {kilobytes:.1f} kB/s")
            alone = [[[a, b, "PERSON"] for a, b in held] for held in deep_english.model().people(texts)]  # type: ignore[union-attr]
            print(f"  {'the model alone':34} F1 {people(gold, alone):.3f}")
        if asked.peers:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "texts.jsonl")
                path.write_text("".join(json.dumps(d) + "\n" for d in gold), "utf-8")
                command = [asked.peers, str(Path(__file__).with_name("scan_peers.py")), str(path), "60", "en"]
                out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            for name, peer in json.loads(out.strip().splitlines()[-1]).items():
                print(f"  {name:34} F1 {people(gold[: peer['documents']], peer['spans']):.3f}")


if __name__ == "__main__":
    main()
