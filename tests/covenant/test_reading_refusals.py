"""What cannot be read is refused clearly; what is not continuous is refused with its place."""

import contextlib
import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.parser import Gap, Unreadable, read

TEXT = "某某行业自律公约\n第一条 本公约由成员单位共同遵守。\n第二条 会员应当诚信。"


@pytest.mark.parametrize(
    ("numbers", "after", "found"),
    [("一二四", 2, 4), ("一二二", 2, 2), ("一三二", 1, 3), ("二三", 0, 2), ("一二一", 2, 1)],
)
@pytest.mark.parametrize("label", ["第{}条 会员守约。", "第{}条会员守约。", "第{}条会员守约", "第{}条\n会员守约。"])
def test_a_gap_a_repeat_and_a_step_back_are_refused_with_their_place(
    numbers: str, after: int, found: int, label: str
) -> None:
    """A gap a repeat and a step back are refused with their place."""
    lines = ["某公约", *(label.format(n) for n in numbers)]
    with pytest.raises(Gap) as refusal:
        read("\n".join(lines).encode(), "x.txt")
    gap = refusal.value
    assert (gap.after, gap.found, gap.code) == (after, found, "GY-01-01")
    assert f"第{gap.line}行却是第{found}条" in gap.zh and f"line {gap.line} has article {found}" in gap.en


def test_the_place_is_the_line_an_editor_shows() -> None:
    """The place is the line an editor shows."""
    with pytest.raises(Gap) as refusal:
        read("某公约\r\n\r\n第一条 甲。\r\n\r\n第三条 丙。".encode(), "x.txt")
    assert refusal.value.line == 5


def test_numbering_that_starts_again_in_each_chapter_is_a_gap() -> None:
    """Numbering that starts again in each chapter is a gap."""
    with pytest.raises(Gap):
        read("某公约\n第一章 总则\n第一条 甲。\n第二章 附则\n第一条 乙。".encode(), "x.txt")


def test_an_inserted_article_is_refused_by_its_own_number() -> None:
    """An inserted article is refused by its own number."""
    with pytest.raises(Gap, match="第2条之1"):
        read("某章程\n第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第三条 丁。".encode(), "x.txt")


def test_a_short_line_that_could_run_on_does_not_hide_a_gap() -> None:
    """A short line that could run on does not hide a gap."""
    with pytest.raises(Gap, match="第2条之后应为第3条"):
        read("某公约\n第一条爱国\n第二条遵纪守法\n第四条团结".encode(), "x.txt")


def test_a_mention_does_not_hide_a_gap() -> None:
    """A mention does not hide a gap."""
    with pytest.raises(Gap):
        read("某公约\n第一条 甲。\n第二条规定的除外。\n第三条 丙。".encode(), "x.txt")


def zipped(**parts: bytes) -> bytes:
    """An archive of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "x.txt", "empty"), (b" \r\n\t", "x.txt", "empty"), (b"\xef\xbb\xbf", "x.txt", "empty"), (b"", "x.docx", "empty"),
        (b"\xff\xfe", "x.txt", "empty"), (bytes(range(256)) * 8, "x.txt", "binary"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.txt", "binary"),
        (b"%PDF-1.7\n", "x.txt", "unsupported"), (b"{\\rtf1 }", "x.md", "unsupported"), (TEXT.encode(), "x.pdf", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "x.doc", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.docx", "unsupported"),
        (b"PK\x03\x04 broken", "x.docx", "damaged"), (b"hello", "x.docx", "damaged"), (zipped(a=b"b"), "x.docx", "unsupported"),
        ("今天天气很好。".encode(), "x.txt", "no_covenant"), (b"hello", "x.txt", "no_covenant"),
        ("见本公约第一条。".encode(), "x.txt", "no_covenant"), (TEXT.encode()[:-1], "x.txt", "encoding"),
        (TEXT.encode("gb18030")[:-1], "x.txt", "encoding"), (TEXT.encode("utf-16")[:-1], "x.txt", "encoding"),
        (TEXT.encode()[:60] + b"\xff" + TEXT.encode()[60:], "x.txt", "encoding"), (TEXT.encode("euc-kr", "ignore"), "x.txt", "encoding"),
        (b"a" * (5 * 1024 * 1024), "x.txt", "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_readable_covenant_says_why(data: bytes, name: str, reason: str) -> None:
    """What is no readable covenant says why."""
    with pytest.raises(Unreadable) as refusal:
        read(data, name)
    assert (refusal.value.reason, bool(refusal.value.zh), bool(refusal.value.en)) == (reason, True, True)


def test_the_encoding_found_is_said() -> None:
    """The encoding found is said."""
    traditional = "某某產業自律公約\n第一條 本公約由會員共同遵守。"
    found = [read(TEXT.encode(e), "x.txt").encoding for e in ("utf-8", "utf-8-sig", "gbk", "utf-16")]
    assert found == ["utf-8", "utf-8", "gb18030", "utf-16"]
    assert [read(traditional.encode(e), "x.txt").encoding for e in ("big5", "gbk")] == ["big5", "gb18030"]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.md", "x.docx", "x", "x.doc"]))
def test_random_bytes_are_refused_and_nothing_else_happens(data: bytes, name: str) -> None:
    """Random bytes are refused and nothing else happens."""
    with contextlib.suppress(Unreadable, Gap):
        read(data, name)


SCRAPS = ["第", "一", "二", "三", "十", "条", "章", "节", " ", "\n", "（一）", "1.", "。", "：", "；", "目录", "附件", "的", "分之",
          "以上", "日", "月", "年", "%", "2/3", "公约", "修改", "同意", "[bookmark: x]", "**", "#", "|", "\t", "第一条", "第二条"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=60), st.sampled_from(["x.txt", "x.md"]))
def test_scraps_of_covenants_never_break_the_reader(scraps: list[str], name: str) -> None:
    """Scraps of covenants never break the reader."""
    try:
        document = read("".join(scraps).encode(), name)
    except (Unreadable, Gap):
        return
    texts = {a.number: a.text for a in document.articles}
    assert list(texts) == list(range(1, len(texts) + 1))
    assert all(t.words and t.words in texts[t.article] for t in document.terms)
    assert all(i.text in a.text for a in document.articles for i in a.items)


def test_long_lines_are_read_in_reasonable_time() -> None:
    """Long lines are read in reasonable time."""
    words = random.Random(1).choices(SCRAPS, k=60_000)
    text = "某公约\n第一条 甲。\n第二条 " + "".join(w for w in words if "\n" not in w)
    assert len(read(text.encode(), "x.txt").articles) == 2
