"""Texts and Word files made to tire or fill their reader: read or refused in words, in seconds and within 300 MB."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from covenant.test_docx import CHARTER, level, numbers, p, package, run
from gongyue.cli.read import read as command
from gongyue.covenant.parser import Gap, Unreadable, outline, read, word_package
from gongyue.covenant.parser.lines import MOST_CHARACTERS, MOST_LINES
from gongyue.covenant.parser.terms import MOST_TERMS
from gongyue.covenant.parser.word_numbers import DEEPEST_STYLES, LONGEST_LABEL
from gongyue.covenant.parser.word_package import MOST_ELEMENTS, MOST_READ
from support import pace
from support.hostile import MOST_MEMORY, ran

HEAD = "某公约\n第一条 "


def refused(data: bytes, name: str = "x.txt") -> str:
    """Why it is not read; empty where it is."""
    try:
        read(data, name)
    except Unreadable as error:
        return error.reason if error.zh and error.en else "no words"
    return ""


# -- text


def test_numbers_are_read_up_to_two_thousand() -> None:
    """2,000 numbers are read, 2,001 are not, in one article or in many; the refusal gives the bound."""
    one = HEAD + "经三分之二同意，" * MOST_TERMS + "。"
    assert len(read(one.encode(), "x.txt").terms) == MOST_TERMS == 2_000
    assert refused(one.replace("。", "三日。").encode()) == "too_large"
    many = "某公约\n" + "\n".join(f"第{n}条 须在三日内办理，并于五日内公布。" for n in range(1, 1_001))
    assert len(read(many.encode(), "x.txt").terms) == MOST_TERMS
    with pytest.raises(Unreadable, match="2,000"):
        read((many + "\n第1001条 三日。").encode(), "x.txt")


def test_lines_and_characters_have_a_bound() -> None:
    """10,000 lines and 690,000 characters are read, one more of either is not; also where one line of Markdown holds many."""
    assert (MOST_LINES, MOST_CHARACTERS) == (10_000, 690_000)
    lines = HEAD + "甲。" + "\n" * (MOST_LINES - 2)
    assert (refused(lines.encode()), refused((lines + "\n").encode())) == ("", "too_large")
    text = HEAD + "甲" * (MOST_CHARACTERS - len(HEAD) - 1) + "。"
    assert (refused(text.encode()), refused((text + "。").encode())) == ("", "too_large")
    broken = HEAD + "甲。" + "<br>" * (MOST_LINES - 2)
    assert (refused(broken.encode(), "x.md"), refused((broken + "<br>").encode(), "x.md")) == ("", "too_large")


PIECES = (
    "三分之二", "50%", "30日、", "一年一个月", "9", "一", "万", "（", "（一）", "（一）甲\n", "第一条", "第一条 ", "第", "条",
    "之一", "第一条之一", "第一条\n", "\n", " ", "　", "：", "1.\n", "一、总则\n", "①", "第一章\n", "目录\n", "第一条......1\n",
    "- 1 -\n", "2020年1月1日", "1至2日", "[bookmark:", "{TOC", "**", "*a ", "_a", "[a](", "<b", "<!--", "|", "附件一：\n",
    "盖章\n", "I. 总则\n", "### 提倡\n- 友善\n", "倡议单位：\n", "（一）\n\n", "1）守约；\n\n", "十", "并且", "“", "公布", "修改公约", "#", "=\n", "甲：\n",
)  # fmt: skip
"""What a covenant is full of, and what its forms are written with."""


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
@pytest.mark.parametrize(
    "size", [pytest.param(3_000, marks=pytest.mark.short), pytest.param(60_000, marks=pytest.mark.slow)]
)
def test_nothing_repeated_without_end_tires_the_reader(tmp_path: Path, name: str, size: int) -> None:
    """Each piece repeated inside an article, on a line, before all articles and in each of them: every answer is one in words,
    and all of them together take seconds and 300 MB."""
    for piece in PIECES:
        times = size // len(piece)
        texts = [HEAD + piece * times + "。\n第二条 乙。", piece * times + "\n第一条 甲。"]
        texts += [f"{HEAD}甲。\n{piece * times}\n第二条 乙。"]
        texts += ["某公约\n" + "\n".join(f"第{n}条 {piece * 4}。" for n in range(1, size // (len(piece) * 4 + 8)))]
        for text in texts:
            with contextlib.suppress(Unreadable, Gap):
                assert read(text.encode(), name).articles, piece


def test_two_megabytes_of_numbers_are_refused_at_once(tmp_path: Path) -> None:
    """Exit 4 within 300 MB, in the language that was chosen."""
    (tmp_path / "x.txt").write_text(HEAD + "三分之二" * 150_000 + "。", "utf-8")
    done = ran("read", str(tmp_path / "x.txt"), "--lang", "en")
    assert done.code == 4 and "2,000 numbers" in done.said, done.said
    assert done.memory < MOST_MEMORY


def test_only_files_are_read(tmp_path: Path) -> None:
    """A pipe, a device, a folder: exit 4 at once, in words; a link to a file is a file."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.docx").symlink_to("/dev/zero")
    for name in ("pipe.txt", "zero.docx", "."):
        for lang, word in (("zh", "请"), ("en", "name a file")):
            result = CliRunner().invoke(command, [str(tmp_path / name), "--lang", lang])
            assert result.exit_code == 4 and word in result.stderr
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(3 << 30)
    assert CliRunner().invoke(command, [str(tmp_path / "sparse.txt")]).exit_code == 4
    (tmp_path / "x.txt").write_text(HEAD + "甲。", "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "x.txt")
    assert CliRunner().invoke(command, [str(tmp_path / "link.txt")]).exit_code == 0


# -- Word


def exactly(extra: int) -> bytes:
    """A Word file of so many elements and attributes beyond those it needs."""
    return package(p("某公约") + p("第一条 甲。") + "<w:x/>" * extra)


def test_elements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the bound they are read, one more and they are not; all parts count together."""
    least = next(n for n in range(10, 200) if _fits(n, monkeypatch, exactly(0)))
    monkeypatch.setattr(word_package, "MOST_ELEMENTS", least + 50)
    assert (refused(exactly(50), "x.docx"), refused(exactly(51), "x.docx")) == ("", "too_large")
    with pytest.raises(Unreadable, match=f"{least + 50}"):
        read(package(p("第一条 甲。") + "<w:x/>" * 40, styles="<w:x/>" * 40), "x.docx")


def _fits(most: int, monkeypatch: pytest.MonkeyPatch, data: bytes) -> bool:
    monkeypatch.setattr(word_package, "MOST_ELEMENTS", most)
    return refused(data, "x.docx") == ""


def test_the_bytes_that_are_parsed_are_counted_as_they_are_unpacked() -> None:
    """8 MiB of XML are read, a little more is not, whatever the header says."""
    frame = len(package(p("第一条 甲。"), head="<!---->"))
    assert frame < 5_000 and (MOST_READ, MOST_ELEMENTS) == (8 << 20, 200_000)
    assert refused(package(p("第一条 甲。"), head=f"<!--{'x' * (MOST_READ - 5_000)}-->"), "x.docx") == ""
    large = package(p("第一条 甲。"), head=f"<!--{'x' * MOST_READ}-->")
    assert refused(large, "x.docx") == "too_large"
    with zipfile.ZipFile(io.BytesIO(large)) as file:
        size = file.getinfo("word/document.xml").file_size
    lies = large.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refused(lies, "x.docx") in ("damaged", "too_large")


def test_a_label_and_a_line_of_styles_have_a_bound() -> None:
    """A label of 255 characters and 50 styles one on another are read; one more of either is a damaged file."""

    def labelled(length: int) -> bytes:
        return package(p("甲。", 0), numbers(level(0, "decimal", "第%1条" + "x" * (length - 4))))

    assert (refused(labelled(LONGEST_LABEL), "x.docx"), refused(labelled(256), "x.docx")) == ("", "damaged")

    def based(count: int) -> bytes:
        styles = (
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
            for n in range(count)
        )
        return package(p("第一条 甲。", style="s0"), styles="".join(styles))

    assert (refused(based(DEEPEST_STYLES), "x.docx"), refused(based(51), "x.docx")) == ("", "damaged")


PARAGRAPHS = 9_000
CIRCLE = (
    '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
)


def _many_styles() -> bytes:
    """Styles one on another and paragraphs that all have the first."""
    styles = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000))
    return package(p("第一条 甲。", style="s0") * 20_000, styles=styles)


def _many_levels() -> bytes:
    """A list with so many levels and overrides, which every paragraph looks through."""
    levels = "".join(f'<w:lvl w:ilvl="{n}"/>' for n in range(30_000, 60_000))
    over = "".join(f'<w:lvlOverride w:ilvl="{n}"/>' for n in range(30_000, 60_000))
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{over}</w:num>'
    return package(p("第一条 甲。") + p("甲。", 8, 2) * PARAGRAPHS, numbers(levels, more=more))


def _many_notes() -> bytes:
    """One long footnote that every paragraph names."""
    note = f'<w:footnote w:id="1">{p("脚注" * 20_000)}</w:footnote>'
    return package(p("第一条 甲。") + p(runs='<w:r><w:footnoteReference w:id="1"/></w:r>') * PARAGRAPHS, footnotes=note)


def _long_row() -> bytes:
    """A row of as many cells as can be."""
    return package(p("第一条 甲。") + f"<w:tbl><w:tr>{'<w:tc>' + p('a') + '</w:tc>'}</w:tr></w:tbl>" * PARAGRAPHS)


WORD = {
    "styles one on another": _many_styles,
    "levels": _many_levels,
    "footnotes": _many_notes,
    "rows": _long_row,
    "a row": lambda: package(
        p("第一条 甲。") + "<w:tbl><w:tr>" + ("<w:tc>" + p("a") + "</w:tc>") * PARAGRAPHS + "</w:tr></w:tbl>"
    ),
    "elements": lambda: package(p("第一条 甲。") + "<w:p/>" * 1_000_000),
    "attributes": lambda: package(
        p("第一条 甲。") + "<w:x " + " ".join(f'a{n:x}=""' for n in range(690_000)) + "/>"
    ),
    "depth": lambda: package(p("第一条 甲。") + "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000),
    "boxes in boxes": lambda: package(
        p("第一条 甲。")
        + "<w:p>" + ("<w:drawing><w:txbxContent>" * 90 + run("a") * 60_000 + "</w:txbxContent></w:drawing>" * 90) + "</w:p>"
    ),
    "contents in contents": lambda: package(
        "<w:sdt><w:sdtContent>" * 90 + p("第一条 甲。") + p("a") * 9_000 + "</w:sdtContent></w:sdt>" * 90
    ),
    "deleted marks": lambda: package(
        p("第一条 甲。") + p("a" * 20, mark="<w:rPr><w:del/></w:rPr>") * PARAGRAPHS
    ),
    "styles in a circle": lambda: package(p("第一条 甲。", style="a") * PARAGRAPHS, styles=CIRCLE),
    "a number without end": lambda: package(
        p("甲。", 0) * 50, numbers(f'<w:lvl w:ilvl="0"><w:start w:val="{"9" * 4_300}"/><w:lvlText w:val="第%1条"/></w:lvl>')
    ),
    "numbers in letters": lambda: package(
        p("甲。", 0) * PARAGRAPHS,
        numbers('<w:lvl w:ilvl="0"><w:start w:val="3900"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1%1%1%1"/></w:lvl>'),
    ),
    "articles": lambda: package(p("甲。", 1) * 60_000, CHARTER),
}  # fmt: skip
"""Word files of a few hundred kB at most; the second of each is what each was made to tire."""


@pytest.mark.parametrize("what", WORD)
def test_a_word_file_made_to_tire_its_reader_does_not(tmp_path: Path, what: str) -> None:
    """Read, or refused in words: exit 0, 1 or 4, within 20 seconds and 300 MB."""
    path = tmp_path / "x.docx"
    path.write_bytes(WORD[what]())
    assert path.stat().st_size < 3_000_000
    done = ran("read", str(path), "--json")
    assert done.code in (0, 1, 4), done.said[-500:]
    assert done.memory < MOST_MEMORY, done.memory
    assert done.seconds < 20, done.seconds


# -- chance

HOSTILE = (
    "",
    "-1",
    "0",
    "²",
    "9" * 5_000,
    "99999999999",
    "x" * 300,
    "%1%2%9",
    "第%1条",
    "none",
    "bullet",
    "\u202e",
    "s0",
    "1e9",
)


def _parts() -> dict[str, str]:
    """A Word file of every kind of thing that is read, part by part."""
    body = (
        p("某公约") + p("总则", 0) + p("甲三分之二以上同意。", 1) + p("乙：", 1) + p("子；", 2) + p("丑三日内。", 2, style="s")
        + p(runs='<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>')
        + p(runs='<w:r><w:footnoteReference w:id="1"/></w:r>') + f"<w:tbl><w:tr><w:tc>{p('表')}</w:tc><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{p('框')}</w:sdtContent></w:sdt>"
    )  # fmt: skip
    style = '<w:style w:type="paragraph" w:styleId="s"><w:name w:val="s"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    note = f'<w:footnote w:id="1">{p("注")}</w:footnote>'
    with zipfile.ZipFile(io.BytesIO(package(body, CHARTER, style, note))) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def _mutated(text: str, chance: random.Random) -> str:
    """An attribute made hostile, an element taken away or doubled, or a few characters changed."""
    found = (
        list(re.finditer(r'"([^"]*)"', text)) if chance.random() < 0.6 else list(re.finditer(r"<(w:\w+)[^>]*/>", text))
    )
    if not found or chance.random() < 0.2:
        at = chance.randrange(len(text))
        return (
            text[:at]
            + chance.choice(("", "<", "&", "\0", "x" * 9, "</w:p>", "<w:p>"))
            + text[at + chance.randrange(9) :]
        )
    one = chance.choice(found)
    new = f'"{chance.choice(HOSTILE)}"' if one[0][0] == '"' else one[0] * chance.choice((0, 2, 50))
    return text[: one.start()] + new + text[one.end() :]


@pytest.mark.parametrize(
    "count", [pytest.param(400, marks=pytest.mark.short), pytest.param(10_000, marks=pytest.mark.slow)]
)
def test_word_files_of_chance_are_read_or_refused_in_words(count: int) -> None:
    """Mutations of every part: a document, or `Unreadable` or `Gap`, and no other error."""
    chance, parts, outcomes = random.Random(count), _parts(), set()
    for _ in range(count):
        name = chance.choice(sorted(parts))
        changed = parts | {name: _mutated(parts[name], chance)}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for part, text in changed.items():
                file.writestr(part, text.encode("utf-8", "surrogatepass"))
        try:
            outcomes.add(bool(read(buffer.getvalue(), "x.docx").articles))
        except (Unreadable, Gap) as error:
            outcomes.add(type(error))
    assert {True, Unreadable} <= outcomes <= {True, Unreadable, Gap}


@pytest.mark.parametrize(
    "count", [pytest.param(400, marks=pytest.mark.short), pytest.param(10_000, marks=pytest.mark.slow)]
)
def test_files_of_chance_are_read_or_refused_in_words(count: int) -> None:
    """Bytes changed, cut and doubled in texts of every encoding and in a whole Word file."""
    chance = random.Random(count)
    text = "某公约\n第一章 总则\n第一条 须经三分之二以上成员同意。\n第二条 于30日内公布：\n（一）甲；\n（二）乙。\n"
    files = [(text.encode(code), "x.txt") for code in ("utf-8", "gb18030", "utf-16")]
    files += [(text.encode(), "x.md"), (package(p("某公约") + p("甲。", 1), CHARTER), "x.docx")]
    for _ in range(count):
        data, name = chance.choice(files)
        for _ in range(chance.choice((1, 1, 4))):
            at, length = chance.randrange(len(data)), chance.choice((1, 2, 30))
            data = (
                data[:at]
                + chance.choice((b"", bytes([chance.randrange(256)]), data[at : at + length] * 2))
                + data[at + length :]
            )
            data = data or b"x"
        with contextlib.suppress(Unreadable, Gap):
            assert read(data, name).articles


def test_two_megabytes_of_law_are_read_within_the_memory(tmp_path: Path) -> None:
    """Our covenant again and again under running numbers, 1.99 MB: read, within 300 MB."""
    rows, size = [], 0
    while size < 1_980_000:
        number = len(rows) + 1
        rows.append(
            f"第{number}条 本公约经三分之二以上成员单位同意可以修改" + "，会员单位应当诚实守信" * 8 + "。"
            if number % 9 == 0
            else f"第{number}条 " + "会员单位应当诚实守信，" * 9 + "。"
        )
        size += len(rows[-1].encode()) + 1
    (tmp_path / "x.txt").write_text("某公约\n" + "\n".join(rows), "utf-8")
    done = ran("read", str(tmp_path / "x.txt"), "--lang", "en")
    assert done.code == 0, done.said[-300:]
    assert done.memory < MOST_MEMORY


def test_thousands_of_lines_behind_a_list_are_read_in_a_second() -> None:
    """One item without its stop and 9,000 lines that may go on with it: each is looked at once."""
    text = "湖区章程\n第一条 应当：\n（一）守法\n" + "甲乙丙丁戊己庚辛\n" * 9_000
    started = time.process_time()
    found = outline(text.encode(), "x.txt")
    assert pace.seconds_since(started) < 2 and len(found.parts) == 1
