"""Acts' files made to break the office that takes them: `submit` refuses each in words, and records nothing."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct, signed_act
from gongyue.book.signing import sign
from gongyue.covenant import edition_json as editions
from gongyue.office.keys import read_seed
from gongyue.transparency import canonical
from support.alliance import edition_of

from .desk import TWO, Desk
from .test_refusals import DESIGNATE


def hostile(desk: Desk, **fields: Any) -> SignedAct:
    """An act of two officers, its fields replaced and signed by both as it then is."""
    Path("act.json").unlink(missing_ok=True)
    desk.run(*DESIGNATE, *TWO, "--out", "act.json")
    act = signed_act(Path("act.json").read_bytes())
    act = msgspec.structs.replace(act, act=act.act | fields, sigs=())
    for key in ("qin.key", "bai.key"):
        act = sign(act, read_seed(Path(key)))
    return act


def with_object(desk: Desk, type: str, basis: str, field: str, value: Any) -> SignedAct:
    """An act that names a JSON object, which comes with it."""
    data = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    digest = canonical.digest(data)
    act = hostile(desk, type=type, basis=basis, body={field: digest})
    return msgspec.structs.replace(act, objects={digest: base64.b64encode(data).decode()})


def refused(desk: Desk, act: SignedAct, code: int) -> str:
    """What submit says of it, in either language and as JSON; never a word of ours about a fault of ours."""
    before = desk.json("log", "show")
    Path("hostile.json").write_bytes(msgspec.json.encode(act))
    said = ""
    for options in (("--lang", "zh"), ("--lang", "en"), ("--json",), ("--dry-run",)):
        result = desk.try_("submit", "hostile.json", *options)
        assert result.exit_code == code, (options, result.exit_code, result.output[-600:])
        assert "Traceback" not in result.output and "our-fault" not in result.output
        said += result.output
    assert desk.json("log", "show") == before
    return said


@pytest.mark.parametrize("depth", [100, 5_000, 100_000])
def test_a_passkeys_nested_data_are_a_bad_signature(founded: Desk, depth: int) -> None:
    """However deep `cd` is: the signature does not hold, exit 4."""
    act = hostile(founded)
    nested = base64.urlsafe_b64encode(b"[" * depth + b"]" * depth).rstrip(b"=").decode()
    sigs = tuple(msgspec.structs.replace(sig, alg="webauthn", ad="AAAA", cd=nested) for sig in act.sigs)
    assert "does not hold" in refused(founded, msgspec.structs.replace(act, sigs=sigs), 4)


@pytest.mark.parametrize("year", ["10000", str(10**20), "²026", "٢٠٢٦", "-1", "", "0", "00026", "9" * 5_000])
def test_a_calendar_of_no_year_is_refused(founded: Desk, year: str) -> None:
    """Years of four digits are years: any other is no calendar, exit 3."""
    calendar = {"v": "gongyue/calendar@1", "years": {year: {"holidays": [], "workdays": []}}}
    assert "bad-object" in refused(founded, with_object(founded, "law.calendar/1", "", "calendar", calendar), 3)


def test_a_share_named_like_a_procedure_rule_is_refused_at_the_import(founded: Desk) -> None:
    """P7 is a number of days: a text whose two thirds bear that name is no draft, exit 3; under a capability it is one."""
    text = "某公约\n第一条 本公约由成员遵守，须经三分之二以上成员同意，方可修改本公约。\n第二条 其他。"
    data = editions.to_data(edition_of(text, amendment__adoption=("1", "须经三分之二以上成员同意")))
    good = with_object(founded, "founding.import/1", "", "edition", data)
    data["bindings"][0]["capability"] = "P7"
    bad = with_object(founded, "founding.import/1", "", "edition", data)
    assert "P7" in refused(founded, bad, 3)
    Path("good.json").write_bytes(msgspec.json.encode(good))
    assert founded.json("submit", "good.json")["type"] == "founding.import/1"


def test_numbers_beyond_all_numbers_are_no_act(founded: Desk) -> None:
    """5,000 digits, nesting without end, an object that is no base64 or too long for a rule: 3 or 4, in words."""
    act = hostile(founded)
    for text in ("9" * 5_000, "[" * 5_000 + "]" * 5_000, "1e999", '"\\ud800"'):
        data = msgspec.json.encode(act).replace(b'"at":', b'"at":' + text.encode() + b',"was":', 1)
        Path("hostile.json").write_bytes(data)
        result = founded.try_("submit", "hostile.json")
        assert result.exit_code == 4 and "our-fault" not in result.output, (text[:20], result.output[-300:])
    body = {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-01-01"] * 400_000, "workdays": []}}}
    assert "4194304" in refused(founded, with_object(founded, "law.calendar/1", "", "calendar", body), 3)
