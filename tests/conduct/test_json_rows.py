"""Lines that are no JSON: why, in both languages, and nothing in a parser's own words."""

from __future__ import annotations

import io

import pytest

from gongyue.conduct.consent_history import records_in
from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import Bad, json_lines


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        (b'{"a": nope}', "第 7 列起不合写法", "malformed from column 7 on"),
        (b'{"a": 1', "没有写完", "it breaks off"),
        (
            '{"a": "张"}'.encode("gb18030"),
            "像是 GB18030 编码，请另存为 UTF-8",
            "it looks like GB18030, save it as UTF-8",
        ),
        ('{"a": 1}'.encode("utf-16-le"), "像是 UTF-16 编码，请另存为 UTF-8", "it looks like UTF-16, save it as UTF-8"),
    ],
)
def test_a_line_that_is_no_json_says_why(line: bytes, zh: str, en: str) -> None:
    """As a row of a log, where the next line is read all the same, and as records."""
    found = list(json_lines(io.BytesIO(b'{"a": 0}\n' + line + b'\n{"a": 2}\n')))
    assert found == [(1, {"a": 0}), Bad(2, f"不是 JSON：{zh}", f"not JSON: {en}"), (3, {"a": 2})]
    with pytest.raises(BadInput) as told:
        records_in(b"{}\n" + line + b"\n{}", "r.jsonl")
    assert told.value.zh == f"r.jsonl 第 2 行不是 JSON：{zh}" and told.value.en == f"r.jsonl line 2: not JSON: {en}"
    with pytest.raises(BadInput) as told:
        records_in(line, "r.json")
    assert told.value.zh == f"r.json：不是 JSON：{zh}"
