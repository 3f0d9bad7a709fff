"""Sections 9.1 to 9.3 and the opening of a vote (10.3): who is a member since when, every list and every roll, recomputed.

Of what was recorded from paper and disavowed (section 12): leavings, enrolments, names, and ends that were voided.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from tests.interop.canon import read, unlawful, write
from tests.interop.entries import Entry, read_entry
from tests.interop.meaning import Meaning, Meanings, day_of, iso, number
from tests.interop.state import OpenBook


@dataclasses.dataclass
class Unit:
    name: str
    code: str
    status: str = "invited"
    since: int | None = None
    until: int | None = None
    changed: int = -1
    notice: int = -1
    activities: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Event:
    unit: str
    what: str
    day: int
    leaf: int
    notice: int = -1
    before: str = ""
    name: str = ""
    undone: int = -1
    listed: int = 0


def start(day: int) -> int:
    return day * 86400 - 28800


@dataclasses.dataclass
class Roll:
    book: OpenBook
    meanings: Meanings
    units: dict[str, Unit] = dataclasses.field(default_factory=dict)
    events: list[Event] = dataclasses.field(default_factory=list)
    pending: dict[str, int] = dataclasses.field(default_factory=dict)
    signed: dict[str, int] = dataclasses.field(default_factory=dict)
    initiators: set[str] = dataclasses.field(default_factory=set)
    effect: int | None = None
    lists: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    """The last day of each, and its leaf."""
    matters: dict[str, tuple[Meaning, list[str]]] = dataclasses.field(default_factory=dict)
    """Each proposal or annex: the meaning at its initiation, and its scope."""

    @property
    def members(self) -> list[str]:
        return [id for id, unit in self.units.items() if unit.status == "member"]

    def governing(self, entry: Entry) -> int:
        """4.3: of a unit's or the executive body's act."""
        paper, actor = entry.act.get("paper"), entry.act["actor"]
        own = any(self.book.keys[s["key"]].holder == actor for s in entry.sigs if s["key"] in self.book.keys)
        if paper is None or own:
            return day_of(entry.act["at"] if entry.type == "founding.sign" else entry.rx["t"])
        return number(paper["dated" if entry.type in ("founding.approval", "amendment.approval") else "arrived"])

    def settle(self, day: int, leaf: int) -> None:
        """Departures on a stated day, before any leaf that arrives on it or later."""
        for id, leaves in sorted(self.pending.items(), key=lambda pair: (pair[1], pair[0])):
            if leaves <= day:
                del self.pending[id]
                self._end(id, "left", leaves, leaf, self.units[id].notice)

    def _join(self, id: str, day: int, leaf: int) -> None:
        unit = self.units[id]
        unit.status, unit.since, unit.until, unit.changed = "member", day, None, leaf
        self.events.append(Event(id, "joined", day, leaf))

    def _end(self, id: str, what: str, day: int, leaf: int, notice: int = -1) -> None:
        unit = self.units[id]
        unit.status, unit.until, unit.changed = what, day, leaf
        self.pending.pop(id, None)
        self.events.append(Event(id, what, day, leaf, notice))

    def _takes_effect(self, approved: int, leaf: int) -> None:
        self.effect = max([approved, *self.signed.values()])
        for id in sorted(self.initiators):
            self._join(id, self.effect, leaf)

    def step(self, index: int, entry: Entry) -> None:
        """What the act does to units, and what it states of them."""
        body, actor, day = entry.body, entry.act["actor"], day_of(entry.rx["t"])
        self.settle(day, index)
        match entry.type:
            case "founding.freeze":
                for id in self.initiators:
                    self.units[id].status = "invited"
                self.initiators = {one["id"] for one in body["initiators"]}
                for one in body["initiators"]:
                    unit = self.units.setdefault(one["id"], Unit(one["name"], one["code"]))
                    unit.status, unit.name = "initiator", one["name"]
            case "founding.reopen":
                self.signed = {}
            case "founding.sign":
                self.signed[actor] = self.governing(entry)
            case "founding.step_out":
                self.initiators.discard(actor)
                self.signed.pop(actor, None)
                self.units[actor].status = "invited"
            case "founding.submit" if self.meanings.now.bound("founding.approval") is None:
                self._takes_effect(day, index)
            case "founding.approval" if body["outcome"] == "granted":
                self._takes_effect(self.governing(entry), index)
            case "membership.invite":
                for one in read(self.book.object(body["roll"]))["units"]:
                    unit = self.units.setdefault(one["id"], Unit(one["name"], one["code"]))
                    if unit.status == "invited" and unit.since is None:
                        unit.name = one["name"]
            case "membership.enrol":
                self._join(actor, self.governing(entry), index)
                self.units[actor].activities = body["activities"]
            case "membership.grant":
                self._grant(index, day, body)
            case "membership.declare":
                self.units[actor].activities = body["activities"]
            case "membership.rename":
                before, self.units[actor].name = self.units[actor].name, body["name"]
                named = Event(actor, "renamed", self.governing(entry), index, before=before, name=body["name"])
                self.events.append(named)
            case "membership.withdraw":
                self._withdraw(index, entry, day)
            case "membership.end":
                self._end(body["unit"], "ended", day, index)
            case "key.disavow" | "correction.void":
                self._undo(index, body["entry"], day)
            case "publication.list":
                self._list(index, body, day)
            case "amendment.initiate":
                self.matters[body["proposal"]] = (self.meanings.now, [])
            case "annex.initiate":
                self.matters[body["annex"]] = (self.meanings.now, body["scope"])
            case "vote.open":
                self._opens(body, day)

    def _grant(self, index: int, day: int, body: dict[str, Any]) -> None:
        opened = read(self.book.object(body["application"]).rstrip(b"\n"))
        apply = read_entry(write(opened["entry"]))
        unit = self.units.setdefault(apply.act["actor"], Unit("", apply.body["code"]))
        unit.name, unit.activities = apply.body["name"], apply.body["activities"]
        self._join(apply.act["actor"], day, index)

    def _withdraw(self, index: int, entry: Entry, day: int) -> None:
        id, governing, stated = entry.act["actor"], self.governing(entry), entry.body.get("effective")
        notice = self.meanings.now.notice()
        over = self.meanings.now.ends(governing, notice["value"], notice["unit"], rolled=False) if notice else governing
        self.units[id].notice = index
        leaves = max(governing, over, number(stated) if stated else 0)
        if leaves > day:
            self.pending[id] = leaves
        else:
            self._end(id, "left", leaves, index, index)

    def _undo(self, index: int, at: int, day: int) -> None:
        """Section 12, of what makes or ends a membership, or names a unit."""
        gone = self.book.entries[at]
        id = gone.body["unit"] if gone.type == "membership.end" else gone.act["actor"]
        unit = self.units.get(id)
        if unit is None:
            return
        if gone.type == "membership.rename":
            named = [e for e in self.events if e.what == "renamed" and e.unit == id and e.undone < 0]
            later = [e for e in named if e.leaf >= at]
            later[0].undone = index
            if len(later) > 1:
                later[1].before = later[0].before
            else:
                unit.name = later[0].before
        elif gone.type == "membership.withdraw" and unit.notice == at:
            if self.pending.pop(id, None) is None and unit.status == "left":
                self._restore(id, next(e for e in self.events if e.notice == at), index)
        elif gone.type == "membership.end" and unit.status == "ended" and unit.changed == at:
            self._restore(id, next(e for e in self.events if e.leaf == at), index)
        elif gone.type == "membership.enrol" and unit.status == "member" and unit.changed == at:
            self._end(id, "left", day, index)

    def _restore(self, id: str, ended: Event, index: int) -> None:
        joined = [e for e in self.events if e.unit == id and e.what == "joined" and e.leaf <= ended.leaf][-1]
        for event in self.events:
            if event.unit == id and event.what == ended.what and event.leaf >= ended.leaf:
                event.undone = index
        unit = self.units[id]
        unit.status, unit.since, unit.until, unit.changed = "member", joined.day, None, joined.leaf

    def _part_end(self, day: int, months: int) -> int:
        year, month = int(iso(day)[:4]), int(iso(day)[5:7])
        following = (month - 1) // months * months + months
        return number(f"{year + following // 12}-{following % 12 + 1:02}-01") - 1

    def _list(self, index: int, body: dict[str, Any], day: int) -> None:
        """9.3: its period, and its content to the letter."""
        assert self.effect is not None
        begins = self.lists[-1][0] + 1 if self.lists else self.effect
        months = self.meanings.on(begins - 1).months()
        ends = self._part_end(begins, months)
        if not self.lists and self._part_end(begins - 1, months) != begins - 1:
            ends = self._part_end(ends + 1, months)
        if (number(body["begins"]), number(body["ends"])) != (begins, ends) or day <= ends:
            unlawful(f"GY-23-06: {iso(begins)} {iso(ends)}")
        n, after = len(self.lists) + 1, self.lists[-1][1] if self.lists else -1

        def line(e: Event) -> dict[str, Any]:
            unit = self.units[e.unit]
            return {"code": unit.code, "name": unit.name, "on": iso(e.day), "unit": e.unit}

        ordered = sorted(self.events, key=lambda e: (e.day, e.leaf, e.unit))
        due = [e for e in ordered if e.day <= ends and (e.day >= begins or e.leaf > after) and e.undone < 0]
        back = sorted((e for e in ordered if e.listed and e.undone > after), key=lambda e: (e.undone, e.unit, e.leaf))
        content = {what: [line(e) for e in due if e.what == what] for what in ("joined", "left", "ended")}
        content["renamed"] = [line(e) | {"former": e.before, "name": e.name} for e in due if e.what == "renamed"]
        content["corrected"] = [
            line(e) | {"list": e.listed, "listed": e.what} | ({"listed_name": e.name} if e.what == "renamed" else {})
            for e in back
        ]
        whole = {"begins": iso(begins), "ends": iso(ends), "number": n, "v": "gongyue/list@1"} | content
        if self.book.object(body["list"]) != write(whole) or body["number"] != n:
            unlawful("GY-23-08")
        for e in due:
            e.listed = n
        self.lists.append((ends, index))

    def _opens(self, body: dict[str, Any], day: int) -> None:
        """10.3: what a vote goes by."""
        now, (then, scope) = self.meanings.now, self.matters[body["matter"]]
        share = (now.term("annex.consent") if body["matter"].startswith("a:") else None) or now.term(
            "amendment.adoption"
        )
        quorum = now.term("vote.quorum")
        assert share
        text = [("" if s["inclusive"] else ">") + s["value"] if s else "" for s in (share, quorum)]
        base = share["base"] or "roll"
        roll = [id for id in self.members if base != "branch" or set(self.units[id].activities) & set(scope)]
        closes = start(now.ends(day, then.procedure["P6"]) + 1)
        stated = [body[name] for name in ("closes", "roll", "share", "base", "quorum")]
        if stated != [closes, len(roll), text[0], base, text[1]]:
            unlawful("GY-22-08")


def fold(book: OpenBook) -> Roll:
    """The roll after the whole book, every act's meaning and basis checked on the way; of a book without false times."""
    meanings = Meanings(book)
    roll = Roll(book, meanings)
    for index, entry in enumerate(book.entries):
        roll.settle(day_of(entry.rx["t"]), index)
        meanings.check(entry)
        roll.step(index, entry)
        meanings.step(index, entry)
    return roll
