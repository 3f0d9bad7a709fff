"""Whether a promise file agrees with itself: names that exist once, a tree that is one, consents that are complete."""

from __future__ import annotations

import difflib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from gongyue.conduct.authorisations import COLUMNS as GRANT_COLUMNS
from gongyue.conduct.findings import BadInput
from gongyue.conduct.forms import Fault
from gongyue.conduct.input_columns import misused
from gongyue.conduct.promise import PERSONAL, Policy, Promise, Terms
from gongyue.conduct.regions import REGIONS
from gongyue.conduct.toml_lines import Path
from gongyue.conduct.uses import COLUMNS as USE_COLUMNS
from gongyue.transparency.canonical import digest

_WITHDRAWN = "revoked_at"
_NEEDED = {
    23: ("向其他处理者提供", "providing to another processor"),
    25: ("公开", "publication"),
    29: ("处理敏感个人信息", "sensitive data"),
    39: ("向境外提供", "sending abroad"),
}


def inconsistencies(promise: Promise) -> Iterator[Fault]:
    """Every fault that no single table shows."""
    yield from _named_once(promise)
    yield from _tree(promise)
    yield from _vocabulary(promise)
    yield from _policies(promise)
    yield from _recipients(promise)
    yield from _regions(promise)
    for i, terms in enumerate(promise.terms):
        yield from _terms(promise, terms, ("terms", i))
    yield from _maps(promise)
    yield from _columns(promise)


def _named_once(promise: Promise) -> Iterator[Fault]:
    groups = {
        "policy": [p.id for p in promise.policy],
        "purpose": [p.id for p in promise.purpose],
        "category": [c.id for c in promise.category],
        "recipient_class": [c.id for c in promise.recipient_class],
        "region": [r.id for r in promise.region],
        "terms": [t.id for t in promise.terms],
    }
    for name, ids in groups.items():
        yield from _twice(name, ids, set())
    yield from _twice("recipient", [r.id for r in promise.recipient], set(groups["recipient_class"]))


def _twice(name: str, ids: list[str], seen: set[str]) -> Iterator[Fault]:
    for i, id in enumerate(ids):
        if id in seen:
            yield Fault((name, i, "id"), f"“{id}”重名", f'"{id}" is used twice', "换一个编号", "choose another id")
        seen.add(id)


def _missing(path: Path, id: str, known: Iterable[str], what: str, table: str) -> Fault:
    near = difflib.get_close_matches(id, list(known), 1)
    zh, en = (f"是否 {near[0]}？", f"is it {near[0]}?") if near else (f"补 [[{table}]]", f"add [[{table}]]")
    return Fault(path, f"{what}“{id}”没有定义", f'"{id}" is not defined in [[{table}]]', zh, en)


def _tree(promise: Promise) -> Iterator[Fault]:
    """Parents that exist, and no circle; through an id that is used twice none is looked for: that is the fault there."""
    ids = Counter(purpose.id for purpose in promise.purpose)
    for i, purpose in enumerate(promise.purpose):
        if purpose.parent and purpose.parent not in promise.parents:
            yield _missing(("purpose", i, "parent"), purpose.parent, promise.parents, "目的", "purpose")
            continue
        line = promise.and_above(purpose.id)
        if promise.parents.get(line[-1]) and all(ids[id] == 1 for id in line):
            yield Fault(("purpose", i, "parent"), f"目的成环：{' → '.join(line)}", f"purposes in a circle: {' → '.join(line)}",
                        "删去其中一个 parent", "remove one parent")  # fmt: skip


@cache
def dpv_purposes() -> frozenset[str]:
    """The IRIs of DPV 2.3's purposes, from `dpv-purposes.toml`."""
    listed = tomllib.loads(files("gongyue.conduct").joinpath("dpv-purposes.toml").read_text("utf-8"))
    return frozenset(listed["namespace"] + name for name in listed["purposes"])


def _vocabulary(promise: Promise) -> Iterator[Fault]:
    for i, purpose in enumerate(promise.purpose):
        if purpose.dpv not in dpv_purposes():
            near = "、".join(difflib.get_close_matches(purpose.dpv, dpv_purposes(), 2, 0.8))
            zh, en = (
                (f"是否 {near}？", f"is it {near}?")
                if near
                else ("见 https://w3id.org/dpv/2.3", "see https://w3id.org/dpv/2.3")
            )
            yield Fault(
                ("purpose", i, "dpv"),
                f"“{purpose.dpv}”不是 DPV 2.3 的目的",
                f'"{purpose.dpv}" is no purpose of DPV 2.3',
                zh,
                en,
            )


def _policies(promise: Promise) -> Iterator[Fault]:
    latest: Policy | None = None
    for i, policy in enumerate(promise.policy):
        if policy.since.tzinfo is None or (policy.to and policy.to.tzinfo is None):
            yield Fault(("policy", i, "from"), "日期时间没有时区", "a date-time without offset",
                        "写作 2026-01-01T00:00:00+08:00", "write 2026-01-01T00:00:00+08:00")  # fmt: skip
            return
        if policy.to and policy.to <= policy.since:
            yield Fault(
                ("policy", i, "to"),
                "终点不晚于起点（终点不含本刻）",
                "ends before it begins (an end is exclusive)",
                "更正 from 或 to；仍在施行的，删去 to",
                "correct from or to; leave to out while it is in force",
            )
        if latest and (latest.to is None or latest.to > policy.since):
            yield Fault(("policy", i, "from"), f"与“{latest.id}”的期间重叠，或次序颠倒", f'overlaps "{latest.id}", or out of order',
                        f"“{latest.id}”的 to 应为本版的 from", f'"{latest.id}" should end where this begins')  # fmt: skip
        latest = policy


def _recipients(promise: Promise) -> Iterator[Fault]:
    classes = {c.id for c in promise.recipient_class}
    for i, recipient in enumerate(promise.recipient):
        if recipient.kind and recipient.kind not in classes:
            yield _missing(("recipient", i, "class"), recipient.kind, classes, "接收方类别", "recipient_class")


def _regions(promise: Promise) -> Iterator[Fault]:
    """Every code is one of ISO 3166; those of terms are among these."""
    said: list[tuple[Path, str | None]] = [(("home_region",), promise.home_region)]
    said += [(("region", i, "id"), region.id) for i, region in enumerate(promise.region)]
    said += [(("recipient", i, "region"), recipient.region) for i, recipient in enumerate(promise.recipient)]
    for path, code in said:
        if code is not None and code not in REGIONS:
            yield Fault(path, f"“{code}”不是 ISO 3166 的国家或地区代码", f'"{code}" is no country or region of ISO 3166',
                        "写作两位大写字母，如 CN、SG、US", "two letters in capitals, such as CN, SG, US")  # fmt: skip


def _terms(promise: Promise, terms: Terms, path: Path) -> Iterator[Fault]:
    known: dict[str, tuple[tuple[str, ...], set[str], str, str]] = {
        "policy": ((terms.policy,), set(promise.policies), "政策版本", "policy"),
        "purposes": (terms.purposes, set(promise.parents), "目的", "purpose"),
        "categories": (terms.categories, {c.id for c in promise.category}, "数据类别", "category"),
        "recipients": (
            terms.recipients,
            {*promise.classes, *(c.id for c in promise.recipient_class)},
            "接收方",
            "recipient",
        ),
        "regions": (terms.regions, {*(r.id for r in promise.region), promise.home_region}, "地区", "region"),
    }
    for key, (ids, defined, what, table) in known.items():
        yield from (_missing((*path, key), id, defined, what, table) for id in ids if id not in defined)
    yield from _separate(promise, terms, path)
    if "export" in terms.actions and not set(terms.regions) - {promise.home_region}:
        yield Fault(
            (*path, "regions"), "有出境而未列境外地区", "export without a region abroad", "列出 regions", "list regions"
        )
    if {"transfer", "trade"} & set(terms.actions) and not terms.recipients:
        yield Fault((*path, "recipients"), "有转让或交易而未列接收方：谁也不得接收", "transfer or trade without a recipient: nobody may receive",
                    "列出 recipients", "list recipients")  # fmt: skip
    if terms.everyone and terms.basis in PERSONAL:
        yield Fault((*path, "everyone"), "同意、合同、用工须逐人为据，不能对所有人一概适用（个人信息保护法第十三、十四条）",
                    "consent, contract and employment rest on the person and never stand for everyone (PIPL 13, 14)",
                    "删去 everyone", "remove everyone")  # fmt: skip


def _separate(promise: Promise, terms: Terms, path: Path) -> Iterator[Fault]:
    """PIPL 23, 25, 29, 39: what needs a consent of its own says so; bases other than consent need none."""
    if terms.basis != "consent":
        return
    sensitive = {c.id for c in promise.category if c.sensitive}
    needs = {
        23: {"transfer", "trade"} & set(terms.actions) or terms.recipients,
        25: {"disseminate"} & set(terms.actions),
        29: sensitive & set(terms.categories),
        39: {"export"} & set(terms.actions),
    }
    for article, needed in needs.items():
        if needed and article not in terms.separate_consent:
            zh, en = _NEEDED[article]
            yield Fault((*path, "separate_consent"), f"{zh}须取得单独同意（个人信息保护法第{article}条），未载明",
                        f"{en} needs separate consent (PIPL {article}); not stated",
                        f"separate_consent 加上 {article}", f"add {article} to separate_consent")  # fmt: skip


def _maps(promise: Promise) -> Iterator[Fault]:
    for name in ("account", "job", "service", "dataset", "column", "action"):
        yield from (_never(name, key) for key in getattr(promise.map, name) if key != key.strip())
    for name in ("account", "job", "service"):
        for key, purpose in getattr(promise.map, name).items():
            if purpose not in promise.parents:
                yield _missing(("map", name, key), purpose, promise.parents, "目的", "purpose")
    categories = {c.id for c in promise.category}
    for name in ("dataset", "column"):
        for key, ids in getattr(promise.map, name).items():
            if not ids:
                yield Fault(("map", name, key), f"“{key}”没有列出类别，等于没有这一项", f'"{key}" lists no category, as if it were not here',
                            "列出类别，或删去这一项", "list categories, or remove it")  # fmt: skip
            yield from (
                _missing(("map", name, key), c, categories, "数据类别", "category") for c in ids if c not in categories
            )


def _never(name: str, key: str) -> Fault:
    """A key that nothing in a log equals: what logs say is taken without the blanks around it."""
    return Fault(("map", name, key), f"“{key}”前后有空白，日志里的都不与它相符", f'"{key}" has blanks around it and matches nothing in a log',
                 f'写作 "{key.strip()}"', f'write "{key.strip()}"')  # fmt: skip


def _columns(promise: Promise) -> Iterator[Fault]:
    for table, read, carried in (("authorisations", GRANT_COLUMNS, "record"), ("uses", USE_COLUMNS, "id")):
        columns = getattr(promise.columns, table)
        given, ours = columns.name, (*read, carried)
        try:
            _ = columns.zone
        except BadInput as bad:
            yield Fault(("columns", table, "time_zone"), bad.zh, bad.en, "写作 +08:00", "write +08:00")
        for key in given:
            if key not in ours:
                yield _missing(("columns", table, "name", key), key, ours, "列", f"columns.{table}.name")
        undone = table == "authorisations" and promise.withdrawals == "none"
        if undone:
            yield from _undone(given)
        named = columns.theirs(
            one for one in ours if (one in read or one in given) and not (undone and one == _WITHDRAWN)
        )
        yield from _shared(table, given, named)
    yield from _misused(promise.columns.authorisations.name)


def _misused(given: dict[str, str]) -> Iterator[Fault]:
    """A column of withdrawals or ends that is read as something else: what it states would be lost."""
    for ours, theirs in given.items():
        if meant := misused(ours, theirs):
            yield Fault(("columns", "authorisations", "name", ours),
                        f"“{theirs}”像是撤回或到期的列，只能作 revoked_at 或 valid_to，不能作 {ours}",
                        f'"{theirs}" seems to state withdrawals or ends: it can be revoked_at or valid_to, and not {ours}',
                        f'写 {meant} = "{theirs}"；与撤回、到期无关的，请给这一列改名',
                        f'write {meant} = "{theirs}"; rename the column if it has nothing to do with them')  # fmt: skip


def _undone(given: dict[str, str]) -> Iterator[Fault]:
    """A column of withdrawals named where it is declared that there are none: one of the two is wrong."""
    for ours, theirs in given.items():
        if _WITHDRAWN in {ours, theirs}:
            yield Fault(("columns", "authorisations", "withdrawals"),
                        f'声明没有撤回（withdrawals = "none"），列名里却写了 {ours} = "{theirs}"，二者必有一误',
                        f'withdrawals = "none" says that there are none, yet {ours} = "{theirs}" names a column of them',
                        "授权里有撤回的，删去 withdrawals；没有的，删去那一列名，授权里同名的列也去掉",
                        "remove withdrawals where there are any; where there are none, remove that name, and such a column")  # fmt: skip


def _shared(table: str, given: dict[str, str], named: dict[str, str]) -> Iterator[Fault]:
    """One of their columns as two of ours, also where one of the two keeps our name for want of another."""
    first: dict[str, str] = {}
    for ours, theirs in named.items():
        other = first.setdefault(theirs, ours)
        if other != ours:
            at, lacking = (ours if ours in given else other), (ours if other in given else other)
            zh, en = f'写一个不存在的列名：{lacking} = "无"', f'a name that is not there: {lacking} = "none"'
            if lacking == _WITHDRAWN:
                zh, en = '不写列名，写 withdrawals = "none"', 'no name, and withdrawals = "none"'
            yield Fault(("columns", table, "name", at), f"“{theirs}”一列既作 {other}，又作 {ours}", f'"{theirs}" is both {other} and {ours}',
                        f"各写一列；输入里没有 {lacking} 的，{zh}", f"a column for each; if the input has no {lacking}, {en}")  # fmt: skip


def held_to(promise: Promise, text: bytes) -> str:
    """The policy version that has the digest of this published text; "" where none has."""
    return next((p.id for p in promise.policy if p.digest == digest(text)), "")


def policy_fault(promise: Promise, text: bytes, name: str) -> Fault | None:
    """None if some policy version has the digest of this published text, else what it should be."""
    if held_to(promise, text):
        return None
    last, said = len(promise.policy) - 1, digest(text)
    return Fault(("policy", last, "digest"), f"没有哪一版政策的摘要与 {name} 相符", f"no policy version has the digest of {name}",
                 f'如即该版，写 digest = "{said}"', f'if it is that version, write digest = "{said}"')  # fmt: skip
