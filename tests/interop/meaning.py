"""Sections 6 and 8 and the meaning of 9.1, 9.6, 9.7: `rev`, `basis`, values, periods, recomputed from the open book.

Tables (defaults of the package, clauses and `uses` of act types) are read off the pages themselves.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime
import fractions
import re
from pathlib import Path
from typing import Any

from tests.interop.canon import digest, read, unlawful, write
from tests.interop.entries import Entry
from tests.interop.forms import body_of
from tests.interop.state import DAY, OpenBook

DOCS = Path(__file__).resolve().parents[2] / "docs"
EPOCH = datetime.date(1970, 1, 1)
RULES = "gongyue/rules@1"


def day_of(t: int) -> int:
    return (t + 28800) // DAY


def number(iso: str) -> int:
    return (datetime.date.fromisoformat(iso) - EPOCH).days


def iso(day: int) -> str:
    return (EPOCH + datetime.timedelta(days=day)).isoformat()


def _packages() -> dict[str, dict[str, Any]]:
    """The defaults of 6.2: the last three rows of readings and what is marked `@2` are what the second package adds, `@3` the third."""
    section = (DOCS / "formats.md").read_text("utf-8").split("### 6.2")[1].split("\n## 7")[0]
    rows = section.splitlines()
    values = [m for row in rows for m in re.finditer(r"\| (P\d+)([^|]*)\| (\d+) \| \d+–\d+ (?=\|)", row)]
    cells = [[re.findall(r"`([^`]+)`", cell) for cell in row.split(" | ")] for row in rows if row.startswith("| `")]
    listed = [list(zip(row[::2], row[1::2], strict=True)) for row in cells]
    first = {m[1]: int(m[3]) for m in values if "@" not in m[2]}
    second = {m[1]: int(m[3]) for m in values if "@3" not in m[2]}
    third = {m[1]: int(m[3]) for m in values}
    readings = {n[0]: c[0] for row in listed for n, c in row}
    return {
        "gongyue/interpretations@1": first | {n[0]: c[0] for row in listed[:-3] for n, c in row},
        "gongyue/interpretations@2": second | readings,
        "gongyue/interpretations@3": third | readings,
    }


def _types() -> dict[str, tuple[str, list[str]]]:
    """Of each act type its clause, and the values it has to be signed anew for."""
    found = {}
    for part in re.split(r"\n### ", (DOCS / "acts.md").read_text("utf-8"))[1:]:
        clause = re.search(r"条款 / clause `([^`]+)`", part)
        uses = re.search(r"sign again if changed since: (.*)", part)
        assert clause
        found[part.split("\n")[0]] = (clause[1], uses[1].split(", ") if uses else [])
    return found


PACKAGES, TYPES = _packages(), _types()


@dataclasses.dataclass
class Meaning:
    edition: str = ""
    text: dict[str, Any] = dataclasses.field(default_factory=dict)
    procedure: dict[str, Any] = dataclasses.field(default_factory=dict)
    law: list[str] = dataclasses.field(default_factory=list)
    calendars: list[tuple[int, dict[str, Any]]] = dataclasses.field(default_factory=list)

    @property
    def rev(self) -> str:
        before = {"rules": RULES}
        whole = before | {"edition": self.edition, "law": self.law, "procedure": self.procedure}
        return digest(write(whole if self.edition else before))

    def bound(self, capability: str) -> dict[str, Any] | None:
        """Its first binding."""
        return next((b for b in self.text.get("bindings", []) if b["capability"] == capability), None)

    def stated(self, capability: str) -> dict[str, Any] | None:
        """Its first binding with a number."""
        own = (b for b in self.text.get("bindings", []) if b["capability"] == capability)
        return next((b for b in own if b["kind"] in ("share", "period", "frequency")), None)

    def term(self, name: str) -> dict[str, Any] | None:
        """The first binding that states its share or period."""
        bindings = self.text.get("bindings", [])
        stated = (b for b in bindings if b["capability"] == name and b["kind"] in ("share", "period"))
        return next((b for b in stated if not b["delay"]), None)

    def value(self, name: str) -> Any:
        """As `uses` compares it: of a share the fraction, of a period number and unit."""
        term = self.term(name)
        return self.procedure.get(name) if term is None else (fractions.Fraction(term["value"]), term["unit"])

    def notice(self) -> dict[str, Any] | None:
        """The notice of leaving that the text asks for (9.2)."""
        b = self.stated("membership.withdrawal_condition")
        return b if b and b["kind"] == "period" and b["start"] in ("", "receipt", "proposal") else None

    def months(self) -> int:
        """How many months a list covers (6.2, 9.3)."""
        b = self.stated("publication.list_period")
        if b and b["kind"] == "frequency" and b["unit"] == "month" and 12 % b["value"] == 0:
            return int(b["value"])
        return 12 if self.procedure["list.period"] == "year" else 3

    def _off(self, day: int, years: dict[str, Any]) -> bool:
        listed = years.get(iso(day)[:4], {"holidays": [], "workdays": []})
        weekend = (day + 3) % 7 >= 5
        return iso(day) in listed["holidays"] or (weekend and iso(day) not in listed["workdays"])

    def ends(self, start: int, n: int, unit: str = "day", rolled: bool = True) -> int:
        """The last day of a period (8.1); the calendar is the last one logged before its start."""
        years: dict[str, Any] = next((years for day, years in reversed(self.calendars) if day < start), {})
        if unit == "workday":
            day = start
            while n:
                day += 1
                n -= not self._off(day, years)
            return day
        if unit == "month":
            from_ = EPOCH + datetime.timedelta(days=start)
            month = from_.year * 12 + from_.month - 1 + n
            following = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1) - EPOCH
            target = min(number(f"{month // 12}-{month % 12 + 1:02}-01") + from_.day - 1, following.days - 1)
        else:
            target = start + (-(-n // 24) if unit == "hour" else n)
        while rolled and iso(target)[:4] in years and self._off(target, years):
            target += 1
        return target


@dataclasses.dataclass
class Meanings:
    """The meaning in force, those there were, and from which day on each held."""

    book: OpenBook
    now: Meaning = dataclasses.field(default_factory=Meaning)
    former: dict[str, Meaning] = dataclasses.field(default_factory=dict)
    days: list[tuple[int, Meaning]] = dataclasses.field(default_factory=list)
    draft: str = ""
    adopted: dict[str, Any] = dataclasses.field(default_factory=dict)
    issued: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    """Of each interpretation what it sets, and its stage."""

    def check(self, entry: Entry) -> None:
        """That its body is allowed, that it was done under this meaning or one that is no different to it, and cites its clause."""
        if entry.act["type"] not in TYPES or body_of(entry.act["type"], entry.act["body"]) is None:
            unlawful("malformed")
        clause, uses = TYPES[entry.act["type"]]
        then = self.now if entry.act["rev"] == self.now.rev else self.former.get(entry.act["rev"])
        if then is None or any(then.value(name) != self.now.value(name) for name in uses):
            unlawful("meaning-changed")
        bound = self.now.bound(clause)
        if entry.act["basis"] != (f"at:{bound['at']}" if bound else ""):
            unlawful("basis")

    def on(self, day: int) -> Meaning:
        """The meaning at the end of that day; before there was a procedure, the first that had one."""
        held = [m for d, m in self.days if d <= day and m.procedure]
        return held[-1] if held else next(m for _, m in self.days if m.procedure)

    def step(self, index: int, entry: Entry) -> None:
        """What the act does to the meaning."""
        body, now = entry.body, copy.deepcopy(self.now)
        match entry.type:
            case "founding.import":
                self.draft = body["edition"]
            case "founding.freeze" | "founding.supplement" | "amendment.publish":
                now.edition, now.text = body["edition"], read(self.book.object(body["edition"]))
            case "interpretation.adopt" | "interpretation.supplement":
                new = PACKAGES[body["package"]] | body["other"]
                now.procedure = new | now.procedure
                self.adopted = new | self.adopted
            case "interpretation.issue":
                self._issue(now, body.get("sets"), index)
            case "interpretation.withdraw":
                self._withdraw(now, self.issued[body["number"] - 1])
            case "correction.void":
                for one in self.issued:
                    if one["index"] == body["entry"]:
                        self._withdraw(now, one)
            case "law.pack":
                now.law.append(body["content"])
            case "law.calendar":
                now.law.append(body["calendar"])
                years = read(self.book.object(body["calendar"]))["years"]
                now.calendars.append((day_of(entry.rx["t"]), years))
        if now != self.now or not self.days:
            self.former[self.now.rev] = self.now
            self.days.append((day_of(entry.rx["t"]), now))
            self.now = now

    def _issue(self, now: Meaning, sets: dict[str, Any] | None, index: int) -> None:
        for one in self.issued:
            if sets and one["sets"] and one["sets"]["name"] == sets["name"] and one["stage"] == "issued":
                one["stage"] = "superseded"
        self.issued.append({"sets": sets, "stage": "issued", "index": index})
        if sets:
            now.procedure[sets["name"]] = sets["value"]

    def _withdraw(self, now: Meaning, gone: dict[str, Any]) -> None:
        stage, gone["stage"] = gone["stage"], "withdrawn"
        if not gone["sets"] or stage != "issued":
            return
        name = gone["sets"]["name"]
        before = [o for o in self.issued if o["sets"] and o["sets"]["name"] == name and o["stage"] == "superseded"]
        if before:
            before[-1]["stage"] = "issued"
        now.procedure[name] = before[-1]["sets"]["value"] if before else self.adopted[name]
