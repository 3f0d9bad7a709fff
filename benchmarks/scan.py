"""Measure the scan: texts as arrays and dense tables, beside bare scans and peers on the same data in one run.

python -m benchmarks.scan                               # no peers
python -m benchmarks.scan --peers peers/bin/python      # see benchmarks/scan-peers.txt
python -m benchmarks.scan --texts texts.jsonl           # these alone, with --peers or without: {"text": "…"} a line, those with Chinese in them

Times are of the processor, the best of several rounds: one core.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hyperscan
import numpy as np
import pyarrow as pa
import pyarrow.csv
from tests.conduct.scanning.heldout import documents
from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.scoring import f1, of_spans

from gongyue.conduct.scanning.report import ScanOptions, scan
from gongyue.conduct.scanning.source_discovery import everything
from gongyue.conduct.scanning.sources import Log
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.texts import scan_texts, spans

PROSE = (
    "公司召开年度工作会议，总结全年经营情况，部署下一阶段重点任务。会议强调，要坚持稳中求进工作总基调，持续推进数字化转型，完善内部管理制度。"
    "提升服务质量和客户满意度，确保各项目标顺利完成。同时要加强人才队伍建设，优化业务流程，防范化解各类风险，推动企业高质量发展。"
    "各部门按照分工抓好落实，每季度汇报一次进展，年底统一考核。项目组梳理了上线以来的问题清单，逐项明确责任和完成时限。"
)


def long_documents(seed: int, size: int, n: int, density: int) -> list[str]:
    """Texts of about `size` bytes: sentences with finds, every one followed by `density` sentences of prose."""
    rng = random.Random(seed)
    lines = [d["text"] for d in documents(seed, each=4)]
    prose = PROSE.split("。")[:-1]
    made = []
    for _ in range(n):
        text = ""
        while len(text.encode()) < size:
            text += rng.choice(lines) + "\n" + "".join(s + "。" for s in rng.choices(prose, k=density))
        made.append(text)
    return made


def dense_csv(path: Path, rows: int, *, named: bool) -> None:
    """A table of identifiers, amounts and times; with a column of names, if asked for."""
    draw = Inventor(3)
    day = ["2024-01-%02d 10:%02d:%02d" % (i % 28 + 1, i % 60, i % 59) for i in range(3600)]  # noqa: UP031 (padding)
    with path.open("w") as out:
        out.write(("name," if named else "") + "id,mobile,id_card,bank_card,email,ip,created,amount\n")
        for i in range(rows):
            ip = f"{draw.below(11, 223)}.{draw.below(256)}.{draw.below(256)}.{draw.below(256)}"
            name = draw.person() + "," if named else ""
            out.write(
                f"{name}{20240000000000 + i},{draw.mobile()},{draw.citizen()},{draw.card()},{draw.email()},{ip},"
                f"{day[i % 3600]},{draw.below(10**6) / 100}\n"
            )


def rate(work: Callable[[], object], megabytes: float, rounds: int = 5) -> float:
    """MB/s of processor time, the best round."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return megabytes / best


def bare_hyperscan(text: bytes) -> Callable[[], None]:
    """One pattern that never matches over one buffer: the floor of any scan by automaton."""
    base = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    base.compile(expressions=[b"\\d{40}zz"], ids=[0], elements=1, flags=[0])
    return lambda: base.scan(text, match_event_handler=lambda *_: None)


def beside(python: str, path: Path, texts: list[str], seconds: int) -> dict[str, Any]:
    """What each peer makes of Chinese texts, in that many seconds: {"mb_s", "documents", "spans"}."""
    path.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts))
    script = str(Path(__file__).with_name("scan_peers.py"))
    done = subprocess.run([python, script, str(path), str(seconds), "zh"], capture_output=True, text=True, check=True)
    peers: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return peers


def texts(python: str | None, folder: Path) -> None:
    """Long Chinese texts, many finds and few, as arrays."""
    for density in (0, 1, 2, 8):
        made = long_documents(4, 4096, 2500, density)
        array = pa.array(made, pa.large_string())
        data = "".join(made).encode()
        size = len(data) / 1e6
        buffer = np.frombuffer(data, dtype=np.uint8)
        found = len(scan_texts(array))
        ours = rate(lambda array=array: scan_texts(array), size)  # type: ignore[misc]
        read = rate(lambda buffer=buffer: int(buffer.sum()), size)  # type: ignore[misc]
        automaton = rate(bare_hyperscan(data), size)
        floor = f"reading memory {read:6.0f} · hyperscan, one idle pattern {automaton:6.0f}"
        print(f"  {size:5.1f} MB, a find per {len(data) // found:4} bytes: {ours:6.1f} MB/s   {floor}")
        _peers(python, folder, made, ours)


def _peers(python: str | None, folder: Path, made: list[str], ours: float) -> None:
    """How fast the peers are on the same texts, where there are any."""
    for name, peer in (beside(python, folder / "long.jsonl", made, 10) if python else {}).items():
        print(f"      {name:34} {peer['mb_s']:6.2f} MB/s (ours {ours / peer['mb_s']:.1f} × as fast)")


def given(path: Path, python: str | None, folder: Path) -> None:
    """The texts of a file in which there is Chinese, drawn at random: one a row, and joined to 4 kB."""
    rng = random.Random(4)
    lines = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    chinese = [text for text in lines if any("\u3400" <= sign < "\ua000" for sign in text)]
    rows = rng.choices(chinese, k=100_000)
    each = max(1, 4096 * len(rows) // len("".join(rows).encode()))
    joined = ["\n".join(rows[i : i + each]) for i in range(0, len(rows), each)]
    for how, made in (("one a row", rows), ("joined to 4 kB", joined)):
        array, size = pa.array(made, pa.large_string()), sum(len(text.encode()) for text in made)
        found = len(scan_texts(array))
        ours = rate(lambda array=array: scan_texts(array), size / 1e6)  # type: ignore[misc]
        print(f"  {size / 1e6:5.1f} MB {how}, a find per {size // max(found, 1):4} bytes: {ours:6.1f} MB/s")
        _peers(python, folder, made, ours)


def tables(folder: Path, rows: int) -> None:
    """Dense CSVs, parsing included, beside parsing alone: without names, with a column of them, and that column alone."""
    for named in (False, True):
        path = folder / "dense.csv"
        dense_csv(path, rows, named=named)
        size = path.stat().st_size / 1e6

        def work(path: Path = path) -> None:
            log = Log()
            scan(everything((str(path),), log, None, ()), log, ScanOptions())

        options = pyarrow.csv.ReadOptions(use_threads=False)
        bare = rate(lambda path=path, options=options: pyarrow.csv.read_csv(path, read_options=options), size)  # type: ignore[misc]
        ours = rate(work, size)
        what = "with names" if named else "no names  "
        print(
            f"  {size:5.1f} MB of CSV, {what}: {ours:6.1f} MB/s   pyarrow's parser alone {bare:6.0f} ({bare / ours:.1f} ×)"
        )
    draw = Inventor(3)
    names = pa.array([draw.person() for _ in range(rows)])
    each = rows / rate(lambda: Column("c").add(names), rows)
    print(f"  a column of names: {each * 1e9 / rows:.0f} ns a cell")


def held_out(python: str | None, folder: Path) -> None:
    """F1 on texts of another generator than those tuned on, and peers on the same texts."""
    gold = documents(77, each=20)
    size = sum(len(d["text"].encode()) for d in gold) / 1e6
    found = spans([d["text"] for d in gold])
    speed = rate(lambda: spans([d["text"] for d in gold]), size)
    _score("gongyue scan (Python lists)", gold, found, speed)
    if python is None:
        return
    for name, peer in beside(python, folder / "short.jsonl", [d["text"] for d in gold], 30).items():
        _score(name, gold[: peer["documents"]], peer["spans"], peer["mb_s"], ours=speed)


def _score(name: str, gold: list[dict[str, Any]], found: list[list[list[Any]]], speed: float, ours: float = 0) -> None:
    counts = of_spans(gold, found)
    micro = f1(*(sum(n) for n in zip(*counts.values(), strict=True)))
    core = " ".join(
        f"{k} {f1(*counts.get(k, (0, 0, 0))):.2f}"
        for k in ("CN_ID", "CN_MOBILE", "BANK_CARD", "EMAIL", "PERSON", "ADDRESS")
    )
    times = f" (ours {ours / speed:.0f} × as fast)" if ours else ""
    print(f"  {name:34} {speed:7.2f} MB/s{times}  F1 {micro:.3f}  {core}")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="the interpreter of an environment with benchmarks/scan-peers.txt")
    parser.add_argument("--texts", type=Path, help="measure the Chinese texts of this JSONL and nothing else")
    parser.add_argument("--rows", type=int, default=200_000)
    asked = parser.parse_args()
    print(f"python {platform.python_version()} · {platform.machine()} · one core")
    with tempfile.TemporaryDirectory() as folder:
        if asked.texts:
            given(asked.texts, asked.peers, Path(folder))
            return
        print("Chinese texts of 4 kB, results as arrays:")
        texts(asked.peers, Path(folder))
        print("tables:")
        tables(Path(folder), asked.rows)
        print("held-out texts, short ones:")
        held_out(asked.peers, Path(folder))


if __name__ == "__main__":
    main()
