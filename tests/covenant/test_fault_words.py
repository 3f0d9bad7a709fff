"""Faults of form are told in Chinese, whichever library found them."""

from __future__ import annotations

import re
import time
from enum import Enum
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from gongyue.covenant.fault_words import fault_zh
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import decode_body
from gongyue.governance.articles import kinds
from gongyue.transparency import canonical
from support import pace


class Kind(Enum):
    """Two kinds."""

    ONE = "one"
    TWO = "two"


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """What is asked."""

    name: Annotated[str, Meta(max_length=3)]
    size: Annotated[int, Meta(ge=1, le=5)] = 1
    kind: Kind = Kind.ONE
    way: Literal["a", "b"] = "a"
    many: Annotated[tuple[str, ...], Meta(max_length=1)] = ()
    code: Annotated[str, Meta(pattern=r"\A[a-c]{2}\Z")] = "aa"
    day: str | None = None


MALFORMED = {
    b"{": "内容不完整",
    b"hello": "不是 JSON（第 0 字节起）",
    b"{}": "缺 name 一项",
    b'{"name":"a","also":1}': "多出 also 一项",
    b'{"name":1}': "应为文字，实为整数（在 name）",
    b'{"name":"abcd"}': "应为至多 3 字的文字（在 name）",
    b'{"name":"a","size":6}': "应为至多 5 的整数（在 size）",
    b'{"name":"a","size":0}': "应为至少 1 的整数（在 size）",
    b'{"name":"a","kind":"three"}': "取值 'three' 不在可选之列（在 kind）",
    b'{"name":"a","way":"c"}': "取值 'c' 不在可选之列（在 way）",
    b'{"name":"a","many":["a","b"]}': "应为至多 1 项（在 many）",
    b'{"name":"a","code":"zz"}': "写法不对（在 code）",
    b'{"name":"a","day":3}': "应为文字或空，实为整数（在 day）",
}


@pytest.mark.parametrize(("data", "said"), MALFORMED.items(), ids=map(str, MALFORMED))
def test_what_does_not_have_the_form_asked_is_told_in_chinese(data: bytes, said: str) -> None:
    """Expected: these words, with the names and figures of the original."""
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(data, type=Asked)
    assert fault_zh(caught.value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("甲\u200b", "含不许用的字符 U+200B（控制或看不见的字符），请删去"),
        ("e\u0301", "文字不是 Unicode 正规形式 C"),
        (1.5, "数带小数、指数，或过大"),
        (2**60, "整数过大"),
    ],
)
def test_what_the_canonical_form_does_not_take_is_told_in_chinese(value: object, said: str) -> None:
    """Expected: the character by its number, what to do about it."""
    with pytest.raises(canonical.NotCanonical) as caught:
        canonical.encode({"a": value})
    assert fault_zh(caught.value.why) == said


def test_the_parameters_of_an_address_are_told_in_chinese() -> None:
    """Expected: what each should be; what nobody foresaw stays as it was said."""
    said = "limit: Input should be less than or equal to 500; before: Input should be a valid integer, unable to parse string as an integer"
    assert fault_zh(said) == "limit: 至多 500; before: 应为整数"
    assert fault_zh("kind: Input should be 'a', 'b' or 'c'") == "kind: 应为 'a'、'b'、'c' 之一"
    assert (
        fault_zh("size: Input should be greater than or equal to 1; name: Field required")
        == "size: 至少 1; name: 须填写"
    )
    assert fault_zh("something else") == "something else"


def test_an_act_that_is_malformed_is_refused_in_chinese() -> None:
    """Expected: no English in the Chinese sentence but the field's name; the figure is what it was for programs."""
    with pytest.raises(OutOfTurn) as caught:
        decode_body(next(kind for kind in kinds() if kind.type == "membership.grant/1"), b"{}")
    said = caught.value.refusal
    assert said["zh"] == "行为内容格式不符：缺 application 一项。" and "missing required field" in said["en"]
    assert said["figures"]["why"] == "Object missing required field `application`"
    assert not re.search("[a-z]{4,}", str(said["zh"]).replace("application", ""))


@pytest.mark.parametrize("said", ["Input should be '" * 20_000 + "\n", "Expected `x` matching regex " * 20_000 + "\n"])
def test_a_stranger_s_long_error_tires_nobody(said: str) -> None:
    """Half a megabyte of what an error may quote: translated in a tenth of a second of processor, and cut."""
    begun = time.process_time()
    assert len(fault_zh(said)) < 2_000
    assert pace.seconds_since(begun) < 0.1
