"""Consent records of others as authorisations: ISO/IEC TS 27560:2023 records and Kantara consent receipts 1.1.

Fields and their duty: the W3C guide to 27560 (DPV 2.3) and the Kantara 1.1 schema. One record with several purposes
gives one authorisation each. What is missing or unknown is listed, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from gongyue.conduct.consent_history import Contradicted, records_in, united
from gongyue.conduct.consents import RecordNote, later, life_of, moment_of
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import iso, written
from gongyue.conduct.promise import BASES, Promise
from gongyue.conduct.safe_text import short

ISO_NEEDED = (
    "schema_version", "record_id", "pii_principal_id", "privacy_notice", "language", "purpose", "pii_type",
    "pii_controllers", "storage_locations", "retention_period", "jurisdiction", "recipient_third_parties",
    "withdrawal_method",
)  # fmt: skip
KANTARA_NEEDED = (
    "version", "jurisdiction", "consentTimestamp", "collectionMethod", "consentReceiptID", "piiPrincipalId",
    "piiControllers", "services", "policyUrl", "sensitive", "spiCat",
)  # fmt: skip
KANTARA_PURPOSE = ("consentType", "purposeCategory", "piiCategory", "termination", "thirdPartyDisclosure")
DEPTH = 8
"""Lists and objects inside one another that are looked into."""
_LINK = re.compile(r"https?://\S+")
_TIMED = re.compile(r"\d|year|month|week|day|hour|quarter|decade|[年月日周天季旬]|星期|小时", re.IGNORECASE)
"""What makes words about the end of a consent speak of a time, and not of a condition alone."""
_ALSO = {
    "pii_type": ("pii_information", "pii_types", "pii_category"),
    "purpose": ("purposes",),
    "record_id": ("receipt_id",),
    "recipient_third_parties": ("recipients",),
    "storage_locations": ("storage_location",),
}


class Imported(msgspec.Struct, frozen=True):
    """What one record gave: authorisations (as lines to write), what is missing, what is not known here."""

    record: str
    form: str
    authorisations: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]
    unknown: tuple[RecordNote, ...] = ()
    aside: bool = False
    """Whether it gave none because the end of its consent cannot be told; `unknown` says why."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, unknown or set aside."""
        return not (self.missing or self.unknown or self.aside)


def records_of(data: bytes, name: str) -> list[Any]:
    """The records of a JSON object, a JSON array or JSON lines, each id once (`united`); BadInput names the line that is not JSON."""
    return united(records_in(data, name), _id_of)


def _id_of(record: dict[str, Any]) -> str:
    return written(record.get("consentReceiptID") or "") or next(iter(_words(_found(record, "record_id"))), "")


def imported(record: Any, promise: Promise | None = None) -> Imported:
    """One record in either form; what is no object is none, and of what contradicts itself none is believed."""
    if isinstance(record, Contradicted):
        said = RecordNote("同一编号写了几次，所说不同，不知以哪一次为准",
                    "its id stands more than once and says different things: nobody knows which holds")  # fmt: skip
        return Imported(record.id, "?", (), (), (said,), aside=True)
    if not isinstance(record, dict):
        return Imported("", "?", (), (), (RecordNote("不是 JSON 对象", "no JSON object"),))
    if "consentReceiptID" in record or "piiControllers" in record:
        return _kantara(record, promise)
    return _iso(record, promise)


def _found(value: Any, name: str, depth: int = 0) -> Any:
    """The first value of that key, anywhere inside: profiles nest the same fields differently."""
    if depth > DEPTH:
        return None
    if isinstance(value, dict):
        for key in (name, *_ALSO.get(name, ())):
            if value.get(key) not in (None, "", [], {}):
                return value[key]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((hit for v in inner if (hit := _found(v, name, depth + 1)) is not None), None)


def _words(value: Any, depth: int = 0) -> list[str]:
    """Names out of a text, a list, or objects that carry one; nothing out of what is nested deeper than any profile."""
    if depth > DEPTH:
        return []
    if isinstance(value, str | int):
        return [str(value)]
    if isinstance(value, dict):
        keys = ("id", "pii_type", "pii_category", "purpose", "party_id", "name", "value", "@id")
        return next((_words(value[k], depth + 1) for k in keys if value.get(k)), [])
    return [w for v in value for w in _words(v, depth + 1)] if isinstance(value, list) else []


def _iso(record: dict[str, Any], promise: Promise | None) -> Imported:
    missing = [name for name in ISO_NEEDED if _found(record, name) is None]
    name = next(iter(_words(_found(record, "record_id"))), "")
    life = life_of(_found(record, "events") or _found(record, "event") or [])
    unknown = [*life.aside, *life.unknown]
    if life.aside or not life.spans:
        missing.append("event (type, state, time)")
    purposes = _found(record, "purpose")
    rows = []
    for one in purposes if isinstance(purposes, list) else [purposes]:
        here = one if isinstance(one, dict) else record
        for start, end, withdrawn in life.spans:
            line = _line(
                name,
                _found(record, "pii_principal_id"),
                next(iter(_words(_found(record, "pii_controllers"))), ""),
                _purposes(one),
                _words(_found(here, "pii_type") or _found(record, "pii_type")),
                _words(_found(here, "recipient_third_parties") or _found(record, "recipient_third_parties")),
                (start, end, withdrawn),
                written(_found(here, "lawful_basis") or "consent"),
            )
            rows.append(_mapped(line, promise, unknown))
    lacking = {"pii_principal_id", "purpose", "event (type, state, time)"} & set(missing)
    usable = _told(rows) if not lacking else ()
    return Imported(name, "ISO/IEC TS 27560", usable, tuple(missing), tuple(dict.fromkeys(unknown)), bool(life.aside))


def _purposes(one: Any) -> list[str]:
    """The purpose that an entry states; an object may hold its data types beside it."""
    if not isinstance(one, dict):
        return _words(one)
    keys = ("purpose", "purpose_id", "id", "@id", "name", "value")
    return next((_words(one[key]) for key in keys if one.get(key)), [])


def _given(value: Any, unknown: list[RecordNote]) -> int | None:
    if value is None:
        return None
    try:
        return moment_of(value, "consentTimestamp")
    except BadInput as bad:
        unknown.append(RecordNote(bad.zh, bad.en))
        return None


def _kantara(record: dict[str, Any], promise: Promise | None) -> Imported:
    missing = [name for name in KANTARA_NEEDED if record.get(name) is None]
    if promise is None or promise.withdrawals == "column":
        missing.append("withdrawal (not in Kantara 1.1)")
    unknown: list[RecordNote] = []
    given = _given(record.get("consentTimestamp"), unknown)
    controller = next(iter(_words([c.get("piiController") for c in _dicts(record.get("piiControllers"))])), "")
    rows, aside = [], False
    for service in _dicts(record.get("services")):
        for purpose in _dicts(service.get("purposes")):
            missing += [f"purposes.{name}" for name in KANTARA_PURPOSE if purpose.get(name) is None]
            third = purpose.get("thirdPartyName") if purpose.get("thirdPartyDisclosure") else None
            if purpose.get("thirdPartyDisclosure") and third is None:
                missing.append("purposes.thirdPartyName")
            try:
                end = _termination(given, purpose.get("termination"))
            except BadInput as bad:
                unknown.append(RecordNote(bad.zh, bad.en))
                aside = True
                continue
            line = _line(
                written(record.get("consentReceiptID", "")),
                record.get("piiPrincipalId"),
                controller,
                _words(purpose.get("purposeCategory") or purpose.get("purpose")),
                _words(purpose.get("piiCategory")),
                _words(third),
                (given, end, None),
                "consent",
            )
            del line["revoked_at"]  # a receipt has no word for it: an empty one would say that nothing was withdrawn
            rows.append(_mapped(line, promise, unknown))
    usable = _told(rows) if given is not None and record.get("piiPrincipalId") and not aside else ()
    seen, told = tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(unknown))
    return Imported(written(record.get("consentReceiptID", "")), "Kantara 1.1", usable, seen, told, aside)


def _told(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The lines that say whose they are."""
    return tuple(row for row in rows if row["subject"] is not None)


def _termination(given: int | None, said: Any) -> int | None:
    """The end that a receipt states as a duration or a time; None for a link or a condition in words, which is no end.

    BadInput where a time is meant that cannot be read: what is not understood makes no consent last longer.
    """
    name = "purposes.termination"
    with suppress(BadInput):
        return later(given or 0, said)
    with suppress(BadInput):
        return moment_of(said, name)
    if said is None or (isinstance(said, str) and (_LINK.fullmatch(said.strip()) or not _TIMED.search(said))):
        return None
    shown = short(written(said))
    raise BadInput(
        f"{name}“{shown}”像是终点而读不出；写作 P1Y 或 2027-01-31T10:00:00+08:00，只是条件的写不带时间的话或网址",
        f'{name} "{shown}" seems to be an end and cannot be read; write P1Y or 2027-01-31T10:00:00+08:00, and a mere'
        " condition in words without a time, or as a link",
    )


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    yield from (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


def _line(
    record: str,
    subject: Any,
    controller: str,
    purposes: list[str],
    categories: list[str],
    recipients: list[str],
    times: tuple[int | None, int | None, int | None],
    basis: str,
) -> dict[str, Any]:
    start, end, withdrawn = times
    return {
        "record": record,
        "subject": next(iter(_words(subject)), None),
        "controller": controller,
        "purposes": purposes,
        "categories": categories,
        "actions": ["view", "transfer"] if recipients else ["view"],
        "recipients": recipients,
        "regions": [],
        "valid_from": None if start is None else iso(start),
        "valid_to": None if end is None else iso(end),
        "revoked_at": None if withdrawn is None else iso(withdrawn),
        "basis": basis,
    }


def _mapped(line: dict[str, Any], promise: Promise | None, unknown: list[RecordNote]) -> dict[str, Any]:
    """Names of theirs as ids of ours, where the promise file knows them by id, DPV term or name."""
    term = line["basis"].rsplit("#")[-1].rsplit(":")[-1]
    if "legitimateinterest" in term.lower().replace("-", "").replace("_", "").replace(" ", ""):
        unknown.append(
            RecordNote(
                "lawful_basis “legitimate interest”：PIPL 13 无此依据",
                'lawful_basis "legitimate interest": PIPL 13 has none',
            )
        )
    line["basis"] = next((b for b, (*_, dpv) in BASES.items() if term in {b, dpv}), term or "consent")
    unknown += [_unknown(key, "") for key in ("subject", "purposes") if not line[key]]
    if line["basis"] not in BASES:
        unknown.append(_unknown("lawful_basis", term))
    if promise is None:
        return line
    tables: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("purposes", promise.purpose),
        ("categories", promise.category),
        ("recipients", (*promise.recipient, *promise.recipient_class)),
    )
    for key, rows in tables:
        ids = {n: r.id for r in reversed(rows) for n in (r.id, r.zh, r.en, getattr(r, "dpv", ""), _short(r)) if n}
        unknown += [_unknown(key, name) for name in line[key] if name not in ids]
        line[key] = [ids[name] for name in line[key] if name in ids]
    names = {promise.controller.id, promise.controller.zh, promise.controller.en}
    if line["controller"] in names:
        line["controller"] = promise.controller.id
    else:
        unknown.append(_unknown("controller", line["controller"]))
    return line


def _unknown(key: str, name: str) -> RecordNote:
    return RecordNote(f"{key} “{name}”", f'{key} "{name}"')


def _short(row: Any) -> str:
    return "dpv:" + row.dpv.rsplit("#")[-1] if hasattr(row, "dpv") else ""
