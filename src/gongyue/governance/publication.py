"""The periodic lists of units that joined and left (article 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, from_iso, iso, part_end
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM, Body, Filing, act
from gongyue.governance.fields import Date, PublicDigest
from gongyue.governance.registry import Duty, Event, Renamed
from gongyue.rules import membership as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


class RollList(Struct, frozen=True):
    """A list as published: its number, its period (days), its object, the entry and the days it was late."""

    number: int
    begins: int
    ends: int
    object: str
    index: int
    day: int
    late_days: int


def next_period(inst: Institution) -> tuple[int, int]:
    """The days the next list must cover: contiguous, the first from effect to the end of the first full period.

    By the text and the reading in force when the period began: no later one reaches a period that runs.
    """
    if inst.lists:
        begins = inst.lists[-1].ends + 1
        return begins, _period_end(inst, begins, begins)
    assert inst.founding.effective_day is not None
    begins = inst.founding.effective_day
    ends = _period_end(inst, begins, begins)
    whole = begins == 1 or _period_end(inst, begins - 1, begins) == begins - 1
    return begins, ends if whole else _period_end(inst, ends + 1, begins)


def _period_end(inst: Institution, day: int, begins: int) -> int:
    """The end of the period in which `day` falls, by the text and reading in force on the day before the list's period `begins`."""
    return part_end(day, inst.meaning_on(begins - 1).list_months)


def _deadline(inst: Institution, ends: int) -> Deadline:
    """By when the list of a period is due: P9 as it stood when the period ended."""
    return inst.deadline(inst.meaning_on(ends).period("P9"), ends)


LISTED = {"joined": "加入", "left": "退出", "ended": "资格终止", "renamed": "变更名称", "corrected": "更正"}
"""What a list names, each with its Chinese heading."""


def list_content(inst: Institution, number: int, begins: int, ends: int) -> dict[str, Any]:
    """What the list of a period says: {number, begins, ends, joined, left, ended, renamed, corrected}, each [{unit, name, code, on}].

    An event dated in an earlier period but recorded after that period's list is named in this one. `renamed`: with both
    names. `corrected`: what an earlier list, `list`, `listed` of a unit on that day (left, ended, renamed to `listed_name`),
    and which was not so, or was undone.
    """
    inst = inst.on(ends)
    after = inst.lists[-1].index if inst.lists else -1
    listed = sorted(
        (e for e in inst.events.values() if e.day <= ends and (e.day >= begins or e.index > after)),
        key=lambda e: (e.day, e.index, e.unit),
    )

    def named(what: str) -> list[dict[str, Any]]:
        return [_line(inst, e) for e in listed if e.what == what]

    renamed = [
        _line(inst, one) | {"name": one.name, "former": one.former}
        for one in sorted(inst.renamed, key=lambda one: (one.day, one.index))
        if one.by < 0 and one.day <= ends and (one.day >= begins or one.index > after)
    ]
    undone = [e for e in (*inst.events.values(), *inst.renamed) if e.listed and e.by > after]
    return {
        "v": "gongyue/list@1",
        "number": number,
        "begins": iso(begins),
        "ends": iso(ends),
        "joined": named("joined"),
        "left": named("left"),
        "ended": named("ended"),
        "renamed": renamed,
        "corrected": [_corrected(inst, e) for e in sorted(undone, key=lambda e: (e.by, e.unit, e.index))],
    }


def _corrected(inst: Institution, undone: Event | Renamed) -> dict[str, Any]:
    listed = (
        {"listed": "renamed", "listed_name": undone.name} if isinstance(undone, Renamed) else {"listed": undone.was}
    )
    return _line(inst, undone) | {"list": undone.listed} | listed


def _line(inst: Institution, event: Event | Renamed) -> dict[str, Any]:
    unit = inst.units[event.unit]
    return {"unit": unit.id, "name": unit.name, "code": unit.code, "on": iso(event.day)}


@act(
    "publication.list/1",
    by=SYSTEM,
    clause="publication.list",
    objects=("list",),
    uses=("P9", "list.period"),
    capability=True,
    example={"number": 1, "begins": "2026-03-09", "ends": "2026-06-30", "list": "sha256:" + "00" * 32},
)
class PublishList(Body, frozen=True):
    """Publishes the list of a period, also when nothing changed in it; its content is recomputed."""

    number: Annotated[int, Meta(ge=1)]
    begins: Date
    ends: Date
    list: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "publication.list/1")
        begins, ends = next_period(inst)
        yield rules.list_is_contiguous(from_iso(self.begins), begins)
        yield rules.list_covers_its_period(from_iso(self.ends), ends)
        if filing.day <= ends:
            raise OutOfTurn("not-yet", "publication.list/1", ends=self.ends)
        stated = filing.object(self.list)
        recomputed = list_content(inst, len(inst.lists) + 1, begins, ends)
        same = stated == recomputed and self.number == recomputed["number"]
        yield rules.list_is_the_roll(same, *([] if same else [_summary(stated), _summary(recomputed)]))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        end = _deadline(inst, ends)
        entry = RollList(self.number, begins, ends, self.list, filing.index, filing.day, end.overdue(filing.day))
        return replace(inst, lists=(*inst.lists, entry))


def _summary(content: Any) -> str:
    if not isinstance(content, dict):
        return "—"
    parts = []
    for what, zh in LISTED.items():
        lines = content.get(what)
        units = [str(line.get("unit")) for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
        parts.append(f"{zh} {len(units)}: {' '.join(units[:40])}".rstrip(": "))
    return f"no. {content.get('number')}; " + "; ".join(parts)


def duties(inst: Institution) -> Iterator[Duty]:
    """Publish the list of each period within P9 of its end."""
    if not inst.in_force or inst.meaning.procedure is None or inst.meaning.suspended("publication.list"):
        return
    begins, ends = next_period(inst)
    end = _deadline(inst, ends)
    what = f"公布 {iso(begins)} 至 {iso(ends)} 加入及退出名单 / publish the list of joins and leaves of {iso(begins)} to {iso(ends)}"
    yield Duty.of(
        what,
        f"list:{len(inst.lists) + 1}",
        "exec",
        inst.meaning.article("publication.list"),
        "P9",
        end,
        "publication.list/1",
    )
