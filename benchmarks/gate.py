"""Measure the gate: decisions a second and the time of one, beside an empty call and a bare look-up in one run.

python -m benchmarks.gate                    # 200,000 subjects, 2.5 authorisations each, 200 purposes, 300,000 uses
python -m benchmarks.gate --subjects 2000000
python -m benchmarks.gate --subjects 20000 --scopes 30000    # how it slows down where scopes are many
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import platform
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator

import orjson

from gongyue.conduct.gate import Gate
from gongyue.conduct.gate_stream import Loaded, decided
from gongyue.conduct.grants import Authorisation, Scope
from gongyue.conduct.instants import LAST
from gongyue.conduct.promise import ACTIONS, Promise
from gongyue.conduct.promise_loader import parse_promise
from gongyue.conduct.uses import Use, Uses
from gongyue.conduct.verdict import Verdict, verdict

YEAR = 365 * 86_400 * 1_000_000
START = 1_700_000_000_000_000
"""The first instant of all: a bare number is an instant only within some years."""
DATASETS = [(a, b) for a in range(20) for b in range(a + 1, 20)]
HEAD = """schema = "gongyue/promise/1"
[controller]
id = "c"
zh = "演示"
[[policy]]
id = "p"
title = "p"
digest = "sha256:{digest}"
from = 2026-01-01T00:00:00+08:00
[[terms]]
id = "t"
policy = "p"
purposes = ["p0"]
categories = ["k00"]
actions = ["view"]
retention = "P1Y"
"""


def promise(purposes: int = 200, categories: int = 20, recipients: int = 100) -> Promise:
    """A tree three children wide; explicit recipients beyond one 64-bit word."""
    text = HEAD.format(digest="0" * 64)
    for i in range(purposes):
        parent = f'parent = "p{(i - 1) // 3}"\n' if i else ""
        text += f'[[purpose]]\nid = "p{i}"\nzh = "p"\ndpv = "https://w3id.org/dpv#Purpose"\n{parent}'
    text += "".join(f'[[category]]\nid = "k{i:02}"\nzh = "k"\n' for i in range(categories))
    text += "".join(f'[[recipient]]\nid = "r{i}"\nzh = "r"\n' for i in range(recipients))
    text += "[map.dataset]\n" + "".join(f'"k{a:02}+k{b:02}" = ["k{a:02}", "k{b:02}"]\n' for a, b in DATASETS)
    return parse_promise(text)


def drawn(rng: random.Random, subjects: int, many: int = 60) -> list[Authorisation]:
    """One to four authorisations a subject, of so many scopes; one in eight withdrawn, one in four with an end."""
    scopes = [
        Scope(
            frozenset(f"p{rng.randrange(40)}" for _ in range(4)),
            frozenset(f"k{i:02}" for i in range(20) if rng.random() < 0.7),
            frozenset(rng.sample(ACTIONS, 3)) | {"view"},
            frozenset(f"r{i}" for i in range(100) if rng.random() < 0.5),
            frozenset({"SG"} if rng.random() < 0.5 else ()),
        )
        for _ in range(many)
    ]
    found: list[Authorisation] = []
    for subject in range(subjects):
        for _ in range(rng.randrange(1, 5)):
            start = START + rng.randrange(YEAR)
            end = start + rng.randrange(1, YEAR) if rng.random() < 0.25 else LAST
            gone = start + rng.randrange(1, YEAR) if rng.random() < 0.125 else LAST
            found.append(Authorisation(len(found), f"u{subject:08}", "c", rng.choice(scopes), start, end, gone))
    return found


def usual(gate: Gate, asked: list[Use], share: float = 0.955) -> list[Use]:
    """The usual mix: uses of which 955 in 1,000 are covered, the rest as they come."""
    good = [use for use in asked if gate.decide(use).clean]
    rest = [use for use in asked if not gate.decide(use).clean]
    return [*good, *rest[: int(len(good) * (1 - share) / share)]]


def uses(rng: random.Random, subjects: int, n: int) -> list[Use]:
    """Uses in no order, one in fifty of an unknown subject, most not covered.

    Two categories each, by the data sets of the promise file.
    """
    datasets = [(f"k{a:02}", f"k{b:02}") for a, b in DATASETS]
    purposes, recipients = [f"p{i}" for i in range(200)], [f"r{i}" for i in range(110)]
    made = []
    for _ in range(n):
        action = rng.choice(ACTIONS) if rng.random() < 0.3 else "view"
        recipient = None if action == "view" else rng.choice(recipients)
        region = "SG" if action == "export" else None
        subject = f"u{rng.randrange(int(subjects * 1.02)):08}"
        made.append(
            Use(
                START + rng.randrange(2 * YEAR),
                action,
                rng.choice(datasets),
                subject,
                "c",
                rng.choice(purposes),
                recipient,
                region,
            )
        )
    return made


Decide = Callable[[Use], object]
BATCH, ROUNDS = 256, 5


def batches(lines: list[bytes], reader: Uses) -> Iterator[list[Use]]:
    """Uses as a stream brings them: parsed from JSON and read just before they are decided."""
    for i in range(0, len(lines), BATCH):
        yield [reader.read(orjson.loads(line)) for line in lines[i : i + BATCH]]


def rates(deciders: dict[str, Decide], lines: list[bytes], reader: Uses) -> dict[str, float]:
    """Decisions a second of processor time, each batch at its best of ROUNDS; all in turn, so that all meet the same load."""
    best = {name: [float("inf")] * (len(lines) // BATCH + 1) for name in deciders}
    for _ in range(ROUNDS):
        for name, decide in deciders.items():
            for number, batch in enumerate(batches(lines, reader)):
                begun = time.thread_time()
                for use in batch:
                    decide(use)
                best[name][number] = min(best[name][number], time.thread_time() - begun)
    return {name: len(lines) / sum(t for t in found if t < float("inf")) for name, found in best.items()}


def latencies(
    deciders: dict[str, Decide], lines: list[bytes], reader: Uses
) -> dict[str, tuple[list[float], list[float]]]:
    """(p50, p99, p99.9 in µs as the clock saw every one; the same of each use at its best of ROUNDS), the clock included."""
    clock = time.perf_counter_ns
    taken: dict[str, list[list[int]]] = {name: [[] for _ in range(ROUNDS)] for name in deciders}
    for number in range(ROUNDS):
        for name, decide in deciders.items():
            found = taken[name][number]
            for batch in batches(lines, reader):
                for use in batch:
                    begun = clock()
                    decide(use)
                    found.append(clock() - begun)
    return {name: (cuts([t for some in found for t in some]), cuts(list(map(min, zip(*found, strict=True)))))
            for name, found in taken.items()}  # fmt: skip


def cuts(taken: list[int]) -> list[float]:
    """p50, p99, p99.9 in µs."""
    found = statistics.quantiles(taken, n=1000)
    return [found[i] / 1000 for i in (499, 989, 998)]


def stream(loaded: Loaded, lines: list[bytes]) -> float:
    """Lines of JSON in and out, a second of processor time, the best of ROUNDS."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.thread_time()
        for _ in decided(loaded, io.BytesIO(b"\n".join(lines)), Counter()):
            pass
        best = min(best, time.thread_time() - begun)
    return len(lines) / best


def main() -> None:
    """Build, check against the reference, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=200_000)
    parser.add_argument("--uses", type=int, default=300_000)
    parser.add_argument("--scopes", type=int, default=60, help="different ones")
    asked_for = parser.parse_args()
    rng = random.Random(8)
    promised = promise()
    grants = drawn(rng, asked_for.subjects, asked_for.scopes)
    asked = uses(rng, asked_for.subjects, asked_for.uses)
    begun = time.thread_time()
    gate = Gate(promised, grants)
    built = time.thread_time() - begun
    by_subject: dict[str, list[Authorisation]] = {}
    for grant in grants:
        by_subject.setdefault(grant.subject, []).append(grant)

    def reference(use: Use) -> Verdict:
        return verdict(use, by_subject.get(use.subject or "", ()), promised)

    assert all(gate.decide(use) == reference(use) for use in asked[:20_000]), "the gate and the reference differ"
    mixes = {"usual mix, 955 in 1,000 covered": usual(gate, asked), "drawn evenly, most not covered": asked[:50_000]}
    rng.shuffle(mixes["usual mix, 955 in 1,000 covered"])
    gc.collect()
    gc.freeze()
    print(
        f"python {platform.python_version()} · {platform.machine()} · {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} · "
        f"{len(grants):,} authorisations of {asked_for.subjects:,} subjects · 200 purposes · {asked_for.scopes:,} scopes · index built in {built:.1f} s"
    )
    deciders: dict[str, Decide] = {
        "an empty call": lambda use: None,
        "bare look-up of the subject": lambda use: by_subject.get(use.subject),  # type: ignore[arg-type]
        "the gate": gate.decide,
    }
    loaded = Loaded(gate, Uses(promised))
    for name, mix in mixes.items():
        told(name, mix, deciders, reference, loaded)


def told(name: str, mix: list[Use], deciders: dict[str, Decide], reference: Decide, loaded: Loaded) -> None:
    """One mix: rates in ratio to the bare look-up, and how long one decision takes beside an empty call."""
    counts = Counter(loaded.gate.decide(use).kind for use in mix)
    print(f"\n{name}: {len(mix):,} uses: " + " ".join(f"{k} {n}" for k, n in counts.most_common()))
    lines = [orjson.dumps(row(use)) for use in mix]
    found = rates(deciders, lines, loaded.uses)
    found |= rates({"the reference function": reference}, lines[:10_000], loaded.uses)
    found["lines of JSON in and out"] = stream(loaded, lines)
    floor = found["bare look-up of the subject"]
    for what, rate in found.items():
        print(f"  {what:<28}{rate:>12,.0f} a second of processor time · {rate / floor:5.2f} × the bare look-up")
    print("  one decision, µs, the clock's own cost included      p50    p99  p99.9")
    for what, (seen, least) in latencies(deciders, lines, loaded.uses).items():
        for how, three in (("as it came", seen), (f"each use at its best of {ROUNDS}", least)):
            print(f"  {what:<28}{how:<24}" + "".join(f"{t:7.2f}" for t in three))


def row(use: Use) -> dict[str, object]:
    """A use as a log writes it: its data set by name, nulls left out."""
    said = {"time": use.time, "action": use.action, "dataset": "+".join(use.categories), "subject": use.subject}
    said |= {"controller": use.controller, "purpose": use.purpose, "recipient": use.recipient, "region": use.region}
    return {name: value for name, value in said.items() if value is not None}


if __name__ == "__main__":
    main()
