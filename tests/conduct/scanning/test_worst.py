"""Texts made to cost time: what each kind is written like, over and over, whole, cut off, behind its labels, with nothing between.

Four times the text may cost four times the time. The bound is twice that: where each sign looks at all before it, it is sixteen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pyarrow as pa
import pytest

from gongyue.conduct.scanning.addresses import PARTS
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.pipeline import scan_block
from gongyue.conduct.scanning.scan_buffer import BufferPool
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.texts import buffers, spans
from gongyue.conduct.scanning.wordlists import cue_words

GROWTH = 8
SMALL = 1 << 15
"""Signs of the smaller text."""
MIB = 1 << 20
WORST = {
    "SECRET": ("Kp9#vL2!", "AKIAQ7", "-----BEGIN RSA PRIVATE KEY-----", "eyJhbGci.", "Bearer ", '["'),
    "CN_ID": ("110103199003070000", "110103 19900307 000X", "110103"),
    "FOREIGNER_ID": ("911156199003070000", "ABC110190030700"),
    "USCC": ("91110103MA000000XX", "9111-"),
    "BANK_CARD": ("6222000000000000000", "6222 0000 ", "6222-"),
    "CN_MOBILE": ("13900000000", "139-0000-0000", "139****0000", "一三九零零零零"),
    "IMSI": ("460000000000000", "46000 "),
    "IMEI": ("350000000000000", "35-000000-"),
    "PHONE_INTL": ("+44 20 7946 0000", "+1 (((", "218.555.0164"),
    "LANDLINE": ("010-62000000", "(010) 62000000", "转801"),
    "EMAIL": ("a@", "a.b@example.com", "@", "[at]", "a.b-"),
    "IPV6": ("a:", "::1", "2001:db8:0:1:", "::"),
    "MAC": ("00:1a:2b:3c:4d:5e", "aa:", "0012.34ab."),
    "IPV4": ("10.0.0.1", "10.", "1.1.1.1."),
    "IBAN": ("DE89370400440532013000", "GB82 WEST ", "DE89    "),
    "US_SSN": ("123-45-6789", "123-45-", "***-**-"),
    "PASSPORT": ("E00000000", "EA0000000,", "G0"),
    "HKM_PERMIT": ("H00000000", "HA0000000 "),
    "TW_PERMIT": ("00000000", "L00000000,"),
    "SOCIAL_SEC": ("A00000000", "00000000000"),
    "PLATE": ("京A12345", "京A·F00000", "京"),
    "VIN": ("LSVAA00000A000000", "LSV"),
    "QQ": ("10000", "Q100000000", "QQ"),
    "WECHAT": ("wxid_00000000000000", "a_1-", "V：a_"),
    "GPS": ("39.9042,116.4074", "N39°54′", "东经116."),
    "DOB": ("1990-01-01", "姓名1990-01-01", "一九九〇年一月", "12FEB91", "October 7, 1991"),
    "ADDRESS": ("北京", "北京市海淀区", "南京路", "路", "1号", "人民路1号", "与文景路", "12 Main Street, ", "A, ", "London SW1A 2AA "),
    "PERSON": ("张", "张三、", "阿依古丽·", "多吉和", "扎西", "科", "John ", "Smith, ", "A.", "O'"),
    "TRADE_SECRET": ("商业秘密", "【机密", "核心商密▲", "内部·", "CONFIDENTIAL", "do not "),
}  # fmt: skip
"""For each kind what is written over and over: its forms, and what they begin with."""
LABELS = {"SECRET": "KEYWORD", "TRADE_SECRET": "MARK"}
"""Where the words that call for a kind are not under its name."""
NAMES = [kind.name for kind in kinds().values()]


def _texts(name: str) -> list[str]:
    """What is written over and over for a kind: each form, without its last sign, its first half; these after a label; all labels."""
    labels = cue_words().get(LABELS.get(name, name), [])
    made = ["".join(labels)]
    for form in WORST[name]:
        made += [form, form[:-1], form[: len(form) // 2]]
        made += [label + form for label in labels[:1]] + [f"{label}：{form[:-1]}" for label in labels[:1]]
    return [text for text in dict.fromkeys(made) if text]


_room = BufferPool()


def _seconds(text: str) -> float:
    """Time of the processor for one text as one unit."""
    data, offsets = buffers(pa.array([text], pa.large_string()))
    began = time.process_time()
    scan_block(data, offsets, room=_room)
    return time.process_time() - began


def _growth(small: Callable[[], float], large: Callable[[], float]) -> float:
    """By how much the larger costs more, by the best of some rounds; the first will do, and more than four seconds are no accident."""
    least, most = small(), float("inf")
    for _ in range(5):
        least, most = min(least, small()), min(most, large())
        if most <= GROWTH * least or most > 4:
            break
    return most / least


@pytest.mark.parametrize("name", NAMES)
def test_a_text_made_of_one_kind_costs_what_its_length_does(name: str) -> None:
    """Every form and every label of every kind: a kind without a worst case fails."""
    for text in _texts(name):
        times = SMALL // len(text)
        assert _growth(partial(_seconds, text * times), partial(_seconds, text * 4 * times)) <= GROWTH, text


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_mebibyte_among_four_costs_no_more_than_by_itself(name: str) -> None:
    """Of each kind the text that costs most."""
    text = max(_texts(name), key=lambda text: _seconds(text * (SMALL // 4 // len(text))))
    whole = text * (MIB // len(text.encode()))
    assert _growth(partial(_seconds, whole), partial(_seconds, whole * 4)) <= GROWTH, text


def test_a_cell_full_of_names_costs_a_column_little_more_than_a_text() -> None:
    """The cell is remembered once, not once for each name in it."""

    def seconds(*, text: bool) -> float:
        began = time.process_time()
        Column("姓名", text=text).add(cells)
        return time.process_time() - began

    cells = pa.array(["张" * (2 * SMALL)], pa.large_string())
    assert _growth(lambda: seconds(text=True), lambda: seconds(text=False)) <= GROWTH


@pytest.mark.parametrize(("parts", "whole"), [(PARTS - 1, True), (PARTS, True), (PARTS + 1, False)])
def test_an_address_has_so_many_parts_at_most(parts: int, whole: bool) -> None:
    """Up to the bound it is one find; what goes beyond is cut off there."""
    text = "北京市海淀区人民路1号" + "甲栋" * (parts - 4)
    first = next(span for span in spans([text])[0] if span[2] == "ADDRESS")
    assert first == [0, len(text) - 2 * (not whole), "ADDRESS"]


@pytest.mark.parametrize(("groups", "first"), [(7, []), (8, [0]), (9, [1])])
def test_eight_groups_are_an_address_of_a_network(groups: int, first: list[int]) -> None:
    """Seven without a gap are none; of nine the last eight are."""
    text = "来自 " + ":".join(["20a1"] * groups) + " 的请求"
    assert spans([text])[0] == [[3 + 5 * group, 2 + 5 * groups, "IPV6"] for group in first]


@pytest.mark.parametrize(("labels", "found"), [(0, True), (1, True), (7, False)])
def test_a_birth_is_told_over_a_few_words(labels: int, found: bool) -> None:
    """Names and roles may stand between the label of a birth and its date, sixteen signs at most."""
    text = "date of birth" + " witness" * labels + ": 14.06.1989"
    assert (["DOB"] in [[span[2]] for span in spans([text])[0]]) is found
