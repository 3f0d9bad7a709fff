"""The life of a consent as its record tells it: given, renewed, and ended in one of many ways; as spans of time.

Whatever is not understood never makes a consent last longer: a record whose end cannot be told is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import BEIJING, instant, iso, micros, written
from gongyue.conduct.safe_text import short
from gongyue.covenant.periods import months_after

GIVEN = {"consentgiven", "renewedconsentgiven", "given", "renewed", "explicit", "consent_given"}
WITHDRAWN = {"withdrawn", "revoked", "consentwithdrawn", "consentrevoked", "invalidated", "consentinvalidated"}
EXPIRED = {"expired", "consentexpired"}
NOT_VALID = {
    "refused", "consentrefused", "requested", "consentrequested", "requestdeferred", "consentrequestdeferred", "deferred",
    "unknown", "consentunknown", "consentstatusunknown",
}  # fmt: skip
"""States in which a consent is not valid for processing (DPV 2.3): what was given before ends with them."""
_SPAN = re.compile(
    r"P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_TICK = timedelta(microseconds=1)


class Span(NamedTuple):
    """From when a consent held; its end by the clock and its withdrawal, None where there is none."""

    start: int
    end: int | None = None
    withdrawn: int | None = None


class RecordNote(msgspec.Struct, frozen=True):
    """What is said of a record, in both languages."""

    zh: str
    en: str


class Life(msgspec.Struct):
    """The spans of one record; what was not understood; why it is set aside, where its end cannot be told."""

    spans: list[Span] = []
    unknown: list[RecordNote] = []
    aside: list[RecordNote] = []


class Event(NamedTuple):
    """One event: when, what kind (given · withdrawn · ended), and when it says that the consent ends."""

    time: int
    kind: str
    end: int | None


def life_of(events: Any) -> Life:
    """The life that events tell, in whatever order they stand."""
    found = Life()
    known: list[Event] = []
    for number, event in enumerate(events if isinstance(events, list) else [events], 1):
        if (one := _read(event, number, found)) is not None:
            known.append(one)
    found.spans = list(_spans(sorted(known, key=lambda e: (e.time, e.kind != "given"))))
    return found


def _read(event: Any, number: int, found: Life) -> Event | None:
    """The event; None where it is none, which is told, and sets the record aside unless it could only have allowed more."""
    if not isinstance(event, dict):
        found.aside.append(RecordNote(f"第 {number} 个事件不是 JSON 对象", f"event {number} is no JSON object"))
        return None
    stated = event.get("state") or event.get("event_state")
    said = stated if isinstance(stated, str) else ""
    state = said.rsplit("#")[-1].rsplit(":")[-1].rsplit("/")[-1].strip().lower()
    kind = "given" if state in GIVEN else "withdrawn" if state in WITHDRAWN else "ended"
    if state not in GIVEN | WITHDRAWN | EXPIRED | NOT_VALID:
        found.unknown.append(RecordNote(f"event state “{said}”", f'event state "{said}"'))
    try:
        time = moment_of(event.get("time") or event.get("event_time"), "time")
    except BadInput as bad:
        told = RecordNote(f"第 {number} 个事件（{said}）：{bad.zh}", f"event {number} ({said}): {bad.en}")
        (found.unknown if kind == "given" else found.aside).append(told)
        return None
    return Event(time, kind, _end(event, time, number, found) if kind == "given" else None)


def _end(event: dict[str, Any], start: int, number: int, found: Life) -> int | None:
    """When a consent given so ends: the earlier of its duration and of what it is valid until."""
    ends = []
    duration, until = _first_stated(event, "duration", "event_duration"), _first_stated(event, "valid_until")
    try:
        if duration is not None:
            ends.append(later(start, duration))
        if until is not None:
            ends.append(moment_of(until, "valid_until"))
    except BadInput as bad:
        found.aside.append(RecordNote(f"第 {number} 个事件的终点：{bad.zh}", f"the end of event {number}: {bad.en}"))
    return min(ends, default=None)


def _first_stated(event: dict[str, Any], *names: str) -> Any:
    """The first of these that says something; a nought does."""
    return next((event[name] for name in names if event.get(name) not in (None, "")), None)


def _spans(events: list[Event]) -> Iterator[Span]:
    """One span for each time that a consent came to hold; giving it anew while it holds sets its end anew."""
    span: Span | None = None
    for event in events:
        if span is not None and span.end is not None and span.end <= event.time:
            yield span
            span = None
        if event.kind == "given":
            span = Span(event.time if span is None else span.start, event.end)
        elif span is not None:
            if event.time > span.start:
                yield (
                    span._replace(withdrawn=event.time) if event.kind == "withdrawn" else span._replace(end=event.time)
                )
            span = None
    if span is not None and (span.end is None or span.end > span.start):
        yield span


def moment_of(value: Any, name: str) -> int:
    """The instant that this field of a record states: seconds since 1970, or ISO 8601 with its offset. BadInput names the field."""
    if value is None:
        raise BadInput(f"缺少 {name}", f"{name} is missing")
    try:
        ticks = instant(value, "s")
        iso(ticks)
    except (BadInput, OverflowError):
        shown = short(written(value))
        raise BadInput(
            f"{name}“{shown}”不能确定时刻；写作 2026-06-01T00:00:00+08:00，或 1990 至 2199 年的整秒数（毫秒须除以 1000）",
            f'{name} "{shown}" names no instant; write 2026-06-01T00:00:00+08:00, or seconds since 1970 within 1990 to 2199'
            " (divide milliseconds by 1000)",
        ) from None
    return ticks


def later(start: int, duration: Any) -> int:
    """The instant so long after another; ISO 8601 such as P1Y6M, P2W, PT12H. Years and months are those of Beijing time."""
    found = _SPAN.fullmatch(duration.strip()) if isinstance(duration, str) else None
    if found is None:
        zh, en = (
            f"时长“{str(duration)[:40]}”无法辨认；写作 P6M",
            f'duration "{str(duration)[:40]}" is not understood; write P6M',
        )
        raise BadInput(zh, en)
    years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
    try:
        moment = datetime(1970, 1, 1, 8, tzinfo=BEIJING) + start * _TICK
        if years or months:
            day = months_after(moment.toordinal(), 12 * years + months)
            moment += timedelta(days=day - moment.toordinal())
        moment += timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except (OverflowError, ValueError):
        zh, en = f"时长“{duration[:40]}”超出范围", f'duration "{duration[:40]}" is out of range'
        raise BadInput(zh, en) from None
    return micros(moment)
