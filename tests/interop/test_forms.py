"""Which bodies section 1.3 and acts.md allow: the same as the product, of every field of every act type with whatever stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import gongyue.governance.step  # noqa: F401  # every act type is known once it is imported
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import act_type_of, decode_body
from gongyue.transparency import canonical
from tests.interop.forms import FORMS, TYPES, body_of

D, K = "sha256:" + "0" * 64, "k:" + "0" * 64
PAGES = Path(__file__).resolve().parents[2] / "docs"
_SAMPLES = re.findall(r"\n### (\S+)\n.*?```json\n(.*?)```", (PAGES / "acts.md").read_text("utf-8"), re.DOTALL)
SAMPLES: dict[str, dict[str, Any]] = {type: json.loads(body) for type, body in _SAMPLES}
NUMBERS = [
    -1,
    0,
    1,
    2,
    3,
    30,
    31,
    59,
    60,
    90,
    91,
    400,
    401,
    999,
    1000,
    1999,
    2000,
    2999,
    3000,
    3650,
    3651,
    65536,
    65537,
]
NUMBERS += [31 * 86400, 31 * 86400 + 1, 32503651199, 32503651200, 2**53 - 1]
LENGTHS = [n for most in (18, 20, 40, 60, 120, 200) for n in (most, most + 1)]
NAMES = ["u:a", "u:-a", "u:A", "u:" + "a" * 40, "u:" + "a" * 41, "o:x", "exec", "sys", "authority", "a:x", "p:x", "1:x"]
NAMES += [
    D,
    D[:-1],
    D.replace("0", "A"),
    K,
    K[:-1],
    K + "00",
    "d:members",
    "abc",
    "x",
    " ",
    "",
    "x\ny",
    "A.b@c",
    "-a",
    "_a",
]
DAYS = ["2026-02-28", "2026-02-29", "0999-01-01", "3026-01-01", "2026-2-1", "2026-01-01\n"]
SHARES = ["1/2", ">1/2", "0/2", "1/0", "01/2", "1/1234567890", "1/12345678901", ">>1/2"]
WEB = ["http://a.b", "http://ab", "https://" + "a" * 300, "https://" + "a" * 301, "https://a b", "ftp://abc"]
PLACES = ["22", "3/2", "§4", "¶7", "二/1", "1#2", "第1条", "1.1", "一" * 20, "一" * 21]
TYPED = ["a.b/1", "a.b/01", "a_b.c/1", "a.b_c/1", "A.b/1", "GY-17-04", "dossier/two", "gongyue.example+0a1b2c3d+AQ=="]
CHOICES = [
    "consent",
    "secretary",
    "analysis",
    "ed25519",
    "letter",
    "internal",
    "preview",
    "record",
    "admit",
    "necessary",
]
PUBLISHED = {"url": "http://abc", "evidence": D}
NESTED: list[Any] = [
    [],
    {},
    ["x"],
    [[]],
    [D],
    [D] * 20,
    [D] * 21,
    ["analysis"] * 9,
    ["analysis"] * 10,
    {"x": 1},
    PUBLISHED,
]
NESTED += [[PUBLISHED], [PUBLISHED | {"x": 1}], {"name": "", "basis": D}, {"name": "x", "basis": D}, {"reports": 2}]
NESTED += [{"reports": 3}, {"reports": None}, {"P2": 20}, {"P 2": 20}, {"a.b": None}, {"name": "P2", "value": True}]
NESTED += [{"name": "P2", "value": "x" * 41}, {"document": D, "begins": "2026-01-01", "ends": "2025-01-01"}]
NESTED += [{"officer": "o:x", "interests": []}, [{"officer": "o:x", "interests": ["u:a"] * 21}], ["a.b/1"] * 41]
NESTED += [
    [{"source": "x", "types": []}],
    [{"source": "x", "types": ["a.b/1"]}],
    [{"id": "u:a", "name": "x", "code": ""}],
]
TEXTS = ["文" * n for n in LENGTHS] + NAMES + DAYS + SHARES + WEB + PLACES + TYPED + CHOICES
ANYTHING: list[Any] = [None, True, False, *NUMBERS, *TEXTS, *NESTED]


def product(type: str, body: dict[str, Any]) -> bool:
    """Whether the product takes it."""
    try:
        decode_body(act_type_of(type), canonical.encode(body))
    except OutOfTurn:
        return False
    return True


@pytest.mark.parametrize("type", sorted(TYPES))
def test_whatever_stands_in_a_field(type: str) -> None:
    """Each field with each of these, absent, and one that there is not."""
    sample = SAMPLES[type]
    assert product(type, sample) and body_of(type, sample) is not None
    bodies = [sample | {name: given} for name in [*TYPES[type], "other_field"] for given in ANYTHING]
    bodies += [{n: one for n, one in sample.items() if n != name} for name in TYPES[type]]
    assert [body for body in bodies if product(type, body) != (body_of(type, body) is not None)] == []


def test_every_form_is_one_of_the_page() -> None:
    """None is made up."""
    section = (PAGES / "formats.md").read_text("utf-8").partition("### 1.3 ")[2].partition("### 1.4 ")[0]
    assert [name for name in FORMS if f"`{name}`" not in section and name not in ("str", "int", "bool", "Any")] == []
