"""A small limiter on the database, the same for every process: so many at once, then one in each interval.

Generic cell rate algorithm: one row a subject holds the moment up to which it has spent its allowance. One statement
asks and counts, so it is atomic on both databases; what is refused writes nothing. Subjects (addresses, accounts) are
kept as keyed hashes only, and forgotten when their allowance is whole again.
"""

from __future__ import annotations

import threading
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongyue.web.api.models import Spent
from gongyue.web.django_settings import WEB

MICRO = 1_000_000


class Limit(NamedTuple):
    """At most `most` within `seconds`, for each subject; `name` keeps limits apart."""

    name: str
    most: int
    seconds: int


def wait_for(limit: Limit, subject: str) -> int:
    """Count one more of the subject's; 0 if it may go on, else the seconds it must wait (nothing was counted)."""
    now, interval = int(time.time() * MICRO), limit.seconds * MICRO // limit.most
    key, room = _key(limit, subject), limit.seconds * MICRO
    if _spent(key, now, interval, now + room):
        return 0
    known = Spent.objects.filter(key=key).values_list("until", flat=True).first() or now
    return max(1, -(-(known + interval - now - room) // MICRO))


def forget() -> int:
    """Delete fully recovered allowances; return the count."""
    return Spent.objects.filter(until__lt=int(time.time() * MICRO)).delete()[0]


def _spent(key: str, now: int, interval: int, most: int) -> bool:
    """Whether one more was counted: the moment is moved by one interval unless that passes `most`."""
    table = Spent._meta.db_table
    moved = f"CASE WHEN {table}.until > %s THEN {table}.until ELSE %s END + %s"
    statement = (
        f"INSERT INTO {table} (key, until) VALUES (%s, %s)"  # noqa: S608  (the table's own name)
        f" ON CONFLICT (key) DO UPDATE SET until = {moved} WHERE {moved} <= %s RETURNING until"
    )
    values: list[int | str] = [key, now + interval, now, now, interval, now, now, interval, most]
    # A count lost in a power cut does no harm: this commit need not wait for the disk.
    if connection.vendor == "sqlite":
        with _turn, connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")
            try:
                return cursor.execute(statement, values).fetchone() is not None
            finally:
                cursor.execute("PRAGMA synchronous = FULL")
    with connection.cursor() as cursor:
        cursor.execute(statement + ", set_config('synchronous_commit', 'off', true)", values)
        return cursor.fetchone() is not None


_turn = threading.Lock()
"""SQLite's own lock is polled, by sleeps of up to a tenth of a second; threads that stand in line need not sleep."""


def _key(limit: Limit, subject: str) -> str:
    return f"{limit.name}:{salted_hmac('gongyue.limiting', subject, algorithm='sha256').hexdigest()[:32]}"


def client_ip(request: HttpRequest) -> str:
    """Where a request comes from, as it is written.

    Behind our own proxy it is the last address the proxy has noted; whatever the client wrote before it is not heard.
    """
    given = str(request.META.get("REMOTE_ADDR", ""))
    if WEB.written.behind_proxy:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", given)).rpartition(",")[2].strip()
    return given


def address_of(request: HttpRequest) -> str:
    """Whom a limit counts: an IPv4 address, or the /64 an IPv6 address stands in."""
    try:
        address = ip_address(client_ip(request))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return str(address)
