"""What was promised, in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from gongyue.conduct.findings import BadInput
from gongyue.conduct.input_columns import ALIKE
from gongyue.conduct.promise import BASES, NO_WITHDRAWALS, Promise, Terms

_ACTIONS = {
    "view": ("查看", "view"),
    "transfer": ("转让或提供", "transfer"),
    "disseminate": ("传播", "disseminate"),
    "trade": ("交易", "trade"),
    "export": ("出境", "export"),
}
_GRADES = {"general": ("一般", "general"), "important": ("重要", "important"), "core": ("核心", "core")}


class Named(Protocol):
    """A thing of the file with an id and a name in two languages."""

    @property
    def id(self) -> str: ...  # noqa: D102 - the protocol's docstring says it
    @property
    def zh(self) -> str: ...  # noqa: D102
    @property
    def en(self) -> str: ...  # noqa: D102


class Explainer:
    """Tells a promise in one language."""

    def __init__(self, promise: Promise, lang: str) -> None:
        self.promise, self.n = promise, 0 if lang == "zh" else 1
        named: Iterable[Named] = (
            *promise.purpose, *promise.category, *promise.recipient_class, *promise.recipient, *promise.region,
        )  # fmt: skip
        self.names = {x.id: (x.zh, x.en or x.zh)[self.n] for x in named}

    def pick(self, zh: str, en: str) -> str:
        """The text in the language chosen."""
        return (zh, en)[self.n]

    def listed(self, ids: Iterable[str]) -> str:
        """Names in a row; — for none."""
        return self.pick("、", ", ").join(self.names.get(id, id) for id in ids) or "—"

    def span(self, text: str) -> str:
        """P3Y6M as 3 年 6 个月."""
        units = {"Y": ("年", "year(s)"), "M": ("个月", "month(s)"), "D": ("日", "day(s)")}
        return " ".join(f"{n} {units[u][self.n]}" for n, u in re.findall(r"(\d+)([YMD])", text))

    def terms(self, terms: Terms) -> Iterator[str]:
        """One promise, line by line."""
        policy, basis = self.promise.policies[terms.policy], BASES[terms.basis]
        yield self.pick(f"【{terms.id}】依《{policy.title}》", f"[{terms.id}] under {policy.title}")
        rows = [
            ("期间", "in force", f"{policy.since.isoformat()} → {policy.to.isoformat() if policy.to else '—'}"),
            ("目的", "purposes", self.listed(terms.purposes)),
            ("数据", "data", self.listed(terms.categories)),
            ("行为", "actions", self.pick("、", ", ").join(_ACTIONS[a][self.n] for a in terms.actions)),
            ("接收方", "recipients", self.listed(terms.recipients)),
            ("境外地区", "regions abroad", self.listed(r for r in terms.regions if r != self.promise.home_region)),
            ("保存期限", "kept for", self.span(terms.retention)),
            ("依据", "basis", f"{basis[self.n]}（{basis[2]}）" if self.n == 0 else f"{basis[self.n]} ({basis[2]})"),
        ]
        if terms.separate_consent:
            rows.append(("单独同意", "separate consent", "PIPL " + ", ".join(map(str, terms.separate_consent))))
        if terms.everyone:
            rows.append(("适用", "applies to", self.pick("所有人，无须逐人登记", "everyone, without a record each")))
        yield from (f"  {self.pick(zh + '：', en + ': ')}{text}" for zh, en, text in rows)


def explain(promise: Promise, what: str | None, lang: str) -> Iterator[str]:
    """The whole promise, or what concerns a purpose, dataset, column, category, account, job or service, in words."""
    teller = Explainer(promise, lang)
    controller = promise.controller
    if what is None:
        name = (controller.zh, controller.en or controller.zh)[teller.n]
        yield teller.pick(f"{name} 向用户承诺：", f"{name} promised its users:")
        for terms in promise.terms:
            yield from teller.terms(terms)
        if promise.withdrawals == "none":
            yield teller.pick(*NO_WITHDRAWALS)
        return
    yield from _about(teller, what)


def _about(teller: Explainer, what: str) -> Iterator[str]:
    promise, maps = teller.promise, teller.promise.map
    ways = (("job", maps.job), ("service", maps.service), ("actor", maps.account))  # as a log is read
    ours, purpose = next(((ours, m[what]) for ours, m in ways if what in m), ("", what))
    if purpose in promise.parents:
        if purpose != what:
            column = promise.columns.uses.name.get(ours, ours)
            yield teller.pick(
                f"{what} 的目的是“{teller.names[purpose]}”，记录里写在 {column} 一列",
                f'{what} works for "{teller.names[purpose]}", where the log\'s column {column} names it',
            )
        yield from _purpose(teller, purpose)
        return
    known = {c.id for c in promise.category}
    categories = maps.dataset.get(what) or maps.column.get(what) or ((what,) if what in known else None)
    if categories is None:
        raise _no_such(promise, what)
    yield from _categories(teller, what, categories)


def _purpose(teller: Explainer, purpose: str) -> Iterator[str]:
    line = teller.promise.and_above(purpose)
    yield " < ".join(teller.names[p] for p in line)
    found = [t for t in teller.promise.terms if set(line) & set(t.purposes)]
    for terms in found:
        yield from teller.terms(terms)
    if not found:
        yield teller.pick(
            "没有向用户承诺过这一目的：任何此类使用都是 GY-08-01",
            "this purpose was never promised to users: any such use is GY-08-01",
        )


def _categories(teller: Explainer, what: str, ids: tuple[str, ...]) -> Iterator[str]:
    marks = {c.id: (_GRADES[c.grade][teller.n], c.sensitive) for c in teller.promise.category}
    yield what + teller.pick("：", ": ") + teller.listed(ids)
    for id in ids:
        grade, sensitive = marks[id]
        yield f"  {teller.names[id]} · {grade}" + (teller.pick(" · 敏感", " · sensitive") if sensitive else "")
    found = [t for t in teller.promise.terms if set(ids) & set(t.categories)]
    for terms in found:
        yield from teller.terms(terms)
    left = set(ids) - {c for t in found for c in t.categories}
    if left:
        yield teller.pick(
            f"没有为任何目的承诺使用：{teller.listed(sorted(left))}",
            f"promised for no purpose: {teller.listed(sorted(left))}",
        )


def _no_such(promise: Promise, what: str) -> BadInput:
    maps = promise.map
    tables = (promise.parents, maps.account, maps.job, maps.service, maps.dataset, maps.column)
    known = [*(name for table in tables for name in table), *(c.id for c in promise.category)]
    near = difflib.get_close_matches(what, dict.fromkeys(known), 3, ALIKE)
    zh, en = (
        (f"相近的有：{'、'.join(near)}", f"near: {', '.join(near)}")
        if near
        else ("不写名称，即说明全部", "without a name, all of it is explained")
    )
    return BadInput(f"承诺文件里没有“{what}”；{zh}", f'"{what}" is not in the promise file; {en}')
