"""Fills the templates of a set: every slot in capitals is a span of that type, lower-case slots are noise.

python -m tests.conduct.scanning.unseen.writing first|second|third|fourth OUT.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conduct.scanning.unseen.cast import WIDE, Cast

SLOT = re.compile(r"«([?A-Za-z_0-9]+)((?:[.#:][a-z0-9]+)*)(?:=([^»]*))?»")
Document = dict[str, Any]
SEEDS = {
    "first": 20260101,
    "second": 20260202,
    "third": 20260303,
    "fourth": 20260404,
    "fifth": 0,
    "sixth": 0,
    "seventh": 0,
    "eighth": 0,
    "ninth": 0,
    "tenth": 0,
    "eleventh": 0,
    "twelfth": 0,
    "thirteenth": 0,
    "fourteenth": 0,
    "fifteenth": 0,
    "sixteenth": 0,
    "seventeenth": 0,
}
"""With which each set was scored for the first time."""
CITIZEN: dict[str, Callable[[Cast], str]] = {
    "": lambda c: c.citizen(),
    "s": lambda c: re.sub(r"(.{6})(.{8})(.{4})", r"\1 \2 \3", c.citizen()),
    "lx": lambda c: c.citizen().lower(),
    "w": lambda c: c.citizen().translate(WIDE),
    "o": lambda c: c.old_citizen(),
    "m": lambda c: re.sub(r"(.{6})(.{8})(.{4})", r"\1********\3", c.citizen()),
    "bad": lambda c: c.citizen(good=False),
}
MOBILE: dict[str, Callable[[Cast], str]] = {
    "": lambda c: c.number(),
    "s": lambda c: re.sub(r"(...)(....)(....)", c.pick((r"\1 \2 \3", r"\1-\2-\3")), c.number()),
    "p": lambda c: c.pick(("+86", "+86 ", "86-", "0086")) + c.number(),
    "m": lambda c: re.sub(r"(...)(....)(....)", r"\1****\3", c.number()),
    "w": lambda c: c.number().translate(WIDE),
}
CARD: dict[str, Callable[[Cast], str]] = {
    "": lambda c: c.pan(),
    "g": lambda c: re.sub(r"(.{4})(?=.)", r"\1 ", c.pan()),
    "m": lambda c: re.sub(r"^(.{4}).*(.{4})$", r"\1 **** **** \2", c.pan()),
    "visa": lambda c: c.card("4", 16),
}
OTHER: dict[str, Callable[[Cast], str]] = {
    "EMAIL": lambda c: c.mail(),
    "LANDLINE": lambda c: c.landline(),
    "LANDLINE.p": lambda c: re.sub(r"(\d+)-(.*)", r"(\1)\2", c.landline()),
    "LANDLINE.x": lambda c: c.landline() + "转" + c.digits(3),
    "PHONE_INTL": lambda c: c.pick(
        (
            f"({c.below(210, 980)}) 555-01{c.digits(2)}",
            f"+1 {c.below(210, 980)} 555 01{c.digits(2)}",
            f"+44 20 7946 0{c.digits(3)}",
        )
    ),
    "PHONE_INTL.hk": lambda c: f"+852 {c.pick('5679')}{c.digits(3)} {c.digits(4)}",
    "PASSPORT": lambda c: "E" + c.digits(8),
    "PASSPORT.cue": lambda c: "护照" + c.pick("EG") + c.digits(8),
    "HKM_PERMIT": lambda c: c.pick("HM") + c.digits(8),
    "TW_PERMIT": lambda c: c.digits(8),
    "FOREIGNER_ID": lambda c: c.foreigner(),
    "SOCIAL_SEC": lambda c: c.pick((c.digits(10), c.digits(12), c.pick("ABKT") + c.digits(8))),
    "USCC": lambda c: c.company(),
    "PLATE": lambda c: c.plate(),
    "PLATE.sp": lambda c: re.sub(r"^(..)", c.pick((r"\1·", r"\1 ")), c.plate()),
    "VIN": lambda c: c.vin(),
    "IMEI": lambda c: c.imei(),
    "IMSI": lambda c: "4600" + c.pick("012367") + c.digits(10),
    "IMSI.bare": lambda c: "4600" + c.pick("01") + c.digits(10),
    "MAC": lambda c: c.mac(),
    "MAC.dash": lambda c: c.mac("-").upper(),
    "IPV4": lambda c: c.ipv4(),
    "IPV6": lambda c: c.ipv6(),
    "QQ": lambda c: str(c.below(2, 10)) + c.digits(c.below(6, 10)),
    "WECHAT": lambda c: c.pick(
        (
            "wxid_" + c.token(13, "abcdefghjk0123456789"),
            "ren" + c.token(5, "abcdefghjk") + "_" + c.digits(2),
            "Tea-" + c.token(6),
        )
    ),
    "GPS": lambda c: c.pick(
        (
            f"{c.below(20, 48)}.{c.digits(6)}, {c.below(80, 130)}.{c.digits(6)}",
            f"北纬{c.below(20, 48)}.{c.digits(4)}°，东经{c.below(80, 130)}.{c.digits(4)}°",
        )
    ),
    "GPS.pair": lambda c: f"{c.below(90, 128)}.{c.digits(6)},{c.below(22, 46)}.{c.digits(6)}",
    "DOB": lambda c: "{}-{:02}-{:02}".format(*c.day(1940, 2012)),
    "DOB.zh": lambda c: "{}年{}月{}日".format(*c.day(1940, 2005)),
    "DOB.born": lambda c: "{}年{}月{}日".format(*c.day(1940, 2005)),
    "DOB.ym": lambda c: "{}年{}月".format(*c.day(1960, 2002)),
    "DOB.en": lambda c: "{1:02}/{2:02}/{0}".format(*c.day(1940, 2012)),
    "ADDRESS": lambda c: c.home(),
    "ADDRESS.short": lambda c: c.near(),
    "ADDRESS.form": lambda c: c.form("forms"),
    "ADDRESS.near": lambda c: c.form("nears"),
    "ADDRESS.rural": lambda c: c.country(),
    "USADDRESS": lambda c: c.us_address(),
    "IBAN": lambda c: c.iban(),
    "US_SSN": lambda c: c.ssn(),
    "SECRET.pw": lambda c: c.password(),
    "SECRET.ak": lambda c: "LTAI" + c.token(20),
    "SECRET.tok": lambda c: c.token(30),
    "SECRET.aws": lambda c: "AKIA" + c.token(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    "SECRET.jwt": lambda c: "eyJhbGciOiJIUzI1NiJ9.eyJ" + c.token(40) + "." + c.token(43),
    "SECRET.gh": lambda c: "ghp_" + c.token(36),
}
NOISE: dict[str, Callable[[Cast], str]] = {
    "order": lambda c: c.pick(
        (
            f"{c.below(2018, 2025)}{c.below(1, 13):02}{c.below(1, 29):02}{c.digits(10)}",
            "DD" + c.digits(12),
            c.digits(17),
        )
    ),
    "ts": lambda c: "16" + c.digits(11),
    "date": lambda c: "{}-{:02}-{:02}".format(*c.day(2018, 2025)),
    "date.zh": lambda c: "{}年{}月{}日".format(*c.day(2015, 2025)),
    "time": lambda c: f"{c.below(24):02}:{c.below(60):02}:{c.below(60):02}",
    "amount": lambda c: c.pick(
        (f"{c.below(10, 99999)}.{c.digits(2)}", f"{c.below(1, 90)},{c.digits(3)}.00", f"{c.below(100, 9000)}")
    ),
    "hash": lambda c: c.token(c.pick((32, 40, 64)), "0123456789abcdef"),
    "uuid": lambda c: "-".join(c.token(n, "0123456789abcdef") for n in (8, 4, 4, 4, 12)),
    "ver": lambda c: f"{c.below(1, 12)}.{c.below(20)}.{c.below(40)}",
    "company": lambda c: c.pick(c.of["companies"]),
    "isbn": lambda c: f"978-7-{c.digits(3)}-{c.digits(5)}-{c.digits(1)}",
    "stock": lambda c: c.pick(("600", "000", "300", "688")) + c.digits(3),
    "sku": lambda c: c.pick(
        (f"SKU{c.digits(11)}", f"1{c.pick('358')}{c.digits(9)}-{c.token(2, 'ABC')}", f"P{c.digits(8)}X")
    ),
    "waybill": lambda c: c.pick(("SF" + c.digits(13), "YT" + c.digits(13), "77" + c.digits(13), "JD00" + c.digits(11))),
    "cidr": lambda c: f"10.{c.below(256)}.{c.below(256)}.0/24",
    "accent": lambda c: c.pick(("河南", "四川", "东北", "闽南")),
}
SURNAMED: dict[str, Callable[[Cast], str]] = {
    "rare": lambda c: c.one("rare") + c.given(),
    "double": lambda c: c.one("compound") + c.given(),
}
LOOSE = {"PASSPORT.cue": "护照"}


def fill(template: str, cast: Cast) -> Document:
    """One document of a template."""
    text, spans, ignore, known = "", [], [], dict[str, tuple[str, str]]()
    at = 0
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        kind, value, lead = _value(slot, cast, known)
        text += lead
        start = len(text)
        text += value
        if kind == "?":
            ignore.append([start, len(text)])
        elif kind:
            spans.append([start, len(text), kind])
    return {"text": text + template[at:], "spans": spans, "ignore": ignore}


def _value(slot: re.Match[str], cast: Cast, known: dict[str, tuple[str, str]]) -> tuple[str, str, str]:
    """(type or "" or "?", value, what stands before it)."""
    name, how, literal = slot[1], slot[2], slot[3]
    reference = re.search(r"#([a-z])", how)
    variant = re.sub(r"#[a-z]", "", how).lstrip(".:")
    key = f"{name}.{variant}" if variant else name
    if literal is not None:
        return name, literal, ""
    if name == "int":
        return "", str(cast.below(1, 10)) + cast.digits(int(variant) - 1), ""
    if name in {"PERSON", "EN"}:
        held = known.get(reference[1]) if reference else None
        if held is None:
            held = cast.english() if name == "EN" else (SURNAMED.get(variant, Cast.name)(cast), "")
            if reference:
                known[reference[1]] = held
        return "PERSON", _person(name, variant, held, cast), ""
    if name == "CN_ID":
        return name, CITIZEN[variant](cast), ""
    if name == "CN_MOBILE":
        return name, MOBILE[variant](cast), ""
    if name == "BANK_CARD":
        return name, CARD[variant](cast), ""
    if name in {"LAT", "LON"}:
        return "GPS", f"{cast.below(22, 46) if name == 'LAT' else cast.below(90, 128)}.{cast.digits(6)}", ""
    if name == "USADDRESS":
        return "ADDRESS", cast.us_address(), ""
    if key in OTHER or name in OTHER:
        lead = LOOSE.get(key, "")
        return name, OTHER.get(key, OTHER.get(name, str))(cast).removeprefix(lead), lead
    return "", NOISE[key](cast), ""


def _person(name: str, variant: str, held: tuple[str, str], cast: Cast) -> str:
    if variant == "py":
        return cast.pick(cast.of["pinyin"])
    if variant == "uy":
        return cast.pick(cast.of["uyghur"])
    if variant == "tr":
        return cast.pick(cast.of["foreign"])
    if variant == "two":
        return cast.two()
    if variant == "sp":
        return " ".join(cast.name())
    if variant in {"first", "last"}:
        return held[variant == "last"]
    if name == "PERSON":
        return held[0]
    middle = cast.pick(("", "", "", "", f"{cast.pick('ABCDEFGHJKLMRST')}. "))
    return f"{held[0]} {middle}{held[1]}"


def documents(which: str, seed: int, *, chinese: int = 4, english: int = 3) -> list[Document]:
    """The documents of a set: each template some times; those of a set that was written out, once."""
    written = Path(__file__).with_name(f"{which}.jsonl")
    if written.exists():
        return [json.loads(line) for line in written.read_text("utf-8").splitlines()]
    cast, out = Cast(seed, which), []
    for language, times in (("zh", chinese), ("en", english)):
        path = Path(__file__).with_name(f"{which}-{language}.txt")
        templates = path.read_text("utf-8").split("\n---\n") if path.exists() else []
        for template in templates:
            genre, _, body = template.partition("\n")
            told = {"lang": language, "genre": genre.removeprefix("# ")}
            out += [{**fill(body.rstrip("\n"), cast), **told} for _ in range(times)]
    return out


if __name__ == "__main__":
    made = documents(sys.argv[1], SEEDS[sys.argv[1]])
    Path(sys.argv[2]).write_text(
        "".join(json.dumps({**d, "types": "*"}, ensure_ascii=False) + "\n" for d in made), "utf-8"
    )
