"""A fictional member's files, the same every time: promise, authorisations, logs, tables, exports. Nobody in them exists.

Addresses are under .example, identity numbers of a region that is none; what is wrong in the files is written in WRONG.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gongyue.conduct.instants import BEIJING
from gongyue.conduct.promise_loader import example
from gongyue.transparency.canonical import digest

NAME = "星台数据（演示·虚构）"
USERS = 400
USES = 1_000
WRONG = {"PURPOSE": 25, "EXPIRED": 12, "NO_AUTH": 8, "WITHDRAWN": 5, "SCOPE": 5, "PURPOSE_UNKNOWN": 3, "UNPARSED": 2}
"""Rows of the log that may not have happened, by verdict; all others may."""
LEAKS = 9
"""Orders in whose remark a clerk wrote an identity number."""
_BEGIN = datetime(2026, 9, 1, 9, tzinfo=BEIJING)
_POLICY = """星台隐私政策（2026 年第 1 版，演示·虚构）

一、为提供服务与配送，我们处理您的联系方式与订单，并提供给承运的快递企业。
二、为依法保存交易与纳税资料，我们保存订单。
三、保存期限为三年。您可以随时撤回同意。
"""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def write(folder: Path) -> None:
    """Write all files into the folder, which must exist."""
    rng = random.Random(20260901)  # noqa: S311 - the same data for everyone; nothing is secret
    policy = _POLICY.encode()
    (folder / "policy.txt").write_bytes(policy)
    (folder / "promise.toml").write_text(_promise(digest(policy)), "utf-8")
    _table(folder / "authorisations.csv", ("id", "subject", "terms", "valid_from", "valid_to", "revoked_at"), _ledger())
    _table(folder / "uses.csv", _USE, _log(rng))
    asked = [dict(zip(_USE, row, strict=True)) for row in _asked()]
    (folder / "asked.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked), "utf-8")
    (folder / "data").mkdir()
    _table(folder / "data" / "users.csv", ("user", "email", "since"), _users())
    _table(folder / "data" / "orders.csv", ("order_no", "user", "amount", "remark"), _orders(rng))
    _table(
        folder / "flows.csv",
        ("flow", "date", "region", "person", "sensitive", "important", "ground", "necessary", "evidence"),
        _flows(),
    )
    (folder / "facts.toml").write_text("[controller]\nciio = false\nimportant = false\n", "utf-8")


def _promise(policy: str) -> str:
    """The example's promise, over this policy and with the table of users declared."""
    text = re.sub(r"sha256:[0-9a-f]{64}", policy, example())
    return text.replace("[map.dataset]\n", '[map.dataset]\n"shop.users" = ["contact"]\n')


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        writer.writerows(rows)


def _user(number: int) -> str:
    return f"u{number:05}"


_EXPIRED, _WITHDRAWN = range(1, 13), range(13, 18)
"""Users whose authorisation had ended, or was withdrawn, before the day of their use."""


def _ledger() -> Iterable[Sequence[object]]:
    for number in range(1, USERS + 1):
        ends = "2026-08-31T00:00:00+08:00" if number in _EXPIRED else ""
        withdrawn = "2026-08-20T12:00:00+08:00" if number in _WITHDRAWN else ""
        yield number, _user(number), "core-2026", "2026-01-01T00:00:00+08:00", ends, withdrawn


_USE = ("time", "actor", "job", "action", "dataset", "columns", "subject", "recipient")


def _log(rng: random.Random) -> list[Sequence[object]]:
    """The log of September: `WRONG` rows among USES, in order of time."""
    good = range(20, USERS + 1)
    rows = [
        *(("crm_campaign", "", "SELECT", "shop.orders", "", _user(rng.choice(good)), "") for _ in range(WRONG["PURPOSE"])),
        *(("etl_delivery", "", "SELECT", "shop.orders", "", _user(number), "") for number in (*_EXPIRED, *_WITHDRAWN)),
        *(("etl_delivery", "", "SELECT", "shop.orders", "", f"x{n}", "") for n in range(WRONG["NO_AUTH"])),
        *(("etl_delivery", "", "SELECT", "shop.tracks", "", _user(rng.choice(good)), "") for _ in range(WRONG["SCOPE"])),
        *(("intern_pc7", "", "SELECT", "shop.orders", "", _user(rng.choice(good)), "") for _ in range(WRONG["PURPOSE_UNKNOWN"])),
        *(("etl_delivery", "", "TRUNCATE", "shop.orders", "", _user(rng.choice(good)), "") for _ in range(WRONG["UNPARSED"])),
    ]  # fmt: skip
    for number in range(USES - len(rows)):
        user = _user(rng.choice(good))
        rows.append(
            ("etl_delivery", "", "SELECT", "shop.users", "", user, "") if number % 3 == 0
            else ("etl_delivery", "", "transfer", "shop.orders", "", user, "suda") if number % 3 == 1
            else ("batch", "nightly_tax", "SELECT", "shop.orders", "amount", user, "")
        )  # fmt: skip
    rng.shuffle(rows)
    step = timedelta(days=29) / USES
    return [((_BEGIN + step * n).isoformat(timespec="milliseconds"), *row) for n, row in enumerate(rows)]


def _asked() -> list[Sequence[object]]:
    """Four questions to the gate: delivery, marketing, at the instant of a withdrawal, just before it."""
    at = "2026-09-15T10:00:00+08:00"
    withdrawn = datetime(2026, 8, 20, 4, tzinfo=UTC)
    just_before = withdrawn - timedelta(microseconds=1)
    return [
        (at, "etl_delivery", "", "SELECT", "shop.orders", "", _user(30), ""),
        (at, "crm_campaign", "", "SELECT", "shop.orders", "", _user(30), ""),
        (withdrawn.isoformat(), "etl_delivery", "", "SELECT", "shop.orders", "", _user(13), ""),
        (just_before.isoformat(), "etl_delivery", "", "SELECT", "shop.orders", "", _user(13), ""),
    ]


def _users() -> Iterable[Sequence[object]]:
    for number in range(1, USERS + 1):
        yield _user(number), f"{_user(number)}@mail.example", f"2026-01-{number % 28 + 1:02}"


def _orders(rng: random.Random) -> Iterable[Sequence[object]]:
    """Orders with remarks; in a few of them, what was never declared."""
    remarks = ("放门口", "工作日送", "不要敲门", "", "送前联系", "易碎，轻放", "发票抬头同上", "周末送")
    leaks = set(rng.sample(range(600), LEAKS))
    for number in range(600):
        remark = f"代收人身份证号{_identity(number)}" if number in leaks else rng.choice(remarks)
        yield f"D2026{number:06}", _user(rng.randint(1, USERS)), f"{rng.randint(900, 90_000) / 100:.2f}", remark


def _identity(number: int) -> str:
    """An identity number of region 990000, which is none, with a true check digit (GB 11643)."""
    body = f"990000190{number % 6}0101{number % 1000:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def _flows() -> Iterable[Sequence[object]]:
    """Exports of the year: orders to a support desk abroad, bookings, and three persons' sensitive data."""
    for number in range(20, 260):
        yield "客服外包", "2026-03-02", "SG", _user(number), "false", "false", "", "", ""
    for number in range(300, 306):
        yield "境外订房", "2026-05-06", "SG", _user(number), "false", "false", "contract", "true", f"booking-{number}"
    for number in range(310, 313):
        yield "健康档案", "2026-06-01", "SG", _user(number), "true", "false", "", "", ""
