"""Run benchmarks and write what they print into docs/benchmarks.md, with the machine, the date and the load.

python -m benchmarks                      # all of them: about an hour; peers only where an environment is named
python -m benchmarks book-handle gate     # these; the other sections stay as they are
python -m benchmarks gate-peers --peers PYTHON   # the environment that benchmarks/gate-peers.txt describes
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """<!-- python -m benchmarks 生成，请勿手改。Written by python -m benchmarks: do not edit. -->
# 基准 / Benchmarks

只作参考，不作断言；机器有噪声，看同一次运行里的比值。每一节写明日期、机器、运行前的负载、命令和它的原样输出。
Advisory, never asserted; machines are noisy, so read the ratios of one run. Each section has its date, machine, the load before it began, its
command and what it printed.
"""


class Section(NamedTuple):
    """A benchmark: its module and arguments, what it measures, what is aimed at and what limits it."""

    run: str
    zh: str
    en: str
    aim: str
    limits: str = ""
    peers: bool = False


SECTIONS = {
    "book-handle": Section(
        "open_book handle",
        "经由 `office.handle` 的持久记录",
        "Durable acts through `office.handle`",
        "SQLite ≥ 1,500/s singly, ≥ 5,000/s in groups",
        "单项受限于一次落盘与一次验签；成组后受限于解释器（规范格式、SQL、`step`）与验签。"
        " A single act costs one forced write and one signature check; groups, the interpreter and the signatures.",
    ),
    "book-verify": Section(
        "open_book verify -n 1000000",
        "重放与核验一百万项行为",
        "Replay and verification of a million acts",
        "replay ≥ 150,000/s; full verify ≤ 1.5 × its bare signature checks, < 1 GiB; 1,000 new acts < 0.3 s",
        "重放受限于 `step` 里每项行为的 Python 调用；核验时它与解码同在一把解释器锁下，签名在各核上并行。"
        " Replay is bound by the Python calls inside `step`; in verify it shares the interpreter's lock with decoding, beside signatures on every core.",
    ),
    "start": Section("open_book help", "命令行的启动", "Start of the command line", "< 300 ms"),
    "first-day": Section(
        "first_day",
        "第一天：来的人做成来做的事",
        "The first day: people do what they came for",
        "each from the first page in ten clicks at most",
        "字数是沿途各页正文里看得见的全部，不是非读不可的。 Words are all that stands visibly on the pages passed through, not what has to be read.",
    ),
    "web": Section(
        "web",
        "网页与接口，SQLite",
        "Pages and API on SQLite",
        "10,000 members: cached pages ≥ 2,000/s, p99 < 30 ms; search ≥ 300/s; signed ballots ≥ 300/s, p99 < 100 ms; start < 2 s",
    ),
    "bulletins": Section(
        "bulletins",
        "一件公告到达每家成员单位",
        "A bulletin reaches every member",
        "10,000 members: one row in the outbox and one readable entry each in < 60 s; the desk < 300 ms",
        "一条语句写两千封；正文只排一次，每种语言一份。 Two thousand mails to a statement; the text is made once for each language.",
    ),
    "dossiers": Section(
        "dossiers",
        "卷宗：递交、期限清单、归并、核验，SQLite",
        "Dossiers: filing, due list, folds, verification, on SQLite",
        "10,000 members, 100,000 acts under seal, 10,000 dossiers: due list < 300 ms, filing < 30 ms, a party's room < 200 ms,"
        " every dossier folded < 10 s, verify of the public book < 5 s beyond its signatures",
        "看比值与处理器时间（CPU）：机器同时有别的用处时，钟面上的时间要长几倍。归并受限于解释器：每条解码一次，记入一次；长卷的页面逐条列出。"
        " Read the ratios and the processor's time: where the machine has other work, the wall's is several times that. A fold is bound by the"
        " interpreter, which decodes and enters each entry once; a room lists every entry of a long dossier.",
    ),
    "dossiers-postgresql": Section(
        "dossiers --store {store}",
        "卷宗，PostgreSQL",
        "Dossiers on PostgreSQL",
        "as on SQLite",
        "一项递交往返数据库十二次，一次提交；机器忙时，每次往返都等一轮。CPU 里没有数据库自己的。 Filing goes to the database and back twelve"
        " times, in one commit; on a busy machine each of these waits for its turn. The database's own processor time is not counted.",
    ),
    "web-postgresql": Section(
        "web --store {store}",
        "网页与接口，PostgreSQL",
        "Pages and API on PostgreSQL",
        "as on SQLite",
        "两个工作进程、数据库服务与发出请求的程序同在这些核上；一组选票要往返数据库几次。"
        " Two workers, the database server and what asks them share these cores; a group of ballots goes to the database and back several times.",
    ),
    "web-hostile": Section(
        "hostile",
        "网页，与慢的、贪心的客户端同时",
        "Pages, beside slow and greedy clients",
        "500 that stop in the middle: p99 < 1 s",
    ),
    "gate": Section(
        "gate",
        "关口",
        "The gate",
        "≥ 700,000 decisions/s per core, p99 < 5 µs",
        "一半时间在等内存：二十万主体的索引放不进缓存，单是查到主体就近一半。"
        " Half of it is waiting for memory: the index of 200,000 subjects is larger than the cache; looking up the subject is nearly half.",
    ),
    "gate-peers": Section(
        "gate_peers", "关口与通用策略引擎", "The gate beside general policy engines", "ratios", "", True
    ),
    "audit": Section(
        "audit --subjects 2000000 --uses 50000000 --engine scan --engine kernel --engine duckdb",
        "批量核对五千万次使用",
        "Audit of 50 million uses",
        "kernel ≥ 15 M uses/s unsorted with a kept index, DuckDB ≥ 6 M/s",
        "内核受限于解码七列（即扫描）与每次使用取一条缓存行；DuckDB 受限于连接。扫描的快慢即机器的快慢：请看比值。"
        " The kernel is bound by decoding seven columns, which is the scan, and by a cache line for every use; DuckDB by its"
        " join. How fast the scan is says how fast the machine is: read the ratios.",
    ),
    "audit-500m": Section(
        "audit --subjects 2000000 --uses 500000000 --engine scan --engine kernel",
        "批量核对五亿次使用",
        "Audit of 500 million uses",
        "linear, < 2 GiB",
    ),
    "attest": Section("attest --rows 100000000", "一亿行裁断的根", "Root over 100 million verdicts", "bounded memory"),
    "scan": Section(
        "scan",
        "扫描",
        "The scan",
        "Chinese text ≥ 90 MB/s per core as arrays, dense CSV ≥ 100 MB/s; F1 as in docs/conduct/scan.md",
    ),
    "scan-english": Section(
        "scan_english --peers {peers}", "英文人名", "English names", "no worse than Presidio with spaCy", "", True
    ),
    "scan-peers": Section("scan --peers {peers}", "扫描与同行", "The scan beside its peers", "ratios", "", True),
}


def main() -> None:
    """Run what is asked for, section by section; a section that fails leaves the page as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SECTIONS)}")
    parser.add_argument("--peers", help="the Python of the peers' environment")
    parser.add_argument("--store", help="postgresql://… of an empty database")
    given = parser.parse_args()
    if unknown := sorted(set(given.names) - set(SECTIONS)):
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    for name in given.names or SECTIONS:
        section = SECTIONS[name]
        if (section.peers and not given.peers) or ("{store}" in section.run and not given.store):
            print(f"--- {name}: left out, it needs {'--peers' if section.peers else '--store'}", flush=True)
            continue
        print(f"--- {name}", flush=True)
        load, written = os.getloadavg()[0], told(section, given.peers or sys.executable, given.store or "")
        place(name, page(section, load, written))


def told(section: Section, python: str, store: str) -> str:
    """What the benchmark prints; it is shown as it comes."""
    module, *arguments = section.run.format(peers=python, store=store).split()
    runs = python if section.peers and "{peers}" not in section.run else sys.executable
    command, lines = [runs, "-m", f"benchmarks.{module}", *arguments], []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT)))}
    with tempfile.TemporaryDirectory() as folder:
        where = {"cwd": folder, "env": environment, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **where) as process:  # type: ignore[call-overload]
            for line in process.stdout:
                print(line, end="", flush=True)
                lines.append(line)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}")
    return "".join(lines).strip("\n")


def page(section: Section, load: float, written: str) -> str:
    """The section as it stands in the document."""
    command = section.run.format(peers="PYTHON", store="postgresql://…")
    lines = [f"## {section.zh} / {section.en}", "", f"目标 aim: {section.aim}", ""]
    if section.limits:
        lines += [f"受限于 what limits it: {section.limits}", ""]
    lines += [f"{datetime.now(UTC):%Y-%m-%d}，{machine()}，负载 load {load:.1f}", ""]
    lines += ["```text", f"$ python -m benchmarks.{command}", written, "```", ""]
    return "\n".join(lines)


def machine() -> str:
    """What this ran on."""
    cpu = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    name = cpu[1] if cpu else platform.machine()
    return f"{os.cpu_count()} 核 cores {name}，{memory:.0f} GiB，Python {platform.python_version()}"


def place(name: str, text: str) -> None:
    """Write one section; the others stay, in the order of SECTIONS."""
    known = {}
    if PAGE.exists():
        known = dict(re.findall(r"<!-- ([a-z0-9-]+) -->\n(.*?)<!-- /\1 -->\n", PAGE.read_text("utf-8"), re.DOTALL))
    known[name] = text
    body = "\n".join(f"<!-- {n} -->\n{known[n]}<!-- /{n} -->\n" for n in SECTIONS if n in known)
    PAGE.write_text(f"{HEAD}\n{body}", "utf-8")


if __name__ == "__main__":
    main()
