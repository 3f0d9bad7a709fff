"""Instants: integer microseconds since 1970-01-01T00:00:00Z. Whatever a log writes is turned into one, or refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import msgspec

from gongyue.conduct.findings import BadInput

SECOND = 1_000_000
UNITS = {"s": SECOND, "ms": 1_000, "us": 1}
BEIJING = timezone(timedelta(hours=8))
LAST = 1 << 62
"""No instant reaches it: what has no end ends here."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_PER_SECOND = {"s": 1, "ms": 1_000, "us": SECOND, "ns": 1_000_000_000}
_WRITTEN = 256
"""Bits of an integer that is written in digits: Python writes at most 4,300 of these."""
FIRST, BEYOND = 631_152_000 * SECOND, 7_258_118_400 * SECOND
"""1990-01-01 and 2200-01-01: a bare number is an instant only from the one to before the other. 20260601, 2026, the serial
day 46082 of a spreadsheet, or milliseconds where microseconds were declared, would else be some moment in 1970."""
EARLIEST, AFTER = -62_135_596_800 * SECOND, 253_402_300_800 * SECOND
"""0001-01-01 and 10000-01-01: a moment of a column of timestamps, in UTC or in no zone, is an instant from the one to before
the other, as ISO 8601 writes it in four digits. What lies beyond is an infinity, or a number that was taken for a moment."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_COMPACT = re.compile(r"(19|20|21)\d{6}")
_DATED = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


class Timestamp(msgspec.Struct, frozen=True):
    """A moment as a column holds it, finer or further off than `datetime` goes: ticks of `unit` since 1970, in UTC or no zone."""

    ticks: int
    unit: str
    zoned: bool

    def __str__(self) -> str:
        try:
            moment = _EPOCH + self.ticks * SECOND // _PER_SECOND[self.unit] * _TICK
        except OverflowError:
            return f"{self.ticks} {self.unit}"
        return str(moment if self.zoned else moment.replace(tzinfo=None))


def zone_of(text: str) -> timezone:
    """A fixed offset written +08:00 or Z; BadInput for anything else."""
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", text)
    if text in {"Z", "UTC"}:
        return UTC
    if found is None or int(found[2]) > 14 or int(found[3]) > 59:
        raise BadInput(
            f"时区“{text}”应写作 +08:00 这样的偏移", f'time zone "{text}" should be an offset such as +08:00'
        )
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(offset if found[1] == "+" else -offset)


def offset_of(zone: timezone | None) -> int:
    """How far a zone is ahead of UTC, in microseconds; 0 for none."""
    return 0 if zone is None else zone.utcoffset(None) // _TICK


def micros(moment: datetime) -> int:
    """The instant of an aware datetime."""
    return (moment - _EPOCH) // _TICK


def instant(value: object, unit: str = "us", zone: timezone | None = None) -> int:
    """The instant a value states: an integer (or decimal) of `unit`, or ISO 8601 text.

    Text without an offset is read in `zone`; without `zone` it is refused, for it names no instant. A date alone is
    its first moment, also as text of eight digits (20260601). BadInput says what is wrong.
    """
    if isinstance(value, bool) or value is None:
        raise BadInput("缺少时间", "the time is missing")
    if type(value) is int and FIRST <= value * UNITS[unit] < BEYOND:
        return value * UNITS[unit]
    if isinstance(value, Timestamp):
        return _stamped(value, zone)
    if isinstance(value, datetime):
        return _aware(value, zone, str(value))
    text = written(value).strip()
    if isinstance(value, str) and _COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"  # a number of eight digits is an instant in no unit
    if isinstance(value, int | float) or _NUMBER.fullmatch(text):
        return _counted(text, unit)
    if not _DATED.fullmatch(text):
        raise _unclear(text)
    try:
        return _aware(datetime.fromisoformat(text), zone, text)
    except (ValueError, OverflowError):
        raise _unclear(text) from None


def written(value: object) -> str:
    """A value as it is written; of lists and tables the type alone, and an integer too long for digits in hexadecimal."""
    if isinstance(value, list | tuple | dict):
        return type(value).__name__
    return hex(value) if isinstance(value, int) and value.bit_length() > _WRITTEN else str(value)


def _aware(moment: datetime, zone: timezone | None, text: str) -> int:
    if moment.tzinfo is None:
        if zone is None:
            raise _no_zone(text)
        moment = moment.replace(tzinfo=zone)
    return micros(moment)


def _stamped(value: Timestamp, zone: timezone | None) -> int:
    if not value.zoned and zone is None:
        raise _no_zone(str(value))
    if value.unit in UNITS:
        ticks, finer = value.ticks * UNITS[value.unit], 0
    else:
        ticks, finer = divmod(value.ticks, 1000)
    if finer or not EARLIEST <= ticks < AFTER:
        raise _beyond(str(value))
    return ticks if value.zoned else ticks - offset_of(zone)


def _unclear(text: str) -> BadInput:
    return BadInput(f"时间“{text[:40]}”无法辨认", f'time "{text[:40]}" is not understood')


def _no_zone(text: str) -> BadInput:
    return BadInput(
        f"时间“{text[:40]}”没有时区，不能确定时刻；请写明偏移或设 time_zone",
        f'time "{text[:40]}" has no offset and names no instant; state one or set time_zone',
    )


def _beyond(text: str) -> BadInput:
    return BadInput(f"时间“{text[:40]}”超出范围（公元 1 至 9999 年），或细于微秒",
                    f'time "{text[:40]}" is out of range (the years 1 to 9999) or finer than a µs')  # fmt: skip


def _counted(text: str, unit: str) -> int:
    try:
        ticks = Decimal(text) * UNITS[unit]
    except ArithmeticError:  # also one of a million digits
        raise _unclear(text) from None
    if ticks.is_nan() or not -LAST < ticks < LAST or ticks != ticks.to_integral_value():
        raise _beyond(text)
    if not FIRST <= ticks < BEYOND:
        raise BadInput(
            f"时间“{text[:40]}”按单位 {unit} 是 {_day(int(ticks))}，不在 1990 至 2199 年；请写作 2026-06-01T00:00:00+08:00，"
            "或设对 time_unit（s、ms、us）；没有终点的留空",
            f'time "{text[:40]}" in {unit} is {_day(int(ticks))}, not within 1990 to 2199; write 2026-06-01T00:00:00+08:00 '
            "or set time_unit (s, ms, us); leave an end that is none empty",
        )
    return int(ticks)


def _day(ticks: int) -> str:
    try:
        return (_EPOCH + ticks * _TICK).date().isoformat()
    except OverflowError:
        return "—"


def iso(ticks: int) -> str:
    """An instant as ISO 8601 in UTC; microseconds only where there are any."""
    return (_EPOCH + ticks * _TICK).isoformat().replace("+00:00", "Z")
