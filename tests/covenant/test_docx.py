"""Word files: automatic numbers, tracked changes, notes, tables, and files that are not what they say."""

import io
import zipfile

import docx as python_docx
import pytest

from gongyue.covenant.parser import Gap, Unreadable, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(
    body: str, numbering: str = "", styles: str = "", footnotes: str = "", head: str = "", ns: str = W
) -> bytes:
    """A Word file made of its parts."""
    kinds = ("numbering", "styles", "footnotes")
    relations = "".join(
        f'<R Id="{k}" Type="{RELATIONS}/{k}" Target="{k}.xml"/>'.replace("<R ", "<Relationship ") for k in kinds
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        file.writestr("word/document.xml", f"{head}<w:document {ns}><w:body>{body}</w:body></w:document>")
        file.writestr("word/numbering.xml", f"<w:numbering {ns}>{numbering}</w:numbering>")
        file.writestr("word/styles.xml", f"<w:styles {ns}>{styles}</w:styles>")
        file.writestr("word/footnotes.xml", f"<w:footnotes {ns}>{footnotes}</w:footnotes>")
    return buffer.getvalue()


def run(text: str) -> str:
    """A run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str = "", level: int | None = None, num: int = 1, style: str = "", runs: str = "", mark: str = "") -> str:
    """A paragraph, numbered where a level is given."""
    numbered = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}{mark}</w:pPr>{runs or run(text)}</w:p>"


def level(n: int, form: str, text: str, extra: str = "") -> str:
    """One level of a numbering."""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbers(*levels: str, more: str = "") -> str:
    """A numbering definition and its list."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


CHARTER = numbers(
    level(0, "chineseCounting", "第%1章"),
    level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    level(2, "chineseCounting", "（%3）"),
)


def test_automatic_numbers_make_chapters_articles_and_items() -> None:
    """Automatic numbers make chapters articles and items."""
    body = (
        p("某公约")
        + p("总则", 0)
        + p("甲。", 1)
        + p("乙：", 1)
        + p("子；", 2)
        + p("丑。", 2)
        + p("附则", 0)
        + p("丙。", 1)
    )
    document = read(package(body, CHARTER), "x.docx")
    assert [(c.number, c.title) for c in document.chapters] == [(1, "总则"), (2, "附则")]
    assert [(a.number, a.chapter) for a in document.articles] == [(1, 1), (2, 1), (3, 2)]
    assert [(i.label, i.text) for i in document.articles[1].items] == [("（一）", "子；"), ("（二）", "丑。")]


def test_items_count_anew_in_each_article() -> None:
    """Items count anew in each article."""
    body = p("某公约") + "".join(p("甲：", 1) + p("子；", 2) + p("丑。", 2) for _ in range(3))
    document = read(package(body, CHARTER), "x.docx")
    assert [[i.label for i in a.items] for a in document.articles] == [["（一）", "（二）"]] * 3


@pytest.mark.parametrize(
    "form",
    ["decimal", "decimalZero", "decimalFullWidth", "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified",
     "ideographDigital", "ideographLegalTraditional", "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital",
     "japaneseCounting", "japaneseLegal", "japaneseDigitalTenThousand"],
)  # fmt: skip
def test_every_number_format_of_articles_is_understood(form: str) -> None:
    """Every number format of articles is understood."""
    body = p("某公约") + "".join(p(f"文{i}。", 0) for i in range(1, 131))
    document = read(package(body, numbers(level(0, form, "第%1条"))), "x.docx")
    assert [a.text for a in document.articles] == [f"文{i}。" for i in range(1, 131)]


def test_a_number_may_come_from_the_paragraphs_style() -> None:
    """A number may come from the paragraphs style."""
    style = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="条文"/><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("某公约") + p("甲。", style="Art") + p("乙。", style="Art")
    assert len(read(package(body, numbers(level(0, "decimal", "第%1条")), style), "x.docx").articles) == 2


def test_a_start_override_that_repeats_a_number_is_a_gap_with_its_paragraph() -> None:
    """A start override that repeats a number is a gap with its paragraph."""
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = p("某公约") + p("甲。", 0) + p("乙。", 0, num=2)
    with pytest.raises(Gap, match="第3段却是第1条"):
        read(package(body, numbers(level(0, "decimal", "第%1条"), more=again)), "x.docx")


def test_typed_numbers_read_as_in_a_text_file() -> None:
    """Typed numbers read as in a text file."""
    lines = [
        "某公约",
        "第一章 总则",
        "第一条 甲：",
        "（一）子；",
        "（二）丑。",
        "第二条 三分之二以上会员同意，可以修改本公约。",
    ]
    word = read(package("".join(map(p, lines))), "x.docx")
    text = read("\n".join(lines).encode(), "x.txt")
    assert (word.articles, word.chapters, word.terms) == (text.articles, text.chapters, text.terms)


def test_insertions_are_kept_deletions_dropped_and_both_reported() -> None:
    """Insertions are kept deletions dropped and both reported."""
    runs = (
        run("第一条 会费")
        + "<w:del><w:r><w:delText>十元</w:delText></w:r></w:del>"
        + f"<w:ins>{run('二十元')}</w:ins>"
        + run("。")
    )
    document = read(package(p("某公约") + p(runs=runs)), "x.docx")
    assert document.articles[0].text == "会费二十元。"
    assert {(o.article, o.words) for o in document.oddities} == {(1, "十元"), (1, "二十元")}


def test_a_paragraph_whose_mark_was_deleted_runs_on() -> None:
    """A paragraph whose mark was deleted runs on."""
    body = p("某公约") + p("第一条 会员", mark="<w:rPr><w:del/></w:rPr>") + p("守约。")
    assert read(package(body), "x.docx").articles[0].text == "会员守约。"


def test_footnotes_hidden_text_and_text_boxes_are_reported_only() -> None:
    """Footnotes hidden text and text boxes are reported only."""
    runs = (
        run("第一条 守约")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗语</w:t></w:r>'
        + f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>{run('。')}"
    )
    notes = f'<w:footnote w:id="2">{p("见附件")}</w:footnote>'
    document = read(package(p("某公约") + p(runs=runs), footnotes=notes), "x.docx")
    assert document.articles[0].text == "守约。"
    assert {o.words for o in document.oddities} == {"见附件", "暗语", "框内"}


def test_a_covenant_set_in_a_table_is_read_row_by_row() -> None:
    """A covenant set in a table is read row by row."""
    rows = "".join(
        f"<w:tr><w:tc>{p(a)}</w:tc><w:tc>{p(b)}</w:tc></w:tr>" for a, b in (("第一条", "甲。"), ("第二条", "乙。"))
    )
    document = read(package(p("某公约") + f"<w:tbl>{rows}</w:tbl>"), "x.docx")
    assert [a.text for a in document.articles] == ["甲。", "乙。"]


def test_tabs_and_line_breaks_and_field_codes_are_understood() -> None:
    """Tabs and line breaks and field codes are understood."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("第九条")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    runs = (
        run("第一条")
        + "<w:r><w:tab/></w:r>"
        + run("依")
        + field
        + run("办理。")
        + "<w:r><w:br/></w:r>"
        + run("第二条 乙。")
    )
    assert [a.text for a in read(package(p("某公约") + p(runs=runs)), "x.docx").articles] == ["依第九条办理。", "乙。"]


def test_a_contents_block_is_left_out() -> None:
    """A contents block is left out."""
    block = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    body = (
        p("某公约")
        + block
        + p("第一章 总则\t1")
        + p("第一条 甲\t1")
        + "</w:sdtContent></w:sdt>"
        + p("第一章 总则")
        + p("第一条 甲。")
    )
    document = read(package(body), "x.docx")
    assert len(document.chapters) == len(document.articles) == 1


def test_strict_files_read_like_transitional_ones() -> None:
    """Strict files read like transitional ones."""
    assert read(package(p("某公约") + p("第一条 甲。"), ns=STRICT), "x.docx").articles[0].text == "甲。"


def test_a_file_written_by_python_docx_is_read() -> None:
    """A file written by python docx is read."""
    made = python_docx.Document()
    made.add_heading("某某自律公约", 0)
    made.add_heading("总则", 1)
    made.add_paragraph("第一条 会员应当：")
    made.add_paragraph("守法；", style="List Number")
    made.add_paragraph("诚信。", style="List Number")
    made.add_heading("附则", 1)
    made.add_paragraph("第二条 完。")
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue(), "x.docx")
    assert (document.title, [(c.number, c.title) for c in document.chapters]) == (
        "某某自律公约",
        [(None, "总则"), (None, "附则")],
    )
    assert [i.label for i in document.articles[0].items] == ["1.", "2."]


def bomb() -> bytes:
    """A small file that unpacks to more than the limit."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    return buffer.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "too_large"),
        (package(p("&amp;"), head=ENTITY), "damaged"),
        (package("<w:p>"), "damaged"),
        (package(p("甲"))[:-40], "damaged"),
        (package("<w:ins>" * 300 + "</w:ins>" * 300), "damaged"),
        (package(p("今天天气很好。")), "no_covenant"),
        (package(""), "empty"),
    ],
)
def test_hostile_broken_and_empty_files_are_refused(data: bytes, reason: str) -> None:
    """Hostile broken and empty files are refused."""
    with pytest.raises(Unreadable) as refusal:
        read(data, "x.docx")
    assert refusal.value.reason == reason
