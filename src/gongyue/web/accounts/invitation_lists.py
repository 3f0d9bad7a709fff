"""A list of people to invite, one a line: unit, person, e-mail. Read and checked as a whole before anybody is invited.

Every line that cannot be done is named by its number with what would mend it; then nothing is done.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from gongyue.covenant.parties import AUTHORITY, is_credit_code, is_unit
from gongyue.governance.institution import Institution
from gongyue.web.access import SIGNATORY
from gongyue.web.accounts.models import Invitation, Seat
from gongyue.web.accounts.officers import called_each

MOST = 500
"""People who are invited at once."""
LARGEST = 256 * 1024
"""Bytes of a list."""
COMPARED = 2_000
"""Names that a wrong one is compared with; where there are more it would take long."""
SHOWN = 50
"""Faults that are told; the rest are counted."""
LONGEST = 60
"""Characters of a name."""
HEADS = (("单位", "名称", "代码", "unit"), ("姓名", "人员", "联系人", "person", "name"), ("邮箱", "邮件", "mail"))
"""By which words a first line is known to be a head, column by column."""


class Fault(NamedTuple):
    """What is wrong with a line, 0 for the list as a whole; each says what would mend it."""

    line: int
    zh: str
    en: str


class BadList(Exception):
    """A list of which nobody is invited."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.line}: {one.zh} / {one.en}" for one in self.faults))


class Listed(NamedTuple):
    """A line as it stands."""

    line: int
    unit: str
    person: str
    email: str


class Wanted(NamedTuple):
    """Somebody to invite, for a unit that the book knows or that is about to apply."""

    party: str
    unit: str
    person: str
    email: str


def text_of(data: bytes) -> str:
    """The text of a file, in UTF-8, or as Chinese table programs write it (GB18030); BadList says how to save it otherwise."""
    if len(data) > LARGEST:
        raise _too_large()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _whole(
            "这是工作簿，不是 CSV：请在表格软件里另存为“CSV UTF-8”",
            "this is a workbook and no CSV: save it as “CSV UTF-8”",
        )
    marked = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    for codec in (marked, "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise _whole("读不出文字：请另存为“CSV UTF-8”", "no text can be read in it: save it as “CSV UTF-8”")


def _too_large() -> BadList:
    return _whole("名单超过 256 KiB：请分成几份", "the list is larger than 256 KiB: make several of it")


def _whole(zh: str, en: str) -> BadList:
    return BadList([Fault(0, zh, en)])


def checked(inst: Institution, text: str, day: int) -> list[Wanted]:
    """Whom the list invites; BadList where it cannot be done for one of them."""
    if len(text) > LARGEST:
        raise _too_large()
    listed, faults = _listed(text)
    by_name = named(inst)
    found = {one.line: _wanted(inst, one, by_name) for one in listed}
    faults += [one for _, fault in found.values() for one in fault]
    wanted = {line: one for line, (one, _) in found.items() if one is not None}
    faults += [*_twice(wanted), *_there_already(wanted, day)]
    if faults:
        raise BadList(sorted(faults))
    return list(wanted.values())


def _listed(text: str) -> tuple[list[Listed], list[Fault]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((mark for mark in "\t,，;；" if mark in first), ",")
    rows = csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=delimiter)
    listed, faults, order = list[Listed](), list[Fault](), (0, 1, 2)
    try:
        for cells in rows:
            given = [" ".join(cell.split()) for cell in cells]
            if not any(given):
                continue
            if not listed and not faults and order == (0, 1, 2) and (head := _head(given)):
                order = head
                continue
            if len(given) < len(HEADS) or any(given[n] for n in range(len(given)) if n not in order):
                faults.append(
                    Fault(
                        rows.line_num,
                        f"有 {len(given)} 栏，须三栏：单位、姓名、电子邮箱；名称里有逗号的，加引号",
                        f"{len(given)} columns, three are wanted: unit, person, e-mail; quote a name with a comma",
                    )
                )
                continue
            if len(listed) == MOST:
                raise _whole(f"超过 {MOST} 人：请分成几份", f"more than {MOST} people: make several lists of it")
            listed.append(Listed(rows.line_num, *(given[n] for n in order)))
    except csv.Error as error:
        raise BadList([Fault(rows.line_num, f"不合 CSV 格式：{error}", f"is no CSV: {error}")]) from None
    if not listed and not faults:
        raise _whole("没有一行：请一行写一人", "there is no line: write one person a line")
    return listed, faults


def _head(given: list[str]) -> tuple[int, int, int] | None:
    """In which columns a head has unit, person, e-mail; None where it is no head."""
    if any("@" in cell for cell in given):
        return None
    found = [next((n for n, cell in enumerate(given) if any(w in cell.lower() for w in words)), -1) for words in HEADS]
    return (found[0], found[1], found[2]) if min(found) >= 0 and len(set(found)) == len(HEADS) else None


def _wanted(inst: Institution, one: Listed, by_name: Mapping[str, str]) -> tuple[Wanted | None, list[Fault]]:
    faults = []
    party = party_named(inst, one.unit, by_name)
    if not one.unit:
        faults.append(
            Fault(one.line, "缺单位：填全称、信用代码或编号", "no unit: give its whole name, credit code or id")
        )
    elif not (party in inst.units or (is_unit(party) and is_credit_code(party[2:].upper()))):
        near = get_close_matches(one.unit, by_name if len(by_name) < COMPARED else (), 1, 0.6)
        zh = f"是不是“{near[0]}”？" if near else "填全称、编号，尚未加入的填 18 位信用代码"
        en = (
            f"is it “{near[0]}”?"
            if near
            else "give its whole name or id, of one yet to join the 18 characters of its credit code"
        )
        faults.append(Fault(one.line, f"没有单位“{one.unit[:40]}”：{zh}", f"no unit “{one.unit[:40]}”: {en}"))
    if not 0 < len(one.person) <= LONGEST:
        faults.append(Fault(one.line, f"姓名须一至 {LONGEST} 字", f"a name has 1 to {LONGEST} characters"))
    email = one.email.lower()
    try:
        validate_email(email)
    except ValidationError:
        faults.append(
            Fault(
                one.line,
                f"“{one.email[:40]}”不是电子邮箱，例如 zhang@unit.example",
                f"“{one.email[:40]}” is no e-mail address, as zhang@unit.example is",
            )
        )
    if faults:
        return None, faults
    name = inst.units[party].name if party in inst.units else one.unit
    return Wanted(party, name, one.person, email), []


def _twice(wanted: dict[int, Wanted]) -> Iterator[Fault]:
    """A unit, and an address, stand once in a list: a second signatory is invited by the first, or by another list."""
    units, emails = dict[str, int](), dict[str, int]()
    for line, one in wanted.items():
        if (before := units.setdefault(one.party, line)) != line:
            yield Fault(
                line,
                f"与第 {before} 行是同一单位“{one.unit}”：一份名单一家一人，删去一行；第二位由其签署人邀请",
                f"the same unit as line {before}, “{one.unit}”: one person each, take out a line; its signatory invites a second one",
            )
        if (before := emails.setdefault(one.email, line)) != line:
            yield Fault(
                line,
                f"与第 {before} 行是同一邮箱 {one.email}：改成本人的；确是一人代表两家的，另行邀请",
                f"the same address as line {before}, {one.email}: give this person's own; who acts for two is invited apart",
            )


def _there_already(wanted: dict[int, Wanted], day: int) -> Iterator[Fault]:
    """Nobody gets a second link: it would end the first, which may be in the post."""
    today = date.fromordinal(day)
    emails = {one.email for one in wanted.values()}
    seats = Seat.objects.filter(role=SIGNATORY, person__email__in=emails).exclude(ends__lt=today)
    seated = set(seats.values_list("party", "person__email"))
    open_ = Invitation.objects.filter(role=SIGNATORY, email__in=emails, used_at=None, expires_at__gt=timezone.now())
    invited = set(open_.values_list("party", "email"))
    for line, one in wanted.items():
        if (one.party, one.email) in seated:
            yield Fault(
                line,
                f"{one.email} 已是“{one.unit}”的签署人：删去这一行",
                f"{one.email} is a signatory of “{one.unit}” already: take out this line",
            )
        elif (one.party, one.email) in invited:
            yield Fault(
                line,
                f"{one.email} 已受邀，链接还有效：删去这一行，或先在“人员与授权”收回",
                f"{one.email} is invited, the link still works: take out this line, or withdraw it first under “People”",
            )


def named(inst: Institution) -> dict[str, str]:
    """The officers, the authority and the units by what the page of people calls them; what two are called means neither."""
    called = called_each(inst, (*sorted(inst.officers), AUTHORITY, *inst.units))
    often = Counter(called.values())
    return {name: party for party, name in called.items() if often[name] == 1}


def party_named(inst: Institution, text: str, by_name: Mapping[str, str]) -> str:
    """Who is meant: by name, by credit code (of a unit that has yet to apply too), or by id."""
    code = text.upper()
    known = inst.by_code.get(code) or by_name.get(text)
    return known or (f"u:{code.lower()}" if is_credit_code(code) else text)
