"""`/api/status`, `/api/checkpoint`, `/api/due`: where the institution stands today."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongyue.covenant.periods import iso
from gongyue.governance.clock import Clock
from gongyue.governance.fields import Date, Digest
from gongyue.office.duelist import Due, done_late
from gongyue.web import installation
from gongyue.web.api.said import Said, answer
from gongyue.web.api.speaking import reads, says, told
from gongyue.web.asking import now
from gongyue.web.pages import proving
from gongyue.web.pages.standing import open_votes, public_duties

router = Router(tags=["现状 / Where it stands"])


class Anchored(msgspec.Struct, frozen=True):
    """The latest anchor of the sealed book."""

    size: int
    slot: int


class ClockOff(msgspec.Struct, frozen=True):
    """A clock too far from the last entry, ahead of it or behind: both times in Beijing; nothing is recorded meanwhile."""

    time: str
    last: str
    off: str
    what: Said


class Status(msgspec.Struct, frozen=True):
    """Where the institution stands. `rev`: the digest of the present meaning, which every act carries.

    `clock`: null where the office's clock is right.
    """

    covenant: str
    title: str
    executive: str
    demo: bool
    stage: str
    size: int
    root: Digest
    day: Date
    members: int
    rev: Digest
    procedure_adopted: bool
    anchored: Anchored | None
    open_votes: tuple[str, ...]
    overdue: int
    clock: ClockOff | None


class Checkpoint(msgspec.Struct, frozen=True):
    """The open book's signed checkpoint (C2SP tlog-checkpoint), its root, and the keys that sign it."""

    size: int
    root: Digest
    note: str
    vkeys: tuple[str, ...]


class DueItem(msgspec.Struct, frozen=True):
    """A duty: what, of whom, by which article; the target, the last lawful day, days left or late."""

    what: Said
    matter: str
    whose: str
    article: int
    at: str
    basis: str
    words: str
    target: Date
    last: Date
    calendar_known: bool
    act: str
    left: int
    late: int


class DoneLate(msgspec.Struct, frozen=True):
    """A duty done late: accepted, and shown late for ever."""

    matter: str
    article: int
    at: str
    act: str
    index: int
    late: int


class DueList(msgspec.Struct, frozen=True):
    """What the executing body must do, overdue first, and what it did late."""

    day: Date
    due: tuple[DueItem, ...]
    done_late: tuple[DoneLate, ...]


@router.get(
    "/status",
    summary="现状 / Status",
    openapi_extra=told(Status, 404),
)
@says("制度现在的状况。")
@reads
def status(request: HttpRequest) -> HttpResponse:
    """Where the institution stands."""
    at = now(request)
    inst = at.inst.on(at.day)
    edition, genesis = inst.meaning.edition, inst.genesis
    last = inst.anchors[-1] if inst.anchors else None
    shown = Status(
        inst.cov,
        edition.title if edition else "",
        genesis.executive if genesis else "",
        bool(genesis and genesis.demo),
        inst.founding.stage,
        at.size,
        "sha256:" + proving.checkpoint(at)[0].hex(),
        iso(at.day),
        len(inst.members),
        installation.office().rev,
        inst.meaning.procedure is not None,
        Anchored(last.size, last.slot) if last else None,
        tuple(v.id for v in open_votes(at)),
        sum(bool(d.late) for d in public_duties(at)),
        _clock_off(at.clock),
    )
    return answer(shown)


def _clock_off(clock: Clock) -> ClockOff | None:
    if (refusal := clock.refusal) is None:
        return None
    return ClockOff(**clock.data(), what=Said(refusal.refusal["zh"], refusal.refusal["en"]))


@router.get(
    "/checkpoint",
    summary="检查点 / Checkpoint",
    openapi_extra=told(Checkpoint, 404),
)
@says("公开簿最新的检查点；其下的文件在 /book/。")
@reads
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The open book's latest checkpoint. The tiles under it are at /book/."""
    at = now(request)
    root, note = proving.checkpoint(at)
    return answer(Checkpoint(at.size, "sha256:" + root.hex(), note.decode(), tuple(proving.vkeys(at))))


@router.get(
    "/due",
    summary="到期与逾期 / Due and overdue",
    openapi_extra=told(DueList, 404),
)
@says("执行机构应办的事项，逾期在前；依据密封行为的只告知当事方，见 /api/feed。")
@reads
def due(request: HttpRequest) -> HttpResponse:
    """What the executing body must do. What rests on sealed acts is told to the parties only: see /api/feed."""
    at = now(request)
    late = tuple(DoneLate(x.matter, x.article, x.at, x.act, x.index, x.late) for x in done_late(at.inst))
    return answer(DueList(iso(at.day), tuple(map(_item, public_duties(at))), late))


def _item(d: Due) -> DueItem:
    return DueItem(
        Said(d.zh, d.en),
        d.matter,
        d.whose,
        d.article,
        d.at,
        d.basis,
        d.words,
        d.target,
        d.last,
        d.calendar_known,
        d.act,
        d.left,
        d.late,
    )
